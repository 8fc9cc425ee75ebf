/// One entry of the conversation that a model is given.
public enum ChatMessage: Sendable, Hashable {
  /// What the user said.
  case user(String)
  /// What the model said before, with the tools it called.
  ///
  /// Each call is answered by a ``tool(_:)`` entry: all of them follow directly, in the order of
  /// the calls.
  case agent(text: String, calls: [ToolCall])
  /// What a tool returned.
  case tool(ToolResult)
}
