import Everruns

/// The calls of an answer whose arguments arrive in pieces.
struct PendingCalls: Sendable {
  private var calls: [(key: Int, id: String, name: String, arguments: String)] = []

  /// Begins a call, or finds the one that has begun under a key.
  ///
  /// - Parameters:
  ///   - key: What the provider numbers the call by.
  ///   - id: The call's id, if this piece has it. A second id under a key is a second call: some
  ///     servers number all calls 0.
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

  /// The calls, complete, in the order in which they began; there are none afterwards.
  ///
  /// - Parameter signature: What the model gave with them, which the first one keeps.
  mutating func finish(signature: String?) -> [ToolCall] {
    defer { calls = [] }
    return calls.enumerated().map { index, call in
      ToolCall(
        id: call.id, name: call.name, argumentsText: call.arguments,
        signature: index == 0 ? signature : nil)
    }
  }
}
