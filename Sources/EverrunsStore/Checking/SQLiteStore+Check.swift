import EverrunsSeeding
import Files
import GRDB
import Messages

extension SQLiteStore {
  /// The findings of the checks that were made.
  private typealias Findings = [SQLiteCheck: [StoreFinding]]

  /// Checks the store for inconsistencies and for anything that makes another command fail.
  ///
  /// A check that fails with an error reports it as a finding; the other checks still run. The rows
  /// of a store that must be migrated or adopted first are checked as they are afterwards, in a
  /// private copy.
  ///
  /// - Parameters:
  ///   - basis: The definition, catalog and grade to compare with, to verify the remembered state
  ///     against a full comparison, and to know what seeding repairs; `nil` skips both.
  ///   - presets: The names of the presets, which exist in every store.
  /// - Returns: The checks that could be made, in order, with their findings.
  /// - Throws: ``StoreError`` if the read transaction cannot be started, or the private copy cannot
  ///   be made.
  func check(
    against basis: SeedBasis?, presets: [String]
  ) throws(StoreError) -> [StoreCheck] {
    do {
      return try results(against: basis, presets: presets)
    } catch .damaged(let location, let reason) {
      // The advice about other damage is this check.
      throw .unreadable(location, reason: reason)
    }
  }

  private func results(
    against basis: SeedBasis?, presets: [String]
  ) throws(StoreError) -> [StoreCheck] {
    let preparation = try read { try Self.content($0, location).preparation }
    let found: Findings =
      switch preparation {
      case .none, .created, .repaired:
        try findings(SQLiteCheck.allCases, against: basis, presets: presets)
      case .migrated, .adopted:
        try findingsInCopy(after: preparation, against: basis, presets: presets)
      }
    let deleted = Set(found.values.joined().filter(\.deletes).map(\.place))
    return SQLiteCheck.allCases.compactMap { check in
      found[check].map { findings in
        StoreCheck(
          name: check.rawValue, subject: check.subject,
          summary: findings.contains(where: \.isOfUnfinishedCheck)
            ? SQLiteCheck.summaryOfUnfinished : check.summary,
          // What else is wrong with a row that is deleted does not matter.
          findings: findings.filter { $0.deletes || !deleted.contains($0.place) })
      }
    }
  }

  /// Runs the quick checks on a store that is ready to be written.
  ///
  /// - Parameter presets: The names of the presets, which exist in every store.
  /// - Returns: Whether they find anything.
  /// - Throws: ``StoreError`` if the read transaction cannot be started.
  func hasProblems(presets: [String]) throws(StoreError) -> Bool {
    try findings(SQLiteCheck.allCases.filter(\.isQuick), presets: presets)
      .contains { !$0.value.isEmpty }
  }

  private func findings(
    _ checks: [SQLiteCheck], against basis: SeedBasis? = nil, presets: [String] = []
  ) throws(StoreError) -> Findings {
    var found: Findings = [:]
    var unfinished: [SQLiteCheck: any Error] = [:]
    try read { db in
      ComparisonFunctions.add(to: db)
      // Several checks need them.
      lazy var contradictions = Result {
        try Contradictions(in: db, findsMisplaced: excerpt == nil)
      }
      for check in checks {
        do {
          found[check] = try findings(check, against: basis, presets: presets, db) {
            try contradictions.get()
          }
        } catch {
          unfinished[check] = error
        }
      }
    }
    let isExplained = found.values.contains { !$0.isEmpty }
    for (check, error) in unfinished {
      found[check] = [
        StoreFinding(unfinishedBecause: Self.reason(of: error), isExplained: isExplained)
      ]
    }
    return found
  }

