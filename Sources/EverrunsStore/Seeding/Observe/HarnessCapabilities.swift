/// SQL that compares the capabilities of harnesses.
enum HarnessCapabilities {
  /// Whether the capability rows of `harness` equal those of `template`, byte for byte.
  ///
  /// `LIMIT -1` makes SQLite sort the wanted rows by position, which mostly tells them apart, rather
  /// than search the table by its key, of which it has to compare both columns.
  static let areIdentical = """
    (SELECT count(*) = template.capability_count
        AND count(*) FILTER (
          WHERE (held.position, template.ordinal, held.capability_id, held.config) IN (
            SELECT position, ordinal, capability_id, config FROM temp.desired_capabilities
            LIMIT -1)) = template.capability_count
      FROM harness_capabilities held
      WHERE held.harness_id = harness.id)
    """

  /// The capabilities of `harness` in order, in canonical form; a position that is not an integer is
  /// part of it, so that it differs from every template.
  static let asJSON = """
    (SELECT '[' || coalesce(group_concat(entry, ','), '') || ']' FROM (
      SELECT CASE WHEN typeof(held.position) = 'integer'
        THEN seed_capability(\(ComparisonFunctions.exact("held.capability_id")),
          \(ComparisonFunctions.exact("held.config")))
        ELSE json_object('position', quote(held.position)) END AS entry
      FROM harness_capabilities held WHERE held.harness_id = harness.id
      ORDER BY held.position, held.capability_id LIMIT -1))
    """
}
