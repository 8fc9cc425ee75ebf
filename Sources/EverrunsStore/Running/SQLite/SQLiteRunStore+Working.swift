import Everruns
import Foundation
import GRDB

/// Operations of a worker on turns.
extension SQLiteRunStore {
  func claim(
    atMost limit: Int, by worker: WorkerID, for lease: Duration, excluding running: [TurnID]
  ) async throws(RunStoreError) -> [ClaimedTurn] {
    let now = now
    var outcomes: [Turn] = []
    var passedOver = running.map(\.description)
    var damage: (any Error)?
    while outcomes.count < limit {
      // A plain read first: workers with nothing to do take no lock.
      let (number, excluded) = (limit - outcomes.count, passedOver)
      let candidates = try await read { db in
        try Self.candidates(atMost: number, at: now(), excluding: excluded, db)
      }
      guard !candidates.isEmpty else { break }
      let attempts = try await write { db in
        try candidates.map { (id: $0, result: try self.attempt($0, by: worker, for: lease, db)) }
      }
      outcomes += attempts.compactMap { try? $0.result.get() }
      let damaged = attempts.filter { $0.result.error != nil }
      guard !damaged.isEmpty else { break }
      damage = damage ?? damaged.first?.result.error
      passedOver += damaged.map(\.id)
    }
    if outcomes.isEmpty, let damage { throw translated(damage) }
    for turn in outcomes { signals.signal(turn.sessionID) }
    // The session's next turn waits for one that ended instead of being claimed.
    if outcomes.contains(where: { $0.status.isFinished }) { signals.signalWork() }
    return outcomes.compactMap { turn in
      turn.currentLease.map { ClaimedTurn(lease: $0, sessionID: turn.sessionID) }
    }
  }

  /// Turns that may be claimable, oldest first; ``TurnMachine`` decides.
  private static func candidates(
    atMost limit: Int, at now: Date, excluding passedOver: [String], _ db: Database
  ) throws -> [String] {
    let time = RunTime.text(now)
    let query: SQL = """
      SELECT t.id FROM turns t
      WHERE t.\(sql: Table.isUnfinished)
        AND CASE t.status WHEN 'queued' THEN t.not_before <= \(time)
          ELSE coalesce(t.lease_expires_at, '') <= \(time) END
        AND t.id NOT IN \(passedOver)
        AND NOT EXISTS (\(earlierTurns))
      ORDER BY t.created_at, t.id LIMIT \(limit)
      """
    return try query.map(db) { $0.text("id") }.compactMap(\.self)
  }

  /// The turns of the session of `t` that come before it and have not ended.
  private static let earlierTurns: SQL = """
    SELECT 1 FROM turns earlier
    WHERE earlier.session_id = t.session_id AND earlier.number < t.number
      AND earlier.\(sql: Table.isUnfinished)
    """

  /// Gives a turn to a worker, unless another worker was faster.
  ///
  /// - Returns: The turn, `nil` if it is not claimable any more, or why nothing can be done with it:
  ///   what other programs wrote into its rows stops no other turn.
  /// - Throws: An error that concerns other turns too.
  private func attempt(
    _ word: String, by worker: WorkerID, for lease: Duration, _ db: Database
  ) throws -> Result<Turn?, any Error> {
    var turn: Turn?
    do {
      guard let id = TurnID(word) else {
        throw DamagedColumn(table: Table.turns.name, column: "id", problem: .invalid(word))
      }
      try db.inSavepoint {
        turn = try claim(id, by: worker, for: lease, db)
        return .commit
      }
    } catch  where error.isOfOneRow {
      return .failure(StoreError.namingTriggers(error, db))
    }
    return .success(turn)
  }

