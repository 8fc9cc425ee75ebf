import Everruns
import EverrunsDocuments
import Foundation

/// A store of one session in memory: it carries out what the machine decides.
struct TurnRun {
  let machine: TurnMachine
  private(set) var turns: [Turn] = []
  private(set) var calls: [TurnID: [ToolCallRecord]] = [:]
  private(set) var events: [Event] = []
  var now = Date.noon
  private var generator = RepeatableGenerator(seed: 7)

  init(limits: TurnLimits = TurnLimits()) {
    machine = TurnMachine(limits: limits)
  }

  static let session = SessionID.number(1)

  @discardableResult
  mutating func post(_ text: String) -> TurnID {
    let number = turns.count + 1
    let message = Message.user(text, number: UInt64(100 + number))
    let change = machine.post(
      message, as: .number(UInt64(200 + number)), in: Self.session, number: number, at: now)
    carryOut(change)
    return change.turn.id
  }

  /// The next turn of the session, for a worker; `nil` if there is none to claim, or if claiming
  /// ended it.
  mutating func claim(by worker: WorkerID) throws -> Lease? {
    guard
      let turn = turns.first(where: { turn in
        turn.isClaimable(at: now, isNext: isNext(turn))
      })
    else { return nil }
    let change = try machine.claim(turn, by: worker, isNext: isNext(turn), in: situation(of: turn))
    carryOut(change)
    return change.turn.currentLease
  }

  mutating func record(_ outcome: StepOutcome, under lease: Lease, jitter: Double = 0) throws {
    let turn = self[lease.turnID]
    carryOut(
      try machine.record(
        outcome, of: turn, calls: currentCalls(of: turn), under: lease,
        in: situation(of: turn), jitter: jitter))
  }

  mutating func requestCancellation(of id: TurnID) {
    let turn = self[id]
    if let change = machine.requestCancellation(of: turn, in: situation(of: turn)) {
      carryOut(change)
    }
  }

  mutating func retry(_ id: TurnID) -> Bool {
    let turn = self[id]
    guard let change = machine.retry(turn, isLatest: turn.number == turns.count, at: now) else {
      return false
    }
    carryOut(change)
    return true
  }

  func work(of id: TurnID) -> TurnWork {
    machine.work(of: self[id], calls: currentCalls(of: self[id]))
  }

  subscript(id: TurnID) -> Turn {
    turns[turns.firstIndex { $0.id == id } ?? 0]
  }

  /// The calls of a turn's current iteration.
  func currentCalls(of turn: Turn) -> [ToolCallRecord] {
    (calls[turn.id] ?? []).filter { $0.iteration == turn.iteration }
  }

  /// The conversation as a turn sees it.
  func conversation(of id: TurnID) throws -> [ChatMessage] {
    let numbers = Dictionary(uniqueKeysWithValues: turns.map { ($0.id, $0.number) })
    let number = self[id].number
    let seen = events.filter { $0.turnID.flatMap { numbers[$0] } ?? 0 <= number }
      .sorted { a, b in
        (a.turnID.flatMap { numbers[$0] } ?? 0, a.sequence)
          < (b.turnID.flatMap { numbers[$0] } ?? 0, b.sequence)
      }
    return try Conversation(seen).messages
  }

  /// The types of the events after a sequence, in order.
  func types(after sequence: Int = 0) -> [EventType] {
    events.filter { $0.sequence > sequence }.map(\.type)
  }

  private func isNext(_ turn: Turn) -> Bool {
    turns.allSatisfy { $0.number >= turn.number || $0.status.isFinished }
  }

  private func situation(of turn: Turn) -> TurnSituation {
    let last = events.last { $0.type == .sessionActivated || $0.type == .sessionIdled }
    return TurnSituation(
      now: now, isSessionActive: last?.type == .sessionActivated,
      hasOtherTurns: turns.contains { $0.id != turn.id && !$0.status.isFinished })
  }

  private mutating func carryOut(_ change: TurnChange) {
    if let index = turns.firstIndex(where: { $0.id == change.turn.id }) {
      turns[index] = change.turn
    } else {
      turns.append(change.turn)
    }
    var rows = calls[change.turn.id] ?? []
    for call in change.calls {
      let index = rows.firstIndex { $0.iteration == call.iteration && $0.number == call.number }
      if let index {
        rows[index] = call
      } else {
        rows.append(call)
      }
    }
    calls[change.turn.id] = rows
    for draft in change.events {
      events.append(
        Event(
          id: EventID(at: now, using: &generator), type: draft.type, time: now,
          sessionID: Self.session, sequence: events.count + 1, turnID: change.turn.id,
          inputMessageID: change.turn.inputMessageID, data: draft.data))
    }
  }
}

extension StepOutcome {
  /// The model is being asked.
  static let asked = StepOutcome.reasonBegan(ReasonStart(harnessID: "harness", model: "m"))

  /// The model answered.
  static func answered(
    _ text: String = "", calls: [ToolCall] = [], usage: TokenUsage = .zero,
    tools: [String: ToolEffect] = [:]
  ) -> StepOutcome {
    var reply = ChatReply(calls.map(ChatEvent.call))
    if !text.isEmpty { reply.add(.text(text)) }
    reply.add(.usage(usage))
    reply.add(.finished(calls.isEmpty ? .stop : .toolCalls, responseID: nil))
    return .reasoned(
      ReasonEnd(
        reply: reply, model: "m", providerType: "llmsim", tools: tools, duration: .seconds(1)))
  }

  /// A call returned a value.
  static func returned(_ value: JSONValue, by call: ToolCall, number: Int) -> StepOutcome {
    .toolEnded(number: number, ToolResult(of: call, returning: value))
  }
}
