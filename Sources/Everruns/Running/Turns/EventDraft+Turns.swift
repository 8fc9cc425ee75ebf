import EverrunsDocuments
import Foundation

extension EventDraft {
  /// The session was created.
  package static func sessionStarted(
    harnessID: String, agentID: String?, modelID: String?
  ) -> EventDraft {
    EventDraft(
      .sessionStarted,
      JSONObject()
        .adding("harness_id", .string(harnessID))
        .adding("agent_id", agentID.map(JSONValue.string))
        .adding("model_id", modelID.map(JSONValue.string)))
  }

  static func sessionActivated(_ turn: Turn) -> EventDraft {
    EventDraft(
      .sessionActivated,
      ["turn_id": turn.id.json, "input_message_id": turn.inputMessageID.json])
  }

  static func sessionIdled(_ turn: Turn) -> EventDraft {
    EventDraft(
      .sessionIdled,
      [
        "turn_id": turn.id.json, "iterations": .integer(turn.iteration),
        "usage": turn.usage.document,
      ])
  }

  static func inputMessage(_ message: Message) -> EventDraft {
    EventDraft(.inputMessage, ["message": .object(message.document)])
  }

  static func turnStarted(_ turn: Turn) -> EventDraft {
    EventDraft(
      .turnStarted, ["turn_id": turn.id.json, "input_message_id": turn.inputMessageID.json])
  }

  static func turnCompleted(_ turn: Turn, stoppedBy stop: TurnFailure.Code?) -> EventDraft {
    EventDraft(
      .turnCompleted, turn.ending.adding("stopped_by", stop.map { .string($0.rawValue) }))
  }

  static func turnFailed(_ turn: Turn, _ failure: TurnFailure) -> EventDraft {
    EventDraft(
      .turnFailed,
      turn.ending
        .adding("error", .string(failure.message))
        .adding("error_code", .string(failure.code.rawValue)))
  }

  static func turnCancelled(_ turn: Turn) -> EventDraft {
    EventDraft(.turnCancelled, turn.ending.adding("reason", "cancelled on request"))
  }
}

extension Turn {
  /// What every event that ends a turn says.
  fileprivate var ending: JSONObject {
    let duration = startedAt.flatMap { started in endedAt?.timeIntervalSince(started) }
    return JSONObject()
      .adding("turn_id", id.json)
      .adding("iterations", .integer(iteration))
      .adding("duration_ms", duration.map { .milliseconds($0) })
      .adding("usage", usage.document)
  }
}

extension JSONValue {
  /// A duration in whole milliseconds; one that a clock set back made negative is none.
  static func milliseconds(_ seconds: Double) -> JSONValue {
    .integer(Int(exactly: (max(0, seconds) * 1000).rounded()) ?? 0)
  }
}
