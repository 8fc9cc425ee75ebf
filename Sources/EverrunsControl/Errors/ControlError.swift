import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Files

/// Everything that can go wrong in a run of the program, with what a sentence about it needs.
enum ControlError: Error {
  case usage(UsageError)
  case unknownGrade(String, variable: String)
  case storeLocationUnknown
  case notFound(noun: String, name: String, candidates: [String], next: String?)
  /// Several names that nothing has.
  case severalNotFound(plural: String, names: [String], candidates: [String])
  case noRevision(platform: String, revision: String, latest: Int)
  case severalFound(noun: String, name: String, ids: [String])
  case readOnly(reference: String, program: String)
  case exists(noun: String, name: String, next: String)
  /// The store is kept by a server, whose own tools copy it.
  case notCopyable(StoreLocation)
  /// A file to be written is the store.
  case overwritesStore(path: String)
  case notText(source: String)
  case noHistory(reference: String, program: String)
  case patch(source: String, JSONPatchError)
  case patchResult(source: String, DocumentRefusal)
  case assignment(FieldAssignmentError)
  case notConfirmed(command: String)
  case cannotRewrite(reference: String, FormatVersion)
  case wouldBeInvalid([Diagnostic])
  /// Somebody wants to delete a preset.
  case presetStays(String)
  /// A definition that has errors, or where they count too warnings.
  case invalid(name: String, errors: Int, warnings: Int)
  /// No harness can be used in an organization.
  case noHarness(organization: String, reason: String, named: String?, candidates: [String])
  /// What both sides of a merge changed differently.
  case mergeConflicts([JSONMerge.Conflict])
  /// A definition of which it is not known where it comes from, and the option that says so.
  case nothingRemembered(platform: String, option: String)
  /// Something else than a saved definition, where only one can be.
  case notSaved(reference: String, program: String)
  case leavesChildren(harness: String, children: [String])
  case defaultOrganizationStays(String)
  case resolution(DependencyResolution.Failure)
  case document(source: String, DocumentRefusal)
  case tooLarge(source: String, limitInBytes: Int)
  case file(path: String, FileFailure)
  case noStore(StoreLocation, next: String)
  case store(StoreError)
  case stale(what: String, moved: [String], next: String)
  case rowsBlocked(Int, next: String)
  /// A plan with rows that `--deny` forbids: how many of each.
  case planDenied([String])
  case unknownAddresses([String], option: String)
  /// A plan that cannot be saved, or a file that is not a saved plan.
  case savedPlan(path: String, SavedPlanError)
  case platformNotNamed(applied: String)
  /// The result cannot be written; what the command changed before stays changed.
  case output(OutputFailure, isChangeMade: Bool)
  /// An error of an embedder's own command.
  case command(CommandFailure)
  /// An error that nothing here expects, described for the developers.
  case unexpected(String)
}

extension ControlError {
  /// The stable code that programs match.
  var code: ErrorCode {
    switch self {
    case .usage, .unknownGrade, .storeLocationUnknown, .platformNotNamed: .usage
    case .notFound, .severalNotFound, .noHarness, .noRevision, .assignment, .unknownAddresses:
      .notFound
    case .severalFound: .ambiguous
    case .readOnly, .cannotRewrite, .presetStays: .readOnly
    case .exists, .mergeConflicts: .conflict
    case .wouldBeInvalid, .leavesChildren, .noHistory, .notConfirmed, .nothingRemembered, .notSaved,
      .overwritesStore, .notCopyable, .defaultOrganizationStays:
      .refused
    case .patch: .patchFailed
    case .resolution(.cycle): .dependencyCycle
    case .resolution(.tooMany): .tooManyCapabilities
    case .document, .patchResult, .notText, .invalid: .invalidDocument
    case .savedPlan(_, .tooLarge), .savedPlan(_, .tooDeep): .tooLarge
    case .savedPlan: .invalidDocument
    case .tooLarge: .tooLarge
    case .file(_, let failure):
      switch failure {
      case .missing, .isDirectory, .unusablePath, .noWorkingFolder: .noInput
      case .exists, .changed: .conflict
      case .permissionDenied: .permissionDenied
      case .cannotCreate: .cannotCreate
      case .inputOutput, .closed: .inputOutput
      case .locked: .busy
      case .interrupted: .interrupted
      }
    case .noStore: .noStore
    case .store(let error):
      switch error {
      case .isDirectory: .noStore
      case .notAStore: .notAStore
      case .newerSchema, .olderSchema: .schemaVersion
      case .busy, .changedWhileRead: .busy
      case .unusablePath: .noStore
      case .interrupted: .interrupted
      case .permissionDenied, .needsRecovery: .permissionDenied
      case .cannotCreate: .cannotCreate
      case .inputOutput, .noTemporarySpace: .inputOutput
      case .damaged: .damagedStore
      case .superseded, .organizationExists: .conflict
      case .organizationInUse: .refused
      case .identityConflict: .identityConflict
      case .writeDuringRead: .internal
      case .unsupported: .usage
      }
    case .stale: .stale
    case .rowsBlocked: .rowsBlocked
    case .planDenied: .planDenied
    case .output: .inputOutput
    case .command(let failure): failure.code
    case .unexpected: .internal
    }
  }

  /// The exit code that belongs to it.
  ///
  /// That nobody reads the output is no failure.
  var exitCode: ExitCode {
    switch self {
    case .output(.closed, _), .file(_, .closed): .success
    default: code.exitCode
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
