import Everruns
import EverrunsDocuments
import Foundation
import GRDB

extension SQLiteRunStore {
  /// The inputs of a decision besides the turn's own rows.
  func situation(of turn: Turn, at now: Date, _ db: Database) throws -> TurnSituation {
    let query: SQL = """
      SELECT s.is_activated,
        EXISTS (
          SELECT 1 FROM turns t WHERE t.session_id = s.id AND t.id <> \(turn.id.description)
            AND t.\(sql: Table.isUnfinished)) AS has_others
      FROM sessions s WHERE s.id = \(turn.sessionID.description)
      """
    let found = try query.mapFirst(db) { row in
      TurnSituation(
        now: now, isSessionActive: row.integer("is_activated") != 0,
        hasOtherTurns: row.integer("has_others") != 0)
    }
    guard let found else { throw RunStoreError.leaseLost }
    return found
  }

  /// The machine for the turns of a session, which may have its own limit of iterations.
  func machine(for session: SessionID, _ db: Database) throws -> TurnMachine {
    let query: SQL = """
      SELECT max_iterations FROM sessions WHERE id = \(session.description)
      """
    guard
      let number = try query.mapFirst(db, { $0.text("max_iterations").flatMap(Int.init) }) ?? nil
    else { return machine }
    var limits = machine.limits
    limits.iterations = number
    return TurnMachine(limits: limits)
  }

  /// Writes the machine's decision about a turn.
  ///
  /// - Parameters:
  ///   - change: The decision.
  ///   - old: The turn before; `nil` for a new one.
  ///   - idempotencyKey: The sender's key for the message of a new turn.
  ///   - now: The time of the events.
  ///   - db: The database, in a write transaction.
  /// - Throws: An error of the database.
  func apply(
    _ change: TurnChange, to old: Turn?, idempotencyKey: String? = nil, at now: Date,
    _ db: Database
  ) throws {
    let turn = change.turn
    if old == nil {
      try turn.insert(idempotencyKey: idempotencyKey, db)
    } else {
      try turn.update(db)
    }
    for call in change.calls { try call.write(of: turn.id, db) }
    if change.discardsDeltas {
      try db.delete(from: .outputDeltas, where: "turn_id = \(turn.id.description)")
    }
    try append(change.events, to: turn.sessionID, turn: turn, at: now, db)
    let before = old?.usage ?? .zero
    if turn.usage != before { try add(turn.usage, insteadOf: before, to: turn.sessionID, db) }
  }

  /// Adds what a turn used to what its session used.
  private func add(
    _ usage: TokenUsage, insteadOf before: TokenUsage, to session: SessionID, _ db: Database
  ) throws {
    let query: SQL = """
      SELECT input_tokens, output_tokens FROM sessions WHERE id = \(session.description)
      """
    let used = try query.mapFirst(db) { try TokenUsage(StoredColumns($0, of: .sessions)) }
    let added = TokenUsage(
      inputTokens: usage.inputTokens - before.inputTokens,
      outputTokens: usage.outputTokens - before.outputTokens)
    let sum = (used ?? .zero) + added
    try db.update(
      .sessions, set: ["input_tokens": sum.inputTokens, "output_tokens": sum.outputTokens],
      where: "id = \(session.description)")
  }

  /// Appends events to those of a session and updates the session.
  ///
  /// - Parameters:
  ///   - drafts: The events.
  ///   - session: The session.
  ///   - turn: The turn of the events; `nil` for events of the session itself.
  ///   - now: The time of the events.
  ///   - db: The database, in a write transaction.
  /// - Throws: ``RunStoreError/notFound(noun:name:)`` if the session was deleted, or an error of
  ///   the database.
  func append(
    _ drafts: [EventDraft], to session: SessionID, turn: Turn?, at now: Date, _ db: Database
  ) throws {
    let query: SQL = "SELECT last_sequence FROM sessions WHERE id = \(session.description)"
    let found = try query.mapFirst(db) {
      try StoredColumns($0, of: .sessions).count("last_sequence")
    }
    guard let last = found else {
      throw RunStoreError.notFound(noun: "session", name: session.description)
    }
    var sequence = last
    var isActivated: Bool?
    for draft in drafts {
      sequence += 1
      try Event(
        id: EventID(at: now), type: draft.type, time: now, sessionID: session, sequence: sequence,
        turnID: turn?.id, inputMessageID: turn?.inputMessageID, data: draft.data
      ).insert(db)
      switch draft.type {
      case .sessionActivated: isActivated = true
      case .sessionIdled: isActivated = false
      default: break
      }
    }
    try db.write(
      """
      UPDATE sessions SET last_sequence = \(sequence), updated_at = \(RunTime.text(now)),
        is_activated = coalesce(\(isActivated), is_activated)
      WHERE id = \(session.description)
      """, to: .sessions)
  }
}
