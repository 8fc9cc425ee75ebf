/// The stable error codes that programs match, each with its exit code.
///
/// This is the only table of them: JSON errors, exit codes and help derive from it.
public enum ErrorCode: String, CaseIterable, Sendable {
  case usage
  case notFound = "not_found"
  case ambiguous
  case conflict
  case readOnly = "read_only"
  case refused
  case patchFailed = "patch_failed"
  case dependencyCycle = "dependency_cycle"
  case tooManyCapabilities = "too_many_capabilities"
  case identityConflict = "identity_conflict"
  case schemaVersion = "schema_version"
  case rowsBlocked = "rows_blocked"
  case planDenied = "plan_denied"
  case stale
  case invalidDocument = "invalid_document"
  case tooLarge = "too_large"
  case notAStore = "not_a_store"
  case damagedStore = "damaged_store"
  case noInput = "no_input"
  case noStore = "no_store"
  case `internal`
  case cannotCreate = "cannot_create"
  case inputOutput = "io_error"
  case busy
  case permissionDenied = "permission_denied"
  case interrupted

  /// The exit code of the program for this error.
  public var exitCode: ExitCode {
    switch self {
    case .usage: .usage
    case .notFound, .ambiguous, .conflict, .readOnly, .refused, .patchFailed, .dependencyCycle,
      .tooManyCapabilities, .identityConflict, .schemaVersion:
      .failure
    case .rowsBlocked, .planDenied: .blocked
    case .stale: .stale
    case .invalidDocument, .tooLarge, .notAStore, .damagedStore: .badInput
    case .noInput, .noStore: .noInput
    case .internal: .internalError
    case .cannotCreate: .cannotCreate
    case .inputOutput: .inputOutput
    case .busy: .busy
    case .permissionDenied: .permissionDenied
    case .interrupted: .interrupted
    }
  }

  /// What the code means, as half a sentence.
  public var summary: String {
    switch self {
    case .usage: "the command line or an environment variable is invalid"
    case .notFound: "nothing has that name"
    case .ambiguous: "several things have that name"
    case .conflict: "the name is taken, or someone else changed it first"
    case .readOnly: "presets, old revisions and newer formats are read-only"
    case .refused: "the change would break something, or was not confirmed"
    case .patchFailed: "the patch does not fit the definition"
    case .dependencyCycle: "capabilities form a dependency cycle"
    case .tooManyCapabilities: "the capabilities resolve to too many"
    case .identityConflict: "another organization has the id of the default one"
    case .schemaVersion: "the store's schema is older or newer than the program's"
    case .rowsBlocked: "rows are blocked; with --strict nothing was applied"
    case .planDenied: "--deny forbids rows of the plan; nothing was applied"
    case .stale: "the plan is out of date"
    case .invalidDocument: "the document is invalid; 'diagnostics' lists why"
    case .tooLarge: "the document is too large"
    case .notAStore: "the file is not a store"
    case .damagedStore: "the store is damaged"
    case .noInput: "no such file"
    case .noStore: "no such store"
    case .internal: "internal error (a bug)"
    case .cannotCreate: "a file or folder cannot be created"
    case .inputOutput: "input/output error"
    case .busy: "another program holds the store or file for too long"
    case .permissionDenied: "no permission to read or write a file or folder"
    case .interrupted: "interrupted; nothing was written"
    }
  }
}
