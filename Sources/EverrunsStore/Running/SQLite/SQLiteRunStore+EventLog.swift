import Everruns
import GRDB

extension SQLiteRunStore {
  func events(
    after position: Int, atMost limit: Int
  ) async throws(RunStoreError) -> [PositionedEvent] {
    try await read { db in
      var events: [PositionedEvent] = []
      var last = position
      while events.isEmpty {
        let query: SQL = """
          SELECT \(sql: Table.events.selection())
          FROM events WHERE position > \(last) ORDER BY position LIMIT \(limit)
          """
        let found = try query.map(db) { row in
          (position: row.integer("position"), event: try PositionedEvent.readable(row))
        }
        events = found.compactMap(\.event)
        // A reader goes on from the last event that it gets, so there must be one.
        guard let next = found.last?.position else { break }
        last = next
      }
      return events
    }
  }

  func lastEventPosition() async throws(RunStoreError) -> Int {
    try await read { db in
      let query: SQL = "SELECT coalesce(max(position), 0) AS position FROM events"
      return try query.mapFirst(db) { $0.integer("position") } ?? 0
    }
  }
}
