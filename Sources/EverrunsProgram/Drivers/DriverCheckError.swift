import EverrunsDrivers
import EverrunsStore
import Messages

/// An error of a driver check.
enum DriverCheckError: ReportableError {
  /// The definition has no driver of this type.
  case unknownDriver(String, platform: String, known: [String])
  /// The driver is in the definition, but this program has no implementation of it.
  case notImplemented(String)
  /// The provider did not answer.
  case noAnswer(DriverCheckResult, isModelChosen: Bool)

  /// The error of a result; `nil` if the provider answered.
  init?(_ result: DriverCheckResult, isModelChosen: Bool) {
    if case .answered = result.outcome { return nil }
    self = .noAnswer(result, isModelChosen: isModelChosen)
  }

  var code: ErrorCode {
    switch self {
    case .unknownDriver, .notImplemented: .usage
    case .noAnswer(let result, _):
      switch result.outcome {
      case .answered, .refused: .refused
      case .unreachable: .inputOutput
      case .settingMissing: .usage
      }
    }
  }

  var message: String {
    switch self {
    case .unknownDriver(let type, let platform, let known):
      "platform \(platform.quoted) has no driver \(type.quoted)"
        + (known.isEmpty ? "" : "; it has \(known.joined(asListWith: "and"))")
    case .notImplemented(let type):
      "this program has no implementation of the driver \(type.quoted)"
    case .noAnswer(let result, _): result.line
    }
  }

  var hint: String? {
    switch self {
    case .unknownDriver(let type, _, let known): Spelling.hint(for: type, among: known)
    case .notImplemented: "build a worker that has one: WorkerAppBuilder.implementations(_:)"
    case .noAnswer(let result, let isModelChosen):
      if case .refused(let message) = result.outcome {
        Self.hint(for: result, saying: message, isModelChosen: isModelChosen)
      } else {
        nil
      }
    }
  }

  /// What to try after a refusal: a base URL with a path, or another model if the provider's
  /// message is about the model.
  private static func hint(
    for result: DriverCheckResult, saying message: String, isModelChosen: Bool
  ) -> String? {
    let path = result.baseURL?.split(separator: "/", maxSplits: 2).dropFirst(2)
    if let path, path.isEmpty { return "most base URLs end in a path, such as /v1" }
    let isAboutModel = message.lowercased().contains("model")
    return isAboutModel && !isModelChosen ? "try another model with --model NAME" : nil
  }
}
