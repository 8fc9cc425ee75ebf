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
      let count = try WrittenCheck.organizationCount(db)
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
      if let count {
        try WrittenCheck.checkOrganizations(atLeast: count - organizations.count, db)
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

/// Columns through which rows outside an organization may reference it.
private struct OrganizationReference {
  let table: String
  let columns: [String]
  /// A query of the values that the columns have if they reference an organization; its only
  /// argument is the number.
  let referenced: String

  /// Every reference that another program added, and those between the store's own tables that
  /// cascade.
  static func all(_ db: Database) throws -> [OrganizationReference] {
    let keys = try ForeignKey.all(db).compactMap { key -> OrganizationReference? in
      let isOwned = Schema.table(named: key.table.lowercased())?.column(named: "org_id") != nil
      // A row of this organization is deleted anyway; a row of another organization only by
      // cascade.
      guard
        key.isOfOthers
          || isOwned && key.target.name != Table.organizations.name && key.onDelete == "CASCADE",
        let belongs = belonging(in: key.target, "= ?")
      else { return nil }
      let columns = key.referredColumns(of: key.target.name).joined(separator: ", ")
      return OrganizationReference(
        table: key.table, columns: key.columns,
        referenced: "SELECT \(columns) FROM \(key.target.name) WHERE \(belongs)")
    }
    let numbers = try OrganizationNumbers.columns(db)
      .filter { Schema.table(named: $0.table.lowercased()) == nil }
      .map {
        OrganizationReference(
          table: $0.table, columns: [$0.column],
          referenced: "SELECT org_id FROM organizations WHERE org_id = ?")
      }
    return keys + numbers
  }

  /// The condition that a row belongs to organizations, directly or as a part of what does.
  ///
  /// - Parameters:
  ///   - table: The table of the row.
  ///   - isMeant: The condition that follows the number of an organization, in SQL.
  /// - Returns: The condition, in SQL; `nil` for a table whose rows belong to none.
  private static func belonging(in table: Table, _ isMeant: String) -> String? {
    if table.column(named: "org_id") != nil { return "\(table.name).org_id \(isMeant)" }
    for reference in table.references where reference.action == .delete {
      guard let owner = Schema.table(named: reference.table),
        let belongs = belonging(in: owner, isMeant)
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
    let table = table.quotedIdentifier
    let references = columns.map { "\(table).\($0.quotedIdentifier)" }
    let own = Schema.table(named: self.table.lowercased()).flatMap {
      Self.belonging(in: $0, "IN (\(numbers.map(String.init).joined(separator: ", ")))")
    }
    return try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM \(table)
        WHERE (\(references.joined(separator: ", "))) IN (\(referenced))
          \(own.map { "AND NOT (\($0))" } ?? "")
        """, arguments: [number]) ?? 0
  }
}
