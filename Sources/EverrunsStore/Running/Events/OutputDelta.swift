package import Everruns
package import EverrunsDocuments
package import Foundation

/// A piece of the text of a message that is being written.
///
/// It is kept only until the message is complete, and a reader cannot resume after it.
package struct OutputDelta: Sendable, Hashable {
  /// The position among all pieces of the store, which only grows.
  package var position: Int
  /// The session.
  package var sessionID: SessionID
  /// The turn.
  package var turnID: TurnID
  /// The message that the turn answers.
  package var inputMessageID: MessageID
  /// The message that is being written.
  package var messageID: MessageID
  /// The piece.
  package var text: String
  /// When it was written.
  package var time: Date

  /// A piece from its parts.
  package init(
    position: Int, sessionID: SessionID, turnID: TurnID, inputMessageID: MessageID,
    messageID: MessageID, text: String, time: Date
  ) {
    self.position = position
    self.sessionID = sessionID
    self.turnID = turnID
    self.inputMessageID = inputMessageID
    self.messageID = messageID
    self.text = text
    self.time = time
  }

  /// The piece as an event's object, without `id` and `sequence`.
  package var document: JSONObject {
    [
      "type": .string(EventType.outputMessageDelta.rawValue), "ts": .string(RunTime.text(time)),
      "session_id": .string(sessionID.description),
      "context": [
        "turn_id": .string(turnID.description),
        "input_message_id": .string(inputMessageID.description),
      ],
      "data": [
        "turn_id": .string(turnID.description), "message_id": .string(messageID.description),
        "delta": .string(text),
      ],
    ]
  }
}
