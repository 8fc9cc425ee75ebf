import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// What is looked at when a store is checked.
private enum SQLiteCheck: String, CaseIterable {
  case integrity
  case foreignKeys = "foreign_keys"
  case triggers
  case json
  case settings
  case parents
  case revisions

  /// What the check finds wrong, in half a sentence.
  var summary: String {
    switch self {
    case .integrity: "the file is damaged"
    case .foreignKeys: "rows refer to rows that are not there"
    case .triggers: "triggers that count changes are missing or altered"
    case .json: "columns that should hold JSON do not"
    case .settings: "settings name another organization's row, or one that is not there"
    case .parents: "harnesses build on another organization's harness"
    case .revisions: "saved definitions cannot be read, or are not what was saved"
    }
  }
}

extension SQLiteStore {
  /// Looks for everything in the store that contradicts itself.
  ///
  func check() throws(StoreError) -> [StoreCheck] {
    try read { db in
      try SQLiteCheck.allCases.map { check in
        StoreCheck(
          name: check.rawValue, summary: check.summary, findings: try findings(check, db))
      }
    }
  }

  private func findings(_ check: SQLiteCheck, _ db: Database) throws -> [String] {
    switch check {
    case .integrity:
      try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    case .foreignKeys:
      try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        "\(row.text("table") ?? "") refers to \(row.text("parent") ?? "")"
      }
    case .triggers: try ChangeTriggers.findings(db)
    case .json: try jsonFindings(db)
    case .settings: try settingFindings(db)
    case .parents:
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.id, h.name FROM harnesses h JOIN harnesses p ON p.id = h.parent_harness_id
          WHERE p.org_id <> h.org_id ORDER BY h.id
          """
      ).map { "harness '\($0.text("name") ?? "")' \($0.text("id") ?? "")" }
    case .revisions: try revisionFindings(db)
    }
  }

  private func jsonFindings(_ db: Database) throws -> [String] {
    let columns =
      RecordKind.allCases.flatMap { kind in
        kind.columns.filter { $0.form == .json }.map { (kind.table, "id", $0.name) }
      }
      + RecordKind.allCases.compactMap(\.capabilityOwner).map { ($0.table, $0.column, "config") }
    return try columns.flatMap { table, key, column in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(key) AS id FROM \(table)
          WHERE \(column) IS NULL OR NOT json_valid(\(column)) ORDER BY 1
          """
      ).map { "\(table).\(column) of \($0.text("id") ?? "")" }
    }
  }

  private func settingFindings(_ db: Database) throws -> [String] {
    try OrganizationSetting.allCases.flatMap { setting in
      let table = setting.role == nil ? "llm_models" : "harnesses"
      return try Row.fetchAll(
        db,
        sql: """
          SELECT s.org_id FROM organization_settings s
          LEFT JOIN \(table) r ON r.id = s.\(setting.column) AND r.org_id = s.org_id
          WHERE s.\(setting.column) IS NOT NULL AND r.id IS NULL ORDER BY s.org_id
          """
      ).map { "\(setting.rawValue) of organization \($0.integer("org_id"))" }
    }
  }

  private func revisionFindings(_ db: Database) throws -> [String] {
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT name, revision, document, fingerprint FROM platform_revisions ORDER BY 1, 2")
    var findings: [String] = []
    while let row = try rows.next() {
      let name = "\(row.text("name") ?? "")@\(row.integer("revision"))"
      guard let document = try? JSONValue(json: row.text("document") ?? "") else {
        findings.append("\(name) cannot be read")
        continue
      }
      if Fingerprint(of: document).description != row.text("fingerprint") {
        findings.append("\(name) is not what was saved")
      }
    }
    return findings
  }
}