  /// Why a check could not be finished.
  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as SchemaDamage: error.problems.map(\.reason).joined(separator: ", ")
    case let error as DamagedColumn: error.reason
    case let error as DatabaseError: error.message ?? "\(error.resultCode)"
    case StoreError.damaged(_, let reason): reason
    case let error as StoreError: error.message
    default: "\(error)"
    }
  }

  private func findings(
    _ check: SQLiteCheck, against basis: SeedBasis?, presets: [String], _ db: Database,
    _ contradictions: () throws -> Contradictions
  ) throws -> [StoreFinding] {
    switch check {
    case .integrity: try integrityFindings(db)
    case .schema: Self.findings(try Schema.problems(db).filter { !$0.isOfTrigger })
    case .triggers:
      try ChangeTriggers.problems(db).map { StoreFinding($0.reason, remedy: "store init") }
        + OtherPrograms.findings(db)
    case .state: try stateFindings(db, presets: presets, defaultOrganization: basis?.organization)
    case .foreignKeys: try referenceFindings(db)
    case .values:
      try valueFindings(
        db, repaired: RepairedBySeeding(basis), defaultOrganization: basis?.organization)
    case .settings: try settingFindings(contradictions(), repaired: RepairedBySeeding(basis), db)
    case .parents: try parentFindings(contradictions(), repaired: RepairedBySeeding(basis), db)
    case .models: try modelFindings(contradictions(), db)
    case .revisions: try revisionFindings(db)
    case .memory: try memoryFindings(db, against: basis)
    case .sessions: try sessionFindings(db)
    }
  }

  // MARK: Stores that must be migrated or adopted

  private func findingsInCopy(
    after preparation: StorePreparation, against basis: SeedBasis?, presets: [String]
  ) throws(StoreError) -> Findings {
    var found = try findings([.integrity])
    // A damaged store cannot be copied, or not be migrated.
    guard found[.integrity]?.allSatisfy(\.isOfUnfinishedCheck) ?? true else { return found }
    let copy = try privateCopy()
    defer { copy.close() }
    let version: Int
    if case .migrated(let older) = preparation {
      version = older
      // The copy's schema and row are the restored ones.
      (found[.schema], found[.state]) = try read { db in
        guard try Schema.isReadable(db) else { return ([], []) }
        return (
          Self.findings(try Schema.problems(db, isComplete: false)),
          try Self.rowFindings(ofState: db)
        )
      }
    } else {
      let id = try read { try Self.applicationID($0) }
      let error = StoreError.unmarkedStore(location, applicationID: id)
      (version, found[.schema]) = (0, [StoreFinding(error.message, remedy: "store init")])
    }
    let obstacles = try copy.withoutTransaction { db in
      try Self.obstacles(toMigrationFrom: version, db)
    }
    guard obstacles.isEmpty else {
      // The rows are checked when nothing is in the way of the migration.
      found[.schema] = obstacles
      found[.triggers] = try read { try OtherPrograms.restrictions($0) }
      return found
    }
    let rows = SQLiteCheck.allCases.filter { found[$0] == nil || $0 == .state }
    return try copy.findings(rows, against: basis, presets: presets)
      .merging(found) { restored, own in own + restored }
  }

  /// Migrates a copy of the store, and returns what prevents it.
  private static func obstacles(
    toMigrationFrom version: Int, _ db: Database
  ) throws -> [StoreFinding] {
    do {
      try db.inTransaction {
        try Schema.migrate(db, from: version, storeID: "")
        return .commit
      }
      return []
    } catch let damage as SchemaDamage {
      return findings(damage.problems)
    } catch let error as DatabaseError {
      return try OtherPrograms.obstacles(error, db)
    }
  }

  // MARK: The database

  private func integrityFindings(_ db: Database) throws -> [StoreFinding] {
    let problems = try PageProblems.all(db)
    let damaged = Set(problems.filter { !$0.isOfIndex }.map(\.table))
    let findings = problems.map { problem in
      StoreFinding(
        table: problem.table, row: problem.row, problem.text,
        // An index can be recreated from an intact table.
        remedy: problem.isOfIndex && !damaged.contains(problem.table)
          ? "REINDEX" : Self.recovery)
    }
    guard let version = header?.readOnlyVersion else { return findings }
    return findings + [
      StoreFinding(
        "the header of the file has write version \(version), so the store cannot be written to",
        remedy: Self.recovery)
    ]
  }

  /// What to do about damage that nothing else repairs.
  private static let recovery = "restore a backup, or 'sqlite3 OLD .recover | sqlite3 NEW'"

  /// The findings for problems of a schema.
  private static func findings(_ problems: [SchemaProblem]) -> [StoreFinding] {
    let canInitialize = problems.allSatisfy(\.isRepairable)
    return problems.map { problem in
      StoreFinding(
        table: problem.table, problem.reason,
        remedy: problem.remedy
          ?? (canInitialize ? "store init" : "store init, once the other problems are fixed"))
    }
  }

  private static func rowFindings(ofState db: Database) throws -> [StoreFinding] {
    guard try !StateRow.isSound(db) else { return [] }
    return [
      StoreFinding(
        table: Table.storeState.name, row: "id = 1", StateRow.problem, remedy: "store init")
    ]
  }

  private func stateFindings(
    _ db: Database, presets: [String], defaultOrganization: SeedOrganization?
  ) throws -> [StoreFinding] {
    let table = Table.storeState.name
    var findings = try Self.rowFindings(ofState: db)
    if let defaultOrganization {
      findings += try identityFindings(db, of: defaultOrganization)
    }
    if let problem = try OrganizationNumbers.problem(db) {
      let highest = min(try OrganizationNumbers.shown(db), OrganizationNumbers.limit - 1)
      findings.append(
        StoreFinding(
          table: table, row: "id = 1", problem,
          remedy: "UPDATE store_state SET highest_org_id = \(highest) WHERE id = 1"))
    }
    if let (table, column) = try OrganizationNumbers.columnWithLast(db) {
      findings.append(
        StoreFinding(
          table: table,
          "\(column) holds \(OrganizationNumbers.limit), which leaves no number for a new "
            + "organization",
          remedy: "change or delete that row with the program that it belongs to"))
    }
    // A reference is a name, or a name and a revision.
    let active = try db.mapFirst("SELECT active_platform FROM store_state") {
      $0.text("active_platform")
    }
    if let active = active ?? nil {
      let parts = active.split(separator: "@", maxSplits: 1).map(String.init)
      let revisions: SQL = "SELECT revision FROM platform_revisions WHERE name = \(parts.first)"
      let numbers = try revisions.map(db) { $0.text("revision") ?? "" }
      let isThere =
        presets.contains(active)
        || !numbers.isEmpty
          && (parts.count == 1 || Int(parts[1]) == nil || numbers.contains(parts[1]))
      if !isThere {
        // Another revision of the same definition, or the first preset.
        let other = numbers.isEmpty ? presets.first : parts.first
        findings.append(
          StoreFinding(
            table: table, row: "id = 1",
            "the default platform '\(active)' does not exist",
            remedy: "platform use \(other?.shellQuoted ?? "NAME")"))
      }
    }
    return findings
  }

  /// Finds organizations that have only the number or only the public id of the default one.
  private func identityFindings(
    _ db: Database, of wanted: SeedOrganization
  ) throws -> [StoreFinding] {
    let conflicting: SQL = """
      SELECT org_id, public_id, org_id = \(wanted.orgID) AS has_number FROM organizations
      WHERE (org_id = \(wanted.orgID)) <> (public_id IS \(wanted.publicID))
      ORDER BY has_number, org_id
      """
    return try conflicting.map(db) { row in
      let table = Table.organizations.name
      let key = "org_id = \(row.literal("org_id"))"
      let isDefault = row.integer("has_number") != 0
      return StoreFinding(
        table: table, row: key,
        isDefault
          ? "public_id is \(row.literal("public_id")), and the default organization is "
            + "'\(wanted.publicID)'"
          : "public_id is that of the default organization, which has the number \(wanted.orgID)",
        // The row keeps its number, which others name.
        remedy: "UPDATE \(table) SET public_id = "
          + (isDefault ? "'\(wanted.publicID)'" : "'org_' || lower(hex(randomblob(16)))")
          + " WHERE \(key)")
    }
  }
}

