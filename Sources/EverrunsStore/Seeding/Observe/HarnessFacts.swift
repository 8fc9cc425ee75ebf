import EverrunsSeeding

/// The facts about a harness template in an organization, as SQL expressions.
///
/// In them, `organization` is a row of `temp.compared_organizations`, `template` a row of
/// `temp.desired_harnesses`, `harness` the template's harness, and `parent` the harness of the
/// template's parent, both in the same organization. With previous names, `renamed` is the row of
/// `temp.renamed_harnesses` that leads to the harness.
enum HarnessFacts {
  /// All facts that one statement finds, packed into one integer.
  ///
  /// Most rows are built-in harnesses, so facts that only matter for others are not evaluated for
  /// them.
  ///
  /// - Parameters:
  ///   - defaultOrganization: The number of the default organization.
  ///   - isByPreviousNames: Whether previous names may lead to harnesses.
  /// - Returns: An SQL expression; `ObservedHarness` unpacks its value.
  static func packed(defaultOrganization: Int, isByPreviousNames: Bool) -> String {
    func weighted(_ fact: ObservedHarness.Fact) -> String {
      "(\(expression(fact, defaultOrganization: defaultOrganization))) * \(fact.weight)"
    }
    return """
      \(weighted(.parentRow)) + CASE WHEN harness.id IS NULL THEN \(weighted(.seedID))
        ELSE \(weighted(.row)) + \(weighted(.isArchived)) + \(weighted(.differing))
          + \(weighted(.parentLink)) + \(weighted(.lastApplied))
          + \(isByPreviousNames ? weighted(.previousName) : "0")
          + CASE WHEN \(isBuiltIn("harness")) THEN 0
            ELSE \(weighted(.request)) + \(weighted(.isAccepted)) END END
      """
  }

  /// A fact about an existing row; ``ObservedHarness/Fact/parentRow`` and
  /// ``ObservedHarness/Fact/seedID`` do not need the row.
  private static func expression(_ fact: ObservedHarness.Fact, defaultOrganization: Int) -> String {
    switch fact {
    case .row:
      """
      CASE WHEN \(isBuiltIn("harness")) THEN \(ObservedHarness.Row.builtIn.rawValue)
        ELSE \(ObservedHarness.Row.own.rawValue) END
      """
    case .isArchived: "coalesce(harness.status = 'archived', 0)"
    case .differing: differences
    case .parentRow:
      """
      CASE WHEN template.parent IS NULL THEN \(ObservedHarness.ParentRow.none.rawValue)
        WHEN parent.id IS NULL THEN \(ObservedHarness.ParentRow.missing.rawValue)
        WHEN \(isBuiltIn("parent")) THEN \(ObservedHarness.ParentRow.builtIn.rawValue)
        WHEN \(isRequested(.adopt, "parent")) THEN \(ObservedHarness.ParentRow.ownToAdopt.rawValue)
        ELSE \(ObservedHarness.ParentRow.own.rawValue) END
      """
    case .parentLink:
      """
      CASE WHEN harness.parent_harness_id IS NULL
          THEN CASE WHEN template.parent IS NULL THEN \(ObservedHarness.ParentLink.asTemplate.rawValue)
            ELSE \(ObservedHarness.ParentLink.none.rawValue) END
        WHEN harness.parent_harness_id = parent.id
          THEN \(ObservedHarness.ParentLink.asTemplate.rawValue)
        ELSE \(ObservedHarness.ParentLink.other.rawValue) END
      """
    case .request: request("harness")
    case .isAccepted:
      """
      EXISTS (SELECT 1 FROM seed_accepted_harnesses accepted
        WHERE accepted.org_id = organization.org_id AND accepted.name = harness.name)
      """
    // These are found later.
    case .edited, .hasLookalike: "0"
    case .previousName: "coalesce(renamed.rank + 1, 0)"
    case .lastApplied:
      """
      CASE harness.seed_digest
        WHEN template.digest THEN \(ObservedHarness.LastApplied.template.rawValue)
        WHEN template.digest_without_parent
          THEN \(ObservedHarness.LastApplied.templateWithoutParent.rawValue)
        ELSE \(ObservedHarness.LastApplied.other.rawValue) END
      """
    case .seedID:
      """
      CASE WHEN template.seed_id IS NULL OR organization.org_id <> \(defaultOrganization)
          THEN \(ObservedHarness.SeedID.none.rawValue)
        WHEN EXISTS (SELECT 1 FROM harnesses taken WHERE taken.id = template.seed_id)
          THEN \(ObservedHarness.SeedID.taken.rawValue)
        ELSE \(ObservedHarness.SeedID.free.rawValue) END
      """
    }
  }

