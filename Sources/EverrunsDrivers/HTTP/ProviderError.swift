import Everruns
import EverrunsDocuments

/// The error of a provider that refused a request or broke off an answer.
struct ProviderError: Sendable, Hashable {
  /// The provider's message.
  var message: String
  /// The provider's error codes, from all fields that have one.
  var words: [String] = []
  /// The HTTP status in the error itself.
  var status: Int?
  /// How long to wait before the next request.
  var retryAfter: Duration?

  /// The error that a body or an event holds; `nil` if it holds none.
  ///
  /// The providers agree on an object under `error` with a `message`; compatible servers also write
  /// a bare text there, or `message` or `detail` beside it, and Gemini wraps it in an array.
  init?(_ value: JSONValue) {
    switch value {
    case .array(let elements):
      guard let error = elements.first.flatMap(ProviderError.init) else { return nil }
      self = error
    case .object(let object):
      if let error = object["error"], error != .null {
        self.init(content: error)
      } else if let text = object.text("message") ?? object.text("detail") {
        self.init(message: text)
        words = ["type", "code"].compactMap { object.text($0) }
      } else {
        return nil
      }
    case .null, .bool, .number, .string: return nil
    }
  }

  /// Reads the value of `error`.
  private init(content: JSONValue) {
    guard case .object(let object) = content else {
      message = if case .string(let text) = content { text } else { content.canonicalJSON }
      return
    }
    message = object.text("message") ?? content.canonicalJSON
    words = ["type", "code", "status"].compactMap { object.text($0) }
    status = object.integer("code")
    // google.rpc.RetryInfo
    if case .array(let details)? = object["details"] {
      retryAfter = details.lazy.compactMap { detail in
        if case .object(let detail) = detail { detail.text("retryDelay") } else { nil }
      }.first.flatMap(RetryAfter.seconds)
    }
  }

  private init(message: String) {
    self.message = message
  }

  /// The failure if the error is the response to a request.
  ///
  /// A conversation that is too long is recognized with any status: some servers use 500.
  func failure(status: Int, retryAfter: Duration?) -> ChatFailure {
    saysTooLong
      ? .contextTooLong(message)
      : ChatFailure(status: status, message: message, retryAfter: retryAfter ?? self.retryAfter)
  }

  /// The failure if the error interrupts an answer.
  ///
  /// Most such errors pass: the provider had accepted the request.
  var failureInStream: ChatFailure {
    if saysTooLong { return .contextTooLong(message) }
    if let status, (400...599).contains(status) {
      return failure(status: status, retryAfter: nil)
    }
    let isPermanent = words.contains { Self.permanentWords.contains($0.lowercased()) }
    return isPermanent ? .permanent(message) : .transient(message, retryAfter: retryAfter)
  }

  private static let permanentWords: Set<String> = [
    "invalid_request_error", "invalid_prompt", "invalid_argument", "authentication_error",
    "unauthenticated", "permission_error", "permission_denied", "not_found_error", "not_found",
    "insufficient_quota", "billing_error", "content_policy_violation",
  ]

  private var saysTooLong: Bool {
    if words.contains(where: { Self.tooLongWords.contains($0.lowercased()) }) { return true }
    let sentence = message.lowercased()
    return Self.tooLongPhrases.contains { sentence.contains($0) }
  }

  /// The codes for it of OpenAI, of llama.cpp's server, and of Anthropic for the size in bytes.
  private static let tooLongWords: Set<String> = [
    "context_length_exceeded", "exceed_context_size_error", "request_too_large",
  ]

  /// Messages of providers without such a code: Anthropic, vLLM,
  /// Gemini, xAI, SGLang and others.
  private static let tooLongPhrases = [
    "prompt is too long", "exceed context limit", "maximum context length",
    "maximum prompt length", "maximum model length", "exceeds the maximum number of tokens",
    "exceeds the context window", "exceeds the available context size",
    "longer than the model's context length", "too large for model with",
  ]
}
