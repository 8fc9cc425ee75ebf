/// One entry of the conversation with a model.
public enum ChatMessage: Sendable, Hashable {
  /// A message of the user.
  case user(String)
  /// An earlier message of the model, with its tool calls.
  ///
  /// Each call is answered by a ``tool(_:)`` entry: all of them follow directly, in the order of
  /// the calls.
  case agent(text: String, calls: [ToolCall])
  /// The result of a tool call.
  case tool(ToolResult)
}
