import Everruns
import GRDB

extension SQLiteRunStore {
  func events(
    after position: Int, atMost limit: Int
  ) async throws(RunStoreError) -> [PositionedEvent] {
    try await read { db in
      try PositionedEvent.fetchAll(
        db,
        "SELECT * FROM events WHERE position > \(position) ORDER BY position LIMIT \(limit)")
    }
  }

  func lastEventPosition() async throws(RunStoreError) -> Int {
    try await read { db in
      let query: SQL = "SELECT coalesce(max(position), 0) AS position FROM events"
      return try query.mapFirst(db) { $0.integer("position") } ?? 0
    }
  }
}
