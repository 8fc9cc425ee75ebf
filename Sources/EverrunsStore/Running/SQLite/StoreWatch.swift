import Everruns
import EverrunsDocuments
import Files
import Foundation
import GRDB
import Synchronization

/// Notices what other processes write to a SQLite file.
///
/// SQLite has no messages between processes. A connection can ask for a few microseconds whether
/// another one has committed (sqlite.org/pragma.html, `data_version`), and only then looks at the
/// sessions that have readers waiting.
final class StoreWatch: Sendable {
  private let queue: DatabaseQueue
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// How often is asked.
  private static let interval = Duration.milliseconds(50)
  /// After how many times work is signaled although nothing was written: leases expire and turns
  /// become due by time alone.
  private static let timesBetweenSignals = 10

  init(_ file: FilePath, _ wait: Duration) throws {
    queue = try SQLiteStore.connection(to: file, readOnly: true, waiting: wait)
  }

  /// Begins to watch.
  func start(signaling signals: RunSignals) {
    task.withLock { task in
      task = Task { [queue] in
        var last = State()
        var times = 0
        while !Task.isCancelled {
          times += 1
          if times % Self.timesBetweenSignals == 0 { signals.signalWork() }
          // What cannot be read now is read the next time.
          if let state = try? await Self.state(queue, after: last, signals) {
            if state.dataVersion != last.dataVersion { signals.signalWork() }
            for session in signals.sessions
            where state.marks[session] != last.marks[session] {
              signals.signal(session)
            }
            for session in state.gone { signals.end(session) }
            last = state
          }
          try? await Task.sleep(for: Self.interval)
        }
      }
    }
  }

  /// Ends watching.
  func stop() async {
    let task = task.withLock { $0 }
    task?.cancel()
    await task?.value
    try? queue.close()
  }

  /// What was seen.
  private struct State: Sendable {
    var dataVersion = -1
    /// What grows with each event and each piece of text of a session.
    var marks: [SessionID: [String]] = [:]
    /// Watched sessions that no longer exist.
    var gone: [SessionID] = []
  }

  private static func state(
    _ queue: DatabaseQueue, after last: State, _ signals: RunSignals
  ) async throws -> State {
    try await queue.read { db in
      var state = last
      state.gone = []
      let version = try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0
      let sessions = signals.sessions
      guard version != last.dataVersion || sessions.contains(where: { last.marks[$0] == nil })
      else { return state }
      state.dataVersion = version
      state.marks = [:]
      guard !sessions.isEmpty else { return state }
      let ids = JSONValue.strings(sessions.map(\.description)).canonicalJSON
      let rows: SQL = """
        SELECT wanted.value AS id, s.last_sequence, s.updated_at,
          (SELECT max(d.position) FROM output_deltas d WHERE d.session_id = s.id) AS delta
        FROM json_each(\(ids)) wanted LEFT JOIN sessions s ON s.id = wanted.value
        """
      let found = try rows.map(db) { row in
        (
          id: row.text("id").flatMap(SessionID.init), sequence: row.text("last_sequence"),
          mark: ["last_sequence", "updated_at", "delta"].map { row.text($0) ?? "" }
        )
      }
      for case (let id?, let sequence, let mark) in found {
        if sequence == nil { state.gone.append(id) } else { state.marks[id] = mark }
      }
      return state
    }
  }
}
