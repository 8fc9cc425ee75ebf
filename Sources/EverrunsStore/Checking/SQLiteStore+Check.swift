import EverrunsSeeding
import GRDB

/// The checks of a store.
private enum SQLiteCheck: String, CaseIterable {
  case integrity
  case schema
  case triggers
  case state
  case foreignKeys = "foreign_keys"
  case values
  case settings
  case parents
  case models
  case revisions
  case memory
  case sessions

  /// What the check looks at.
  var subject: String {
    switch self {
    case .integrity: "the pages and indexes of the file"
    case .schema: "tables, columns, keys and indexes"
    case .triggers: "triggers that count changes, and triggers of other programs"
    case .state: "the serial, the default platform and the history"
    case .foreignKeys: "references between rows"
    case .values: "types and content of columns"
    case .settings: "settings and the rows they refer to"
    case .parents: "parents of harnesses"
    case .models: "providers of models"
    case .revisions: "saved definitions and their origins"
    case .memory: "what was last applied"
    case .sessions: "sessions, turns, events and tool calls"
    }
  }

  /// What a finding of this check means, as half a sentence.
  var summary: String {
    switch self {
    case .integrity: "the file is damaged"
    case .schema: "tables, columns, keys or indexes are missing or altered"
    case .triggers: "triggers that count changes are missing or altered, or others refuse writes"
    case .state: "the state of the store is damaged"
    case .foreignKeys: "dangling references"
    case .values: "columns hold invalid values"
    case .settings: "settings name another organization's row, or one that does not exist"
    case .parents: "harnesses have a parent in another organization, or form a cycle"
    case .models: "models have a provider in another organization"
    case .revisions: "saved definitions cannot be read, or are not what was saved"
    case .memory: "the record of what was last applied is damaged"
    case .sessions: "sessions, turns, events and tool calls are inconsistent"
    }
  }
}

extension SQLiteStore {
  /// Checks the store for inconsistencies and for anything that makes another command fail.
  ///
  /// A check that fails with an error reports it as a finding; the other checks still run.
  ///
  /// - Parameters:
  ///   - basis: The definition, catalog and grade to compare with, to verify the remembered state
  ///     against a full comparison; `nil` skips that check.
  ///   - presets: The names of the presets, which exist in every store.
  /// - Returns: Every check, in order, with its findings.
  /// - Throws: ``StoreError`` if the read transaction cannot be started.
  func check(
    against basis: SeedBasis?, presets: [String]
  ) throws(StoreError) -> [StoreCheck] {
    try read { db in
      ComparisonFunctions.add(to: db)
      return SQLiteCheck.allCases.map { check in
        let findings: [StoreFinding]
        do {
          findings = try self.findings(check, against: basis, presets: presets, db)
        } catch {
          findings = [Self.unfinished(error)]
        }
        return StoreCheck(
          name: check.rawValue, subject: check.subject, summary: check.summary, findings: findings)
      }
    }
  }

  /// The finding that a check ended with an error.
  private static func unfinished(_ error: any Error) -> StoreFinding {
    let reason =
      switch error {
      case let error as SchemaDamage: error.problems.map(\.reason).joined(separator: ", ")
      case let error as DamagedColumn: error.reason
      case let error as DatabaseError: error.message ?? "\(error.resultCode)"
      case let error as StoreError: error.message
      default: "\(error)"
      }
    return StoreFinding(
      "cannot be checked: \(reason)", remedy: "fix what the other checks found, and check again")
  }

  private func findings(
    _ check: SQLiteCheck, against basis: SeedBasis?, presets: [String], _ db: Database
  ) throws -> [StoreFinding] {
    switch check {
    case .integrity: try integrityFindings(db)
    case .schema: try schemaFindings(db)
    case .triggers: try triggerFindings(db)
    case .state: try stateFindings(db, presets: presets)
    case .foreignKeys: try referenceFindings(db)
    case .values: try valueFindings(db)
    case .settings: try settingFindings(db)
    case .parents: try parentFindings(db)
    case .models: try modelFindings(db)
    case .revisions: try revisionFindings(db)
    case .memory: try memoryFindings(db, against: basis)
    case .sessions: try sessionFindings(db)
    }
  }

  // MARK: The database

  private func integrityFindings(_ db: Database) throws -> [StoreFinding] {
    try db.map("PRAGMA integrity_check") { $0.text("integrity_check") ?? "" }
      .filter { $0 != "ok" }
      .map { line in
        // An index can be recreated from its table.
        StoreFinding(
          line,
          remedy: line.contains("index") && !line.contains("page")
            ? "REINDEX" : "restore a backup, or 'sqlite3 OLD .recover | sqlite3 NEW'")
      }
  }

