import EverrunsSeeding
import GRDB
import Messages

extension SQLiteStore {
  /// Deletes organizations with everything that belongs to them, in one transaction.
  ///
  /// - Returns: The organizations under the names that they had when they were deleted.
  /// - Throws: ``StoreError/organizationInUse(publicID:table:rows:)`` if a row outside of them
  ///   would be deleted or left with a dangling reference,
  ///   ``StoreError/organizationIsRunning(publicID:turns:)`` while a worker runs a turn of one,
  ///   ``StoreError/notFound(noun:name:)`` if one no longer exists,
  ///   ``StoreError/writeRefused(table:row:cause:triggers:)`` if a trigger keeps one.
  package func delete(
    _ organizations: [Organization], change: StoreChange
  ) throws(StoreError) -> [Organization] {
    try write { db in
      let organizations = try Self.deletable(organizations, db)
      let entries = try organizations.map { organization in
        let counts = try Self.counts(db, organization: organization.orgID)
        try WriteRefusal.naming("organization \(organization.publicID)") {
          try db.delete(from: .organizations, where: "org_id = \(organization.orgID)")
          try db.delete(from: .seedUnsettled, where: "org_id = \(organization.orgID)")
        }
        let rows = counts.wordsOfBelongings
        return (
          organization: ConcernedOrganizations.Member(organization),
          summary: "deleted organization '\(organization.name)'"
            + (rows.isEmpty ? "" : ": \(rows.joined(separator: ", "))")
            + " (\(organization.publicID))"
        )
      }
      try record(change, entries: entries, db)
      return organizations
    }
  }

  /// The organizations as they are now, if they can be deleted.
  ///
  /// - Throws: The error with which ``delete(_:change:)`` refuses one.
  static func deletable(
    _ organizations: [Organization], _ db: Database
  ) throws -> [Organization] {
    let organizations = try organizations.map { try current($0, db) }
    let numbers = organizations.map(\.orgID)
    for organization in organizations {
      let running = try runningTurns(of: organization.orgID, db)
      guard running == 0 else {
        throw StoreError.organizationIsRunning(publicID: organization.publicID, turns: running)
      }
      for reference in try OrganizationReference.all(db) {
        let rows = try reference.count(db, to: organization.orgID, outside: numbers)
        guard rows == 0 else {
          throw StoreError.organizationInUse(
            publicID: organization.publicID, table: reference.table, rows: rows)
        }
      }
    }
    return organizations
  }

  /// An organization as it is now: others may have renamed or deleted it.
  private static func current(
    _ organization: Organization, _ db: Database
  ) throws -> Organization {
    let query: SQL = """
      SELECT name FROM organizations
      WHERE org_id = \(organization.orgID) AND public_id = \(organization.publicID)
      """
    guard let name = try query.mapFirst(db, { $0.text("name") ?? organization.name }) else {
      throw StoreError.notFound(noun: "organization", name: organization.publicID)
    }
    return Organization(
      orgID: organization.orgID, publicID: organization.publicID, name: name,
      settings: organization.settings)
  }

  /// How many turns of an organization's sessions workers are running.
  private static func runningTurns(of number: Int, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM turns t JOIN sessions s ON s.id = t.session_id
        WHERE t.status = 'running' AND s.org_id = ?
        """, arguments: [number]) ?? 0
  }
}

extension [RecordKind: Int] {
  /// What belongs to an organization, such as `1 membership` and `12 harnesses`, without zeros.
  package var wordsOfBelongings: [String] {
    RecordKind.allCases.compactMap { kind in
      guard let number = self[kind], number > 0 else { return nil }
      // Users stay; their membership is what belongs to the organization.
      return kind == .user
        ? Messages.count(number, "membership")
        : Messages.count(number, kind.noun, plural: kind.pluralNoun)
    }
  }
}

/// A column through which rows outside an organization may reference it.
private struct OrganizationReference {
  let table: String
  let column: String
  /// The referenced table and column.
  let target: (table: String, column: String)
  /// Whether the rows of the table belong to organizations, by a column `org_id`.
  let isOrganizations: Bool

  /// Every reference from another program's table to the store's tables, and those between the
  /// store's own tables that cascade.
  static func all(_ db: Database) throws -> [OrganizationReference] {
    let ours = Schema.tables
    let owned = ours.filter { table in table.columns.contains { $0.name == "org_id" } }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT tables.name, key."from", key."table" AS target, key."to", key.on_delete
        FROM sqlite_schema tables JOIN pragma_foreign_key_list(tables.name) key
        WHERE tables.type = 'table'
        UNION
        SELECT tables.name, columns.name, 'organizations', 'org_id', 'NO ACTION'
        FROM sqlite_schema tables JOIN pragma_table_info(tables.name) columns
        WHERE tables.type = 'table' AND tables.sql NOT LIKE 'CREATE VIRTUAL%'
          AND columns.name = 'org_id' COLLATE NOCASE
        """)
    return rows.compactMap { row in
      guard let table = row.text("name"), let column = row.text("from"),
        let named = row.text("target")?.lowercased(),
        let target = owned.first(where: { $0.name == named })
      else { return nil }
      let isOurs = ours.contains { $0.name == table }
      let isOwned = owned.contains { $0.name == table }
      // A row of this organization is deleted anyway; a row of another organization only by
      // cascade.
      guard !isOurs || isOwned && named != "organizations" && row.text("on_delete") == "CASCADE"
      else { return nil }
      return OrganizationReference(
        table: table, column: column, target: (target.name, row.text("to") ?? "id"),
        isOrganizations: isOwned)
    }
  }

  /// How many rows reference an organization or something that belongs to it; rows of the
  /// organizations in `numbers` do not count.
  func count(_ db: Database, to number: Int, outside numbers: [Int]) throws -> Int {
    let reference = "referring.\(column.quotedDatabaseIdentifier)"
    let own =
      isOrganizations
      ? "AND referring.org_id NOT IN (\(numbers.map(String.init).joined(separator: ", ")))" : ""
    return try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM \(table.quotedDatabaseIdentifier) referring
        WHERE \(reference) IN (
          SELECT \(target.table).\(target.column.quotedDatabaseIdentifier) FROM \(target.table)
          WHERE \(target.table).org_id = ?) \(own)
        """, arguments: [number]) ?? 0
  }
}
