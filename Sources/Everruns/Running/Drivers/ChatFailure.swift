/// Why a model gave no answer.
public enum ChatFailure: Error, Sendable, Hashable {
  /// A retry may succeed: the provider is busy or the connection broke.
  ///
  /// `retryAfter` is the delay that the provider asked for, if any.
  case transient(String, retryAfter: Duration? = nil)
  /// A retry is useless: the provider refuses the request.
  case permanent(String)
  /// The conversation is longer than the model can read.
  case contextTooLong(String)
  /// The provider requires an API key, and the connection has none.
  case missingAPIKey
}

extension ChatFailure {
  /// The failure for an error of a driver.
  ///
  /// Errors that are not a ``ChatFailure`` come from a driver's networking and are transient.
  package init(_ error: any Error) {
    self = error as? ChatFailure ?? .transient("the driver failed: \(type(of: error))")
  }

  /// The failure for an HTTP error status, with the provider's message.
  ///
  /// 408, 409, 425, 429 and 5xx are transient, everything else is permanent; a redirect is never
  /// followed, since it would carry the key elsewhere.
  package init(status: Int, message: String, retryAfter: Duration? = nil) {
    switch status {
    case 408, 409, 425, 429, 500...599:
      self = .transient("HTTP status \(status): \(message)", retryAfter: retryAfter)
    case 300...399:
      self = .permanent("HTTP status \(status): redirects are not followed")
    default:
      self = .permanent("HTTP status \(status): \(message)")
    }
  }

  /// The message, one sentence without a full stop.
  package var message: String {
    switch self {
    case .transient(let message, _), .permanent(let message), .contextTooLong(let message): message
    case .missingAPIKey: "the provider needs an API key"
    }
  }

  /// The failure with another message, such as one without the key that the provider repeated.
  package func mapMessage(_ transform: (String) -> String) -> ChatFailure {
    switch self {
    case .transient(let message, let retryAfter):
      .transient(transform(message), retryAfter: retryAfter)
    case .permanent(let message): .permanent(transform(message))
    case .contextTooLong(let message): .contextTooLong(transform(message))
    case .missingAPIKey: self
    }
  }
}
