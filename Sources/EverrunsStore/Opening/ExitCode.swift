/// The exit codes of the program.
///
/// This is the only table of them: help and manual derive from it.
public enum ExitCode: Int32, CaseIterable, Sendable {
  case success = 0
  case failure = 1
  case differences = 2
  case blocked = 3
  case stale = 4
  case usage = 64
  case badInput = 65
  case noInput = 66
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case busy = 75
  case permissionDenied = 77
  case interrupted = 130

  /// What the code means, as half a sentence.
  public var summary: String {
    switch self {
    case .success: "done, or nothing to do"
    case .failure: "the operation failed (not found, conflict, refused)"
    case .differences: "differences exist; only with --exit-code"
    case .blocked:
      "rows are blocked: the rest was applied, or nothing with --strict; or --deny forbids the plan"
    case .stale: "stale: the store or the definition changed since the plan was created"
    case .usage: "usage error"
    case .badInput: "invalid input"
    case .noInput: "no such input file or store"
    case .internalError: "internal error (a bug)"
    case .cannotCreate: "cannot create output"
    case .inputOutput: "input/output error, such as a full disk"
    case .busy: "the store or a file is busy"
    case .permissionDenied: "permission denied"
    case .interrupted: "interrupted"
    }
  }
}
