import CommandLineTree
import Everruns
import EverrunsStore

/// Everything that can go wrong in a run of the program, with what a sentence about it needs.
enum ControlError: Error {
  case usage(UsageError)
  case unknownGrade(String, variable: String)
  case storeLocationUnknown
  case notFound(noun: String, name: String, candidates: [String], next: String?)
  case noRevision(platform: String, revision: String, latest: Int)
  case severalFound(noun: String, name: String, ids: [String])
  case readOnly(reference: String, program: String)
  case exists(noun: String, name: String, next: String)
  case fileMoved(path: String)
  case notText(source: String)
  case noHistory(reference: String, program: String)
  case patch(source: String, JSONPatchError)
  case patchResult(source: String, DocumentRefusal)
  case assignment(FieldAssignmentError)
  case notConfirmed(command: String)
  case cannotRewrite(reference: String, FormatVersion)
  case wouldBeInvalid([Diagnostic])
  case leavesChildren(harness: String, children: [String])
  case resolution(DependencyResolution.Failure)
  case document(source: String, DocumentRefusal)
  case tooLarge(source: String, limitInBytes: Int)
  case file(path: String, FileFailure)
  case noStore(path: String, next: String)
  case store(StoreError)
  case stale(what: String, moved: [String], next: String)
  case rowsBlocked(Int, next: String)
  case unknownAddresses([String], option: String)
  case damagedPlan(source: String, reason: String)
  case platformNotNamed(applied: String)
  case output(OutputFailure)
  /// An error that nothing here expects, described for the developers.
  case unexpected(String)
}

/// Why a file could not be read or written.
enum FileFailure: Error, Equatable {
  case missing
  case isDirectory
  case permissionDenied
  case cannotCreate(reason: String)
  case inputOutput(reason: String)
}

extension ControlError {
  /// The stable code that programs match.
  var code: String {
    switch self {
    case .usage, .unknownGrade, .storeLocationUnknown: "usage"
    case .notFound, .noRevision: "not_found"
    case .severalFound: "ambiguous"
    case .readOnly, .cannotRewrite: "read_only"
    case .exists, .fileMoved: "conflict"
    case .wouldBeInvalid, .leavesChildren, .noHistory, .notConfirmed: "refused"
    case .patch: "patch_failed"
    case .assignment: "not_found"
    case .resolution(.cycle): "dependency_cycle"
    case .resolution(.tooMany): "too_many_capabilities"
    case .document, .patchResult, .notText: "invalid_document"
    case .tooLarge: "too_large"
    case .file(_, let failure):
      switch failure {
      case .missing, .isDirectory: "no_input"
      case .permissionDenied: "permission_denied"
      case .cannotCreate: "cannot_create"
      case .inputOutput: "io_error"
      }
    case .noStore: "no_store"
    case .store(let error):
      switch error {
      case .isDirectory: "no_store"
      case .notAStore: "not_a_store"
      case .newerSchema, .olderSchema: "schema_version"
      case .busy: "busy"
      case .permissionDenied: "permission_denied"
      case .cannotCreate: "cannot_create"
      case .inputOutput: "io_error"
      case .damaged: "damaged_store"
      case .superseded, .organizationExists: "conflict"
      case .identityConflict: "identity_conflict"
      }
    case .stale: "stale"
    case .rowsBlocked: "rows_blocked"
    case .unknownAddresses: "not_found"
    case .damagedPlan: "invalid_document"
    case .platformNotNamed: "usage"
    case .output: "io_error"
    case .unexpected: "internal"
    }
  }

  /// The exit code that belongs to it.
  var exitCode: ExitCode {
    switch self {
    case .usage, .unknownGrade, .storeLocationUnknown: .usage
    case .notFound, .noRevision, .severalFound, .readOnly, .exists, .cannotRewrite, .wouldBeInvalid,
      .leavesChildren, .resolution, .fileMoved, .noHistory, .patch, .assignment, .notConfirmed:
      .failure
    case .document, .patchResult, .notText, .tooLarge: .badInput
    case .file(_, let failure):
      switch failure {
      case .missing, .isDirectory: .noInput
      case .permissionDenied: .permissionDenied
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      }
    case .noStore: .noInput
    case .stale: .stale
    case .unknownAddresses: .failure
    case .rowsBlocked: .blocked
    case .damagedPlan: .badInput
    case .platformNotNamed: .usage
    case .store(let error):
      switch error {
      case .isDirectory: .noInput
      case .notAStore, .damaged: .badInput
      case .newerSchema, .olderSchema, .superseded, .organizationExists, .identityConflict: .failure
      case .busy: .busy
      case .permissionDenied: .permissionDenied
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      }
    case .output(.closed): .success
    case .output(.system): .inputOutput
    case .unexpected: .internalError
    }
  }

  /// The findings that a refusal lists one by one, with the document they are about.
  var diagnostics: (source: String?, findings: [Diagnostic])? {
    switch self {
    case .document(let source, let refusal): (source, refusal.diagnostics)
    case .wouldBeInvalid(let diagnostics): (nil, diagnostics)
    case .patchResult(_, let refusal): (nil, refusal.diagnostics.filter { $0.severity == .error })
    default: nil
    }
  }

  /// The errors that people are shown one by one; none where there is only one, which the message
  /// tells.
  var listedErrors: [Diagnostic] {
    let errors = diagnostics?.findings.filter { $0.severity == .error } ?? []
    return errors.count > 1 ? errors : []
  }
}
