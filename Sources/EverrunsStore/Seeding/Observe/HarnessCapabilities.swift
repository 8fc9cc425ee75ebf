/// SQL that compares the capabilities of harnesses.
enum HarnessCapabilities {
  /// Whether the capability rows of `harness` equal those of `template`, byte for byte.
  static let areIdentical = """
    (SELECT count(*) = template.capability_count
        AND count(wanted.ordinal) = template.capability_count
      FROM harness_capabilities held
      LEFT JOIN temp.desired_capabilities wanted
        ON wanted.ordinal = template.ordinal AND wanted.capability_id = held.capability_id
          AND wanted.position = held.position AND wanted.config = held.config
      WHERE held.harness_id = harness.id)
    """

  /// The capabilities of `harness` in order, in canonical form.
  static let asJSON = """
    (SELECT '[' || coalesce(group_concat(entry, ','), '') || ']' FROM (
      SELECT seed_capability(\(ComparisonFunctions.exact("held.capability_id")),
        \(ComparisonFunctions.exact("held.config"))) AS entry
      FROM harness_capabilities held WHERE held.harness_id = harness.id
      ORDER BY held.position, held.capability_id LIMIT -1))
    """
}
