import Everruns
import Foundation
import GRDB

extension Turn: ColumnDecodable {
  static let table = Table.turns

  init(_ columns: StoredColumns) throws {
    self.init(
      id: try columns.value("id", TurnID.init),
      sessionID: try columns.value("session_id", SessionID.init),
      number: try columns.count("number"),
      inputMessageID: try columns.value("input_message_id", MessageID.init),
      createdAt: try columns.time("created_at"))
    status = try columns.value("status", Status.init)
    step = try columns.value("step", Step.init)
    iteration = try columns.count("iteration")
    begun = try columns.count("begun")
    failures = try columns.count("failures")
    reclaims = try columns.count("reclaims")
    notBefore = try columns.time("not_before")
    lease = try columns.count("lease")
    workerID = try columns.optionalValue("worker_id", WorkerID.init)
    leaseExpiresAt = try columns.optionalTime("lease_expires_at")
    cancelRequestedAt = try columns.optionalTime("cancel_requested_at")
    if let code = try columns.optionalValue("error_code", TurnFailure.Code.init) {
      failure = TurnFailure(code: code, message: try columns.optionalText("error") ?? "")
    }
    usage = try TokenUsage(columns)
    startedAt = try columns.optionalTime("started_at")
    endedAt = try columns.optionalTime("ended_at")
  }

  /// A turn by its id; `nil` if there is none.
  static func fetch(_ id: TurnID, _ db: Database) throws -> Turn? {
    try fetchAll(
      db, "SELECT \(sql: Table.turns.selection()) FROM turns WHERE id = \(id.description)"
    ).first
  }

  /// Writes a new turn, with the sender's key for its message.
  func insert(idempotencyKey key: String?, _ db: Database) throws {
    try db.write(
      """
      INSERT INTO turns (
        id, session_id, number, input_message_id, status, step, iteration, begun, failures,
        reclaims, not_before, lease, input_tokens, output_tokens, idempotency_key, created_at)
      VALUES (
        \(id.description), \(sessionID.description), \(number), \(inputMessageID.description),
        \(status.rawValue), \(step.rawValue), \(iteration), \(begun), \(failures), \(reclaims),
        \(RunTime.text(notBefore)), \(lease), \(usage.inputTokens), \(usage.outputTokens),
        \(key), \(RunTime.text(createdAt)))
      """, to: .turns)
  }

  /// Writes the columns that may have changed.
  func update(_ db: Database) throws {
    try db.write(
      """
      UPDATE turns SET
        status = \(status.rawValue), step = \(step.rawValue), iteration = \(iteration),
        begun = \(begun), failures = \(failures), reclaims = \(reclaims),
        not_before = \(RunTime.text(notBefore)), worker_id = \(workerID?.description),
        lease = \(lease), lease_expires_at = \(leaseExpiresAt.map(RunTime.text)),
        cancel_requested_at = \(cancelRequestedAt.map(RunTime.text)),
        error_code = \(failure?.code.rawValue), error = \(failure?.message),
        input_tokens = \(usage.inputTokens), output_tokens = \(usage.outputTokens),
        started_at = \(startedAt.map(RunTime.text)), ended_at = \(endedAt.map(RunTime.text))
      WHERE id = \(id.description)
      """, to: .turns)
  }
}
