import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Files

/// Every error of a run of the program, with the data for its message.
enum ControlError: ProgramError {
  case usage(UsageError)
  case grade(UnknownGrade)
  case reference(ReferenceError)
  case readOnly(reference: String)
  case exists(noun: String, name: String, next: String)
  case severalExist(plural: String, names: [String], next: String)
  /// The store is on a server, whose own tools copy it.
  case notCopyable(StoreLocation)
  /// A file to be written is the store.
  case overwritesStore(path: String)
  case notText(source: String)
  case noHistory(reference: String)
  /// There are saved definitions, but the one in use is a preset that nobody chose.
  case noneChosen(next: String)
  case patch(source: String, JSONPatchError)
  case assignment(FieldAssignmentError)
  case cancelled
  case cannotRewrite(reference: String, FormatVersion)
  case wouldBeInvalid([Diagnostic])
  /// A preset cannot be deleted.
  case presetStays(String)
  /// A definition has errors, or has warnings and --strict is given.
  case invalid(name: String, errors: Int, warnings: Int)
  /// No harness can be used in an organization.
  case noHarness(
    organization: NamedOrganization, reason: String, named: String?, candidates: [String])
  /// The conflicts of a merge into a platform.
  case mergeConflicts([JSONMerge.Conflict], platform: String)
  /// A definition has no recorded origin; the option names one.
  case nothingRemembered(platform: String, options: [String])
  /// The reference does not name a saved definition, and only one is possible.
  case notSaved(reference: String)
  /// Templates were written merged with their parents, and would repeat their prompts.
  case mergedTemplates(source: String, names: [String], next: String)
  case leavesChildren(harness: String, children: [String])
  case defaultOrganizationStays(String)
  /// A new organization cannot have the public id of the default one.
  case reservedForDefaultOrganization(String, next: String)
  case resolution(DependencyResolution.Failure)
  case document(source: String, DocumentRefusal)
  case tooLarge(source: String, limitInBytes: Int)
  case file(path: String, FileFailure)
  case noStore(StoreLocation, next: String)
  case store(StoreError)
  /// A check of the store found problems.
  case checkFailed(problems: Int)
  case stale(what: String, moved: [String], next: String)
  case rowsBlocked(Int, next: String)
  /// The plan has rows that `--deny` forbids: each with its count.
  case planDenied([String], isPreview: Bool, next: String)
  case unknownAddresses([String], option: String, next: String)
  /// No template has the names of the harnesses at these addresses.
  case notInDefinition(addresses: [String], option: String, templates: [String])
  /// A plan cannot be saved, or a file is not a saved plan.
  case savedPlan(path: String, SavedPlanError)
  case platformNotNamed(applied: String)
  /// Writing the output failed; what the command did before stays.
  case output(OutputFailure, LastingEffect?)
  /// The user stopped the command after it did something that stays.
  case interrupted(LastingEffect)
  /// An error of an embedder's own command.
  case command(CommandFailure)
  /// Several names of one command line, none of which exists.
  case several([ControlError])
  /// An unexpected error, described for the developers.
  case unexpected(String)
}

extension ControlError {
  init(_ error: StoreError) { self = .store(error) }
  init(_ error: ReferenceError) { self = .reference(error) }

  /// What a run did that stays, however it ends.
  enum LastingEffect {
    /// A definition or a store was changed.
    case change
    /// A file was written, and no definition or store changed.
    case file
  }

  /// Wraps an error of a run, which may have done something before; an unknown type is a bug.
  init(wrapping error: any Error, after effect: LastingEffect? = nil) {
    self =
      switch error {
      case StoreError.interrupted, ControlError.store(.interrupted):
        effect.map(ControlError.interrupted) ?? .store(.interrupted)
      case let error as FileError where error.failure == .interrupted:
        effect.map(ControlError.interrupted) ?? .file(path: error.path.word, error.failure)
      case let error as ControlError: error
      case let error as CommandFailure: .command(error)
      case let error as FileError: .file(path: error.path.word, error.failure)
      case let error as StoreError: .store(error)
      case let error as ReferenceError: .reference(error)
      case let error as OutputFailure: .output(error, effect)
      case let error as DependencyResolution.Failure: .resolution(error)
      case let error as UsageError: .usage(error)
      default: .unexpected("\(error)")
      }
  }

  /// The name does not exist.
  ///
  /// - Parameters:
  ///   - noun: The kind of thing, in the singular.
  ///   - name: The name, as the user typed it.
  ///   - candidates: The names that exist.
  ///   - next: What to do if there is no close match.
  /// - Returns: An error that suggests the closest name.
  static func notFound(
    noun: String, name: String, candidates: [String], next: String? = nil
  ) -> ControlError {
    .reference(.notFound(noun: noun, name: name, candidates: candidates, next: next))
  }

  /// Several things have the same name.
  static func severalFound(noun: String, name: String, ids: [String]) -> ControlError {
    .reference(.severalFound(noun: noun, name: name, ids: ids))
  }

  /// The stable code that programs match.
  var code: ErrorCode {
    switch self {
    case .grade(let error): error.code
    case .reference(let error): error.code
    case .usage, .platformNotNamed: .usage
    case .noHarness, .assignment, .unknownAddresses, .notInDefinition: .notFound
    case .readOnly, .cannotRewrite, .presetStays: .readOnly
    case .exists, .severalExist, .mergeConflicts, .reservedForDefaultOrganization: .conflict
    case .wouldBeInvalid, .leavesChildren, .noHistory, .noneChosen, .cancelled, .nothingRemembered,
      .notSaved, .overwritesStore, .notCopyable, .defaultOrganizationStays:
      .refused
    case .patch: .patchFailed
    case .resolution(.cycle): .dependencyCycle
    case .resolution(.tooMany): .tooManyCapabilities
    case .document, .notText, .invalid, .mergedTemplates: .invalidDocument
    case .savedPlan(_, .tooLarge), .savedPlan(_, .tooDeep): .tooLarge
    case .savedPlan: .invalidDocument
    case .tooLarge: .tooLarge
    case .file(_, let failure): failure.code
    case .noStore: .noStore
    case .store(let error): error.code
    case .stale: .stale
    case .rowsBlocked: .rowsBlocked
    case .planDenied: .planDenied
    case .checkFailed: .refused
    case .output(let failure, _): failure.code
    case .interrupted: .interrupted
    case .command(let failure): failure.code
    case .several(let errors): errors.first?.code ?? .internal
    case .unexpected: .internal
    }
  }

  /// The exit code of the error.
  ///
  /// A closed pipe is not a failure.
  var exitCode: ExitCode {
    switch self {
    case .output(let failure, _): failure.exitCode
    case .file(_, .closed): .success
    default: code.exitCode
    }
  }

  /// The diagnostics of a refusal, with the name of the document.
  var diagnostics: (source: String?, findings: [Diagnostic])? {
    switch self {
    case .document(let source, let refusal): (source, refusal.diagnostics)
    case .wouldBeInvalid(let diagnostics): (nil, diagnostics)
    case .store(.unacceptableValues(_, let problems)): (nil, problems)
    default: nil
    }
  }

  /// The errors to list one by one; empty if there is only one, which the message contains.
  var listedErrors: [Diagnostic] {
    let errors = diagnostics?.findings.filter { $0.severity == .error } ?? []
    return errors.count > 1 ? errors : []
  }
}
