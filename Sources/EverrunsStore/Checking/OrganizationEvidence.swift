import EverrunsSeeding
import GRDB

/// What other rows say about the organization of a row.
struct OrganizationEvidence {
  /// The organization of a row of the catalog, as seeding remembers it.
  private let remembered: Int?
  /// How many rows point at each organization that exists.
  private let votes: [Int: Int]

  init(of row: RowName, _ db: Database) throws {
    let kinds = RecordKind.allCases.filter { $0.definition.name == row.table }
    // The catalog is that of the default organization.
    remembered =
      try kinds.contains { kind in
        try db.mapFirst(
          """
          SELECT 1 FROM seed_memory WHERE kind = ? AND row_id = ?
          AND EXISTS (SELECT 1 FROM organizations WHERE org_id = \(Self.defaultOrganization))
          """, [kind.rawValue, row.id]
        ) { _ in true } != nil
      } ? Self.defaultOrganization : nil
    var votes: [Int: Int] = [:]
    for query in Self.relatives[row.table] ?? [] {
      let found = try db.map(
        """
        SELECT org_id, count(*) AS number FROM (\(query))
        WHERE org_id IN (SELECT org_id FROM organizations) GROUP BY org_id
        """, [row.id]
      ) { ($0.integer("org_id"), $0.integer("number")) }
      for (organization, number) in found { votes[organization, default: 0] += number }
    }
    self.votes = votes
  }

  /// The number of the default organization.
  static let defaultOrganization = 1

  /// The organization, if there is only one that it can be.
  var organization: Int? { remembered ?? (votes.count == 1 ? votes.keys.first : nil) }

  /// The right organization, if the row's own one is certainly wrong.
  ///
  /// One row that points elsewhere may be the wrong one itself.
  func contradiction(of own: Int) -> Int? {
    if let remembered { return remembered == own ? nil : remembered }
    guard let organization, organization != own, votes[organization, default: 0] > 1 else {
      return nil
    }
    return organization
  }

  /// For each table, queries of the organizations of the rows that belong to a row or own it.
  private static let relatives = [
    "llm_providers": ["SELECT org_id FROM llm_models WHERE provider_id = ?"],
    "llm_models": [
      "SELECT p.org_id FROM llm_providers p JOIN llm_models m ON m.provider_id = p.id WHERE m.id = ?",
      "SELECT org_id FROM organization_settings WHERE default_model_id = ?",
    ],
    "harnesses": [
      "SELECT p.org_id FROM harnesses p JOIN harnesses h ON h.parent_harness_id = p.id WHERE h.id = ?",
      "SELECT org_id FROM harnesses WHERE parent_harness_id = ?",
      "SELECT org_id FROM organization_settings WHERE default_harness_id = ?",
      "SELECT org_id FROM organization_settings WHERE base_harness_id = ?",
      "SELECT org_id FROM sessions WHERE harness_id = ?",
    ],
    "agents": ["SELECT org_id FROM sessions WHERE agent_id = ?"],
    "sessions": [
      "SELECT h.org_id FROM harnesses h JOIN sessions s ON s.harness_id = h.id WHERE s.id = ?",
      "SELECT a.org_id FROM agents a JOIN sessions s ON s.agent_id = a.id WHERE s.id = ?",
    ],
  ]
}

/// The organizations that rows name and that do not exist.
struct MissingOrganizations {
  /// How many rows name each of them, by table.
  private var rows: [Int: [String: Int]] = [:]

  /// The finding for a row; `nil` if it belongs to an organization that is missing as a whole.
  mutating func finding(_ row: Row, of table: Table, _ db: Database) throws -> StoreFinding? {
    let value = row.text("org_id")
    let evidence = try row.text("id").map { try OrganizationEvidence(of: RowName(table, $0), db) }
    let number = value.flatMap(Int.init).flatMap {
      (1...OrganizationNumbers.limit).contains($0) ? $0 : nil
    }
    var organization = evidence?.organization
    if organization == nil, number == nil { organization = try first(db) }
    guard let organization else {
      // The row keeps its number, or waits for an organization.
      let kept = number ?? OrganizationEvidence.defaultOrganization
      rows[kept, default: [:]][table.name, default: 0] += 1
      return nil
    }
    return StoreFinding(
      table: table.name, row: table.key(of: row),
      value.map { "org_id names '\($0)', which organizations does not have" } ?? "org_id is NULL",
      remedy: try table.moving(row, to: organization, db))
  }

  /// The organization with the smallest number.
  private func first(_ db: Database) throws -> Int? {
    try db.mapFirst(
      """
      SELECT min(org_id) AS org_id FROM organizations
      WHERE org_id BETWEEN 1 AND \(OrganizationNumbers.limit)
      """
    ) { $0.text("org_id").flatMap(Int.init) } ?? nil
  }

  /// The findings for organizations that are missing as a whole.
  var findings: [StoreFinding] {
    rows.sorted { $0.key < $1.key }.map { number, tables in
      let names = tables.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
      let count = tables.values.reduce(0, +)
      let hex = String(number, radix: 16)
      let publicID = "org_" + String(repeating: "0", count: 32 - hex.count) + hex
      return StoreFinding(
        table: Table.organizations.name, row: "org_id = \(number)",
        "the organization does not exist, and \(count) \(count == 1 ? "row names" : "rows name") it: "
          + names.joined(separator: ", "),
        remedy: number == OrganizationEvidence.defaultOrganization
          ? "seed apply"
          : "INSERT INTO organizations (org_id, public_id, name) "
            + "VALUES (\(number), '\(publicID)', 'Organization \(number)')")
    }
  }
}

extension Table {
  /// The statement that moves a row to another organization.
  ///
  /// If that organization has a row of the same name, the id is appended to the name; a row without
  /// a name exists there already and is deleted here.
  func moving(_ row: Row, to organization: Int, _ db: Database) throws -> String {
    let key = key(of: row)
    let hasName = columns.contains { $0.name == "name" }
    let unique = hasName ? ["name"] : keyColumns.filter { $0 != "org_id" }
    let isUnique = constraints.contains { $0.contains("(org_id") } || keyColumns == ["org_id"]
    let same = unique.map { " AND \($0) = \(row.literal($0))" }.joined()
    let isTaken =
      try isUnique
      && db.mapFirst("SELECT 1 FROM \(name) WHERE org_id = \(organization)\(same)") { _ in true }
        != nil
    guard isTaken else { return "UPDATE \(name) SET org_id = \(organization) WHERE \(key)" }
    return hasName && !keyColumns.contains("name")
      ? "UPDATE \(name) SET org_id = \(organization), name = name || ' ' || id WHERE \(key)"
      : "DELETE FROM \(name) WHERE \(key)"
  }
}
