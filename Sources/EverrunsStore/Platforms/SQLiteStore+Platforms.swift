public import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// The saved platform definitions, by name.
  public func platforms() throws(StoreError) -> [SavedPlatform] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT p.name, p.latest_revision, count(r.revision) AS revisions
          FROM platforms p JOIN platform_revisions r ON r.name = p.name
          GROUP BY p.name ORDER BY p.name
          """
      ).map { row in
        SavedPlatform(
          name: row.text("name") ?? "", latestRevision: row.integer("latest_revision"),
          revisionCount: row.integer("revisions"))
      }
    }
  }

  /// One revision of a saved definition, if there is one.
  public func revision(
    of name: String, _ selector: RevisionSelector
  ) throws(StoreError) -> PlatformRevision? {
    try read { db in
      let (condition, arguments): (String, StatementArguments) =
        switch selector {
        case .latest: ("", [name, 0])
        case .previous: ("", [name, 1])
        case .number(let number): ("AND revision = \(number)", [name, 0])
        }
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT revision, document, fingerprint FROM platform_revisions
          WHERE name = ? \(condition) ORDER BY revision DESC LIMIT 1 OFFSET ?
          """, arguments: arguments)
      return try row.map { row in
        PlatformRevision(
          name: name, number: row.integer("revision"),
          definition: try self.definition(
            in: row.text("document") ?? "", of: "\(name)@\(row.integer("revision"))"),
          fingerprint: Fingerprint(stored: row.text("fingerprint") ?? ""))
      }
    }
  }

  /// Saves new revisions of a definition, all or none.
  public func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, change: StoreChange
  ) throws(StoreError) -> Int {
    try write { db in
      let used = try Int.fetchOne(
        db, sql: "SELECT latest_revision FROM platforms WHERE name = ?", arguments: [name])
      // A definition that was deleted has no revision and still its used numbers.
      let current = try Int.fetchOne(
        db, sql: "SELECT max(revision) FROM platform_revisions WHERE name = ?", arguments: [name])
      guard current == latest else {
        throw StoreError.superseded(name: name, seen: latest, latest: current ?? 0)
      }
      let first = (used ?? 0) + 1
      let last = first + definitions.count - 1
      try db.execute(
        sql: """
          INSERT INTO platforms (name, latest_revision) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET latest_revision = excluded.latest_revision
          """, arguments: [name, last])
      for (number, (definition, summary)) in zip(first..., definitions) {
        let document = definition.document
        try db.execute(
          sql: """
            INSERT INTO platform_revisions
              (name, revision, document, fingerprint, summary, actor, command, reason, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            name, number, document.canonicalJSON, Fingerprint(of: document).description, summary,
            change.actor, change.command, change.reason, change.at,
          ])
      }
      try Self.record(
        change, summary: "platform \(name)@\(last) saved", serial: try self.state(db).plan.serial,
        db)
      return last
    }
  }

  /// All revisions of a saved definition, oldest first; none if there is no such definition.
  public func history(of name: String) throws(StoreError) -> [PlatformHistoryEntry] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT revision, created_at, actor, reason, command, fingerprint, summary
          FROM platform_revisions WHERE name = ? ORDER BY revision
          """, arguments: [name]
      ).map { row in
        PlatformHistoryEntry(
          revision: row.integer("revision"), createdAt: row.text("created_at") ?? "",
          actor: row.text("actor") ?? "", reason: row.text("reason"),
          command: row.text("command") ?? "",
          fingerprint: Fingerprint(stored: row.text("fingerprint") ?? ""),
          summary: row.text("summary") ?? "")
      }
    }
  }

  /// Chooses the definition to be used where none is named.
  public func use(_ reference: String, change: StoreChange) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: "UPDATE store_state SET active_platform = ?", arguments: [reference])
      try Self.record(
        change, summary: "platform \(reference) chosen", serial: try self.state(db).plan.serial, db)
    }
  }

  /// Removes a saved definition with all its revisions.
  public func delete(_ name: String, change: StoreChange) throws(StoreError) -> Bool {
    try write { db in
      // The row of the definition itself stays: it knows which numbers were used.
      try db.execute(sql: "DELETE FROM platform_revisions WHERE name = ?", arguments: [name])
      let isDeleted = db.changesCount > 0
      try db.execute(
        sql: """
          UPDATE store_state SET active_platform = NULL
          WHERE active_platform = ?1 OR substr(active_platform, 1, length(?1) + 1) = ?1 || '@'
          """, arguments: [name])
      if isDeleted {
        try Self.record(
          change, summary: "platform \(name) deleted", serial: try self.state(db).plan.serial, db)
      }
      return isDeleted
    }
  }

  private func definition(
    in document: String, of revision: String
  ) throws(StoreError) -> PlatformDefinition {
    do {
      return try PlatformDocument(
        reading: try JSONReader.read(Array(document.utf8)), grade: .dev
      ).definition
    } catch {
      throw .damaged(path: path, reason: "the definition \(revision) cannot be read")
    }
  }
}
