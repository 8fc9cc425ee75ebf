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
    case .failure: "the operation failed: not found, conflict, refused"
    case .differences: "differences exist; only with --exit-code"
    case .blocked:
      "rows are blocked: the rest was done, or with --strict nothing; or --deny forbids the plan"
    case .stale: "the store or the definition moved since the plan was made"
    case .usage: "the command line is wrong"
    case .badInput: "the input is wrong"
    case .noInput: "there is no such input file or store"
    case .internalError: "an internal error, which is a bug"
    case .cannotCreate: "the output cannot be created"
    case .inputOutput: "reading or writing failed, as with a full disk"
    case .busy: "the store is busy"
    case .permissionDenied: "permission denied"
    case .interrupted: "interrupted"
    }
  }
}