  private func schemaFindings(_ db: Database) throws -> [StoreFinding] {
    try Schema.problems(db).filter { !$0.isOfTrigger }.map { problem in
      StoreFinding(
        table: problem.table, problem.reason,
        remedy: problem.isRepairable ? "store init" : "restore a backup, or create the table again")
    }
  }

  private func triggerFindings(_ db: Database) throws -> [StoreFinding] {
    try ChangeTriggers.problems(db).map { StoreFinding($0.reason, remedy: "store init") }
      + ChangeTriggers.refusing(db).map { name, table in
        StoreFinding(
          table: table, "trigger '\(name)' of another program can refuse or ignore writes",
          remedy: "DROP TRIGGER \(name.quotedDatabaseIdentifier)")
      }
  }

  private func stateFindings(_ db: Database, presets: [String]) throws -> [StoreFinding] {
    let table = Table.storeState.name
    var findings: [StoreFinding] = []
    if try !StateRow.isSound(db) {
      findings.append(
        StoreFinding(
          table: table, row: "id = 1", StateRow.problem, remedy: "store init"))
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
        findings.append(
          StoreFinding(
            table: table, row: "id = 1",
            "the default platform '\(active)' does not exist", remedy: "platform use NAME"))
      }
    }
    return findings
  }

  // MARK: Rows that refer to rows

  private func settingFindings(_ db: Database) throws -> [StoreFinding] {
    try OrganizationSetting.allCases.flatMap { setting in
      let column = setting.column
      return try db.map(
        """
        SELECT s.org_id, s.\(column) AS value FROM organization_settings s
        LEFT JOIN \(setting.target.table) r ON r.id = s.\(column) AND r.org_id = s.org_id
        WHERE s.\(column) IS NOT NULL AND r.id IS NULL ORDER BY s.org_id
        """
      ) { row in
        let key = "org_id = \(row.text("org_id") ?? "")"
        return StoreFinding(
          table: "organization_settings", row: key,
          "\(column) names '\(row.text("value") ?? "")', which its organization does not have",
          remedy: setting.role == nil
            ? "UPDATE organization_settings SET \(column) = NULL WHERE \(key)" : "seed apply")
      }
    }
  }

  private func parentFindings(_ db: Database) throws -> [StoreFinding] {
    func finding(_ row: Row, _ message: String) -> StoreFinding {
      let key = Table.harnesses.key(of: row)
      return StoreFinding(
        table: "harnesses", row: key, "harness '\(row.text("name") ?? "")' \(message)",
        remedy: row.integer("is_built_in") != 0
          ? "seed apply" : "UPDATE harnesses SET parent_harness_id = NULL WHERE \(key)")
    }
    let foreign = try db.map(
      """
      SELECT h.id, h.name, h.is_built_in FROM harnesses h
      JOIN harnesses p ON p.id = h.parent_harness_id
      WHERE p.org_id <> h.org_id ORDER BY h.id
      """
    ) { finding($0, "has a parent in another organization") }
    // Built-in harnesses get their parents from templates, so a cycle contains at least one
    // organization-owned harness.
    let cyclic = try db.map(
      """
      WITH RECURSIVE above (start, id, depth) AS (
        SELECT h.id, h.parent_harness_id, 1 FROM harnesses h
        WHERE NOT h.is_built_in AND h.parent_harness_id IS NOT NULL
        UNION ALL
        SELECT above.start, h.parent_harness_id, above.depth + 1
        FROM above JOIN harnesses h ON h.id = above.id
        WHERE h.parent_harness_id IS NOT NULL AND above.id <> above.start AND above.depth < 100)
      SELECT h.id, h.name, h.is_built_in FROM harnesses h
      WHERE h.id IN (SELECT above.start FROM above WHERE above.id = above.start) ORDER BY h.id
      """
    ) { finding($0, "is its own ancestor") }
    return foreign + cyclic
  }

  private func modelFindings(_ db: Database) throws -> [StoreFinding] {
    try db.map(
      """
      SELECT m.id, m.model_id FROM llm_models m JOIN llm_providers p ON p.id = m.provider_id
      WHERE p.org_id <> m.org_id ORDER BY m.id
      """
    ) { row in
      let key = Table.llmModels.key(of: row)
      return StoreFinding(
        table: "llm_models", row: key,
        "model '\(row.text("model_id") ?? "")' has a provider of another organization",
        remedy: "DELETE FROM llm_models WHERE \(key)")
    }
  }
}

extension SchemaProblem {
  /// Whether a schema problem concerns one of the store's own triggers.
  fileprivate var isOfTrigger: Bool {
    switch self {
    case .triggerMissing, .triggerAltered: true
    case .tableMissing, .notATable, .columnMissing, .columnType, .columnNullable, .notUnique,
      .indexMissing, .indexAltered, .encoding, .stateMissing:
      false
    }
  }
}
