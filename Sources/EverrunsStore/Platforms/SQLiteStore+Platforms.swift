import Everruns
import EverrunsDocuments
import GRDB

extension SQLiteStore {
  /// The saved platform definitions, by name.
  func platforms() throws(StoreError) -> [SavedPlatform] {
    try read { db in
      try SavedPlatform.fetchAll(
        db,
        """
        SELECT name, coalesce(max(CASE typeof(revision) WHEN 'integer' THEN revision END), 0)
          AS latest_revision, count(*) AS revisions
        FROM platform_revisions GROUP BY name ORDER BY name
        """)
    }
  }

  /// One revision of a saved definition; `nil` if it does not exist.
  ///
  /// - Throws: ``StoreError/damagedDefinition(_:name:revision:)`` if it cannot be read.
  func revision(
    of name: String, _ selector: RevisionSelector
  ) throws(StoreError) -> PlatformRevision? {
    try read { db in try self.revision(of: name, selector, db) }
  }

  private func revision(
    of name: String, _ selector: RevisionSelector, _ db: Database
  ) throws -> PlatformRevision? {
    // Other programs may have written any text in place of a number.
    let newestFirst: SQL = "ORDER BY typeof(revision) = 'integer' DESC, revision DESC LIMIT 1"
    let choice: SQL =
      switch selector {
      case .latest: newestFirst
      case .previous: "\(newestFirst) OFFSET 1"
      case .number(let number): "AND revision = \(number)"
      }
    let query: SQL = """
      SELECT revision, document, fingerprint FROM platform_revisions
      WHERE name = \(name) \(choice)
      """
    return try query.mapFirst(db) { row in
      let columns = StoredColumns(row, of: .platformRevisions)
      let number = try columns.integer("revision")
      return PlatformRevision(
        name: name, number: number,
        definition: try self.definition(in: row.text("document"), of: name, number),
        fingerprint: Fingerprint(stored: try columns.text("fingerprint")))
    }
  }

  func definition(
    in document: String?, of name: String, _ revision: Int
  ) throws(StoreError) -> PlatformDefinition {
    do {
      return try PlatformDocument(
        reading: try JSONReader.read(Array((document ?? "").utf8)), grade: .dev, isStored: true
      ).definition
    } catch {
      throw .damagedDefinition(location, name: name, revision: revision)
    }
  }

