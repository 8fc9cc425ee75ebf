public import CommandLineTree

/// What a worker does while its definition differs from the server's.
public enum DefinitionMismatch: String, CaseIterable, Sendable, CommandLineChoice {
  /// It claims no turns until both are equal.
  case wait
  /// It ends with an error.
  case exit
  /// It claims turns anyway.
  case ignore

  /// The choice's description in the help.
  public var choiceSummary: String {
    switch self {
    case .wait: "claim no turns until both are equal"
    case .exit: "end with an error"
    case .ignore: "claim turns anyway"
    }
  }
}
