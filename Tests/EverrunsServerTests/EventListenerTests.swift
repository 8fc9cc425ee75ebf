import Everruns
import EverrunsDocuments
import Foundation
import Synchronization
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// Code of an embedder's that hears of events.
@Suite struct EventListenerTests {
  @Test(.timeLimit(.minutes(20)))
  func `a listener gets every event of every session, in order`() async throws {
    let listener = Recorder()
    try await withRunningServer {
      $0.eventListener(listener)
    } test: { running in
      let sessions = [try await running.session(), try await running.session()]
      for number in 1...60 {
        for session in sessions { try await running.post("\(number)", to: session) }
      }
      let all = try await running.runs.events(after: 0, atMost: 10_000)
      try await waitUntil("all are received") { listener.received.count >= all.count }
      #expect(listener.received == all)
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `an event whose listener threw is delivered again, before any other`() async throws {
    let listener = Recorder(failures: 1)
    try await withRunningServer {
      $0.eventListener(listener)
    } test: { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let all = try await running.runs.events(after: 0, atMost: 10_000)
      try await waitUntil("all are received") { listener.received.count >= all.count }
      #expect(listener.received == all)
      #expect(listener.attempts == all.count + 1)
      let line = running.log.lines.first { $0.contains("An event listener failed") }
      #expect(
        line == "warning An event listener failed again_in=1.0 seconds error=not now")
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `a listener continues from its saved position`() async throws {
    let all = Mutex<[PositionedEvent]>([])
    try await withTemporaryFolder { folder in
      try await withRunningServer(in: folder) { running in
        try await running.post("Hello", to: try await running.session())
        let events = try await running.runs.events(after: 0, atMost: 10_000)
        all.withLock { $0 = events }
      }
      let events = all.withLock { $0 }
      let kept = Recorder(lastPosition: events[0].position)
      let new = Recorder()
      try await withRunningServer(in: folder) {
        $0.eventListener(kept).eventListener(new)
      } test: { running in
        try await waitUntil("the rest is received") { kept.received.count == events.count - 1 }
        #expect(kept.received == Array(events.dropFirst()))
        let session = try await running.session()
        try await running.post("Hello again", to: session)
        try await waitUntil("the new event is received") {
          new.received.contains { $0.event.type == .inputMessage }
        }
        #expect(new.received.map(\.event.sessionID) == new.received.map { _ in session })
      }
    }
  }
}

/// A listener that keeps what it receives.
private final class Recorder: EventListener {
  struct NotNow: Error, CustomStringConvertible {
    let description = "not now"
  }

  private struct State {
    var received: [PositionedEvent] = []
    var attempts = 0
  }

  private let state = Mutex(State())
  private let position: Int?
  private let failures: Int

  /// - Parameters:
  ///   - lastPosition: The position of the last event that it received earlier.
  ///   - failures: How many attempts fail at first.
  init(lastPosition: Int? = nil, failures: Int = 0) {
    position = lastPosition
    self.failures = failures
  }

  var received: [PositionedEvent] { state.withLock { $0.received } }
  var attempts: Int { state.withLock { $0.attempts } }

  func lastPosition() async throws -> Int? { position }

  func receive(_ event: Event, at position: Int) async throws {
    try state.withLock { state in
      state.attempts += 1
      guard state.attempts > failures else { throw NotNow() }
      state.received.append(PositionedEvent(position: position, event: event))
    }
  }
}
