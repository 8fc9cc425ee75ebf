import GRDB

/// The rows that refer to a row of another organization, and what they say about both.
struct Contradictions {
  /// A row and the row that it refers to, in two organizations that exist.
  struct Pair {
    let child: RowName
    let childOrganization: Int
    let parent: RowName
    let parentOrganization: Int
  }

  /// Harnesses and their parents.
  let ofParents: [Pair]
  /// Models and their providers.
  let ofProviders: [Pair]
  /// The rows in the wrong organization, as the rows that belong to them show, each with the right
  /// organization.
  let misplaced: [RowName: Int]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - findsMisplaced: Whether the database has the rows that show a wrong organization; an
  ///     excerpt lacks them.
  /// - Throws: An error of the database.
  init(in db: Database, findsMisplaced: Bool) throws {
    ofParents = try Self.pairs(.harnesses, "parent_harness_id", .harnesses, db)
    ofProviders = try Self.pairs(.llmModels, "provider_id", .llmProviders, db)
    var suspects: [RowName: Int] = [:]
    for pair in findsMisplaced ? ofParents + ofProviders : [] {
      suspects[pair.child] = pair.childOrganization
      suspects[pair.parent] = pair.parentOrganization
    }
    misplaced = try suspects.reduce(into: [:]) { found, suspect in
      let evidence = try OrganizationEvidence(of: suspect.key, db)
      if let right = evidence.contradiction(of: suspect.value) { found[suspect.key] = right }
    }
  }

  /// Those of the pairs that no row in the wrong organization explains.
  func unexplained(_ pairs: [Pair]) -> [Pair] {
    pairs.filter { misplaced[$0.child] == nil && misplaced[$0.parent] == nil }
  }

  private static func pairs(
    _ table: Table, _ column: String, _ parent: Table, _ db: Database
  ) throws -> [Pair] {
    try db.map(
      """
      SELECT c.id AS child, c.org_id AS child_org, p.id AS parent, p.org_id AS parent_org
      FROM \(table.name) c JOIN \(parent.name) p ON p.id = c.\(column)
      WHERE p.org_id <> c.org_id AND p.org_id IN (SELECT org_id FROM organizations)
        AND c.org_id IN (SELECT org_id FROM organizations)
      ORDER BY c.id
      """
    ) { row in
      Pair(
        child: RowName(table, row.text("child") ?? ""), childOrganization: row.integer("child_org"),
        parent: RowName(parent, row.text("parent") ?? ""),
        parentOrganization: row.integer("parent_org"))
    }
  }
}

/// A row by its table and id.
struct RowName: Hashable {
  let table: String
  let id: String

  init(_ table: Table, _ id: String) {
    self.table = table.name
    self.id = id
  }
}
