import EverrunsDocuments

/// The conversation of a session: its messages and tool results, in order.
///
/// It is derived from the session's events. Every provider accepts it, no matter how earlier turns
/// ended: each tool call is answered directly after its message, in the order of the calls. A call
/// without a result, because its turn was cancelled or failed, is answered with an error.
package struct Conversation: Sendable, Hashable {
  /// The entries, in order.
  package private(set) var messages: [ChatMessage] = []

  /// An event without the message or result that its type requires.
  package struct DamagedEvent: Error, Hashable {
    /// The event.
    package let id: EventID

    /// An event that cannot be read.
    package init(id: EventID) {
      self.id = id
    }
  }

  /// The conversation of a turn.
  ///
  /// - Parameter events: The events of the session's turns up to this one, ordered by turn and then
  ///   by sequence: a message that arrived while an earlier turn ran does not disturb that turn.
  ///   Types that no model reads are ignored.
  /// - Throws: ``DamagedEvent`` for an event that cannot be read.
  package init(_ events: some Sequence<Event>) throws(DamagedEvent) {
    var open = OpenCalls()
    for event in events {
      switch event.type {
      case .inputMessage:
        messages += open.close()
        messages.append(.user(try Self.message(of: event).text))
      case .outputMessageCompleted:
        messages += open.close()
        let message = try Self.message(of: event)
        let calls = message.toolCalls
        // Providers refuse empty messages.
        guard !message.text.isEmpty || !calls.isEmpty else { continue }
        messages.append(.agent(text: message.text, calls: calls))
        open = OpenCalls(calls)
      case .toolCompleted:
        guard let result = ToolResult(document: event.data) else {
          throw DamagedEvent(id: event.id)
        }
        open.answer(result)
      case .sessionStarted, .sessionActivated, .sessionIdled, .turnStarted, .turnCompleted,
        .turnFailed, .turnCancelled, .reasonStarted, .reasonCompleted, .outputMessageStarted,
        .outputMessageDelta, .llmGeneration, .actStarted, .actCompleted, .toolStarted,
        .toolProgress:
        continue
      }
    }
    messages += open.close()
  }

  private static func message(of event: Event) throws(DamagedEvent) -> Message {
    guard let message = event.data.object("message").flatMap(Message.init) else {
      throw DamagedEvent(id: event.id)
    }
    return message
  }
}

/// The calls of an agent's message, with the results that have arrived, in any order.
private struct OpenCalls {
  private var entries: [(call: ToolCall, result: ToolResult?)]

  init(_ calls: [ToolCall] = []) {
    entries = calls.map { ($0, nil) }
  }

  /// Takes a result; one without an open call is ignored.
  mutating func answer(_ result: ToolResult) {
    let index = entries.firstIndex { $0.call.id == result.callID && $0.result == nil }
    if let index {
      entries[index].result = result
    }
  }

  /// Every call's result, in the order of the calls; none is open afterwards.
  mutating func close() -> [ChatMessage] {
    defer { entries = [] }
    return entries.map { entry in
      .tool(
        entry.result
          ?? ToolResult(
            of: entry.call, endingAs: .cancelled,
            because: "the turn ended before the tool had a result"))
    }
  }
}
