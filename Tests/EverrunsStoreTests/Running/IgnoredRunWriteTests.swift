import Everruns
import EverrunsDocuments
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

/// A trigger of another program that ignores a write to sessions and what belongs to them: the call
/// fails with the trigger's name, or nothing of it is missing.
@Suite struct IgnoredRunWriteTests {
  /// What server and worker do with one session, in order.
  private final class Scenario {
    let running: RunningStore
    private var session: SessionRecord?
    private var lease: Lease?

    init(_ running: RunningStore) {
      self.running = running
    }

    static let calls = 13

    /// Makes one call.
    func call(_ number: Int) async throws {
      let store = running.store
      func session() throws -> SessionRecord { try #require(self.session) }
      func lease() throws -> Lease { try #require(self.lease) }
      switch number {
      case 0: self.session = try await running.session()
      case 1:
        var patch = SessionPatch()
        patch.title = "Trip"
        _ = try await store.update(session().id, of: running.organization, with: patch)
      case 2: try await running.post("Hello", to: session())
      case 3: self.lease = try #require(try await running.claim().first?.lease)
      case 4: _ = try await store.record(.began, under: lease())
      case 5: try await store.addDelta("Hi", under: lease())
      case 6:
        running.clock.advance(by: .seconds(1))
        _ = try await store.renew([lease()], for: .seconds(90))
      case 7: _ = try await store.record(.called("get_time"), under: lease())
      case 8: try await running.post("More", to: session())
      case 9: _ = try await store.cancel(session().id, of: running.organization)
      case 10: _ = try await store.heartbeat(.idle)
      case 11: try await store.drain(WorkerReport.idle.id)
      case 12: try await store.delete(session().id, of: running.organization)
      default: try await store.serve(.empty)
      }
    }

    /// The rows of the tables, with a mark in place of ids, which differ from run to run.
    func contents() throws -> [String: [String]] {
      let queue = try DatabaseQueue(path: running.files.path)
      defer { try? queue.close() }
      return try queue.read { db in
        try Table.running.reduce(into: [:]) { contents, table in
          contents[table.name] = try Row.fetchAll(
            db, sql: "SELECT * FROM \(table.name) ORDER BY _rowid_"
          ).map {
            $0.description.replacing(/[0-9a-f]{8}-?[0-9a-f-]{20,}|call_[0-9a-f]{12}/, with: "ID")
          }
        }
      }
    }
  }

  @Test(arguments: 0...Scenario.calls)
  func `a call whose writes are ignored fails, or is complete`(number: Int) async throws {
    var before: [String: [String]] = [:]
    var expected: [String: [String]] = [:]
    try await withRunningStore { running in
      let scenario = Scenario(running)
      for earlier in 0..<number { try await scenario.call(earlier) }
      before = try scenario.contents()
      try await scenario.call(number)
      expected = try scenario.contents()
    }
    let written = expected.keys.filter { expected[$0] != before[$0] }.sorted()
    #expect(!written.isEmpty)
    for table in written {
      for event in ["insert", "update", "delete"] {
        try await withRunningStore { running in
          let scenario = Scenario(running)
          for earlier in 0..<number { try await scenario.call(earlier) }
          try running.files.execute(
            """
            create trigger swallow before \(event) on \(table)
            begin select raise(ignore); end
            """)
          do {
            try await scenario.call(number)
            #expect(try scenario.contents() == expected, "\(event) of \(table)")
          } catch RunStoreError.store(.writeRefused(let refused, _, _, let triggers)) {
            #expect(refused == table)
            #expect(triggers == ["swallow"])
            #expect(try scenario.contents() == before, "\(event) of \(table)")
          }
        }
      }
    }
  }
}
