import Everruns
import EverrunsDocuments
import Foundation
import Testing

/// A worker that dies before or after its n-th transaction, for every n, and is taken over.
@Suite struct TurnCrashTests {
  private static let calls = [
    ToolCall(id: "pure", name: "pure", arguments: [:]),
    ToolCall(id: "once", name: "once", arguments: [:]),
    ToolCall(id: "keyed", name: "keyed", arguments: [:]),
  ]
  private static let tools: [String: ToolEffect] = [
    "pure": .pure, "once": .atMostOnce, "keyed": .idempotent,
  ]
  /// More than an undisturbed run has: claim, twice ask and answer with three tools, ask, answer.
  private static let deaths = 0..<24

  enum Moment: CaseIterable {
    case beforeTransaction
    case afterTransaction
  }

  /// The process is gone.
  private struct Death: Error {}

  /// A worker that dies at some point, if at all.
  private struct Worker {
    let id: WorkerID
    var death: (number: Int, moment: Moment)?
    var transactions = 0
    var executed: [String] = []

    mutating func transaction(_ body: () throws -> Void) throws {
      let isLast = transactions == death?.number
      transactions += 1
      if isLast, death?.moment == .beforeTransaction { throw Death() }
      try body()
      if isLast { throw Death() }
    }

    /// Claims what there is and runs it to its end.
    mutating func work(on run: inout TurnRun) throws {
      let id = id
      while true {
        var claimed: Lease?
        try transaction { claimed = try run.claim(by: id) }
        guard let lease = claimed else { return }
        while try step(lease, &run) {}
      }
    }

    private mutating func step(_ lease: Lease, _ run: inout TurnRun) throws -> Bool {
      switch run.work(of: lease.turnID) {
      case .nothing: return false
      case .cancel:
        try transaction { try run.record(.cancelled, under: lease) }
      case .reason:
        try transaction { try run.record(.asked, under: lease) }
        // As a scripted model: the answer follows from the conversation.
        let answers = try run.conversation(of: lease.turnID).count {
          if case .agent = $0 { true } else { false }
        }
        let answer: StepOutcome =
          answers < 2
          ? .answered(calls: TurnCrashTests.calls, tools: TurnCrashTests.tools) : .answered("done")
        try transaction { try run.record(answer, under: lease) }
      case .act(let works):
        for work in works {
          switch work {
          case .run(let record, _):
            try transaction { try run.record(.toolBegan(number: record.number), under: lease) }
            executed.append("\(record.iteration)/\(record.call.name)")
            try transaction {
              try run.record(
                .returned("ok", by: record.call, number: record.number), under: lease)
            }
          case .declareUnknown(let record):
            let result = ToolResult(of: record.call, endingAs: .unknown, because: "unknown")
            try transaction {
              try run.record(.toolEnded(number: record.number, result), under: lease)
            }
          }
        }
      }
      return true
    }
  }

  @Test(arguments: deaths, Moment.allCases)
  func `a worker that dies anywhere is taken over without harm`(
    number: Int, moment: Moment
  ) throws {
    var run = TurnRun()
    let id = run.post("go")
    var first = Worker(id: .number(1), death: (number, moment))
    var second = Worker(id: .number(2))
    do {
      try first.work(on: &run)
    } catch is Death {
      run.now = .noon(plus: 60)
      try second.work(on: &run)
    }
    #expect(run[id].status == .completed)
    #expect(run.types().count { $0 == .turnCompleted } == 1)
    #expect(run.types().count { $0 == .turnStarted } == 1)
    #expect(run.types().last == .sessionIdled)
    #expect(run.events.map(\.sequence) == Array(1...run.events.count))
    let executed = first.executed + second.executed
    for name in Set(executed) where name.hasSuffix("/once") {
      #expect(executed.count { $0 == name } == 1)
    }
    #expect(Set(executed).count >= 5)
    // Each request has its calls answered, in their order, and the last word is the model's.
    let conversation = try run.conversation(of: id)
    #expect(conversation.count == 1 + 2 * 4 + 1)
    #expect(
      conversation.compactMap { if case .tool(let result) = $0 { result.callID } else { nil } }
        == ["pure", "once", "keyed", "pure", "once", "keyed"])
  }

  @Test func `the crashes above cover every transaction`() throws {
    var run = TurnRun()
    run.post("go")
    var worker = Worker(id: .number(1))
    try worker.work(on: &run)
    #expect(worker.transactions <= Self.deaths.upperBound)
  }
}
