package import Everruns
package import EverrunsDocuments

/// A message to a session.
package struct TurnInput: Sendable, Hashable {
  /// The pieces of the message, in order.
  package var content: [Message.Part]
  /// Settings of the turn; the model by id or by its provider's name for it.
  package var controls = MessageControls()
  /// Metadata of the sender.
  package var metadata: JSONObject = [:]
  /// The tags.
  package var tags: [String] = []
  /// The sender's key for the message, so that it can be sent again if no response arrived.
  package var idempotencyKey: String?

  /// A message of these pieces.
  package init(content: [Message.Part]) {
    self.content = content
  }

  /// A message of a text.
  package init(text: String) {
    self.init(content: [.text(text)])
  }
}

/// A message that was written, and the turn that will answer it.
package struct PostedTurn: Sendable, Hashable {
  /// The message.
  package let message: Message
  /// The turn.
  package let turnID: TurnID
  /// Whether both already existed, with the same key.
  package let isRepetition: Bool

  /// A message with its turn.
  package init(message: Message, turnID: TurnID, isRepetition: Bool) {
    self.message = message
    self.turnID = turnID
    self.isRepetition = isRepetition
  }
}
