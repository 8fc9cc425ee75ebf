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

  /// The options of 'seed preview' that show the rows of a plan with any of some outcomes.
  static func filter(for outcomes: [DeniedOutcome], in summary: SeedSummary) -> String {
    let actions = outcomes.compactMap { if case .action(let action) = $0 { action } else { nil } }
    guard actions.count < outcomes.count else {
      return actions.map { "--action \($0.rawValue)" }.joined(separator: " ")
    }
    // A row must match both options, so one of them has to name everything.
    let codes = outcomes.flatMap { outcome in
      switch outcome {
      case .action(let action):
        SeedReason.Code.allCases.filter { $0.actions.contains(action) && summary[$0] > 0 }
      case .code(let code): [code]
      }
    }
    return SeedReason.Code.allCases.filter(codes.contains)
      .map { "--reason-code \($0.rawValue)" }.joined(separator: " ")
  }

  /// The number of such rows in a plan.
  func count(in summary: SeedSummary) -> Int {
    switch self {
    case .action(let action): summary[action]
    case .code(let code): summary[code]
    }
  }
}
