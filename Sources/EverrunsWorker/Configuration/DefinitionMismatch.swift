public import CommandLineTree

/// What a worker does while the server's definition is another one than its own.
public enum DefinitionMismatch: String, CaseIterable, Sendable, CommandLineChoice {
  /// It claims no turns until both are the same.
  case wait
  /// It ends with an error.
  case exit
  /// It claims turns anyway.
  case ignore

  /// What the choice does, for the help.
  public var choiceSummary: String {
    switch self {
    case .wait: "claim no turns until both are the same"
    case .exit: "end with an error"
    case .ignore: "claim turns all the same"
    }
  }
}
