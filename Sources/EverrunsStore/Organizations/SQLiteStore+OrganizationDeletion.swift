import EverrunsSeeding
import GRDB
import Messages

extension SQLiteStore {
  /// Deletes organizations with everything that belongs to them, in one transaction.
  ///
  /// - Returns: The organizations under the names that they had when they were deleted.
  /// - Throws: ``StoreError/organizationInUse(_:table:rows:)`` if a row outside of them
  ///   would be deleted or left with a dangling reference,
  ///   ``StoreError/organizationIsRunning(_:turns:)`` while a worker runs a turn of one,
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
      for organization in organizations {
        try WrittenCheck.afterRecording("organization \(organization.publicID)", db) {
          try db.expectNone(in: .organizations, where: "org_id = \(organization.orgID)")
        }
      }
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
        throw StoreError.organizationIsRunning(organization.named, turns: running)
      }
      for reference in try OrganizationReference.all(db) {
        let rows = try reference.count(db, to: organization.orgID, outside: numbers)
        guard rows == 0 else {
          throw StoreError.organizationInUse(
            organization.named, table: reference.table, rows: rows)
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
  /// The columns, and a query of the values that they have if they reference an organization; the
  /// query's only argument is the number.
  let columns: [String]
  let referenced: String
  /// Whether the rows of the table belong to organizations, by a column `org_id`.
  let isOrganizations: Bool

  /// Every reference from another program's table to the store's tables, and those between the
  /// store's own tables that cascade.
  static func all(_ db: Database) throws -> [OrganizationReference] {
    let owned = Schema.tables.filter { $0.column(named: "org_id") != nil }.map(\.name)
    let keys = try ForeignKey.all(db).compactMap { key -> OrganizationReference? in
      let isOwned = owned.contains(key.table)
      // A row of this organization is deleted anyway; a row of another organization only by
      // cascade.
      guard
        key.isOfOthers
          || isOwned && key.target.name != Table.organizations.name && key.onDelete == "CASCADE",
        let belongs = belongings(in: key.target)
      else { return nil }
      let columns = key.referredColumns(of: key.target.name).joined(separator: ", ")
      return OrganizationReference(
        table: key.table, columns: key.columns,
        referenced: "SELECT \(columns) FROM \(key.target.name) WHERE \(belongs)",
        isOrganizations: isOwned)
    }
    let numbers = try db.map(
      """
      SELECT tables.name, columns.name AS "column"
      FROM sqlite_schema tables JOIN pragma_table_info(tables.name) columns
      WHERE tables.type = 'table' AND tables.sql NOT LIKE 'CREATE VIRTUAL%'
        AND columns.name = 'org_id' COLLATE NOCASE ORDER BY tables.name
      """
    ) { (table: $0.text("name") ?? "", column: $0.text("column") ?? "") }
    return keys
      + numbers.filter { Schema.table(named: $0.table.lowercased()) == nil }.map {
        OrganizationReference(
          table: $0.table, columns: [$0.column],
          referenced: "SELECT org_id FROM organizations WHERE org_id = ?", isOrganizations: false)
      }
  }

  /// The condition that a row belongs to the organization with the number `?`, directly or as a
  /// part of what does; `nil` for a table whose rows do not.
  private static func belongings(in table: Table) -> String? {
    if table.column(named: "org_id") != nil { return "\(table.name).org_id = ?" }
    for reference in table.references where reference.action == .delete {
      guard let owner = Schema.table(named: reference.table),
        let belongs = belongings(in: owner)
      else { continue }
      return """
        \(table.name).\(reference.column.name) IN (
          SELECT \(owner.name).\(reference.parentColumn) FROM \(owner.name) WHERE \(belongs))
        """
    }
    return nil
  }

  /// How many rows reference an organization or something that belongs to it; rows of the
  /// organizations in `numbers` do not count.
  func count(_ db: Database, to number: Int, outside numbers: [Int]) throws -> Int {
    let references = columns.map { "referring.\($0.quotedIdentifier)" }
    let own =
      isOrganizations
      ? "AND referring.org_id NOT IN (\(numbers.map(String.init).joined(separator: ", ")))" : ""
    return try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM \(table.quotedIdentifier) referring
        WHERE (\(references.joined(separator: ", "))) IN (\(referenced)) \(own)
        """, arguments: [number]) ?? 0
  }
}