  /// Whether the harness with this alias is a built-in one.
  ///
  /// A row that seeding recorded as its own stays one while `is_built_in` holds no number.
  static func isBuiltIn(_ alias: String) -> String {
    """
    (\(alias).is_built_in OR \(alias).seed_digest IS NOT NULL
      AND typeof(\(alias).is_built_in) NOT IN ('integer', 'real'))
    """
  }

  /// Whether an option of this run names the organization-owned harness with this alias.
  static func isRequested(_ request: ObservedHarness.Request, _ alias: String) -> String {
    "\(self.request(alias)) = \(request.rawValue)"
  }

  /// The option of this run for the harness with this alias: an address of its own organization
  /// takes precedence over one of every organization.
  private static func request(_ alias: String) -> String {
    """
    coalesce((SELECT request.kind FROM temp.harness_requests request
      WHERE request.name = \(alias).name
        AND (request.public_id IS NULL OR request.public_id = organization.public_id)
      ORDER BY request.public_id IS NULL LIMIT 1), \(ObservedHarness.Request.none.rawValue))
    """
  }

  // MARK: Fields

  /// The fields that are compared by value: the parent is observed through its reference.
  private static let compared = HarnessField.allCases.filter { $0 != .parent }

  /// Whether a row is byte for byte what its template asks for, and was last applied so, as most
  /// rows are: no fact about it needs to be found.
  ///
  /// Never true if ``packed(defaultOrganization:isByPreviousNames:)`` differs from `template.exact_facts`.
  ///
  /// - Parameter isByPreviousNames: Whether previous names may lead to harnesses.
  /// - Returns: An SQL condition, which may be null.
  static func isExact(isByPreviousNames: Bool) -> String {
    ([
      "harness.seed_digest = template.digest",
      "harness.parent_harness_id IS parent.id",
      "(template.parent IS NULL OR \(isBuiltIn("parent")))",
    ] + (isByPreviousNames ? ["renamed.rank IS NULL"] : []) + compared.map(\.isIdentical))
    .joined(separator: " AND ")
  }

  /// The bits of the fields in which a row differs from its template.
  private static var differences: String {
    compared.map { field in
      "((\(field.difference)) << \(field.bit.trailingZeroBitCount))"
    }.joined(separator: " | ")
  }

  /// Whether a row holds what its template asks for, whatever its name and its parent are.
  ///
  /// The cheap and telling fields come first, and mostly decide.
  static let hasContentOfTemplate =
    compared.map { "NOT (\($0.difference))" }.joined(separator: " AND ")

  /// The bits of the fields in which a row differs from what seeding last applied to it; of all
  /// fields if that is unknown.
  ///
  /// Here `observed` is the row's observation, `template` its template, and `applied` the row of
  /// `temp.applied_harnesses` with the row's digest.
  static let edits = """
    CASE WHEN applied.digest IS NULL THEN \(HarnessField.bits(of: HarnessField.allCases)) ELSE
    \(HarnessField.allCases.map { field in
      "((NOT (\(field.isAsLastApplied))) << \(field.bit.trailingZeroBitCount))"
    }.joined(separator: " | ")) END
    """

  /// The values of the fields that differ; null for the others.
  ///
  /// - Parameter facts: An SQL expression for the packed facts of the row.
  /// - Returns: One SQL expression for each field, in order, separated by commas.
  static func differingValues(_ facts: String) -> String {
    let differing = ObservedHarness.Fact.differing.extracted(from: facts)
    let link = ObservedHarness.Fact.parentLink.extracted(from: facts)
    let parentRow = ObservedHarness.Fact.parentRow.extracted(from: facts)
    return HarnessField.allCases.map { field in
      let differs =
        field == .parent
        ? """
        \(link) = \(ObservedHarness.ParentLink.other.rawValue)
          OR \(link) = \(ObservedHarness.ParentLink.asTemplate.rawValue)
            AND \(parentRow) = \(ObservedHarness.ParentRow.own.rawValue)
        """ : "\(differing) & \(field.bit)"
      return "CASE WHEN \(differs) THEN \(field.value) END"
    }.joined(separator: ", ")
  }

