import Everruns
import EverrunsDocuments
import Files
import Foundation
import GRDB
import Synchronization

/// Notices writes of other processes to a SQLite file.
///
/// SQLite does not notify other processes. Polling `data_version` (sqlite.org/pragma.html) takes a
/// few microseconds; only after a commit of another connection are the watched sessions read.
final class StoreWatch: Sendable {
  private let queue: DatabaseQueue
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// The polling interval.
  private static let interval = Duration.milliseconds(50)
  /// The number of polls after which work is signaled even without a write: leases expire and turns
  /// become due with time.
  private static let timesBetweenSignals = 10

  init(_ file: FilePath, _ wait: Duration) throws {
    queue = try SQLiteStore.connection(to: file, readOnly: true, waiting: LockWait(wait))
  }

  /// Starts watching.
  func start(signaling signals: RunSignals) {
    task.withLock { task in
      task = Task { [queue] in
        var last = State()
        var times = 0
        while !Task.isCancelled {
          times += 1
          if times % Self.timesBetweenSignals == 0 { signals.signalWork() }
          // A failed read is repeated with the next poll.
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

  /// Stops watching.
  func stop() async {
    let task = task.withLock { $0 }
    task?.cancel()
    await task?.value
    try? queue.close()
  }

  /// The state of the last poll.
  private struct State: Sendable {
    var dataVersion = -1
    /// A value that changes with each event and each piece of text of a session.
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
