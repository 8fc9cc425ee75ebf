import Everruns
import EverrunsDocuments

/// The data of an event, a JSON object with all providers.
enum AnswerData {
  /// The object of an event.
  ///
  /// - Throws: ``ChatFailure/transient(_:retryAfter:)`` if it is not one: a proxy may have
  ///   truncated or inserted something, and a retry succeeds.
  static func object(of event: ServerSentEvent) throws(ChatFailure) -> JSONObject {
    guard let value = try? JSONValue(json: event.data), case .object(let object) = value else {
      // Truncated JSON contains a part of the answer, which must not appear in errors or logs.
      let text = event.data.first == "{" ? "" : ": \(event.data)"
      throw .transient("the provider sent an event that is not JSON\(text)")
    }
    return object
  }

  /// The failure that an event of a broken-off answer describes.
  static func failure(in object: JSONObject) -> ChatFailure {
    ProviderError(.object(object))?.failureInStream
      ?? .transient("the provider broke off its answer")
  }
}

extension JSONObject {
  /// The text under a key as a piece of an answer; empty if there is no text.
  func piece(_ key: String, _ event: (String) -> ChatEvent) -> [ChatEvent] {
    guard let text = text(key), !text.isEmpty else { return [] }
    return [event(text)]
  }
}

extension ToolCall {
  /// The arguments as an object.
  ///
  /// Services require an object even if the model wrote something else; the call's result then
  /// explains the error.
  var argumentsObject: JSONObject {
    if case .object(let object) = arguments { object } else { [:] }
  }

  /// The arguments as the text of a JSON object.
  var argumentsJSON: String { JSONValue.object(argumentsObject).canonicalJSON }
}

extension String {
  /// The text, or a placeholder for one without any letter, which some services refuse.
  var orPlaceholder: String {
    allSatisfy(\.isWhitespace) ? "(empty)" : self
  }
}
