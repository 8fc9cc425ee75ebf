import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Files
import Foundation
import Messages

extension ControlError {
  /// What went wrong, as one sentence without a full stop.
  var message: String {
    switch self {
    case .usage(let error): error.message
    case .grade(let error): error.message
    case .reference(let error): error.message
    case .readOnly(let reference):
      "\(reference.quoted) is read-only"
    case .exists(let noun, let name, _):
      "there is already \(noun.withArticle) named \(name.quoted)"
    case .severalExist(let plural, let names, _):
      "there are already \(plural) named \(names.joinedInQuotes)"
    case .notCopyable(let store):
      "the store \(store.description.quoted) is a server's, which this program cannot copy"
    case .overwritesStore(let path):
      "\(path.quoted) is the store in use, or a file that SQLite keeps beside it"
    case .notText(let source): "\(source.escapedForMessage): not UTF-8 text"
    case .noHistory(let reference):
      "\(reference.quoted) is not a saved definition, so it has no revisions"
    case .noneChosen: "no saved definition is in use"
    case .patch(let source, let error): "\(source.escapedForMessage): \(error.message)"
    case .assignment(let error): error.message
    case .cancelled: "cancelled; nothing changed"
    case .cannotRewrite(let reference, let version):
      "\(reference.quoted) has the newer format '\(version)', and rewriting it would lose unknown keys"
    case .presetStays(let name): "\(name.quoted) is a preset and cannot be deleted"
    case .invalid(let name, 0, let warnings):
      "\(name.quoted) has \(count(warnings, "warning")), and --strict counts warnings as errors"
    case .invalid(let name, let errors, _):
      "\(name.quoted) is invalid: \(count(errors, "error"))"
    case .noHarness(let organization, let reason, _, _):
      "no harness can be used in \(organization.quoted): \(reason)"
    case .mergeConflicts(let conflicts, _):
      "\(count(conflicts.count, "conflict")); nothing was saved"
    case .nothingRemembered(let platform, _):
      "the origin of \(platform.quoted) is unknown"
    case .notSaved(let reference): "\(reference.quoted) is not a saved definition"
    case .wouldBeInvalid(let diagnostics):
      "the definition would be invalid: \(Self.firstError(diagnostics).map(Self.named) ?? "")"
    case .mergedTemplates(let source, let names, _):
      "\(source.escapedForMessage): \(names.joinedInQuotes) "
        + (names.count == 1
          ? "is merged with its parent, whose prompt it would repeat"
          : "are merged with their parents, whose prompts they would repeat")
    case .leavesChildren(let harness, let children):
      "\(children.joinedInQuotes) inherit\(children.count == 1 ? "s" : "") from the harness \(harness.quoted)"
    case .defaultOrganizationStays(let publicID):
      "the default organization \(publicID.quoted) cannot be deleted"
    case .reservedForDefaultOrganization(let publicID, _):
      "the public id \(publicID.quoted) is reserved for the default organization"
    case .resolution(.cycle(let ids)):
      "dependency cycle of capabilities: \(ids.joinedAsCycle)"
    case .resolution(.tooMany):
      "they resolve to more than \(DependencyResolution.limit) capabilities"
    case .document(let source, let refusal):
      Self.refusalMessage(source, refusal.diagnostics)
    case .tooLarge(let source, let limit):
      "\(source.escapedForMessage): the document is larger than \(limit >> 20) MiB"
    case .file(_, .interrupted): "interrupted; no file changed"
    case .file(let path, .exists): "the file \(path.quoted) already exists"
    case .file(let path, let failure):
      "\(path.escapedForMessage): \(failure.message)"
    case .noStore(let store, _):
      "no store at \(store.description.quoted)"
    case .store(let error): error.message
    case .checkFailed(let problems):
      "the store has \(count(problems, "problem")); each is shown with its fix"
    case .command(let failure): failure.message
    case .several(let errors): errors.map(\.message).joined(separator: "; ")
    case .unexpected(let description): "internal error (a bug): \(description)"
    case .stale(let what, let moved, _):
      moved.isEmpty
        ? what
        : "\(what); rows that changed: \(moved.prefix(5).map(\.escapedForMessage).joined(separator: ", "))"
          + (moved.count > 5 ? " and \(moved.count - 5) more" : "")
    case .rowsBlocked(let number, _):
      "\(Self.blocked(number)); nothing was applied"
    case .planDenied(let found, let isPreview, _):
      "--deny forbids \(found.joined(separator: ", "))"
        + (isPreview ? "" : "; nothing was applied")
    case .unknownAddresses(let addresses, let option, _):
      "'\(option)': no organization has its own harness at \(addresses.map(\.quoted).joined(asListWith: "or"))"
    case .notInDefinition(let addresses, let option, _):
      "'\(option)': the definition has no template for the harness at \(addresses.joinedInQuotes)"
    case .savedPlan(let path, let error): "\(path.escapedForMessage): \(error.message)"
    case .platformNotNamed(let applied):
      "the platform \(applied.quoted) was applied last, and pruning under another one would remove its harnesses"
    case .output(let failure, let effect):
      (effect.map { failure == .closed ? "" : "\($0.words), but " } ?? "") + failure.message
    case .interrupted(let effect): "interrupted; \(effect.words)"
    }
  }

