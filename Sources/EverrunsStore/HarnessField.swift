import Everruns

/// A field of a harness that seeding looks after, and how the database compares it.
///
/// In the statements `h` is the row, `d` what it should be, `p` the row of the parent's name in the
/// same organization, and `k` what seeding last made of the row.
enum HarnessField: String, CaseIterable {
  case displayName = "display_name"
  case description
  case systemPrompt = "system_prompt"
  case parent
  case tags
  case status
  case isBuiltIn = "is_built_in"
  case capabilities

  /// The bit that stands for the field where several are meant.
  var bit: Int { 1 << (Self.allCases.firstIndex(of: self) ?? 0) }

  /// The bits that stand for several fields.
  static func bits(of fields: [HarnessField]) -> Int { fields.reduce(0) { $0 | $1.bit } }

  /// The fields whose bits are set, in order.
  static func fields(_ bits: Int) -> [HarnessField] {
    allCases.filter { bits & $0.bit != 0 }
  }

  /// The bits of the fields in which a row differs from what it should be.
  ///
  /// - Parameter parentIsOwned: The condition under which the parent cannot be had.
  static func differences(_ parentIsOwned: String) -> String {
    allCases.map { "((\($0.difference(parentIsOwned))) << \($0.bit.trailingZeroBitCount))" }
      .joined(separator: " | ")
  }

  private func difference(_ parentIsOwned: String) -> String {
    switch self {
    case .displayName, .description, .systemPrompt: "h.\(rawValue) IS NOT d.\(rawValue)"
    case .parent:
      """
      CASE WHEN d.parent IS NULL OR \(parentIsOwned) THEN h.parent_harness_id IS NOT NULL
        ELSE p.id IS NULL OR h.parent_harness_id IS NOT p.id END
      """
    // JSON can be written in several ways, which is looked at where the text differs. `AND` would
    // look at it always: outside of a condition SQLite computes both sides.
    case .tags: "CASE WHEN h.tags IS d.tags THEN 0 ELSE seed_json(h.tags) IS NOT d.tags END"
    case .status: "h.status IS NOT 'active'"
    case .isBuiltIn: "h.is_built_in IS NOT 1"
    // Different position numbers can also give the same order, which is looked at where the rows
    // differ.
    case .capabilities:
      """
      CASE WHEN (
        SELECT count(*) = d.capability_count AND count(w.ordinal) = d.capability_count
        FROM harness_capabilities c
        LEFT JOIN temp.desired_capabilities w
          ON w.ordinal = d.ordinal AND w.capability_id = c.capability_id
            AND w.position = c.position AND w.config = c.config
        WHERE c.harness_id = h.id)
      THEN 0 ELSE \(value) IS NOT d.capabilities END
      """
    }
  }

  /// Whether a row is what seeding last made of it.
  ///
  /// `x.fields` has the bits of the fields that are not as they should be.
  static var areAsKnown: String {
    let conditions = allCases.map { field in
      switch field {
      case .displayName, .description, .systemPrompt: "h.\(field.rawValue) IS k.\(field.rawValue)"
      case .parent:
        """
        CASE WHEN h.parent_harness_id IS NULL THEN k.parent IS NULL
          ELSE coalesce(\(ownBuiltInParent) = k.parent, 0) END
        """
      case .tags: "CASE WHEN h.tags IS k.tags THEN 1 ELSE seed_json(h.tags) IS k.tags END"
      case .status: "h.status IS 'active'"
      case .isBuiltIn: "h.is_built_in IS 1"
      // That the row has what it should have is known, and what it had is mostly the same.
      case .capabilities:
        """
        CASE WHEN k.capabilities IS d.capabilities THEN NOT (x.fields & \(field.bit))
          ELSE \(field.value) IS k.capabilities END
        """
      }
    }
    return "k.digest IS NOT NULL AND " + conditions.joined(separator: " AND ")
  }

  /// What gives a row the content of the template `:ordinal`, but for what has indexes or tables of
  /// its own: the parent and the capabilities.
  ///
  /// - Parameter digest: The column of the digest that the content then has.
  static func assignments(digest: String) -> String {
    let columns = [displayName, .description, .systemPrompt, .tags].map {
      ($0.rawValue, $0.rawValue)
    }
    return (columns + [("seed_digest", digest)]).map { column, source in
      "\(column) = (SELECT \(source) FROM temp.desired_harnesses WHERE ordinal = :ordinal)"
    }.joined(separator: ", ") + ", is_built_in = 1, status = 'active'"
  }

  /// The values of the fields of which a row of the plan says that they differ, null for the others.
  static var valuesOfDifferences: String {
    allCases.map { "CASE WHEN fields & \($0.bit) THEN \($0.value) END" }.joined(separator: ", ")
  }

  /// The value in the terms of a template.
  private var value: String {
    switch self {
    case .displayName, .description, .systemPrompt, .status, .isBuiltIn: "h.\(rawValue)"
    // A parent that is no built-in harness of the organization is named by its id, so that it is
    // not mistaken for the template of its name.
    case .parent: "coalesce(\(Self.ownBuiltInParent), h.parent_harness_id)"
    case .tags: "seed_json(h.tags)"
    case .capabilities:
      """
      (SELECT '[' || coalesce(group_concat(entry, ','), '') || ']' FROM (
        SELECT seed_capability(c.capability_id, c.config) AS entry FROM harness_capabilities c
        WHERE c.harness_id = h.id ORDER BY c.position, c.capability_id LIMIT -1))
      """
    }
  }

  private static let ownBuiltInParent = """
    (SELECT b.name FROM harnesses b
     WHERE b.id = h.parent_harness_id AND b.is_built_in AND b.org_id = h.org_id)
    """
}
