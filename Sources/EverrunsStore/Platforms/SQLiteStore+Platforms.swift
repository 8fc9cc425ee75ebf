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
        SELECT p.name, p.latest_revision, count(r.revision) AS revisions
        FROM platforms p JOIN platform_revisions r ON r.name = p.name
        GROUP BY p.name ORDER BY p.name
        """)
    }
  }

  /// One revision of a saved definition, if there is one.
  func revision(
    of name: String, _ selector: RevisionSelector
  ) throws(StoreError) -> PlatformRevision? {
    let choice: SQL =
      switch selector {
      case .latest: "ORDER BY revision DESC LIMIT 1"
      case .previous: "ORDER BY revision DESC LIMIT 1 OFFSET 1"
      case .number(let number): "AND revision = \(number)"
      }
    return try read { db in
      try SQLRequest<Row>(
        """
        SELECT revision, document, fingerprint FROM platform_revisions
        WHERE name = \(name) \(choice)
        """
      ).fetchOne(db).map { row in
        let columns = StoredColumns(row, of: .platformRevisions)
        let number = try columns.integer("revision")
        return PlatformRevision(
          name: name, number: number,
          definition: try self.definition(
            in: try columns.text("document"), of: "\(name)@\(number)"),
          fingerprint: Fingerprint(stored: try columns.text("fingerprint")))
      }
    }
  }

  func definition(
    in document: String, of revision: String
  ) throws(StoreError) -> PlatformDefinition {
    do {
      return try PlatformDocument(
        reading: try JSONReader.read(Array(document.utf8)), grade: .dev
      ).definition
    } catch {
      throw .damaged(location, reason: "the definition \(revision) cannot be read")
    }
  }

  /// Saves new revisions of a definition, all or none.
  func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, origin: OriginUpdate, change: StoreChange
  ) throws(StoreError) -> Int {
    try write { db in
      let used = try SQLRequest<Int>(
        "SELECT latest_revision FROM platforms WHERE name = \(name)"
      ).fetchOne(db)
      // A definition that was deleted has no revision and still its used numbers.
      let current = try SQLRequest<Int>(
        "SELECT max(revision) FROM platform_revisions WHERE name = \(name)"
      ).fetchOne(db)
      guard current == latest else {
        throw StoreError.superseded(name: name, seen: latest, latest: current ?? 0)
      }
      let first = (used ?? 0) + 1
      let last = first + definitions.count - 1
      try db.execute(
        literal: """
          INSERT INTO platforms (name, latest_revision) VALUES (\(name), \(last))
          ON CONFLICT (name) DO UPDATE SET latest_revision = excluded.latest_revision
          """)
      for (number, (definition, summary)) in zip(first..., definitions) {
        let document = definition.document
        try db.execute(
          literal: """
            INSERT INTO platform_revisions
              (name, revision, document, fingerprint, summary, actor, command, reason, created_at)
            VALUES (
              \(name), \(number), \(document.canonicalJSON),
              \(Fingerprint(of: document).description), \(summary), \(change.actor),
              \(change.command), \(change.reason), \(change.at.stored))
            """)
      }
      try self.remember(origin, of: name, since: first, db)
      let what = definitions.last.map { ": \($0.summary)" } ?? ""
      try record(change, summary: "saved \(name)@\(last)\(what)", db)
      return last
    }
  }

  /// All revisions of a saved definition, oldest first; none if there is no such definition.
  func history(of name: String) throws(StoreError) -> [PlatformHistoryEntry] {
    try read { db in
      try PlatformHistoryEntry.fetchAll(
        db,
        """
        SELECT revision, created_at, actor, reason, command, fingerprint, summary
        FROM platform_revisions WHERE name = \(name) ORDER BY revision
        """)
    }
  }

  // MARK: The definition in use

  /// The definition that somebody chose to be used where none is named.
  func activePlatform(orElse name: String?) throws(StoreError) -> String? {
    try read { db in
      try SQLRequest<String>(
        """
        SELECT coalesce(active_platform,
          (SELECT name FROM platform_revisions WHERE name = \(name) LIMIT 1)) FROM store_state
        """
      ).fetchOne(db)
    }
  }

  /// Chooses the definition to be used where none is named.
  func use(_ reference: String, change: StoreChange) throws(StoreError) {
    try write { db in
      try db.execute(literal: "UPDATE store_state SET active_platform = \(reference)")
      try record(change, summary: "default platform is now \(reference)", db)
    }
  }

  /// Removes a saved definition with all its revisions.
  func delete(_ name: String, change: StoreChange) throws(StoreError) -> Bool {
    try write { db in
      // The row of the definition itself stays: it knows which numbers were used.
      try db.execute(literal: "DELETE FROM platform_revisions WHERE name = \(name)")
      let isDeleted = db.changesCount > 0
      try db.execute(literal: "DELETE FROM platform_origins WHERE name = \(name)")
      let revisions = name + "@"
      try db.execute(
        literal: """
          UPDATE store_state SET active_platform = NULL
          WHERE active_platform = \(name)
            OR substr(active_platform, 1, length(\(revisions))) = \(revisions)
          """)
      if isDeleted { try record(change, summary: "deleted platform \(name)", db) }
      return isDeleted
    }
  }
}
