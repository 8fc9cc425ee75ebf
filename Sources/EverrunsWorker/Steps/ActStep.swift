import Everruns
import EverrunsStore
import Foundation

/// Runs the tool calls of an answer.
struct ActStep: Sendable {
  let turn: RunningTurn
  let context: TurnContext
  let work: [ToolCallWork]
  let runner: TurnRunner

  /// The maximum number of tools that run at once.
  private static let limit = 8

  /// Runs the step.
  ///
  /// - Returns: Whether another step follows.
  func run() async throws -> Bool {
    let toolset = TurnPreparation(context, in: runner.platform, runner.implementations).toolset
    let tools = ToolRunner(toolset) { call, error in
      turn.logFault(ToolFault(tool: call.name, cause: error))
    }
    var rest = work[...]
    return try await withThrowingTaskGroup(of: Bool.self) { group in
      func startNext() {
        guard let next = rest.popFirst() else { return }
        group.addTask { try await result(of: next, tools) }
      }
      for _ in 0..<Self.limit { startNext() }
      while let isRunning = try await group.next() {
        guard isRunning else {
          group.cancelAll()
          return false
        }
        startNext()
      }
      return true
    }
  }

  /// Runs one call and records its result.
  private func result(of work: ToolCallWork, _ tools: ToolRunner) async throws -> Bool {
    switch work {
    case .declareUnknown(let record):
      return try await turn.record(
        .toolEnded(
          number: record.number,
          ToolResult(
            of: record.call, endingAs: .unknown,
            because: "the worker stopped while the tool ran; it is not known whether it had its "
              + "effect")))
    case .run(let record, _):
      if let refusal = tools.refusal(of: record.call) {
        return try await turn.record(.toolEnded(number: record.number, refusal))
      }
      guard try await turn.record(.toolBegan(number: record.number)) else { return false }
      let result = try await tools.run(record.call) { toolContext(of: record, $0) }
      return try await turn.record(.toolEnded(number: record.number, result))
    }
  }

  private func toolContext(of record: ToolCallRecord, _ entry: Toolset.Entry) -> ToolContext {
    let session = context.session
    let access = StoredSession(id: session.id, organization: session.organization, turn: turn)
    return ToolContext(
      sessionID: session.id, turnID: turn.lease.turnID, callID: record.call.id,
      idempotencyKey: "\(turn.lease.turnID)/\(record.iteration)/\(record.number)",
      organization: session.organization, configuration: entry.configuration, now: Date(),
      session: access
    ) { message in
      // Progress that cannot be recorded does not fail the tool.
      try? await turn.store.add(
        .toolProgress(record.call, message: message), under: turn.lease)
    }
  }
}

/// An unexpected error of a tool, which only the log shows.
private struct ToolFault: Error, CustomStringConvertible {
  let tool: String
  let cause: any Error

  var description: String { "tool '\(tool)' failed: \(cause)" }
}