extension SeedBasis {
  /// The default organization.
  fileprivate var organization: SeedOrganization { desiredState.organization }
}

extension PageProblems.Problem {
  /// Whether an index lacks or misplaces rows of its table, whose pages SQLite can read.
  fileprivate var isOfIndex: Bool { text.contains("index") && !text.contains("page") }
}

extension StoreFinding {
  /// The row.
  fileprivate var place: [String?] { [table, row] }

  /// Whether the remedy deletes the row.
  fileprivate var deletes: Bool { row != nil && remedy.hasPrefix("DELETE FROM ") }
}

extension SchemaProblem {
  /// Whether a schema problem concerns one of the store's own triggers.
  fileprivate var isOfTrigger: Bool {
    switch self {
    case .triggerMissing, .triggerAltered: true
    case .tableMissing, .notATable, .tableOfOthers, .columnMissing, .columnType, .columnNullable,
      .columnCollated, .rowNumberHidden, .notUnique, .indexMissing, .indexAltered, .encoding,
      .stateMissing:
      false
    }
  }

  /// What fixes a problem that `store init` does not; `nil` for the others.
  fileprivate var remedy: String? {
    if isRepairable { return nil }
    return switch self {
    case .tableOfOthers(let table, _): "ALTER TABLE \(table) RENAME TO other_\(table)"
    case .notATable(let view): "DROP VIEW \(view)"
    case .rowNumberHidden(let table):
      "ALTER TABLE \(table) RENAME COLUMN \(Schema.rowNumber) TO other_rowid"
    case .encoding: "'sqlite3 OLD .dump | sqlite3 NEW', and 'store init' with the new file"
    default: "restore a backup, or create the table again"
    }
  }
}
