import Everruns

/// The calls of an answer whose arguments arrive in pieces.
struct PendingCalls: Sendable {
  private var calls: [(key: Int, id: String, name: String, arguments: String)] = []

  /// Adds a piece to the call with a key, or begins one.
  ///
  /// - Parameters:
  ///   - key: The provider's number for the call.
  ///   - id: The call's id, if this piece has it. A second id under a key is a second call: some
  ///     servers number all calls 0.
  ///   - name: The name of the tool, if this piece has it.
  ///   - arguments: A piece of the arguments, which are JSON as text.
  mutating func add(key: Int, id: String?, name: String?, arguments: String) {
    let id = id ?? ""
    let name = name ?? ""
    let index = calls.lastIndex { $0.key == key }
    if let index, id.isEmpty || calls[index].id.isEmpty || calls[index].id == id {
      if calls[index].id.isEmpty { calls[index].id = id }
      if calls[index].name.isEmpty { calls[index].name = name }
      calls[index].arguments += arguments
    } else {
      calls.append((key, id, name, arguments))
    }
  }

  /// The key of the call that began last.
  var lastKey: Int? { calls.last?.key }

  /// Whether there is no call.
  var isEmpty: Bool { calls.isEmpty }

  /// The complete calls, in the order in which they began, which are then removed.
  ///
  /// - Parameter signature: The model's state for the calls, which the first one keeps.
  /// - Returns: The calls, whose arguments are as the model wrote them.
  mutating func finish(signature: String?) -> [ToolCall] {
    defer { calls = [] }
    return calls.enumerated().map { index, call in
      ToolCall(
        id: call.id, name: call.name, argumentsText: call.arguments,
        signature: index == 0 ? signature : nil)
    }
  }
}
