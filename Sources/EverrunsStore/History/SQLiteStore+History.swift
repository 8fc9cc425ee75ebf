import EverrunsDocuments
import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// What was done to the store, the latest first.
  ///
  /// - Parameter limit: How many entries are wanted at the most; `nil` for all.
  func history(atMost limit: Int?) throws(StoreError) -> [HistoryEntry] {
    try read { db in
      try HistoryEntry.fetchAll(
        db,
        """
        SELECT created_at, actor, command, reason, summary, serial FROM history
        ORDER BY id DESC LIMIT \(limit ?? -1)
        """)
    }
  }

  /// Adds an entry to the history, with the serial that the store has now.
  func record(_ change: StoreChange, at time: String? = nil, summary: String, _ db: Database) throws
  {
    try db.execute(
      literal: """
        INSERT INTO history (created_at, actor, command, reason, summary, serial)
        VALUES (\(try time ?? self.time(of: change, db)), \(change.actor), \(change.command),
          \(change.reason), \(summary), \(try state(db).plan.serial))
        """)
    try SQLiteStore.expectChanges(1, db, in: .history)
  }

  /// The time of a change, which is never before that of the last entry: clocks are set back, and
  /// those of several machines differ.
  ///
  /// - Returns: The time as a column holds it.
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
