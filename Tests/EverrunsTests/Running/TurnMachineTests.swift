import Everruns
import EverrunsDocuments
import Foundation
import Testing

private let one = WorkerID.number(1)
private let two = WorkerID.number(2)
private let call = ToolCall(id: "c1", name: "add", arguments: ["a": 1, "b": 2])
private let other = ToolCall(id: "c2", name: "send", arguments: [:])

@Suite struct TurnMachineTests {
  @Test func `a turn without tools is one request and its answer`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    #expect(run.types() == [.inputMessage])
    let lease = try #require(try run.claim(by: one))
    #expect(run.work(of: id) == .reason(isLast: false))
    try run.record(.asked, under: lease)
    run.now = .noon(plus: 2)
    try run.record(
      .answered("hi", usage: TokenUsage(inputTokens: 3, outputTokens: 2)), under: lease)
    #expect(
      run.types() == [
        .inputMessage, .sessionActivated, .turnStarted, .reasonStarted, .outputMessageStarted,
        .llmGeneration, .outputMessageCompleted, .reasonCompleted, .turnCompleted, .sessionIdled,
      ])
    #expect(
      run.events.last { $0.type == .turnCompleted }?.data == [
        "turn_id": .string(id.description), "iterations": 1, "duration_ms": 2000,
        "usage": ["input_tokens": 3, "output_tokens": 2],
      ])
    #expect(run[id].status == .completed)
    #expect(run.work(of: id) == .nothing)
    #expect(try run.conversation(of: id) == [.user("hello"), .agent(text: "hi", calls: [])])
  }

  @Test func `tools run between two requests, and the second one sees their results`() throws {
    var run = TurnRun()
    let id = run.post("add")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    let before = run.events.count
    try run.record(
      .answered("Let me see.", calls: [call, other], tools: ["add": .pure, "send": .atMostOnce]),
      under: lease)
    let rows = run.currentCalls(of: run[id])
    #expect(rows.map(\.effect) == [.pure, .atMostOnce])
    #expect(
      run.work(of: id)
        == .act([.run(rows[0], isRepeat: false), .run(rows[1], isRepeat: false)]))
    try run.record(.toolBegan(number: 2), under: lease)
    try run.record(.toolBegan(number: 1), under: lease)
    try run.record(.returned("sent", by: other, number: 2), under: lease)
    #expect(run.work(of: id) == .act([.run(run.currentCalls(of: run[id])[0], isRepeat: true)]))
    try run.record(.returned(["result": 3], by: call, number: 1), under: lease)
    #expect(
      run.types(after: before) == [
        .llmGeneration, .outputMessageCompleted, .reasonCompleted, .actStarted, .toolStarted,
        .toolStarted, .toolCompleted, .toolCompleted, .actCompleted,
      ])
    #expect(run[id].iteration == 2)
    #expect(run[id].step == .reason)
    #expect(
      try run.conversation(of: id) == [
        .user("add"), .agent(text: "Let me see.", calls: [call, other]),
        .tool(ToolResult(of: call, returning: ["result": 3])),
        .tool(ToolResult(of: other, returning: "sent")),
      ])
    try run.record(.asked, under: lease)
    try run.record(.answered("It is 3."), under: lease)
    #expect(run[id].status == .completed)
  }

  @Test func `a second message waits for the first turn and keeps the session active`() throws {
    var run = TurnRun()
    let first = run.post("one")
    let lease = try #require(try run.claim(by: one))
    let second = run.post("two")
    #expect(try run.claim(by: two) == nil)
    try run.record(.asked, under: lease)
    try run.record(.answered("1"), under: lease)
    #expect(try run.conversation(of: first) == [.user("one"), .agent(text: "1", calls: [])])
    let next = try #require(try run.claim(by: two))
    #expect(next.turnID == second)
    try run.record(.asked, under: next)
    try run.record(.answered("2"), under: next)
    let states = run.types().filter { $0 == .sessionActivated || $0 == .sessionIdled }
    #expect(states == [.sessionActivated, .sessionIdled])
    #expect(
      try run.conversation(of: second) == [
        .user("one"), .agent(text: "1", calls: []), .user("two"), .agent(text: "2", calls: []),
      ])
  }

  @Test func `a turn that waits for a retry is not overtaken`() throws {
    var run = TurnRun()
    run.post("one")
    run.post("two")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    try run.record(.failedForNow(.busy, retryAfter: nil), under: lease)
    #expect(try run.claim(by: two) == nil)
    run.now = .noon(plus: 1)
    #expect(try run.claim(by: two)?.turnID == lease.turnID)
  }

  // MARK: - Leases

  @Test func `a worker that lost its turn can write nothing`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    let old = try #require(try run.claim(by: one))
    try run.record(.asked, under: old)
    run.now = .noon(plus: 30)
    let new = try #require(try run.claim(by: two))
    #expect(new.number == old.number + 1)
    #expect(run[id].state(of: old) == .lost)
    #expect(run[id].state(of: new) == .held)
    let outcomes: [StepOutcome] = [
      .asked, .answered("late"), .toolBegan(number: 1),
      .failedForNow(.busy, retryAfter: nil), .failed(.busy), .cancelled, .givenBack,
    ]
    let before = run.events
    for outcome in outcomes {
      #expect(throws: TurnConflict.leaseLost) { try run.record(outcome, under: old) }
    }
    #expect(run.events == before)
  }

  @Test func `a worker's own old lease is void, too`() throws {
    var run = TurnRun()
    run.post("hello")
    let old = try #require(try run.claim(by: one))
    run.now = .noon(plus: 30)
    #expect(try run.claim(by: one) != nil)
    #expect(throws: TurnConflict.leaseLost) { try run.record(.asked, under: old) }
  }

  @Test func `a turn cannot be claimed before it is due or while it is leased`() throws {
    var run = TurnRun()
    run.post("hello")
    #expect(try run.claim(by: one) != nil)
    run.now = .noon(plus: 29.9)
    #expect(try run.claim(by: two) == nil)
    #expect(
      throws: TurnConflict.notClaimable,
      performing: {
        try run.machine.claim(
          run.turns[0], by: two, isNext: true,
          in: TurnSituation(now: run.now, isSessionActive: true, hasOtherTurns: false))
      })
  }

  @Test func `a turn without progress is tried by three workers, then fails`() throws {
    var run = TurnRun()
    let id = run.post("crash me")
    for attempt in 0..<3 {
      run.now = .noon(plus: Double(attempt) * 30)
      let lease = try #require(try run.claim(by: .number(UInt64(attempt))))
      try run.record(.asked, under: lease)
    }
    run.now = .noon(plus: 90)
    #expect(try run.claim(by: two) == nil)
    #expect(run[id].status == .failed)
    #expect(run[id].failure?.code == .abandoned)
    #expect(run.types().suffix(2) == [.turnFailed, .sessionIdled])
    #expect(run.types().count { $0 == .turnStarted } == 1)
  }

  @Test func `progress resets the count of dead workers`() throws {
    var run = TurnRun()
    let id = run.post("slow")
    for attempt in 0..<6 {
      let lease = try #require(try run.claim(by: one))
      if run[id].step == .reason {
        try run.record(.asked, under: lease)
        try run.record(.answered(calls: [call], tools: ["add": .pure]), under: lease)
      } else {
        try run.record(.returned(3, by: call, number: 1), under: lease)
      }
      run.now = .noon(plus: Double(attempt + 1) * 30)
    }
    #expect(run[id].status == .running)
    #expect(run[id].iteration == 4)
  }

  // MARK: - Failures

  @Test func `a request is tried five times, with growing delays`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    var waits: [TimeInterval] = []
    while !run[id].status.isFinished {
      let lease = try #require(try run.claim(by: one))
      try run.record(.asked, under: lease)
      try run.record(.failedForNow(.busy, retryAfter: nil), under: lease)
      if !run[id].status.isFinished { waits.append(run[id].notBefore.timeIntervalSince(run.now)) }
      run.now = run[id].notBefore
    }
    #expect(waits == [1, 2, 4, 8])
    #expect(run[id].status == .failed)
    #expect(run[id].failure == .busy)
    let attempts = run.events.filter { $0.type == .outputMessageStarted }
    #expect(attempts.map { $0.data["attempt"] } == [1, 2, 3, 4, 5])
    #expect(Set(attempts.map { $0.data["message_id"] }).count == 1)
    #expect(
      run.events.last { $0.type == .turnFailed }?.data == [
        "turn_id": .string(id.description), "iterations": 1, "duration_ms": 15_000,
        "usage": ["input_tokens": 0, "output_tokens": 0], "error": "the provider is busy",
        "error_code": "llm_error",
      ])
  }

  @Test func `a success resets the count of failures`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    for _ in 0..<4 {
      let lease = try #require(try run.claim(by: one))
      try run.record(.asked, under: lease)
      try run.record(.failedForNow(.busy, retryAfter: nil), under: lease)
      run.now = run[id].notBefore
    }
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    try run.record(.answered(calls: [call], tools: ["add": .pure]), under: lease)
    #expect(run[id].failures == 0)
  }

  @Test func `a permanent failure ends the turn at once, and the next one runs`() throws {
    var run = TurnRun()
    let first = run.post("one")
    let second = run.post("two")
    let lease = try #require(try run.claim(by: one))
    try run.record(.failed(.noModel), under: lease)
    #expect(run[first].failure == .noModel)
    #expect(run.types().last == .turnFailed)
    #expect(try run.claim(by: one)?.turnID == second)
  }

  @Test func `a retried turn continues where it failed`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    let lease = try #require(try run.claim(by: one))
    try run.record(.failed(.noModel), under: lease)
    let isRetried = run.retry(id)
    #expect(isRetried)
    let again = try #require(try run.claim(by: one))
    #expect(again.number == 2)
    try run.record(.asked, under: again)
    try run.record(.answered("hi"), under: again)
    #expect(run[id].status == .completed)
    let isRetriedAgain = run.retry(id)
    #expect(!isRetriedAgain)
    #expect(
      run.types().filter { $0 == .sessionActivated || $0 == .sessionIdled } == [
        .sessionActivated, .sessionIdled, .sessionActivated, .sessionIdled,
      ])
  }

  @Test func `a turn that is not the latest is not retried`() throws {
    var run = TurnRun()
    let id = run.post("one")
    let lease = try #require(try run.claim(by: one))
    try run.record(.failed(.noModel), under: lease)
    run.post("two")
    let isRetried = run.retry(id)
    #expect(!isRetried)
  }

  // MARK: - Iterations

  @Test func `the last request is made without tools and ends the turn`() throws {
    var limits = TurnLimits()
    limits.iterations = 2
    var run = TurnRun(limits: limits)
    let id = run.post("loop")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    try run.record(.answered(calls: [call], tools: ["add": .pure]), under: lease)
    try run.record(.returned(3, by: call, number: 1), under: lease)
    #expect(run.work(of: id) == .reason(isLast: true))
    try run.record(.asked, under: lease)
    try run.record(.answered("That is all.", calls: [call]), under: lease)
    #expect(run[id].status == .completed)
    #expect(
      run.events.last { $0.type == .turnCompleted }?.data["stopped_by"] == "max_iterations")
    // A call in the last answer would wait for its result forever.
    #expect(
      try run.conversation(of: id).last == .agent(text: "That is all.", calls: []))
  }

  // MARK: - Cancelling

  @Test func `a queued turn is cancelled at once, without being started`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    run.requestCancellation(of: id)
    #expect(run[id].status == .cancelled)
    #expect(run.types() == [.inputMessage, .turnCancelled])
    #expect(try run.claim(by: one) == nil)
  }

  @Test func `a running turn is cancelled by its worker`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    run.requestCancellation(of: id)
    #expect(run[id].state(of: lease) == .cancelRequested)
    #expect(run.work(of: id) == .cancel)
    try run.record(.cancelled, under: lease)
    #expect(run[id].status == .cancelled)
    #expect(run.types().suffix(2) == [.turnCancelled, .sessionIdled])
  }

  @Test(arguments: [StepOutcome.givenBack, .failedForNow(.busy, retryAfter: nil)])
  func `a turn to be cancelled is not queued again`(outcome: StepOutcome) throws {
    var run = TurnRun()
    let id = run.post("hello")
    let lease = try #require(try run.claim(by: one))
    run.requestCancellation(of: id)
    try run.record(outcome, under: lease)
    #expect(run[id].status == .cancelled)
  }

  @Test func `a cancelled turn of a dead worker ends when it is claimed`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    _ = try run.claim(by: one)
    run.requestCancellation(of: id)
    run.now = .noon(plus: 30)
    #expect(try run.claim(by: two) == nil)
    #expect(run[id].status == .cancelled)
  }

  @Test func `a turn is cancelled once`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    run.requestCancellation(of: id)
    run.requestCancellation(of: id)
    #expect(run.types().count { $0 == .turnCancelled } == 1)
  }

  // MARK: - Giving back

  @Test func `a released turn is due at once and has not failed`() throws {
    var run = TurnRun()
    let id = run.post("hello")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    try run.record(.givenBack, under: lease)
    #expect(run[id].failures == 0)
    #expect(run[id].reclaims == 0)
    let next = try #require(try run.claim(by: two))
    #expect(next.number == 2)
    #expect(run.types().count { $0 == .turnStarted } == 1)
  }

  // MARK: - Tools

  @Test(arguments: ToolEffect.allCases)
  func `a call interrupted by a dead worker runs again only if that is safe`(
    effect: ToolEffect
  ) throws {
    var run = TurnRun()
    let id = run.post("add")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    try run.record(.answered(calls: [call], tools: ["add": effect]), under: lease)
    try run.record(.toolBegan(number: 1), under: lease)
    run.now = .noon(plus: 30)
    let next = try #require(try run.claim(by: two))
    let row = run.currentCalls(of: run[id])[0]
    switch effect {
    case .pure, .idempotent:
      #expect(run.work(of: id) == .act([.run(row, isRepeat: true)]))
      try run.record(.toolBegan(number: 1), under: next)
    case .atMostOnce:
      #expect(run.work(of: id) == .act([.declareUnknown(row)]))
      #expect(throws: TurnConflict.unexpected(.toolBegan(number: 1))) {
        try run.record(.toolBegan(number: 1), under: next)
      }
    }
  }

  @Test func `a call that cannot be executed gets an error result without starting`() throws {
    var run = TurnRun()
    let id = run.post("add")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    try run.record(.answered(calls: [call]), under: lease)
    let before = run.events.count
    try run.record(
      .toolEnded(number: 1, ToolResult(of: call, endingAs: .error, because: "no such tool")),
      under: lease)
    #expect(run.types(after: before) == [.toolStarted, .toolCompleted, .actCompleted])
    #expect(run[id].step == .reason)
    #expect(
      run.events.last { $0.type == .actCompleted }?.data == [
        "completed": true, "success_count": 0, "error_count": 1, "duration_ms": 0,
      ])
  }

  @Test func `a step that does not fit the row is refused and writes nothing`() throws {
    var run = TurnRun()
    run.post("hello")
    let lease = try #require(try run.claim(by: one))
    let early: [StepOutcome] = [
      .answered("not asked"), .toolBegan(number: 1), .returned(1, by: call, number: 1),
    ]
    for outcome in early {
      #expect(throws: TurnConflict.unexpected(outcome)) { try run.record(outcome, under: lease) }
    }
    try run.record(.asked, under: lease)
    try run.record(.answered(calls: [call], tools: ["add": .pure]), under: lease)
    let late: [StepOutcome] = [
      .asked, .answered("again"), .toolBegan(number: 2), .returned(1, by: call, number: 0),
    ]
    for outcome in late {
      #expect(throws: TurnConflict.unexpected(outcome)) { try run.record(outcome, under: lease) }
    }
    try run.record(.returned(3, by: call, number: 1), under: lease)
    #expect(throws: TurnConflict.unexpected(.returned(4, by: call, number: 1))) {
      try run.record(.returned(4, by: call, number: 1), under: lease)
    }
  }

  @Test func `calls without an id, with a duplicate id, or with an odd name can be answered`()
    throws
  {
    var run = TurnRun()
    let id = run.post("add")
    let lease = try #require(try run.claim(by: one))
    try run.record(.asked, under: lease)
    let calls = [
      ToolCall(id: "", name: "add", arguments: [:]), ToolCall(id: "x", name: "", arguments: [:]),
      ToolCall(id: "x", name: "get weather?", arguments: "not JSON"),
      ToolCall(id: "x", name: String(repeating: "é", count: 70), arguments: [:]),
    ]
    try run.record(.answered(calls: calls), under: lease)
    let kept = run.currentCalls(of: run[id]).map(\.call)
    #expect(Set(kept.map(\.id)).count == 4)
    #expect(!kept.contains { $0.id.isEmpty })
    #expect(
      kept.map(\.name) == ["add", "_", "get_weather_", String(repeating: "_", count: 64)])
    #expect(kept[2].arguments == "not JSON")
  }
}

extension TurnFailure {
  fileprivate static let busy = TurnFailure(code: .llmError, message: "the provider is busy")
}
