import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// Deletes organizations with everything that belongs to them, all of it or nothing.
  ///
  /// - Throws: ``StoreError/organizationInUse(publicID:table:rows:)`` if a row that does not belong to
  ///   one of them would be lost or left without what it refers to.
  package func delete(
    _ organizations: [Organization], change: StoreChange
  ) throws(StoreError) {
    try write { db in
      let numbers = organizations.map(\.orgID)
      for organization in organizations {
        for reference in try OrganizationReference.all(db) {
          let rows = try reference.count(db, to: organization.orgID, outside: numbers)
          guard rows == 0 else {
            throw StoreError.organizationInUse(
              publicID: organization.publicID, table: reference.table, rows: rows)
          }
        }
      }
      for organization in organizations {
        let counts = try Self.counts(db, organization: organization.orgID)
        // What belongs to it goes with it: every table of an organization's rows says so.
        try db.execute(
          literal: "DELETE FROM organizations WHERE org_id = \(organization.orgID)")
        try db.execute(
          literal: "DELETE FROM seed_unsettled WHERE org_id = \(organization.orgID)")
        let rows = RecordKind.allCases.compactMap { kind in
          counts[kind].flatMap { $0 > 0 ? "\($0) \(kind.rawValue)" : nil }
        }
        try record(
          change,
          summary: (["organization '\(organization.name)' (\(organization.publicID)) deleted"]
            + rows)
            .joined(separator: ", "), db)
      }
    }
  }
}

/// A column through which rows that do not belong to an organization may refer to it.
private struct OrganizationReference {
  let table: String
  let column: String
  /// The table that the column refers to, and the column there.
  let target: (table: String, column: String)
  /// Whether the rows of the table belong to organizations themselves, by the column `org_id`.
  let isOrganizations: Bool

  /// Every reference of another program's table to one of the store's, and those of the store's own
  /// tables whose rows would be deleted with what they refer to.
  static func all(_ db: Database) throws -> [OrganizationReference] {
    let ours = Table.controlPlane + Table.bookkeeping
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
      // A row of an organization goes with it; that of another one only where it is deleted with
      // what it refers to.
      guard !isOurs || isOwned && named != "organizations" && row.text("on_delete") == "CASCADE"
      else { return nil }
      return OrganizationReference(
        table: table, column: column, target: (target.name, row.text("to") ?? "id"),
        isOrganizations: isOwned)
    }
  }

  /// How many rows refer to an organization or to what belongs to it.
  ///
  /// - Parameter numbers: The organizations whose own rows do not count.
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
