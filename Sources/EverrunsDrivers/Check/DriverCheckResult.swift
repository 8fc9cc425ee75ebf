package import Everruns
package import EverrunsDocuments
import Messages

/// The result of a request to a provider.
package struct DriverCheckResult: Sendable, Hashable {
  /// How the request ended.
  package enum Outcome: Sendable, Hashable {
    /// The model answered: its text, the time to the first and to the last piece, and the tokens.
    case answered(text: String, firstPiece: Duration, whole: Duration, TokenUsage)
    /// The provider responded with something other than an answer.
    case refused(String)
    /// Nothing responded at the base URL.
    case unreachable(String)
    /// The request could not be sent, because of a setting.
    case settingMissing(String)
  }

  /// The kind of provider.
  package var providerType: String
  /// The base URL; `nil` for a driver that sends no requests.
  package var baseURL: String?
  /// The model that was asked.
  package var model: String
  /// How it ended.
  package var outcome: Outcome

  /// A result from its parts.
  package init(providerType: String, baseURL: String?, model: String, outcome: Outcome) {
    self.providerType = providerType
    self.baseURL = baseURL
    self.model = model
    self.outcome = outcome
  }

  /// The result in one line, without a full stop if it is a failure.
  package var line: String {
    let place = baseURL.map { " at \($0.escapedForMessage)" } ?? ""
    switch outcome {
    case .answered(let text, let first, let whole, let usage):
      return
        "\(providerType)\(place): '\(model.escapedForMessage)' answered "
        + "'\(text.prefix(60).description.escapedForMessage)' in \(whole.inMilliseconds) ms "
        + "(first token after \(first.inMilliseconds) ms; \(usage.inputTokens) tokens in, "
        + "\(usage.outputTokens) out)"
    case .refused(let message):
      return "\(providerType)\(place) refused a request to '\(model.escapedForMessage)': \(message)"
    case .unreachable(let message):
      return "\(providerType)\(place) cannot be reached: \(message)"
    case .settingMissing(let message):
      return message
    }
  }

  /// The result as an object: `type`, `base_url`, `model`, `outcome`, and what the outcome has.
  package var document: JSONObject {
    let common = JSONObject()
      .adding("type", .string(providerType))
      .adding("base_url", baseURL.map(JSONValue.string))
      .adding("model", .string(model))
    switch outcome {
    case .answered(let text, let first, let whole, let usage):
      return
        common
        .adding("outcome", "answered")
        .adding("text", .string(text))
        .adding("first_token_ms", .integer(first.inMilliseconds))
        .adding("duration_ms", .integer(whole.inMilliseconds))
        .adding("usage", usage.document)
    case .refused(let message):
      return common.adding("outcome", "refused").adding("message", .string(message))
    case .unreachable(let message):
      return common.adding("outcome", "unreachable").adding("message", .string(message))
    case .settingMissing(let message):
      return common.adding("outcome", "setting_missing").adding("message", .string(message))
    }
  }
}

extension Duration {
  /// The whole milliseconds.
  fileprivate var inMilliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
