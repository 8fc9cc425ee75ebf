/// Why a turn ended without an answer.
package struct TurnFailure: Error, Sendable, Hashable {
  /// The stable code that programs match.
  package enum Code: String, CaseIterable, Sendable {
    /// The provider needs an API key, and the worker has none.
    case apiKeyMissing = "api_key_missing"
    /// The definition has no driver for the provider.
    case driverNotRegistered = "driver_not_registered"
    /// The driver is in the definition, but the worker has no implementation of it.
    case driverNotImplemented = "driver_not_implemented"
    /// No model is chosen, or it no longer exists.
    case modelMissing = "model_missing"
    /// The session's harness no longer exists.
    case harnessGone = "harness_gone"
    /// The model gave no answer.
    case llmError = "llm_error"
    /// The conversation is longer than the model can read.
    case contextTooLong = "context_too_long"
    /// The turn reached its last iteration.
    case maximumIterations = "max_iterations"
    /// Several workers in a row died while they ran it.
    case abandoned
    /// An internal error; the log has the cause.
    case `internal`
  }

  /// The code.
  package let code: Code
  /// The message: what happened and what to do, without a full stop.
  package let message: String

  /// A failure as it was stored.
  package init(code: Code, message: String) {
    self.code = code
    self.message = message
  }
}

// MARK: - Messages

extension TurnFailure {
  /// The definition has no driver for the provider.
  package static func driverNotRegistered(providerType: String) -> TurnFailure {
    TurnFailure(
      code: .driverNotRegistered,
      message: "the platform definition has no driver '\(providerType)'")
  }

  /// The driver is in the definition, but the worker has no implementation of it.
  package static func driverNotImplemented(providerType: String) -> TurnFailure {
    TurnFailure(
      code: .driverNotImplemented,
      message: "this worker has no implementation of the driver '\(providerType)'")
  }

  /// No model is chosen.
  package static let noModel = TurnFailure(
    code: .modelMissing,
    message: "no model is chosen: neither message, session, agent nor organization names one")

  /// The chosen model no longer exists.
  package static func modelGone(_ id: String) -> TurnFailure {
    TurnFailure(code: .modelMissing, message: "the model '\(id)' no longer exists")
  }

  /// The session's harness no longer exists.
  package static func harnessGone(_ id: String) -> TurnFailure {
    TurnFailure(
      code: .harnessGone, message: "the session's harness '\(id)' no longer exists")
  }

  /// The model gave no answer.
  package init(_ failure: ChatFailure, providerType: String) {
    switch failure {
    case .transient(let message, _), .permanent(let message):
      self.init(code: .llmError, message: message)
    case .contextTooLong(let message):
      self.init(code: .contextTooLong, message: message)
    case .missingAPIKey:
      self.init(
        code: .apiKeyMissing,
        message: "the provider '\(providerType)' needs an API key: "
          + "set \(DriverSettings.keyVariable(of: providerType)) for the worker")
    }
  }

  /// Several workers in a row died while they ran it.
  package static func abandoned(afterReclaims count: Int) -> TurnFailure {
    TurnFailure(
      code: .abandoned,
      message: "\(count) workers in a row stopped responding while they ran this turn")
  }

  /// An internal error; `reference` identifies it in the log.
  package static func `internal`(reference: String) -> TurnFailure {
    TurnFailure(code: .internal, message: "internal error; see the worker's log: \(reference)")
  }
}
