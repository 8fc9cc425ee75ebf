import EverrunsDrivers
import EverrunsStore
import Messages

/// A driver could not be used.
enum DriverCheckError: ReportableError {
  /// The definition has no driver of this type.
  case unknownDriver(String, known: [String])
  /// The provider did not answer.
  case noAnswer(DriverCheckResult, isModelChosen: Bool)

  /// The error that a result is; `nil` if the provider answered.
  init?(_ result: DriverCheckResult, isModelChosen: Bool) {
    if case .answered = result.outcome { return nil }
    self = .noAnswer(result, isModelChosen: isModelChosen)
  }

  var code: ErrorCode {
    switch self {
    case .unknownDriver: .usage
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
    case .unknownDriver(let type, let known):
      "there is no driver '\(type)'; there are \(known.joined(asListWith: "and"))"
    case .noAnswer(let result, _): result.line
    }
  }

  var hint: String? {
    switch self {
    case .unknownDriver(let type, let known): Spelling.hint(for: type, among: known)
    case .noAnswer(let result, let isModelChosen):
      if case .refused(let message) = result.outcome {
        Self.hint(for: result, saying: message, isModelChosen: isModelChosen)
      } else {
        nil
      }
    }
  }

  /// What to try after a refusal: another address if this one has no path, another model if the
  /// provider says something about it.
  private static func hint(
    for result: DriverCheckResult, saying message: String, isModelChosen: Bool
  ) -> String? {
    let path = result.baseURL?.split(separator: "/", maxSplits: 2).dropFirst(2)
    if let path, path.isEmpty { return "most base URLs end in a path, such as /v1" }
    let isAboutModel = message.lowercased().contains("model")
    return isAboutModel && !isModelChosen ? "--model NAME asks another model" : nil
  }
}
