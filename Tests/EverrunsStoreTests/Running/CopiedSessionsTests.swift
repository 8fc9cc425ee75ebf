import Everruns
import EverrunsDocuments
import Files
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

/// What backups, checks and the status of a store say of sessions in the middle of their turns.
@Suite struct CopiedSessionsTests {
  private let writer = FileWriter(waiting: .zero, interruption: {}, note: { _ in })

  /// Runs a test with a store in which a turn is complete, one has called a tool and writes a
  /// message, and one waits.
  private func withSessions(_ body: (RunningStore, [SessionRecord]) async throws -> Void)
    async throws
  {
    try await withRunningStore { running in
      let store = running.store
      let done = try await running.session()
      try await running.post("Hello", to: done)
      let first = try #require(try await running.claim().first?.lease)
      _ = try await store.record(.began, under: first)
      _ = try await store.record(.answered("Hi"), under: first)

      let busy = try await running.session()
      try await running.post("Look and send", to: busy)
      try await running.post("And now?", to: busy, key: "key")
      let lease = try #require(try await running.claim().first?.lease)
      _ = try await store.record(.began, under: lease)
      _ = try await store.record(.called("look", "send"), under: lease)
      for number in [1, 2] {
        _ = try await store.record(.toolBegan(number: number), under: lease)
      }
      let calls = try await store.context(under: lease).state.calls
      let result = ToolResult(of: try #require(calls.first).call, returning: ["seen": true])
      _ = try await store.record(.toolEnded(number: 1, result), under: lease)
      try await store.addDelta("Let me", under: lease)
      _ = try await store.heartbeat(.idle)
      try await store.serve(.worker())
      try await body(running, [done, busy])
    }
  }

  /// The columns of sessions and turns that hold times: one of each table, until each was in.
  private static let times = {
    let columns = Table.running.map { table in
      (
        table: table.name,
        names: table.columns.filter { if case .times = $0.range { true } else { false } }
          .map(\.name)
      )
    }.filter { !$0.names.isEmpty }
    return (0..<(columns.map(\.names.count).max() ?? 0)).map { index in
      columns.map { (table: $0.table, column: $0.names[index % $0.names.count]) }
    }
  }()

  @Test(arguments: times, ["'now'", "x'00'", "'2026-01-02 03:04:05'", "7"])
  func `wrong times are each named once, and are repaired without losing a row`(
    places: [(table: String, column: String)], value: String
  ) async throws {
    try await withSessions { running, _ in
      let files = running.files
      let before = try rows(files.path).mapValues(\.count)
      for place in places {
        try files.administer("UPDATE \(place.table) SET \(place.column) = \(value)")
      }
      let damaged = try files.open().findings()
      #expect(damaged.count == places.compactMap { before[$0.table] }.reduce(0, +), "\(damaged)")
      for place in places {
        let named = damaged.count {
          $0.hasPrefix("values: \(place.table) ") && $0.contains(" \(place.column) holds ")
        }
        #expect(named == before[place.table], "\(place) \(damaged)")
      }
      // What is NULL then may have to be there.
      for _ in 1...2 { for line in try files.open().findings() { try files.paste(line) } }
      #expect(try files.open().findings() == [])
      #expect(try rows(files.path).mapValues(\.count) == before)
    }
  }

  /// Everything in the tables of sessions and turns, each row in a line.
  private func rows(_ path: String) throws -> [String: [String]] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in
      try Table.running.reduce(into: [:]) { found, table in
        found[table.name] = try Row.fetchAll(
          db, sql: "SELECT * FROM \(table.name) ORDER BY rowid"
        ).map(\.description)
      }
    }
  }

  private func backUp(_ running: RunningStore) throws -> String {
    let copy = running.files.folder.file("copy.db")
    _ = try running.files.open().backUp(
      to: CopyTarget(path: FilePath(copy), name: FilePath(copy), overwriting: true), with: writer)
    return copy
  }

  private func restore(_ copy: String, into running: RunningStore) throws {
    let folder = running.files.folder
    _ = try StoreRestore(
      of: FilePath(copy), named: FilePath(copy), into: .file(path: running.files.path),
      temporaryFolder: FilePath(folder.path), waiting: .seconds(5), writer: writer
    ).run(keeping: FilePath(folder.file("kept.db")), change: .test)
  }

  @Test func `a backup has every row of sessions, turns, events and calls`() async throws {
    try await withSessions { running, _ in
      let before = try rows(running.files.path)
      #expect(Table.running.allSatisfy { before[$0.name]?.isEmpty == false })
      #expect(try rows(try backUp(running)) == before)
    }
  }

  @Test func `a restore brings them back, and a worker continues the turn`() async throws {
    try await withSessions { running, sessions in
      let before = try rows(running.files.path)
      let copy = try backUp(running)
      for session in sessions {
        try await running.store.delete(session.id, of: running.organization)
      }
      #expect(try rows(running.files.path)["events"] == [])
      try restore(copy, into: running)
      #expect(try rows(running.files.path) == before)

      // The store was open all the time. Who ran the turn is gone by now.
      running.clock.advance(by: .seconds(31))
      let claimed = try await running.claim(by: .numbered(2))
      #expect(claimed.map(\.sessionID) == [sessions[1].id])
      let context = try await running.store.context(under: try #require(claimed.first).lease)
      #expect(context.state.turn.step == .act)
      let work = TurnMachine().work(of: context.state.turn, calls: context.state.calls)
      guard case .act(let calls) = work, case .declareUnknown(let call)? = calls.first else {
        Issue.record("\(work)")
        return
      }
      #expect(calls.count == 1)
      #expect(call.call.name == "send")
    }
  }

  @Test func `a store and its copy in the middle of a turn pass the check`() async throws {
    try await withSessions { running, _ in
      #expect(try running.files.open().findings() == [])
      let copy = try #require(try SQLiteStore.openForReading(try backUp(running)))
      #expect(try copy.findings() == [])
    }
  }

  @Test func `calls without a turn and gaps between events are found`() async throws {
    try await withSessions { running, _ in
      try running.files.execute(
        """
        UPDATE tool_calls SET iteration = 7 WHERE number = 2;
        DELETE FROM events WHERE sequence = 3;
        """)
      let findings = try running.files.open().findings()
        .map { $0.replacing(/'[^']*_[0-9a-f]{32}'/, with: "ID") }
      #expect(findings.filter { $0.contains("its turn has made no such call") }.count == 1)
      #expect(findings.filter { $0.contains("events, and the last one is") }.count >= 1)
    }
  }

  @Test func `the status of a store counts its sessions and the turns that wait`() async throws {
    try await withSessions { running, _ in
      let info = try running.files.open().info()
      #expect(info.sessionCount == 2)
      #expect(info.queuedTurnCount == 1)
    }
  }
}
