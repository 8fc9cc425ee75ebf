import CommandLineTree
import EverrunsSeeding

/// A condition of `--deny`: rows with an action, or with a reason code.
enum DeniedOutcome: CommandLineChoice, Hashable {
  case action(SeedAction)
  case code(SeedReason.Code)

  static let allCases: [DeniedOutcome] =
    SeedAction.allCases.map(action) + SeedReason.Code.allCases.map(code)

  init?(rawValue: String) {
    guard let outcome = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = outcome
  }

  var rawValue: String {
    switch self {
    case .action(let action): action.rawValue
    case .code(let code): code.rawValue
    }
  }

  var choiceSummary: String {
    switch self {
    case .action(let action): action.summary
    case .code(let code): code.summary
    }
  }

  /// The option of 'seed preview' that shows only such rows.
  var filter: String {
    switch self {
    case .action(let action): "--action \(action.rawValue)"
    case .code(let code): "--reason-code \(code.rawValue)"
    }
  }

  /// The number of such rows in a plan.
  func count(in summary: SeedSummary) -> Int {
    switch self {
    case .action(let action): summary[action]
    case .code(let code): summary[code]
    }
  }
}