  /// The words of a command that saves a definition that was read from standard input, of which
  /// nothing more can be read.
  static let importOfAnyFile = "platform import FILE --as NAME"

  var hint: String? { hint { command, _ in "everrunsctl \(command)" } }

  /// What to do next, if that is known.
  ///
  /// - Parameter command: Completes the words of a command to propose.
  /// - Returns: The next step, as part of a sentence.
  func hint(command: (String, ProposedSubject) -> String) -> String? {
    func save(_ reference: String) -> String {
      command(
        reference == "-"
          ? Self.importOfAnyFile
          : "platform create NAME --from \(reference.shellQuoted)", .named)
    }
    return switch self {
    case .usage(let error): error.hint
    case .grade(let error): error.hint
    case .reference(let error): error.hint
    case .readOnly(let reference): "save a copy: \(save(reference))"
    case .exists(_, _, let next), .severalExist(_, _, let next): next
    case .noHarness(_, _, let named, let candidates):
      named.flatMap { Spelling.hint(for: $0, among: candidates) }
    case .mergeConflicts(let conflicts, let platform):
      "resolve them with --ours or --theirs, or change one side first"
        + (conflicts.first { $0.claims != nil }?.path.last.map { name in
          ": " + command("harnesses rename \(name.shellQuoted) NEW", .other(platform))
        } ?? "")
    case .nothingRemembered(_, let options):
      "name it with \(options.map { "\($0) REF" }.joined(asListWith: "and"))"
    case .notSaved(let reference), .noHistory(let reference): "save it: \(save(reference))"
    case .noneChosen(let next): "name one: \(next)"
    case .patch(_, let error) where error.isForAnotherDocument:
      "the patch was created from another definition: create it again with 'platform diff --format "
        + "patch', or use 'platform merge'"
    case .notCopyable: "copy it with the server's own tools, such as pg_dump"
    case .overwritesStore: "name another file"
    case .file(_, let failure): failure.hint
    case .assignment(let error): error.hint
    case .reservedForDefaultOrganization(_, let next):
      "choose another id; the default organization is created by: \(next)"
    case .mergedTemplates(_, let names, let next):
      names.count == 1
        ? "write it without --effective: \(next); or set its parent to null"
        : "write them without --effective: \(next); or set their parents to null"
    case .leavesChildren:
      "choose what happens to them: --reparent NAME, --detach, --orphan or --cascade"
    case .document, .wouldBeInvalid:
      // If there are several errors, each is shown with its own hint.
      listedErrors.isEmpty ? diagnostics?.findings.first { $0.severity == .error }?.hint : nil
    case .noStore(_, let next): "create one: \(next)"
    case .store(let error): error.hint
    case .command(let failure): failure.hint
    case .several(let errors):
      errors.compactMap { $0.hint(command: command) }.withoutRepetitions.joinedAsHints
    case .stale(_, _, let next): "create a new plan: \(next)"
    case .planDenied(_, _, let next): "see these rows: \(next)"
    case .rowsBlocked(_, let next): Self.decide(next)
    case .unknownAddresses(_, _, let next): "see which rows are blocked: \(next)"
    case .notInDefinition(let addresses, _, let templates):
      addresses.first.flatMap { $0.split(separator: "/").last }
        .flatMap { Spelling.hint(for: String($0), among: templates) }
    case .savedPlan(_, let error): error.hint(command: command)
    case .platformNotNamed: "name the platform with -p to confirm"
    case .cannotRewrite, .checkFailed, .resolution, .invalid, .presetStays, .tooLarge, .output,
      .interrupted, .unexpected, .notText, .patch, .cancelled, .defaultOrganizationStays:
      nil
    }
  }

