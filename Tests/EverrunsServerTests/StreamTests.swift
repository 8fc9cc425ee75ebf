import Everruns
import EverrunsDocuments
import Foundation
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// Streams over real connections: how they break, resume and end.
@Suite struct StreamTests {
  @Test(.timeLimit(.minutes(20)))
  func `a stream that breaks again and again is resumed without loss or doubles`() async throws {
    try await withRunningServer { running in
      let session = try await running.session()
      let messages = 40
      async let posting: Void = {
        for number in 1...messages { try await running.post("Message \(number)", to: session) }
      }()
      var received = ServerSentEvents("")
      while received.names.count(where: { $0 == "input.message" }) < messages {
        let connection = try await running.stream(session, after: received.ids.last)
        let wanted = Int.random(in: 1...5)
        let text = try await connection.read { text in
          let events = ServerSentEvents(text, isComplete: false)
          return events.ids.count >= wanted
            || events.data.contains { $0.contains("\"Message \(messages)\"") }
        }
        connection.end()
        received += ServerSentEvents(text, isComplete: false)
      }
      try await posting
      #expect(received.ids == (try await running.events(of: session).map(\.id.description)))
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `a stream until idle waits for pending work, and ends with it`() async throws {
    try await withRunningServer { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let connection = try await running.stream(session, query: "?until=idle")
      try await connection.read { $0.contains("event: input.message") }
      _ = try await running.runs.cancel(session, of: running.organization)
      let events = ServerSentEvents(try await connection.read())
      #expect(events.ids == (try await running.events(of: session).map(\.id.description)))
      #expect(events.names.contains("turn.cancelled"))
      #expect(!events.names.contains("disconnecting"))
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `deltas are streamed without an id, so nobody resumes from them`()
    async throws
  {
    try await withRunningServer { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let worker = try #require(WorkerID("worker-1"))
      let runs = try await running.runs
      let turn = try #require(
        try await runs.claim(atMost: 1, by: worker, for: .seconds(30), excluding: []).first)
      let connection = try await running.stream(session)
      try await connection.read { $0.contains("event: turn.started") }
      _ = try await runs.record(
        .reasonBegan(ReasonStart(harnessID: "", model: "llmsim-default")), under: turn.lease)
      try await runs.addDelta("It is ", under: turn.lease)
      try await runs.addDelta("late.", under: turn.lease)
      let text = try await connection.read { $0.contains("late.") && $0.hasSuffix("\n\n\n") }
      connection.end()
      let events = ServerSentEvents(text)
      #expect(events.ids == (try await running.events(of: session).map(\.id.description)))
      let deltas = zip(events.names.dropFirst(), events.data.dropFirst())
        .filter { $0.0 == "output.message.delta" }
      #expect(
        try deltas.compactMap { try JSONValue(json: $0.1)["data"]?["delta"]?.string }.joined()
          == "It is late.")
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `a stream ends when its session is deleted, and says so`() async throws {
    try await withRunningServer { running in
      let session = try await running.session()
      let connection = try await running.stream(session)
      try await connection.read { $0.contains("event: connected") }
      try await running.runs.delete(session, of: running.organization)
      let events = ServerSentEvents(try await connection.read())
      #expect(events.names.last == "disconnecting")
      #expect(events.data.last == #"{"reason":"session_deleted"}"#)
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `a stream whose client disconnects leaves nothing`() async throws {
    try await withRunningServer { running in
      let session = try await running.session()
      let runs = try await running.runs
      let connection = try await running.stream(session)
      try await connection.read { $0.contains("event: connected") }
      #expect(runs.signals.sessions == [session])
      connection.end()
      try await waitUntil("the stream has ended") { runs.signals.sessions.isEmpty }
    }
  }

  /// Without the limit of its patience the server would wait until everything is cancelled.
  @Test(.timeLimit(.minutes(20)))
  func `a client that never reads delays neither others nor the shutdown`()
    async throws
  {
    try await withRunningServer { running in
      let session = try await running.session()
      let text = String(repeating: "x", count: 900_000)
      // More than the buffers of the system hold.
      for _ in 1...20 { try await running.post(text, to: session) }
      let stalled = try await running.stream(session)
      let runs = try await running.runs
      try await waitUntil("the stream has begun") { !runs.signals.sessions.isEmpty }
      let other = try await running.session()
      let healthy = try await running.stream(other)
      try await running.post("Hello", to: other)
      try await healthy.read { $0.contains("event: input.message") }
      try await running.shutDown()
      let events = ServerSentEvents(try await healthy.read())
      #expect(events.names.last == "disconnecting")
      #expect(events.data.last == #"{"reason":"shutdown"}"#)
      stalled.end()
    }
  }
}
