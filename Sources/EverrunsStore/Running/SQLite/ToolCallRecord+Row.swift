import Everruns
import EverrunsDocuments
import Foundation
import GRDB

extension ToolCallRecord: ColumnDecodable {
  static let table = Table.toolCalls

  private static let pending = "pending"
  private static let running = "running"

  init(_ columns: StoredColumns) throws {
    let call = ToolCall(
      id: try columns.text("call_id"), name: try columns.text("name"),
      arguments: try columns.value("arguments") { try? JSONValue(json: $0) },
      signature: try columns.optionalText("signature"))
    let state: State
    switch try columns.text("status") {
    case Self.pending: state = .pending
    case Self.running: state = .running(since: try columns.time("started_at"))
    default:
      state = .ended(
        try columns.value("result") {
          JSONObject(storedJSON: $0).flatMap(ToolResult.init(document:))
        },
        startedAt: try columns.time("started_at"),
        endedAt: try columns.time("ended_at"))
    }
    self.init(
      call: call, iteration: try columns.count("iteration"),
      number: try columns.count("number"),
      effect: try columns.value("effect", ToolEffect.init), state: state)
  }

  /// The calls of a turn's iteration, in order.
  static func fetch(of turn: Turn, _ db: Database) throws -> [ToolCallRecord] {
    try fetchAll(
      db,
      """
      SELECT \(sql: Table.toolCalls.selection())
      FROM tool_calls WHERE turn_id = \(turn.id.description)
        AND iteration = \(turn.iteration) ORDER BY number
      """)
  }

  /// Writes the call, new or changed.
  func write(of turn: TurnID, _ db: Database) throws {
    let status: String
    var result: ToolResult?
    var startedAt: Date?
    var endedAt: Date?
    switch state {
    case .pending: status = Self.pending
    case .running(let since):
      status = Self.running
      startedAt = since
    case .ended(let ended, let start, let end):
      status = ended.status.rawValue
      result = ended
      startedAt = start
      endedAt = end
    }
    try db.write(
      """
      INSERT INTO tool_calls (
        turn_id, iteration, number, call_id, name, arguments, signature, effect, status, result,
        started_at, ended_at)
      VALUES (
        \(turn.description), \(iteration), \(number), \(call.id), \(call.name),
        \(call.arguments.canonicalJSON), \(call.signature), \(effect.rawValue), \(status),
        \(result?.document.storedJSON),
        \(startedAt.map(RunTime.text)), \(endedAt.map(RunTime.text)))
      ON CONFLICT (turn_id, iteration, number) DO UPDATE SET
        status = excluded.status, result = excluded.result, started_at = excluded.started_at,
        ended_at = excluded.ended_at
      """, to: .toolCalls)
  }
}
