public import EverrunsDocuments

/// A request to a model.
public struct ChatRequest: Sendable, Hashable {
  /// The model, by the provider's name.
  public var model: String
  /// The instructions before the conversation; may be empty.
  public var system: String
  /// The conversation so far, which begins with a user's message.
  public var messages: [ChatMessage]
  /// The tools that the model can call.
  public var tools: [ToolSpecification]
  /// The reasoning effort, in the provider's terms; `nil` for the provider's default.
  public var reasoningEffort: String?
  /// The number of the attempt at this request, counted from 1.
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