  /// Saves new revisions of a definition, all or none.
  func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, origin: OriginUpdate, change: StoreChange
  ) throws(StoreError) -> Int {
    try write { db in
      try self.checkRevisions(definitions.count, of: name, after: latest, db)
      return try self.insert(definitions, as: name, origin, change, db)
    }
  }

  /// Checks that new revisions of a definition can be saved.
  func checkRevisions(
    _ count: Int, of name: String, after latest: Int?, _ db: Database
  ) throws {
    let current = try latestRevision(of: name, db)
    guard current == latest else {
      throw StoreError.superseded(name: name, seen: latest, latest: current ?? 0)
    }
    _ = try number(count, of: name, db)
  }

  /// The number of a new revision of a definition; `step` is 1 for the first new one.
  private func number(_ step: Int, of name: String, _ db: Database) throws -> Int {
    // A deleted definition has no revisions but keeps its used numbers. Other programs may have
    // written any number, or deleted the row.
    let known: SQL = "SELECT latest_revision FROM platforms WHERE name = \(name)"
    let used = max(
      try known.mapFirst(db) { $0.integer("latest_revision") } ?? 0,
      try latestRevision(of: name, db) ?? 0, 0)
    return try StoredNumber.next(
      after: used, by: step, of: "platforms.latest_revision of '\(name)'")
  }

  /// Revises the newest revision of a definition, whichever that is at the time.
  func revise(
    _ name: String, origin: OriginUpdate, change: StoreChange,
    _ edit: (PlatformRevision) throws -> (definition: PlatformDefinition, summary: String)?
  ) throws -> Int? {
    try write { db in
      guard let newest = try self.revision(of: name, .latest, db) else {
        throw StoreError.superseded(name: name, seen: 1, latest: 0)
      }
      // The caller may read the store in the meantime, but not change it.
      let edited = try self.read { _ in Result { try edit(newest) } }
      switch edited {
      case .failure(let error): return Result<Int?, any Error>.failure(error)
      case .success(nil): return .success(nil)
      case .success(let revision?):
        return .success(try self.insert([revision], as: name, origin, change, db))
      }
    }.get()
  }

  /// The number of the newest revision; `nil` if there is none.
  private func latestRevision(of name: String, _ db: Database) throws -> Int? {
    let query: SQL = """
      SELECT max(revision) AS revision FROM platform_revisions
      WHERE name = \(name) AND typeof(revision) = 'integer' HAVING count(*) > 0
      """
    return try query.mapFirst(db) { $0.integer("revision") }
  }

  private func insert(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    _ origin: OriginUpdate, _ change: StoreChange, _ db: Database
  ) throws -> Int {
    let first = try number(1, of: name, db)
    let last = try number(definitions.count, of: name, db)
    if let restored = change.rolledBackTo {
      let isThere: SQL = """
        SELECT 1 FROM platform_revisions
        WHERE name = \(name) AND name || '@' || revision = \(restored)
        """
      guard try isThere.mapFirst(db, { _ in true }) == true else {
        throw StoreError.notFound(noun: "platform", name: restored)
      }
    }
    let time = try time(of: change, db)
    // The history holds a long command in full.
    let stored = change.forFurtherEntry
    try db.put(["name": name, "latest_revision": last], into: .platforms)
    for (index, (definition, summary)) in definitions.enumerated() {
      let document = definition.document
      try db.insert(
        [
          "name": name, "revision": first + index, "document": document.canonicalJSON,
          "fingerprint": Fingerprint(of: document).description, "summary": summary,
          "actor": stored.actor, "command": stored.command, "reason": stored.reason,
          "created_at": time, "rolled_back_to": stored.rolledBackTo,
        ], into: .platformRevisions)
    }
    try remember(origin, of: name, since: first, db)
    let what = definitions.last.map { ": \($0.summary)" } ?? ""
    try record(
      change, at: time, about: .noOrganization, summary: "saved \(name)@\(last)\(what)", db)
    try WrittenCheck.afterRecording("platform \(name)", db) {
      for (index, (definition, summary)) in definitions.enumerated() {
        try db.expect(
          ["document": definition.document.canonicalJSON, "summary": summary],
          in: .platformRevisions, where: "name = \(name) AND revision = \(first + index)")
      }
    }
    return last
  }

  /// The revisions of a saved definition that can be listed, oldest first; empty if there is no such
  /// definition.
  func history(of name: String) throws(StoreError) -> [PlatformHistoryEntry] {
    try read { db in
      try PlatformHistoryEntry.fetchReadable(
        db,
        """
        SELECT revision, created_at, actor, reason, command, fingerprint, summary,
          \(try db.column("rolled_back_to", of: .platformRevisions))
        FROM platform_revisions WHERE name = \(name) ORDER BY revision
        """)
    }
  }

  // MARK: The definition in use

  /// The definition that was chosen as the default.
  func activePlatform(orElse name: String?) throws(StoreError) -> String? {
    try read { db in
      let query: SQL = """
        SELECT coalesce(active_platform,
          (SELECT name FROM platform_revisions WHERE name = \(name) LIMIT 1)) AS active
        FROM store_state
        """
      return try query.mapFirst(db) { $0.text("active") } ?? nil
    }
  }

  /// Sets the default definition.
  func use(
    _ reference: String, saved: (name: String, revision: RevisionSelector)?, change: StoreChange
  ) throws(StoreError) {
    try write { db in
      if let saved, try self.revision(of: saved.name, saved.revision, db) == nil {
        throw StoreError.notFound(noun: "platform", name: reference)
      }
      try db.update(.storeState, set: ["active_platform": reference])
      try record(
        change, about: .noOrganization, summary: "default platform is now \(reference)", db)
      try WrittenCheck.afterRecording("the default platform", db) {
        try db.expect(["active_platform": reference], in: .storeState, where: "1")
      }
    }
  }

  /// Deletes a saved definition with all its revisions.
  func delete(_ name: String, change: StoreChange) throws(StoreError) -> Bool {
    try write { db in
      let isDeleted = try WriteRefusal.naming("platform \(name)") {
        // The row of the definition itself stays, because it records the used numbers.
        let revisions = try db.delete(from: .platformRevisions, where: "name = \(name)")
        try db.delete(from: .platformOrigins, where: "name = \(name)")
        let prefix = name + "@"
        try db.update(
          .storeState, set: ["active_platform": nil],
          where: """
            active_platform = \(name) OR substr(active_platform, 1, length(\(prefix))) = \(prefix)
            """)
        return revisions > 0
      }
      if isDeleted {
        try record(change, about: .noOrganization, summary: "deleted platform \(name)", db)
        try WrittenCheck.afterRecording("platform \(name)", db) {
          try db.expectNone(in: .platformRevisions, where: "name = \(name)")
        }
      }
      return isDeleted
    }
  }
}
