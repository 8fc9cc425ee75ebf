/// A model's answer, put together from the pieces of a stream.
package struct ChatReply: Sendable, Hashable {
  /// The whole text.
  package private(set) var text = ""
  /// The whole reasoning before it.
  package private(set) var reasoning = ""
  /// The calls, in the order in which they came.
  package private(set) var calls: [ToolCall] = []
  /// The token usage.
  package private(set) var usage = TokenUsage.zero
  /// Why the model stopped; `nil` until it has.
  package private(set) var finishReason: FinishReason?
  /// The provider's id for the answer.
  package private(set) var responseID: String?

  /// An answer before its first piece.
  package init() {}

  /// An answer of these pieces.
  package init(_ events: some Sequence<ChatEvent>) {
    for event in events {
      add(event)
    }
  }

  /// Takes the next piece.
  package mutating func add(_ event: ChatEvent) {
    switch event {
    case .text(let piece): text += piece
    case .reasoning(let piece): reasoning += piece
    case .call(let call): calls.append(call)
    case .usage(let usage): self.usage = usage
    case .finished(let reason, let id):
      finishReason = reason
      responseID = id
    }
  }

  /// Checks that the answer is complete.
  ///
  /// - Throws: ``ChatFailure/transient(_:retryAfter:)`` if it was truncated; the
  ///   request is then sent again.
  package func checkEnd() throws(ChatFailure) {
    guard finishReason != nil else {
      throw .transient("the answer was cut off before its end")
    }
  }
}

extension ChatReply {
  /// The calls with valid ids and names.
  ///
  /// Within the answer each gets an id of its own: some servers give none, or the same one twice.
  /// An invalid tool name is replaced by one that providers accept in a conversation; otherwise a
  /// model's mistake would break the session permanently. No tool has the new name.
  package func acceptedCalls(in turn: TurnID, iteration: Int) -> [ToolCall] {
    var taken: Set<String> = []
    return calls.enumerated().map { index, call in
      var call = call
      call.name = ToolName.sanitized(call.name)
      if call.id.isEmpty || taken.contains(call.id) {
        call.id = "call_\(turn.description.suffix(12))_\(iteration)_\(index + 1)"
      }
      while taken.contains(call.id) {
        call.id += "_"
      }
      taken.insert(call.id)
      return call
    }
  }
}
