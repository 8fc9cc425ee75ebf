public import EverrunsDocuments

/// A model's request to run a tool.
public struct ToolCall: Sendable, Hashable {
  /// The id that the result refers to; unique within its turn once the turn has accepted the call.
  public var id: String
  /// The name of the tool.
  public var name: String
  /// The arguments, an object.
  ///
  /// If the model wrote something else, a string with its text: such a call is answered with an
  /// error and never run.
  public var arguments: JSONValue
  /// Opaque text that the model requires back with the call, such as Gemini's thought signature or
  /// Anthropic's signed thinking.
  public var signature: String?

  /// A call from its parts.
  public init(id: String, name: String, arguments: JSONValue, signature: String? = nil) {
    self.id = id
    self.name = name
    self.arguments = arguments
    self.signature = signature
  }

  /// A call whose arguments arrive as text.
  ///
  /// An empty text is a call without arguments. A text that is not a JSON object is kept as it is.
  public init(id: String, name: String, argumentsText text: String, signature: String? = nil) {
    let isBlank = text.utf8.allSatisfy { " \t\r\n".utf8.contains($0) }
    let arguments: JSONValue
    if isBlank {
      arguments = [:]
    } else if let value = try? JSONValue(json: text), case .object = value {
      arguments = value
    } else {
      arguments = .string(text)
    }
    self.init(id: id, name: name, arguments: arguments, signature: signature)
  }
}

/// The result of a tool call, as the model reads it.
public struct ToolResult: Sendable, Hashable {
  /// How a call ended.
  public enum Status: String, CaseIterable, Sendable {
    /// The tool returned a value.
    case success
    /// The tool refused, failed, or does not exist.
    case error
    /// The tool exceeded its time limit.
    case timeout
    /// The turn was cancelled first.
    case cancelled
    /// A worker died while the tool ran, and it must not run twice.
    case unknown
  }

  /// The call that it answers.
  public var callID: String
  /// The name of the tool.
  public var name: String
  /// How the call ended.
  public var status: Status
  /// The value of the tool; for every status but success an object with the key `error`.
  public var content: JSONValue

  /// A result from its parts.
  public init(callID: String, name: String, status: Status, content: JSONValue) {
    self.callID = callID
    self.name = name
    self.status = status
    self.content = content
  }

  /// Whether the tool did not return a value.
  public var isError: Bool { status != .success }

  /// The content as text: a string as it is, anything else as JSON.
  public var text: String {
    if case .string(let text) = content { text } else { content.canonicalJSON }
  }

  /// The sentence under `error`; `nil` for a success.
  public var errorMessage: String? {
    guard isError, case .object(let object) = content else { return nil }
    return object.text("error")
  }
}

extension ToolResult {
  /// The result of a call that returned a value.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - value: The value.
  ///   - limit: The maximum size in bytes of the text that the model gets; longer text is cut.
  package init(of call: ToolCall, returning value: JSONValue, limit: Int = defaultLimit) {
    self.init(callID: call.id, name: call.name, status: .success, content: value)
    let text = self.text
    if text.utf8.count > limit {
      content = .string(
        text.prefix(bytes: limit)
          + "\n[The result has \(text.utf8.count) bytes; only the beginning is shown.]")
    }
  }

  /// The result of a call that has no value to return.
  package init(of call: ToolCall, endingAs status: Status, because message: String) {
    self.init(
      callID: call.id, name: call.name, status: status, content: ["error": .string(message)])
  }

  /// The default limit for the size of a result in bytes: about 25,000 tokens.
  package static let defaultLimit = 100_000
}

extension String {
  /// The longest beginning of whole Unicode scalars with at most this many bytes of UTF-8.
  fileprivate func prefix(bytes limit: Int) -> Substring {
    guard utf8.count > limit else { return self[...] }
    var end = utf8.index(startIndex, offsetBy: max(0, limit))
    while end > startIndex, utf8[end] & 0b1100_0000 == 0b1000_0000 {
      end = utf8.index(before: end)
    }
    return self[..<end]
  }
}