  private func claim(
    _ id: TurnID, by worker: WorkerID, for lease: Duration, _ db: Database
  ) throws -> Turn? {
    let isNext: SQL = """
      SELECT 1 FROM turns t WHERE t.id = \(id.description) AND NOT EXISTS (\(Self.earlierTurns))
      """
    guard let turn = try Turn.fetch(id, db) else { return nil }
    let now = now()
    var limits = machine.limits
    limits.lease = lease
    do {
      let change = try TurnMachine(limits: limits).claim(
        turn, by: worker, isNext: try isNext.mapFirst(db) { _ in true } ?? false,
        in: try situation(of: turn, at: now, db))
      try apply(change, to: turn, at: now, db)
      return change.turn
    } catch TurnConflict.notClaimable {
      return nil
    }
  }

  func renew(
    _ leases: [Lease], for duration: Duration
  ) async throws(RunStoreError) -> [Lease: LeaseState] {
    guard !leases.isEmpty else { return [:] }
    let now = now
    return try await write { db in
      let expiry = RunTime.text(now().adding(duration))
      return try leases.reduce(into: [:]) { states, lease in
        let state = try Turn.fetch(lease.turnID, db)?.state(of: lease) ?? .lost
        states[lease] = state
        guard state != .lost else { return }
        try db.update(
          .turns, set: ["lease_expires_at": expiry],
          where: "id = \(lease.turnID.description)")
      }
    }
  }

  func record(
    _ outcome: StepOutcome, under lease: Lease
  ) async throws(RunStoreError) -> TurnState {
    let state = try await write { db in
      guard let turn = try Turn.fetch(lease.turnID, db) else { throw RunStoreError.leaseLost }
      let calls = try ToolCallRecord.fetch(of: turn, db)
      let now = self.now()
      let situation = try self.situation(of: turn, at: now, db)
      let machine = try self.machine(for: turn.sessionID, db)
      let change: TurnChange
      do throws(TurnConflict) {
        change = try machine.record(
          outcome, of: turn, calls: calls, under: lease, in: situation,
          jitter: Double.random(in: -1...1))
      } catch {
        throw RunStoreError(error, reporting: outcome)
      }
      try self.apply(change, to: turn, at: now, db)
      return TurnState(
        turn: change.turn, calls: try ToolCallRecord.fetch(of: change.turn, db))
    }
    signals.signal(state.turn.sessionID)
    if state.turn.status != .running { signals.signalWork() }
    return state
  }

  func addDelta(_ text: String, under lease: Lease) async throws(RunStoreError) {
    let turn = try await write { db in
      let turn = try Self.held(lease, db)
      try db.write(
        """
        INSERT INTO output_deltas (
          session_id, turn_id, input_message_id, message_id, text, created_at)
        VALUES (
          \(turn.sessionID.description), \(turn.id.description),
          \(turn.inputMessageID.description), \(turn.outputMessageID.description), \(text),
          \(RunTime.text(self.now())))
        """, to: .outputDeltas)
      return turn
    }
    signals.signal(turn.sessionID)
  }

  func add(_ event: EventDraft, under lease: Lease) async throws(RunStoreError) {
    let turn = try await write { db in
      let turn = try Self.held(lease, db)
      try self.append([event], to: turn.sessionID, turn: turn, at: self.now(), db)
      return turn
    }
    signals.signal(turn.sessionID)
  }

  /// The turn of a worker.
  static func held(_ lease: Lease, _ db: Database) throws -> Turn {
    guard let turn = try Turn.fetch(lease.turnID, db), turn.state(of: lease) != .lost else {
      throw RunStoreError.leaseLost
    }
    return turn
  }
}

extension Result {
  fileprivate var error: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}

extension Error {
  /// Whether the error comes from the content of one row and those that belong to it.
  fileprivate var isOfOneRow: Bool {
    switch self {
    case is DamagedColumn, is RunStoreError, is WriteRefusal: true
    case let error as DatabaseError:
      error.resultCode == .SQLITE_CONSTRAINT
        && error.extendedResultCode != .SQLITE_CONSTRAINT_TRIGGER
    default: false
    }
  }
}

extension RunStoreError {
  /// The error for a report that the machine refuses.
  fileprivate init(_ conflict: TurnConflict, reporting outcome: StepOutcome) {
    switch conflict {
    case .leaseLost, .notClaimable: self = .leaseLost
    case .unexpected: self = .unexpected(outcome)
    }
  }
}
