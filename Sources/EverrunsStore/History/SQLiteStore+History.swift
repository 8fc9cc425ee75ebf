import EverrunsDocuments
import EverrunsSeeding
import GRDB

extension SQLiteStore {
  func history(atMost limit: Int?) throws(StoreError) -> [HistoryEntry] {
    try read { db in
      try HistoryEntry.fetchAll(
        db,
        """
        SELECT created_at, actor, command, reason, summary, serial,
          \(try db.column("rolled_back_to", of: .history)),
          \(try db.column("concerns", of: .history))
        FROM history ORDER BY id DESC LIMIT \(limit ?? -1)
        """)
    }
  }

  /// Adds an entry to the history, with the current serial.
  func record(
    _ change: StoreChange, at time: String? = nil, about concerned: ConcernedOrganizations,
    summary: String, _ db: Database
  ) throws {
    try raiseSerialIfNeeded(db)
    // SQLite would give any number once the greatest one is used.
    let id = try StoredNumber.next(
      after: latestEntry(db) ?? 0, atMost: StoredNumber.counts.upperBound, of: "history.id")
    try db.insert(
      [
        "id": id, "created_at": try time ?? self.time(of: change, db), "actor": change.actor,
        "command": change.command, "reason": change.reason, "summary": summary,
        "serial": try state(db).plan.serial, "rolled_back_to": change.rolledBackTo,
        "concerns": concerned.stored,
      ], into: .history)
  }

  /// The number of the latest entry; `nil` if there is none.
  ///
  /// One that leaves no room for another is not ours.
  func latestEntry(_ db: Database) throws -> Int? {
    try Int.fetchOne(
      db, sql: "SELECT max(id) FROM history WHERE id < \(StoredNumber.counts.upperBound)")
  }

  /// Adds an entry for each of several organizations; only the first holds a long command in full.
  func record(
    _ change: StoreChange,
    entries: [(organization: ConcernedOrganizations.Member, summary: String)], _ db: Database
  ) throws {
    for (index, (organization, summary)) in entries.enumerated() {
      try record(
        index == 0 ? change : change.forFurtherEntry, about: .listed([organization]),
        summary: summary, db)
    }
  }

  /// The time of a change, never earlier than that of the last entry: clocks are set back, and the
  /// clocks of several machines differ.
  ///
  /// - Returns: The time, as stored in the column.
  func time(of change: StoreChange, _ db: Database) throws -> String {
    let now = change.now().stored
    let last = try db.mapFirst(
      """
      SELECT created_at FROM history
      WHERE created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'
      ORDER BY id DESC LIMIT 1
      """
    ) { $0.text("created_at") }
    guard let last = last ?? nil, now.precedesInBytes(last) else { return now }
    return last
  }
}