  /// How many rows are blocked, as a sentence without a full stop.
  static func blocked(_ number: Int) -> String {
    "\(count(number, "row")) \(number == 1 ? "is" : "are") blocked"
  }

  /// What to do about blocked rows; `next` is the command that shows them.
  static func decide(_ next: String) -> String { "see why, and what to decide: \(next)" }

  private static func firstError(_ diagnostics: [Diagnostic]) -> Diagnostic? {
    diagnostics.first { $0.severity == .error }
  }

  /// The message of an error, with its path if the message names only a key.
  private static func named(_ error: Diagnostic) -> String {
    switch error.problem as? DocumentProblem {
    case .wrongType, .missingKey, .unknownKey, .invalidChoice: error.messageWithPath
    default: error.message
    }
  }

  private static func refusalMessage(_ source: String, _ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.count == 1, let error = errors.first else {
      return "\(source.escapedForMessage): the document has \(errors.count) errors"
    }
    return "\(error.location(in: source)): \(error.message)"
  }
}

extension FileFailure {
  /// The failure, as the end of a sentence that begins with the path.
  var message: String {
    switch self {
    case .missing: "no such file"
    case .isDirectory: "a folder, not a file"
    case .exists: "the file already exists"
    case .unusablePath(let reason), .permissionDenied(let reason): reason
    case .noWorkingFolder: "the path is relative, and the working directory no longer exists"
    case .cannotCreate(let reason): "cannot create: \(reason)"
    case .inputOutput(let reason): "input/output error: \(reason)"
    case .locked: "another program has locked the file"
    case .changed: "another program changed the file meanwhile"
    case .interrupted: "interrupted"
    case .closed: "the output was closed"
    }
  }

  /// What to do next, if that is known.
  fileprivate var hint: String? {
    switch self {
    case .exists: "overwrite it with --force"
    case .noWorkingFolder: "give an absolute path"
    case .locked: "try again when it is done"
    case .changed: "review it and repeat the command"
    case .missing, .isDirectory, .unusablePath, .permissionDenied, .cannotCreate, .inputOutput,
      .interrupted, .closed:
      nil
    }
  }
}

extension ControlError.LastingEffect {
  /// What was done, as a sentence without a full stop.
  fileprivate var words: String {
    switch self {
    case .change: "the change was saved"
    case .file: "the file was written"
    }
  }
}

extension SavedPlanError {
  /// What is wrong with the plan.
  fileprivate var message: String {
    switch self {
    case .tooLarge: "the plan is too large to be read back"
    case .tooDeep: "a value in the plan is nested too deeply to be read back"
    case .notAPlan: "not a saved plan"
    case .unknownFormat: "not a saved plan (format '\(FormatVersion.seedPlan)')"
    case .printed: "this plan was printed, not saved, and cannot be applied"
    case .edited: "the plan was edited after it was saved"
    case .incomplete: "the plan is incomplete"
    case .unreadable: "the definition or the catalog in the plan cannot be read"
    }
  }

  /// What to do about it.
  fileprivate func hint(command: (String, ProposedSubject) -> String) -> String {
    switch self {
    case .tooLarge, .tooDeep:
      "save it without --expand, or for fewer organizations with --org"
    case .notAPlan, .unknownFormat, .printed, .edited, .incomplete, .unreadable:
      "save a new one: \(command("seed preview --out FILE", .platform))"
    }
  }
}
