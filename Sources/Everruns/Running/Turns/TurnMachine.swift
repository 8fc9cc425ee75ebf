import EverrunsDocuments
package import Foundation

/// Decides how turns proceed.
///
/// Every change of a turn's row is decided here, as a pure function of the row and of what
/// happened; the store carries it out in one transaction:
///
/// ```
/// queued ──claim──▶ running ──answer without calls──▶ completed
///    ▲                │  ├── answer with calls: act ──▶ results ──▶ reason, iteration + 1
///    │                │  ├── permanent failure, or no attempt left ──▶ failed
///    └─ later, or ────┘  └── cancel requested ──▶ cancelled
///       given back
/// ```
///
/// The next step is written into the row whose step has ended, in the same transaction as the
/// step's events. A crash cannot lose it, and no step can exist twice.
package struct TurnMachine: Sendable, Hashable {
  /// The limits of a turn.
  package let limits: TurnLimits

  /// A machine with limits.
  package init(limits: TurnLimits = TurnLimits()) {
    self.limits = limits
  }

  // MARK: - Posting

  /// A new turn for a message.
  ///
  /// - Parameters:
  ///   - message: The message, which is recorded as an event.
  ///   - id: The id of the turn.
  ///   - session: The session.
  ///   - number: The session's next number; it is never used twice.
  ///   - now: The store's time.
  /// - Returns: A queued turn.
  package func post(
    _ message: Message, as id: TurnID, in session: SessionID, number: Int, at now: Date
  ) -> TurnChange {
    var change = TurnChange(
      Turn(
        id: id, sessionID: session, number: number, inputMessageID: message.id, createdAt: now))
    change.events = [.inputMessage(message)]
    return change
  }

  // MARK: - Claiming

  /// Gives a turn to a worker.
  ///
  /// A turn that was taken from dead workers too often without progress fails instead, and one
  /// whose cancellation was requested is cancelled: the turn has then ended, and the worker has
  /// nothing to do.
  ///
  /// - Parameters:
  ///   - turn: The turn.
  ///   - worker: The worker.
  ///   - isNext: Whether every turn of the session with a smaller number has ended.
  ///   - situation: The time, and the state of the session.
  /// - Returns: The turn with a new lease, or ended.
  /// - Throws: ``TurnConflict/notClaimable`` if another worker has the turn, or it is not its time
  ///   yet.
  package func claim(
    _ turn: Turn, by worker: WorkerID, isNext: Bool, in situation: TurnSituation
  ) throws(TurnConflict) -> TurnChange {
    guard turn.isClaimable(at: situation.now, isNext: isNext) else { throw .notClaimable }
    if turn.cancelRequestedAt != nil { return cancelled(turn, in: situation) }
    var change = TurnChange(turn)
    if turn.status == .running {
      change.turn.reclaims += 1
      if change.turn.reclaims >= limits.reclaims {
        return failed(
          change.turn, .abandoned(afterReclaims: change.turn.reclaims), in: situation)
      }
    }
    change.turn.status = .running
    change.turn.lease += 1
    change.turn.workerID = worker
    change.turn.leaseExpiresAt = situation.now.adding(limits.lease)
    if turn.startedAt == nil {
      change.turn.startedAt = situation.now
      if !situation.isSessionActive {
        change.events.append(.sessionActivated(turn))
      }
      change.events.append(.turnStarted(turn))
    }
    return change
  }

  /// Requests the cancellation of a turn.
  ///
  /// A turn without a worker is cancelled at once. A running one keeps its worker, which learns
  /// about the request with its next renewal or transaction.
  ///
  /// - Returns: `nil` if there is nothing to do: the turn has ended, or the request was made
  ///   before.
  package func requestCancellation(of turn: Turn, in situation: TurnSituation) -> TurnChange? {
    guard turn.cancelRequestedAt == nil else { return nil }
    switch turn.status {
    case .queued: return cancelled(turn, in: situation)
    case .running:
      var change = TurnChange(turn)
      change.turn.cancelRequestedAt = situation.now
      return change
    case .completed, .failed, .cancelled: return nil
    }
  }

  /// Queues a failed turn again, at the step that failed.
  ///
  /// - Parameters:
  ///   - turn: The turn.
  ///   - isLatest: Whether it is the session's latest turn; later ones were answered without it.
  ///   - now: The store's time.
  /// - Returns: `nil` if the turn cannot be retried.
  package func retry(_ turn: Turn, isLatest: Bool, at now: Date) -> TurnChange? {
    guard turn.status == .failed, isLatest else { return nil }
    var change = TurnChange(turn)
    change.turn.status = .queued
    change.turn.notBefore = now
    change.turn.failures = 0
    change.turn.reclaims = 0
    change.turn.failure = nil
    change.turn.endedAt = nil
    change.turn.startedAt = nil
    return change
  }

  // MARK: - Recording

  /// Records a worker's report.
  ///
  /// - Parameters:
  ///   - outcome: The report.
  ///   - turn: The turn.
  ///   - calls: The calls of the turn's current iteration, in order.
  ///   - lease: The lease that the worker holds.
  ///   - situation: The time, and the state of the session.
  ///   - jitter: A random number from -1 to 1, which spreads attempts that failed together.
  /// - Returns: The turn afterwards, with the changed calls and the events.
  /// - Throws: ``TurnConflict/leaseLost`` if another worker has the turn or it has ended;
  ///   ``TurnConflict/unexpected(_:)`` if the report does not fit the turn's step.
  package func record(
    _ outcome: StepOutcome, of turn: Turn, calls: [ToolCallRecord], under lease: Lease,
    in situation: TurnSituation, jitter: Double
  ) throws(TurnConflict) -> TurnChange {
    guard turn.currentLease == lease else { throw .leaseLost }
    if turn.cancelRequestedAt != nil, outcome.leavesWork { return cancelled(turn, in: situation) }
    switch outcome {
    case .reasonBegan(let start):
      guard turn.step == .reason else { throw .unexpected(outcome) }
      return reasonBegan(turn, start)
    case .reasoned(let end):
      guard turn.step == .reason, turn.begun > 0 else { throw .unexpected(outcome) }
      return reasoned(turn, end, in: situation)
    case .toolBegan(let number):
      guard turn.step == .act, var record = calls.first(where: { $0.number == number }),
        record.mayBegin
      else { throw .unexpected(outcome) }
      record.state = .running(since: situation.now)
      var change = TurnChange(turn)
      change.calls = [record]
      change.events = [.toolStarted(record.call)]
      return change
    case .toolEnded(let number, let result):
      guard turn.step == .act, let record = calls.first(where: { $0.number == number }),
        record.result == nil
      else { throw .unexpected(outcome) }
      return toolEnded(turn, record, result, among: calls, at: situation.now)
    case .failedForNow(let failure, let retryAfter):
      return failedForNow(turn, failure, retryAfter: retryAfter, in: situation, jitter: jitter)
    case .failed(let failure):
      return failed(turn, failure, in: situation)
    case .cancelled:
      return cancelled(turn, in: situation)
    case .givenBack:
      var change = TurnChange(turn)
      change.turn.queue(notBefore: situation.now)
      return change
    }
  }

  private func reasonBegan(_ turn: Turn, _ start: ReasonStart) -> TurnChange {
    var change = TurnChange(turn)
    change.turn.begun += 1
    change.events = [
      .reasonStarted(change.turn, start), .outputMessageStarted(change.turn, model: start.model),
    ]
    change.discardsDeltas = true
    return change
  }

  private func reasoned(_ turn: Turn, _ end: ReasonEnd, in situation: TurnSituation) -> TurnChange {
    var change = TurnChange(turn)
    change.discardsDeltas = true
    change.turn.usage = turn.usage + end.reply.usage
    // The last request offers no tools. If the model calls one anyway, the call is left out of the
    // message, because it will get no result.
    let isLast = isLast(turn)
    let calls = isLast ? [] : end.reply.acceptedCalls(in: turn.id, iteration: turn.iteration)
    let message = Message(
      id: turn.outputMessageID, role: .agent,
      content: (end.reply.text.isEmpty ? [] : [.text(end.reply.text)])
        + calls.map(Message.Part.toolCall), createdAt: situation.now)
    change.events = [
      .llmGeneration(turn, end), .outputMessageCompleted(turn, message, end.reply),
      .reasonCompleted(message, end),
    ]
    guard !calls.isEmpty else {
      return completed(
        change, because: isLast ? .maximumIterations : nil, in: situation)
    }
    change.turn.makeProgress()
    change.turn.step = .act
    change.calls = calls.enumerated().map { index, call in
      ToolCallRecord(
        call: call, iteration: turn.iteration, number: index + 1,
        // Nothing is executed for a tool that was not offered.
        effect: end.tools[call.name] ?? .pure)
    }
    change.events.append(.actStarted(calls))
    return change
  }

  private func toolEnded(
    _ turn: Turn, _ record: ToolCallRecord, _ result: ToolResult,
    among calls: [ToolCallRecord], at now: Date
  ) -> TurnChange {
    var record = record
    var change = TurnChange(turn)
    let startedAt: Date
    if case .running(let since) = record.state {
      startedAt = since
    } else {
      startedAt = now
      change.events.append(.toolStarted(record.call))
    }
    record.state = .ended(result, startedAt: startedAt, endedAt: now)
    change.turn.makeProgress()
    change.calls = [record]
    change.events.append(.toolCompleted(result, duration: now.timeIntervalSince(startedAt)))
    let all = calls.map { $0.number == record.number ? record : $0 }
    if all.allSatisfy({ $0.result != nil }) {
      change.events.append(.actCompleted(all))
      change.turn.step = .reason
      change.turn.iteration += 1
      change.turn.begun = 0
    }
    return change
  }

  // MARK: - Ending

  private func failedForNow(
    _ turn: Turn, _ failure: TurnFailure, retryAfter: Duration?, in situation: TurnSituation,
    jitter: Double
  ) -> TurnChange {
    let failures = turn.failures + 1
    guard failures < limits.attempts else { return failed(turn, failure, in: situation) }
    var change = TurnChange(turn)
    change.turn.failures = failures
    change.turn.queue(
      notBefore: situation.now.adding(
        limits.delay(afterFailures: failures, retryAfter: retryAfter, jitter: jitter)))
    change.discardsDeltas = true
    return change
  }

  private func completed(
    _ change: TurnChange, because stop: TurnFailure.Code?, in situation: TurnSituation
  ) -> TurnChange {
    var change = change
    change.turn.end(as: .completed, at: situation.now)
    change.events.append(.turnCompleted(change.turn, stoppedBy: stop))
    return idling(change, in: situation)
  }

  private func failed(
    _ turn: Turn, _ failure: TurnFailure, in situation: TurnSituation
  ) -> TurnChange {
    var change = TurnChange(turn)
    change.turn.failure = failure
    change.turn.end(as: .failed, at: situation.now)
    change.events = [.turnFailed(change.turn, failure)]
    change.discardsDeltas = true
    return idling(change, in: situation)
  }

  private func cancelled(_ turn: Turn, in situation: TurnSituation) -> TurnChange {
    var change = TurnChange(turn)
    change.turn.cancelRequestedAt = turn.cancelRequestedAt ?? situation.now
    change.turn.end(as: .cancelled, at: situation.now)
    change.events = [.turnCancelled(change.turn)]
    change.discardsDeltas = true
    return idling(change, in: situation)
  }

  /// The change, with `session.idled` if the session has no other unfinished turn.
  private func idling(_ change: TurnChange, in situation: TurnSituation) -> TurnChange {
    guard !situation.hasOtherTurns, situation.isSessionActive else { return change }
    var change = change
    change.events.append(.sessionIdled(change.turn))
    return change
  }
}

extension Turn {
  fileprivate mutating func queue(notBefore time: Date) {
    status = .queued
    notBefore = time
    workerID = nil
    leaseExpiresAt = nil
  }

  fileprivate mutating func end(as status: Status, at now: Date) {
    self.status = status
    endedAt = now
    workerID = nil
    leaseExpiresAt = nil
  }

  /// Records progress: resets the counts of failures and reclaims.
  fileprivate mutating func makeProgress() {
    failures = 0
    reclaims = 0
  }
}

extension StepOutcome {
  /// Whether the worker gives up a turn that continues later.
  fileprivate var leavesWork: Bool {
    switch self {
    case .failedForNow, .givenBack: true
    case .reasonBegan, .reasoned, .toolBegan, .toolEnded, .failed, .cancelled: false
    }
  }
}

extension ToolCallRecord {
  /// Whether the call may be started: for the first time, or again after a worker died in it.
  fileprivate var mayBegin: Bool {
    switch (state, effect) {
    case (.pending, _), (.running, .pure), (.running, .idempotent): true
    case (.running, .atMostOnce), (.ended, _): false
    }
  }
}