  /// Whether a row differs from its template in any field, including its parent.
  ///
  /// - Parameter facts: An SQL expression for the packed facts of the row.
  /// - Returns: An SQL condition.
  static func differs(_ facts: String) -> String {
    """
    (\(ObservedHarness.Fact.differing.extracted(from: facts)) <> 0
      OR \(ObservedHarness.Fact.parentLink.extracted(from: facts))
        <> \(ObservedHarness.ParentLink.asTemplate.rawValue)
      OR \(ObservedHarness.Fact.row.extracted(from: facts))
          <> \(ObservedHarness.Row.missing.rawValue)
        AND \(ObservedHarness.Fact.parentRow.extracted(from: facts))
          IN (\(ObservedHarness.ParentRow.missing.rawValue), \(ObservedHarness.ParentRow.own.rawValue)))
    """
  }
}

extension PackedFact {
  /// The fact's value in an expression of packed facts.
  func extracted(from facts: String) -> String { "(\(facts) / \(weight) % \(valueCount))" }
}

extension HarnessField {
  /// Whether the row holds the very bytes of the template.
  fileprivate var isIdentical: String {
    switch self {
    case .displayName, .description, .systemPrompt, .tags:
      "harness.\(rawValue) IS template.\(rawValue)"
    case .parent: "1"
    case .status: "harness.status IS 'active'"
    case .isBuiltIn: "harness.is_built_in IS 1"
    case .capabilities: HarnessCapabilities.areIdentical
    }
  }

  /// Whether the row differs from the template.
  fileprivate var difference: String {
    switch self {
    case .displayName, .description, .systemPrompt, .parent, .status, .isBuiltIn:
      "NOT (\(isIdentical))"
    // JSON can be written in several ways, and different position numbers can give the same order.
    // `CASE`, because SQLite evaluates both sides of `AND` outside of a condition.
    case .tags, .capabilities:
      """
      CASE WHEN \(isIdentical) THEN 0
        ELSE \(value) IS NOT template.\(rawValue) END
      """
    }
  }

  /// Whether the row equals what seeding last applied.
  fileprivate var isAsLastApplied: String {
    switch self {
    case .displayName, .description, .systemPrompt: "harness.\(rawValue) IS applied.\(rawValue)"
    case .parent:
      """
      CASE WHEN harness.parent_harness_id IS NULL THEN applied.parent IS NULL
        ELSE coalesce(\(Self.ownBuiltInParent) = applied.parent, 0) END
      """
    case .tags:
      "CASE WHEN harness.tags IS applied.tags THEN 1 ELSE \(value) IS applied.tags END"
    // Every template asks for the same.
    case .status, .isBuiltIn: isIdentical
    // If the capabilities match the template, they usually match what was last applied too, so that
    // result is reused.
    case .capabilities:
      """
      CASE WHEN applied.capabilities IS template.capabilities
        THEN \(ObservedHarness.Fact.differing.extracted(from: "observed.facts")) & \(bit) = 0
        ELSE \(value) IS applied.capabilities END
      """
    }
  }

  /// The row's value, in terms of a template.
  fileprivate var value: String {
    switch self {
    case .displayName, .description, .systemPrompt, .status, .isBuiltIn:
      ComparisonFunctions.exact("harness.\(rawValue)")
    // A parent that is not a built-in harness of the organization is shown by its id, so that it is
    // not mistaken for the template with its name.
    case .parent: "coalesce(\(Self.ownBuiltInParent), harness.parent_harness_id)"
    case .tags: "seed_json(\(ComparisonFunctions.exact("harness.tags")))"
    case .capabilities: HarnessCapabilities.asJSON
    }
  }

  private static let ownBuiltInParent = """
    (SELECT built_in.name FROM harnesses built_in
     WHERE built_in.id = harness.parent_harness_id AND \(HarnessFacts.isBuiltIn("built_in"))
       AND built_in.org_id = harness.org_id)
    """
}
