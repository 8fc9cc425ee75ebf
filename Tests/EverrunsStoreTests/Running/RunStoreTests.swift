import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Testing

@testable import EverrunsStore

@Suite struct RunStoreTests {
  @Test func `a session gets the harness that its organization names`() async throws {
    try await withRunningStore { running in
      let session = try await running.session { $0.title = "Trip" }
      #expect(session.status == .started)
      #expect(session.lastSequence == 1)
      #expect(session.title == "Trip")
      let harnesses = try running.files.answer(
        "SELECT name FROM harnesses WHERE id = '\(session.harnessID)'")
      #expect(harnesses == ["base"])
      #expect(try await running.types(of: session) == [.sessionStarted])
      let chat = try await running.store.chatSession(
        of: "ann", orElse: SessionDraft(organization: running.organization),
        templates: [Home.base, Home.chat])
      let again = try await running.store.chatSession(
        of: "ann", orElse: SessionDraft(organization: running.organization), templates: [])
      #expect(chat == again)
    }
  }

  @Test func `a missing harness or agent is named`() async throws {
    try await withRunningStore { running in
      await #expect(
        throws: RunStoreError.unknownReference(field: "harness_id", noun: "harness", name: "gone")
      ) {
        _ = try await running.session { $0.harness = "gone" }
      }
      await #expect(
        throws: RunStoreError.unknownReference(field: "model_id", noun: "model", name: "gpt")
      ) {
        _ = try await running.session { $0.model = "gpt" }
      }
      let session = try await running.session { $0.model = "llmsim-default" }
      #expect(session.modelID == "m")
      await #expect(
        throws: RunStoreError.notFound(noun: "session", name: session.id.description)
      ) {
        try await running.store.session(session.id, of: TemporaryStore.publicID(2))
      }
    }
  }

  @Test func `a message sent twice with one key is one turn`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      let first = try await running.post("Hello", to: session, key: "k")
      let second = try await running.post("Hello", to: session, key: "k")
      #expect(second.message == first.message)
      #expect(second.turnID == first.turnID)
      #expect(second.isRepetition)
      await #expect(throws: RunStoreError.idempotencyKeyReused("k")) {
        try await running.post("Bye", to: session, key: "k")
      }
      #expect(try await running.store.turns(TurnQuery()).total == 1)
    }
  }

  @Test func `a turn goes from message to answer and leaves its session idle`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      #expect(try await running.status(of: session) == .active)
      let claimed = try await running.claim()
      let lease = try #require(claimed.first?.lease)
      #expect(try await running.claim() == [])
      _ = try await running.store.record(.began, under: lease)
      try await running.store.addDelta("Hi", under: lease)
      var query = EventQuery()
      query.afterDelta = 0
      let page = try await running.store.events(of: session.id, of: running.organization, query)
      #expect(page.deltas.map(\.text) == ["Hi"])
      let state = try await running.store.record(.answered("Hi there"), under: lease)
      #expect(state.turn.status == .completed)
      #expect(
        try await running.types(of: session) == [
          .sessionStarted, .inputMessage, .sessionActivated, .turnStarted, .reasonStarted,
          .outputMessageStarted, .llmGeneration, .outputMessageCompleted, .reasonCompleted,
          .turnCompleted, .sessionIdled,
        ])
      #expect(try await running.status(of: session) == .idle)
      let after = try await running.store.events(of: session.id, of: running.organization, query)
      #expect(after.deltas == [])
      let messages = try await running.store.messages(
        of: session.id, of: running.organization, offset: 0, limit: 10)
      #expect(messages.elements.map(\.text) == ["Hello", "Hi there"])
      #expect(try running.files.open().findings() == [])
    }
  }

  @Test func `a turn waits for the one before it`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      let first = try await running.post("One", to: session)
      let second = try await running.post("Two", to: session)
      let claimed = try await running.claim()
      #expect(claimed.map(\.lease.turnID) == [first.turnID])
      let lease = try #require(claimed.first?.lease)
      let context = try await running.store.context(under: lease)
      #expect(try Conversation(context.history).messages == [.user("One")])
      #expect(
        context.model
          == .found(
            id: "m", name: "llmsim-default", providerType: "llmsim", baseURL: nil))
      #expect(context.harnesses.map(\.name) == ["base"])
      _ = try await running.store.record(.began, under: lease)
      _ = try await running.store.record(.answered("1"), under: lease)
      #expect(try await running.claim().map(\.lease.turnID) == [second.turnID])
    }
  }

  @Test func `a worker that lost its lease can write nothing`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let old = try #require(try await running.claim().first?.lease)
      _ = try await running.store.record(.began, under: old)
      running.clock.advance(by: running.lease)
      let new = try #require(try await running.claim(by: WorkerID("worker-2")).first?.lease)
      #expect(new.number == old.number + 1)
      let before = try await running.events(of: session)
      await #expect(throws: RunStoreError.leaseLost) {
        try await running.store.record(.answered("late"), under: old)
      }
      await #expect(throws: RunStoreError.leaseLost) {
        try await running.store.addDelta("late", under: old)
      }
      await #expect(throws: RunStoreError.leaseLost) {
        try await running.store.context(under: old)
      }
      #expect(
        try await running.store.renew([old, new], for: running.lease)
          == [old: .lost, new: .held])
      #expect(try await running.events(of: session) == before)
    }
  }

  @Test func `a lease that is renewed in time is kept`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      for _ in 1...5 {
        running.clock.advance(by: .seconds(10))
        #expect(try await running.store.renew([lease], for: running.lease) == [lease: .held])
        #expect(try await running.claim(by: WorkerID("worker-2")) == [])
      }
    }
  }

  @Test func `a late worker keeps the turn that it is running`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      running.clock.advance(by: .seconds(60))
      #expect(try await running.claim(excluding: [lease.turnID]) == [])
      #expect(try await running.store.renew([lease], for: running.lease) == [lease: .held])
      running.clock.advance(by: .seconds(60))
      // One that started again under its name runs nothing.
      let next = try #require(try await running.claim().first?.lease)
      #expect(next.turnID == lease.turnID)
      #expect(next.number == lease.number + 1)
    }
  }

  @Test func `all turns of a session are cancelled, the running one by its worker`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("One", to: session)
      try await running.post("Two", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      #expect(try await running.store.cancel(session.id, of: running.organization))
      #expect(
        try await running.store.renew([lease], for: running.lease)
          == [lease: .cancelRequested])
      let state = try await running.store.record(.cancelled, under: lease)
      #expect(state.turn.status == .cancelled)
      #expect(
        try await running.types(of: session).suffix(2) == [.turnCancelled, .sessionIdled])
      #expect(try await running.status(of: session) == .idle)
      #expect(try await !running.store.cancel(session.id, of: running.organization))
    }
  }

  @Test func `a failed turn can be retried while it is the latest`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      let posted = try await running.post("One", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      await #expect(throws: RunStoreError.notRetryable(posted.turnID)) {
        try await running.store.retry(posted.turnID)
      }
      _ = try await running.store.record(
        .failed(.driverNotRegistered(providerType: "llmsim")), under: lease)
      #expect(try await running.store.retry(posted.turnID).status == .queued)
      #expect(try await running.claim().map(\.lease.turnID) == [posted.turnID])
    }
  }

  @Test func `tool results are kept with their calls`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      _ = try await running.store.record(.began, under: lease)
      let called = try await running.store.record(.called("send"), under: lease)
      let call = try #require(called.calls.first?.call)
      _ = try await running.store.record(.toolBegan(number: 1), under: lease)
      let result = ToolResult(of: call, returning: ["ok": true])
      let state = try await running.store.record(.toolEnded(number: 1, result), under: lease)
      #expect(state.turn.iteration == 2)
      #expect(state.calls == [])
      let context = try await running.store.context(under: lease)
      #expect(
        try Conversation(context.history).messages
          == [.user("Hello"), .agent(text: "", calls: [call]), .tool(result)])
      #expect(
        try running.files.answer("SELECT name, effect, status FROM tool_calls")
          == ["send|at_most_once|success"])
    }
  }

  @Test func `deleting a session deletes everything in it`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      try await running.store.delete(session.id, of: running.organization)
      await #expect(throws: RunStoreError.leaseLost) {
        try await running.store.record(.began, under: lease)
      }
      #expect(
        try running.files.answer(
          "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM turns)") == ["0|0"])
    }
  }

  @Test func `sessions and turns do not disturb seeding's quick answer`() async throws {
    try await withRunningStore { running in
      try running.files.apply(Home.platform)
      let basis = SeedBasis(definition: Home.platform, catalog: Home.catalog, grade: .prod)
      let source = SeedPlan.Source(ref: "home", fingerprint: Home.platform.fingerprint)
      let before = try #require(
        try running.files.open().settledFindings(
          basis, options: SeedOptions(), platform: source))
      let session = try await running.session { $0.harness = "base" }
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      _ = try await running.store.record(.began, under: lease)
      try await running.store.addDelta("Hi", under: lease)
      _ = try await running.store.record(.called("send"), under: lease)
      try await running.store.serve(Home.platform)
      _ = try await running.store.heartbeat(.idle)
      let after = try #require(
        try running.files.open().settledFindings(
          basis, options: SeedOptions(), platform: source))
      #expect(after.state == before.state)
      #expect(after.summary == before.summary)
    }
  }

  @Test func `an organization with a running turn is not deleted`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      let change = StoreChange(
        actor: "ann", command: "orgs delete", reason: nil, now: { Date(timeIntervalSince1970: 0) })
      func delete() throws {
        let store = try SQLiteStore.openForWriting(running.files.path)
        _ = try store.delete(try store.organizations(named: running.organization), change: change)
      }
      let organization = try #require(
        try SQLiteStore.openForWriting(running.files.path).organizations(
          named: running.organization
        ).first)
      #expect(throws: StoreError.organizationIsRunning(organization.named, turns: 1)) {
        try delete()
      }
      _ = try await running.store.record(.givenBack, under: lease)
      try delete()
      #expect(try running.files.answer("SELECT count(*) FROM sessions") == ["0"])
    }
  }

  @Test func `a worker learns what the server serves and that it is to drain`() async throws {
    try await withRunningStore { running in
      #expect(
        try await running.store.heartbeat(.idle)
          == WorkerOrders(drains: false, servedRuntimeFingerprint: nil))
      try await running.store.serve(Home.platform)
      try await running.store.drain(WorkerReport.idle.id)
      let orders = WorkerOrders(
        drains: true, servedRuntimeFingerprint: Home.platform.runtimeFingerprint)
      #expect(try await running.store.heartbeat(.idle) == orders)
      #expect(try await running.store.heartbeat(.idle) == orders)
      #expect(try await running.store.servedDefinition()?.definition == Home.platform)
      #expect(try await running.store.workers().map(\.isLive) == [true])
      running.clock.advance(by: .seconds(60))
      #expect(try await running.store.workers().map(\.isLive) == [false])
      running.clock.advance(by: .seconds(86_400))
      #expect(try await running.store.workers() == [])
    }
  }

  @Test func `events are read in pages after a position`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      for text in ["One", "Two", "Three"] { try await running.post(text, to: session) }
      var query = EventQuery()
      query.afterSequence = 1
      query.limit = 2
      let page = try await running.store.events(of: session.id, of: running.organization, query)
      #expect(page.events.map(\.sequence) == [2, 3])
      #expect(page.hasMore)
      #expect(page.nextSequence == 3)
      query.afterSequence = 3
      let last = try await running.store.events(of: session.id, of: running.organization, query)
      #expect(last.events.map(\.sequence) == [4])
      #expect(!last.hasMore)
      let event = try #require(last.events.first)
      #expect(
        try await running.store.sequence(
          of: event.id, in: session.id, of: running.organization) == 4)
    }
  }

  @Test func `waiting for a session notices another process's writes`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      let other = try SQLiteRunStore.open(running.files.path) { running.clock.now }
      var changes = other.changes(in: session.id).makeAsyncIterator()
      await changes.next()
      var query = EventQuery()
      var seen: [EventType] = []
      try await running.post("Hello", to: session)
      while !seen.contains(.inputMessage), await changes.next() != nil {
        seen = try await other.events(of: session.id, of: running.organization, query)
          .events.map(\.type)
      }
      #expect(seen == [.sessionStarted, .inputMessage])
      query.limit = 1
      try await running.store.delete(session.id, of: running.organization)
      while await changes.next() != nil {}
      await other.close()
    }
  }

  @Test func `store check finds contradictory rows`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try await running.post("Hello", to: session)
      _ = try await running.claim()
      try running.files.execute(
        """
        UPDATE turns SET worker_id = NULL;
        UPDATE sessions SET last_sequence = 9;
        """)
      #expect(
        try running.files.open().findings().map { $0.replacing(/'[^']*_[0-9a-f]{32}'/, with: "ID") }
          == [
            "sessions: turns id = ID the turn is running, and no worker has it -> "
              + "UPDATE turns SET status = 'queued', worker_id = NULL WHERE id = ID",
            "sessions: sessions id = ID its last event is 4, and last_sequence is 9 -> "
              + "UPDATE sessions SET last_sequence = 4 WHERE id = ID",
          ])
    }
  }
}

extension WorkerReport {
  /// A worker that has nothing to do.
  static let idle = WorkerReport(
    id: .numbered(1), host: "host", processID: 1, version: "1.0.0",
    runtimeFingerprint: Fingerprint(stored: "sha256:1"), capabilities: [], drivers: ["llmsim"],
    capacity: 10, startedAt: Date(timeIntervalSince1970: 1_800_000_000))
}
