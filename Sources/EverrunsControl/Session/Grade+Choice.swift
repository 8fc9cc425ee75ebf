public import CommandLineTree
public import Everruns

extension Grade: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .dev: "development, with everything experimental"
    case .poc: "proof of concept"
    case .preview: "preview or staging"
    case .prod: "production"
    }
  }
}
