import Everruns
import Testing

@testable import EverrunsStore

/// The events of all sessions, one after the other.
@Suite struct EventLogTests {
  @Test func `the events of all sessions come in the order in which they were written`()
    async throws
  {
    try await withRunningStore { running in
      #expect(try await running.store.lastEventPosition() == 0)
      #expect(try await running.store.events(after: 0, atMost: 10) == [])
      let sessions = [try await running.session(), try await running.session()]
      for number in 1...3 {
        for session in sessions { try await running.post("\(number)", to: session) }
      }
      let all = try await running.store.events(after: 0, atMost: 100)
      #expect(all.map(\.position) == Array(1...all.count))
      #expect(try await running.store.lastEventPosition() == all.count)
      for session in sessions {
        let own = all.map(\.event).filter { $0.sessionID == session.id }
        #expect(own == (try await running.events(of: session)))
      }
      let posted = all.map(\.event).filter { $0.type == .inputMessage }.map(\.sessionID)
      #expect(posted == (1...3).flatMap { _ in sessions.map(\.id) })
      let pages = [
        try await running.store.events(after: 0, atMost: 2),
        try await running.store.events(after: 2, atMost: 100),
      ]
      #expect(pages.flatMap(\.self) == all)
    }
  }

  @Test func `a position is not used again when its session is deleted`() async throws {
    try await withRunningStore { running in
      let kept = try await running.session()
      let doomed = try await running.session()
      try await running.post("gone", to: doomed)
      let last = try await running.store.lastEventPosition()
      try await running.store.delete(doomed.id, of: running.organization)
      try await running.post("new", to: kept)
      let new = try await running.store.events(after: last, atMost: 100)
      #expect(new.map(\.event.sessionID) == Array(repeating: kept.id, count: new.count))
      #expect(new.first?.position == last + 1)
    }
  }
}
