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
  func record(_ change: StoreChange, summary: String, _ db: Database) throws {
    try db.execute(
      literal: """
        INSERT INTO history (created_at, actor, command, reason, summary, serial)
        VALUES (\(change.at.stored), \(change.actor), \(change.command), \(change.reason), \(summary),
          \(try state(db).plan.serial))
        """)
  }
}
