public import EverrunsDocuments
public import Foundation

/// Something that happened in a session.
public struct Event: Sendable, Hashable {
  /// The id.
  public var id: EventID
  /// What kind of event it is.
  public var type: EventType
  /// When it happened.
  public var time: Date
  /// The session.
  public var sessionID: SessionID
  /// The sequence number in the session, counted from 1 without gaps.
  public var sequence: Int
  /// The turn it belongs to, if any.
  public var turnID: TurnID?
  /// The message that the turn answers, if it belongs to a turn.
  public var inputMessageID: MessageID?
  /// The data, as defined by the type.
  public var data: JSONObject

  /// An event from its parts.
  public init(
    id: EventID, type: EventType, time: Date, sessionID: SessionID, sequence: Int,
    turnID: TurnID? = nil, inputMessageID: MessageID? = nil, data: JSONObject
  ) {
    self.id = id
    self.type = type
    self.time = time
    self.sessionID = sessionID
    self.sequence = sequence
    self.turnID = turnID
    self.inputMessageID = inputMessageID
    self.data = data
  }

  /// The event as an object: `id`, `type`, `ts`, `session_id`, `sequence`, `context` and `data`.
  public var document: JSONObject {
    var context: JSONObject = [:]
    context["turn_id"] = turnID.map { .string($0.description) }
    context["input_message_id"] = inputMessageID.map { .string($0.description) }
    return [
      "id": .string(id.description), "type": .string(type.rawValue),
      "ts": .string(RunTime.text(time)), "session_id": .string(sessionID.description),
      "sequence": .integer(sequence), "context": .object(context), "data": .object(data),
    ]
  }
}

/// The text form of times of sessions, turns and events.
package enum RunTime {
  /// A time in ISO 8601, UTC, to the millisecond: `2026-01-31T08:00:00.000Z`.
  ///
  /// It is rounded (Foundation truncates), so that a time is the same when it is read back.
  package static func text(_ time: Date) -> String {
    time.addingTimeInterval(0.000_5).formatted(style)
  }

  /// The time that a text states; `nil` if it states none.
  package static func time(_ text: String) -> Date? { try? style.parse(text) }

  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
