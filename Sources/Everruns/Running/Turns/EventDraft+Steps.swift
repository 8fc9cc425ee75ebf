import EverrunsDocuments
import Foundation

extension EventDraft {
  static func reasonStarted(_ turn: Turn, _ start: ReasonStart) -> EventDraft {
    let unavailable = start.unavailableCapabilities
    return EventDraft(
      .reasonStarted,
      JSONObject()
        .adding("harness_id", .string(start.harnessID))
        .adding("agent_id", start.agentID.map(JSONValue.string))
        .adding("iteration", .integer(turn.iteration))
        .adding("attempt", .integer(turn.begun))
        .adding("unavailable_capabilities", unavailable.isEmpty ? nil : .strings(unavailable)))
  }

  static func outputMessageStarted(_ turn: Turn, model: String) -> EventDraft {
    EventDraft(
      .outputMessageStarted,
      [
        "turn_id": turn.id.json, "message_id": turn.outputMessageID.json, "model": .string(model),
        "iteration": .integer(turn.iteration), "attempt": .integer(turn.begun),
      ])
  }

  /// The messages that were sent are left out: the events before this one have them, and to repeat
  /// them would make a session grow with the square of its length.
  static func llmGeneration(_ turn: Turn, _ end: ReasonEnd) -> EventDraft {
    EventDraft(
      .llmGeneration,
      JSONObject()
        .adding("model", .string(end.model))
        .adding("provider_type", .string(end.providerType))
        .adding("iteration", .integer(turn.iteration))
        .adding("attempt", .integer(turn.begun))
        .adding("tools", .strings(end.tools.keys.sorted { $0.precedesInBytes($1) }))
        .adding("finish_reason", end.reply.finishReason.map { .string($0.word) })
        .adding("response_id", end.reply.responseID.map(JSONValue.string))
        .adding("usage", end.reply.usage.document)
        .adding("duration_ms", .milliseconds(end.duration / .seconds(1))))
  }

  static func outputMessageCompleted(
    _ turn: Turn, _ message: Message, _ reply: ChatReply
  ) -> EventDraft {
    EventDraft(
      .outputMessageCompleted,
      JSONObject()
        .adding("turn_id", turn.id.json)
        .adding("message", .object(message.document))
        .adding("finish_reason", reply.finishReason.map { .string($0.word) })
        .adding("usage", reply.usage.document))
  }

  static func reasonCompleted(_ message: Message, _ end: ReasonEnd) -> EventDraft {
    let calls = message.toolCalls.count
    return EventDraft(
      .reasonCompleted,
      [
        "success": true, "text_preview": .string(String(message.text.unicodeScalars.prefix(200))),
        "has_tool_calls": .bool(calls > 0), "tool_call_count": .integer(calls),
        "duration_ms": .milliseconds(end.duration / .seconds(1)),
        "usage": end.reply.usage.document,
      ])
  }

  static func actStarted(_ calls: [ToolCall]) -> EventDraft {
    EventDraft(.actStarted, ["tool_calls": .array(calls.map { .object($0.document) })])
  }

  static func toolStarted(_ call: ToolCall) -> EventDraft {
    EventDraft(.toolStarted, ["tool_call": .object(call.document)])
  }

  /// A tool reports its progress.
  package static func toolProgress(_ call: ToolCall, message: String) -> EventDraft {
    EventDraft(
      .toolProgress,
      [
        "tool_call_id": .string(call.id), "tool_name": .string(call.name),
        "message": .string(message),
      ])
  }

  static func toolCompleted(_ result: ToolResult, duration: TimeInterval) -> EventDraft {
    EventDraft(
      .toolCompleted, result.document.adding("duration_ms", .milliseconds(duration)))
  }

  static func actCompleted(_ calls: [ToolCallRecord]) -> EventDraft {
    let spans = calls.compactMap { record -> (start: Date, end: Date)? in
      guard case .ended(_, let start, let end) = record.state else { return nil }
      return (start, end)
    }
    let start = spans.map(\.start).min()
    let end = spans.map(\.end).max()
    let errors = calls.count { $0.result?.isError ?? true }
    return EventDraft(
      .actCompleted,
      [
        "completed": true, "success_count": .integer(calls.count - errors),
        "error_count": .integer(errors),
        "duration_ms": .milliseconds(start.flatMap { end?.timeIntervalSince($0) } ?? 0),
      ])
  }
}
