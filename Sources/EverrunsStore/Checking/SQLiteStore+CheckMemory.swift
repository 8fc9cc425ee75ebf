import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

extension SQLiteStore {
  // MARK: Saved definitions

  /// Finds definitions that cannot be read or differ from what was saved, and counters that would
  /// reuse a number.
  func revisionFindings(_ db: Database) throws -> [StoreFinding] {
    let documents = try db.map(
      """
      SELECT name, revision, document, fingerprint FROM platform_revisions
      ORDER BY name, revision
      """
    ) { row -> StoreFinding? in
      let name = row.text("name") ?? ""
      let key = Table.platformRevisions.key(of: row)
      func finding(_ message: String, remedy: String) -> StoreFinding {
        StoreFinding(
          table: Table.platformRevisions.name, row: key,
          "definition '\(name)@\(row.text("revision") ?? "")' \(message)", remedy: remedy)
      }
      guard let definition = Self.definition(in: row.text("document") ?? "") else {
        return finding(
          "cannot be read, and 'platform import' can save another revision",
          remedy: "DELETE FROM platform_revisions WHERE \(key)")
      }
      let fingerprint = definition.fingerprint.description
      return fingerprint == row.text("fingerprint")
        ? nil
        : finding(
          "is not what was saved",
          remedy: "UPDATE platform_revisions SET fingerprint = '\(fingerprint)' WHERE \(key)")
    }.compactMap(\.self)
    let origins = try db.map(
      "SELECT name, revision, grade, document FROM platform_origins ORDER BY name, revision"
    ) { row -> StoreFinding? in
      let key = Table.platformOrigins.key(of: row)
      if let grade = row.text("grade"), Grade(rawValue: grade) == nil {
        return StoreFinding(
          table: Table.platformOrigins.name, row: key, "there is no grade '\(grade)'",
          remedy: "UPDATE platform_origins SET grade = NULL WHERE \(key)")
      }
      // A revision that comes from nowhere has no document.
      guard let text = row.text("document"), Self.definition(in: text) == nil else { return nil }
      return StoreFinding(
        table: Table.platformOrigins.name, row: key,
        "the origin of '\(row.text("name") ?? "")@\(row.text("revision") ?? "")' cannot be read",
        remedy: "DELETE FROM platform_origins WHERE \(key)")
    }.compactMap(\.self)
    return try documents + origins + revisionNumberFindings(db)
  }

  /// Finds names whose last revision number is missing or invalid, or would be used again.
  private func revisionNumberFindings(_ db: Database) throws -> [StoreFinding] {
    let highest = StoredNumber.counts.upperBound
    let isNumber = StoredNumber.isCount("r.revision")
    // The remedy for a revision without a valid number also corrects the last number.
    return try db.map(
      """
      SELECT n.name, p.name IS NOT NULL AS is_there, p.latest_revision,
        max(coalesce(r.revision, 0)) AS newest
      FROM (SELECT name FROM platforms UNION SELECT name FROM platform_revisions) n
      LEFT JOIN platforms p ON p.name = n.name
      LEFT JOIN platform_revisions r ON r.name = n.name AND \(isNumber)
      WHERE n.name NOT IN (SELECT r.name FROM platform_revisions r WHERE NOT (\(isNumber)))
      GROUP BY n.name
      HAVING typeof(p.latest_revision) IS NOT 'integer'
        OR p.latest_revision NOT BETWEEN newest AND \(highest)
      """
    ) { row in
      let key = Table.platforms.key(of: row)
      let newest = row.text("newest") ?? "0"
      return StoreFinding(
        table: Table.platforms.name, row: key,
        "latest_revision is \(row.text("latest_revision") ?? "missing"), the newest is \(newest)",
        // Replacing the row would delete its revisions.
        remedy: row.integer("is_there") != 0
          ? "UPDATE platforms SET latest_revision = \(newest) WHERE \(key)"
          : "INSERT INTO platforms (name, latest_revision) VALUES (\(row.literal("name")), \(newest))"
      )
    }
  }

  /// The definition that a document holds; `nil` if it cannot be read.
  private static func definition(in document: String) -> PlatformDefinition? {
    guard let document = try? JSONReader.read(Array(document.utf8)) else { return nil }
    return try? PlatformDocument(reading: document, grade: .dev, isStored: true).definition
  }

  // MARK: What seeding remembers

  /// Finds last-applied content that cannot be read, and kept answers that differ from a full
  /// comparison.
  func memoryFindings(_ db: Database, against basis: SeedBasis?) throws -> [StoreFinding] {
    let templates = try db.map("SELECT digest, content FROM seed_templates") {
      row -> StoreFinding? in
      let key = Table.seedTemplates.key(of: row)
      return row.templateContent(of: row.text("digest") ?? "") == nil
        ? StoreFinding(
          table: Table.seedTemplates.name, row: key, "the content is not that of the digest",
          remedy: "DELETE FROM seed_templates WHERE \(key)") : nil
    }.compactMap(\.self)
    let kinds = RecordKind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let records = try db.map(
      """
      SELECT \(Table.seedMemory.selection()) FROM seed_memory
      WHERE kind NOT IN (\(kinds)) ORDER BY kind, seed_id
      """
    ) { row in
      let key = Table.seedMemory.key(of: row)
      return StoreFinding(
        table: Table.seedMemory.name, row: key, "there is no kind '\(row.text("kind") ?? "")'",
        remedy: "DELETE FROM seed_memory WHERE \(key)")
    }
    // An excerpt keeps no answers.
    guard let basis, excerpt == nil, try isStale(against: basis) else { return templates + records }
    return templates + records + [
      StoreFinding(
        table: Table.seedUnsettled.name, "what is kept differs from a full comparison",
        remedy: "seed apply --full")
    ]
  }

  /// Whether kept answers differ from a full comparison.
  private func isStale(against basis: SeedBasis) throws -> Bool {
    do {
      return try lines(basis, isFull: false) != lines(basis, isFull: true)
    } catch StoreError.identityConflict {
      // The check of the state finds it.
      return false
    }
  }

  private func lines(_ basis: SeedBasis, isFull: Bool) throws -> [String] {
    try compare(basis, options: SeedOptions(), isFull: isFull) { findings in
      try findings.rows.collected().map(\.document.canonicalJSON)
    }
  }
}
