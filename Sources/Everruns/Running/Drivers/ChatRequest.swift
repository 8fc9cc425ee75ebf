public import EverrunsDocuments

/// What a model is asked.
public struct ChatRequest: Sendable, Hashable {
  /// The model, in its provider's words.
  public var model: String
  /// The instructions that come before the conversation; empty if there are none.
  public var system: String
  /// The conversation so far, which begins with a user's message.
  public var messages: [ChatMessage]
  /// The tools that the model may call.
  public var tools: [ToolSpecification]
  /// How much the model should reason, in its provider's words; `nil` leaves it to the provider.
  public var reasoningEffort: String?
  /// 1 for the first try of this request, and one more for each that failed.
  public var attempt: Int

  /// A request from its parts.
  public init(
    model: String, system: String = "", messages: [ChatMessage], tools: [ToolSpecification] = [],
    reasoningEffort: String? = nil, attempt: Int = 1
  ) {
    self.model = model
    self.system = system
    self.messages = messages
    self.tools = tools
    self.reasoningEffort = reasoningEffort
    self.attempt = attempt
  }
}

/// A tool as a model sees it.
public struct ToolSpecification: Sendable, Hashable {
  /// The name by which the model calls it.
  public var name: String
  /// What it does and when to use it.
  public var description: String
  /// The JSON Schema of its arguments, always of an object.
  public var parameters: JSONObject

  /// A specification from its parts.
  public init(name: String, description: String, parameters: JSONObject) {
    self.name = name
    self.description = description
    self.parameters = parameters
  }
}
