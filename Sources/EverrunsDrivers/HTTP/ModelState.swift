import Everruns
import EverrunsDocuments

/// Data that a model returned with a tool call and requires back with it: Gemini's thought
/// signature, Anthropic's signed thinking, OpenAI's encrypted reasoning.
///
/// It is stored in ``ToolCall/signature``. Only the model that gave it can read it, so the format
/// and the model are stored with it: a conversation that continues with another model omits it.
struct ModelState: Sendable, Hashable {
  /// The format that the model speaks.
  var format: String
  /// The model, in its provider's words.
  var model: String
  /// The data, in the form of its format.
  var content: JSONValue

  /// A state from its parts.
  init(format: String, model: String, content: JSONValue) {
    self.format = format
    self.model = model
    self.content = content
  }

  /// The state that a signature holds; `nil` if it holds none.
  init?(signature: String) {
    guard case .object(let object)? = try? JSONValue(json: signature),
      let format = object.text("format"), let model = object.text("model"),
      let content = object["content"]
    else { return nil }
    self.init(format: format, model: model, content: content)
  }

  /// The state as the signature of a call.
  var signature: String {
    JSONValue.object([
      "format": .string(format), "model": .string(model), "content": content,
    ]).canonicalJSON
  }
}

extension WireFormat {
  /// Creates the signature of a call with data to be sent back.
  static func signature(_ content: JSONValue, from model: String) -> String {
    ModelState(format: name, model: model, content: content).signature
  }

  /// The data of a call; `nil` if there is none, or another model made the call.
  static func state(of call: ToolCall, for model: String) -> JSONValue? {
    guard let state = call.signature.flatMap(ModelState.init(signature:)),
      state.format == name, state.model == model
    else { return nil }
    return state.content
  }
}
