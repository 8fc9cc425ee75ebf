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
    case .readOnly(let reference, _):
      "\(reference.quoted) cannot be changed"
    case .exists(let noun, let name, _):
      "there is already \(Self.article(noun)) \(noun) named \(name.quoted)"
    case .notCopyable(let store):
      "the store \(store.description.quoted) is a server's, which this program cannot copy"
    case .overwritesStore(let path):
      "\(path.quoted) is the store in use, or a file that SQLite keeps beside it"
    case .notText(let source): "\(source.escapedForMessage): not a text in UTF-8"
    case .noHistory(let reference, _):
      "\(reference.quoted) is no saved platform and has no revisions"
    case .patch(let source, let error): "\(source.escapedForMessage): \(error.message)"
    case .patchResult(let source, let refusal):
      "\(source.escapedForMessage): the patched document would be invalid: \(Self.firstError(refusal.diagnostics)?.message ?? "")"
    case .assignment(let error): error.message
    case .notConfirmed(let command): "'\(command)' was not confirmed, and nothing is changed"
    case .cannotRewrite(let reference, let version):
      "\(reference.quoted) is of the newer format '\(version)' and would lose what this version does not know"
    case .presetStays(let name): "\(name.quoted) is a preset and cannot be deleted"
    case .invalid(let name, 0, let warnings):
      "\(name.quoted) has \(count(warnings, "warning")), and --strict counts warnings as errors"
    case .invalid(let name, let errors, _):
      "\(name.quoted) is invalid: \(count(errors, "error"))"
    case .noHarness(let organization, let reason, _, _):
      "no harness can be used in \(organization.quoted): \(reason)"
    case .mergeConflicts(let conflicts):
      "\(count(conflicts.count, "conflict")); nothing was saved"
    case .nothingRemembered(let platform, _):
      "it is not known what \(platform.quoted) was created from"
    case .notSaved(let reference, _): "\(reference.quoted) is not a saved definition"
    case .wouldBeInvalid(let diagnostics):
      "the definition would be invalid: \(Self.firstError(diagnostics)?.message ?? "")"
    case .leavesChildren(let harness, let children):
      "\(children.joinedInQuotes) build\(children.count == 1 ? "s" : "") on the harness \(harness.quoted)"
    case .defaultOrganizationStays(let publicID):
      "the default organization \(publicID.quoted) cannot be deleted"
    case .resolution(.cycle(let ids)):
      "the capabilities \(ids.joinedAsCycle) depend on each other in a circle"
    case .resolution(.tooMany):
      "they come to more than \(DependencyResolution.limit) capabilities"
    case .document(let source, let refusal):
      Self.refusalMessage(source, refusal.diagnostics)
    case .tooLarge(let source, let limit):
      "\(source.escapedForMessage): a document may have \(limit >> 20) MiB at most"
    case .file(_, .interrupted): "interrupted; no file was changed"
    case .file(let path, .exists): "there is already a file named \(path.quoted)"
    case .file(let path, let failure):
      "\(path.escapedForMessage): \(failure.message)"
    case .noStore(let store, _):
      "there is no store at \(store.description.quoted)"
    case .store(let error): error.message
    case .checkFailed(let problems):
      "the store has \(count(problems, "problem")); what mends \(problems == 1 ? "it" : "each") is shown with it"
    case .command(let failure): failure.message
    case .unexpected(let description): "this is a bug: \(description)"
    case .stale(let what, let moved, _):
      moved.isEmpty
        ? what
        : "\(what): \(moved.prefix(5).map(\.escapedForMessage).joined(separator: ", "))"
          + (moved.count > 5 ? " and \(moved.count - 5) more" : "")
    case .rowsBlocked(let number, _):
      "\(count(number, "row")) \(number == 1 ? "is" : "are") blocked, and nothing was done"
    case .planDenied(let found):
      "the plan holds what --deny forbids (\(found.joined(separator: ", "))), and nothing was done"
    case .unknownAddresses(let addresses, let option):
      "'\(option)' names \(addresses.map(\.escapedForMessage).joinedInQuotes), which no organization's own harness has"
    case .savedPlan(let path, let error): "\(path.escapedForMessage): \(error.message)"
    case .platformNotNamed(let applied):
      "\(applied.quoted) was applied last, and another platform would prune its harnesses"
    case .output(let failure, let isChangeMade):
      switch failure {
      case .closed: "nobody reads the output"
      case .system(let number):
        (isChangeMade ? "the change is made, but " : "")
          + "the output cannot be written: \(FileFailure.reason(number))"
      }
    }
  }

  /// What to do next, if that is known.
  var hint: String? {
    switch self {
    case .usage(let error): error.hint
    case .grade(let error): error.hint
    case .reference(let error): error.hint
    case .readOnly(let reference, let program):
      "make a copy that can: \(program) platform create NAME --from \(reference.shellQuoted)"
    case .exists(_, _, let next): next
    case .noHarness(_, _, let named, let candidates):
      named.flatMap { Spelling.hint(for: $0, among: candidates) }
    case .mergeConflicts: "decide them with --ours or --theirs, or change one side first"
    case .nothingRemembered(_, let option): "name it with \(option) REF"
    case .notSaved(let reference, let program):
      "save it: \(program) platform create NAME --from \(reference.shellQuoted)"
    case .patchResult(_, let refusal): Self.firstError(refusal.diagnostics)?.hint
    case .notCopyable: "copy it with the server's own tools"
    case .overwritesStore: "name another file"
    case .file(_, let failure): failure.hint
    case .noHistory(let reference, let program):
      "save it: \(program) platform create NAME --from \(reference.escapedForMessage)"
    case .assignment(let error): error.hint
    case .leavesChildren:
      "say what becomes of them: --reparent NAME, --detach, --orphan or --cascade"
    case .document, .wouldBeInvalid:
      // If there are several errors, each is shown with its own hint.
      listedErrors.isEmpty ? diagnostics?.findings.first { $0.severity == .error }?.hint : nil
    case .noStore(_, let next): "make one: \(next)"
    case .store(let error): error.hint
    case .command(let failure): failure.hint
    case .stale(_, _, let next): "make a new plan: \(next)"
    case .rowsBlocked(_, let next): "see what can be decided about them: \(next)"
    case .unknownAddresses: "'seed preview' shows which rows are blocked"
    case .savedPlan(_, let error): error.hint
    case .platformNotNamed: "name the platform with -p to say that it is meant"
    case .cannotRewrite, .checkFailed, .resolution, .invalid, .presetStays, .tooLarge, .output,
      .unexpected, .notText, .patch, .notConfirmed, .planDenied, .defaultOrganizationStays:
      nil
    }
  }

  private static func article(_ noun: String) -> String {
    "aeiou".contains(noun.prefix(1)) ? "an" : "a"
  }

  private static func firstError(_ diagnostics: [Diagnostic]) -> Diagnostic? {
    diagnostics.first { $0.severity == .error }
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
    case .noWorkingFolder: "the path is relative, and the working folder was removed"
    case .cannotCreate(let reason): "cannot be created: \(reason)"
    case .inputOutput(let reason): "reading or writing failed: \(reason)"
    case .locked: "another program has locked the file"
    case .changed: "another program changed the file in the meantime"
    case .interrupted: "interrupted"
    case .closed: "nobody reads the output"
    }
  }

  /// What to do next, if that is known.
  fileprivate var hint: String? {
    switch self {
    case .exists: "overwrite it with --force"
    case .noWorkingFolder: "give the path from the root, beginning with '/'"
    case .locked: "try again when it is done, or wait longer with --wait"
    case .changed: "look at it again and repeat the command"
    case .missing, .isDirectory, .unusablePath, .permissionDenied, .cannotCreate, .inputOutput,
      .interrupted, .closed:
      nil
    }
  }
}

extension SavedPlanError {
  /// What is wrong with the plan.
  fileprivate var message: String {
    switch self {
    case .tooLarge: "a plan of so many rows could not be read back"
    case .tooDeep: "a value in the plan is nested too deeply to be read back"
    case .notAPlan: "this is no saved plan"
    case .unknownFormat: "this is no saved plan of '\(FormatVersion.seedPlan)'"
    case .printed: "this plan was printed and not saved, so it cannot be applied"
    case .edited: "the plan was edited after it was saved"
    case .incomplete: "the plan lacks a part"
    case .unreadable: "what the plan was made from cannot be read"
    }
  }

  /// What to do about it.
  fileprivate var hint: String {
    switch self {
    case .tooLarge, .tooDeep:
      "save it folded, without --expand, or for some organizations, with --org"
    case .notAPlan, .unknownFormat, .printed, .edited, .incomplete, .unreadable:
      "make the plan anew with --out"
    }
  }
}
