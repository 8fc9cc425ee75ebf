import CommandLineTree
import Everruns
import EverrunsStore

/// A change of a platform definition on its way: what it was, what it becomes, and what that means.
struct DefinitionEdit {
  let before: LoadedPlatform
  let after: PlatformDefinition
  let changes: [DefinitionChange]
  let impact: DefinitionImpact

  /// The references of both sides once the change is saved; `after` is `nil` in a dry run.
  struct References {
    let platform: String
    let before: String
    let after: String?
  }
}

extension Session {
  /// Changes the definition that the command is about and saves the result: a new revision of a
  /// saved one, the file rewritten, or `default` where nothing was chosen yet.
  ///
  /// - Parameter change: Makes the change. What it throws leaves everything as it was.
  func edit(_ change: (inout PlatformDefinition) throws -> Void) throws -> ExitCode {
    let before = try platform()
    try refuseReadOnly(before)
    var after = before.definition
    try change(&after)
    let grade = try grade()
    let changes = before.definition.changes(to: after)
    let errors = after.validate(grade: grade).filter { $0.severity == .error }
    guard errors.isEmpty else { throw ControlError.wouldBeInvalid(errors) }
    let edit = DefinitionEdit(
      before: before, after: after, changes: changes,
      impact: DefinitionImpact(
        from: before.definition, to: after, catalog: .stock, grade: grade))
    let references = changes.isEmpty ? unchanged(before) : try save(edit)
    try write(
      json: EditText.document(edit, references),
      text: EditText.text(
        edit, references, isDryRun: arguments[MutationOptions.dryRun],
        next: next("seed preview"), style: style))
    return .success
  }

  /// Presets and old revisions are read-only.
  ///
  /// A preset that nobody chose is where a first change starts from.
  private func refuseReadOnly(_ platform: LoadedPlatform) throws {
    switch platform.target {
    case .preset where platform.isChosen, .standardInput:
      throw ControlError.readOnly(reference: platform.reference, program: control.name)
    case .saved(let name, let selector) where selector != .latest:
      let latest = try storeForReading()?.revision(of: name, .latest)?.number
      guard latest == platform.revision else {
        throw ControlError.readOnly(reference: platform.reference, program: control.name)
      }
    case .file(let path):
      if let version = platform.newerFormat {
        throw ControlError.cannotRewrite(reference: platform.reference, version)
      }
      // What comes out of a pipe or a device cannot be put back.
      guard DocumentFile.kind(absolute(path)) == .regular else {
        throw ControlError.readOnly(reference: platform.reference, program: control.name)
      }
    case .preset, .saved: break
    }
  }

  private func unchanged(_ platform: LoadedPlatform) -> DefinitionEdit.References {
    DefinitionEdit.References(
      platform: platform.name, before: platform.referenceWithRevision,
      after: platform.referenceWithRevision)
  }

  private func save(_ edit: DefinitionEdit) throws -> DefinitionEdit.References {
    let before = edit.before
    let summary = EditText.summary(edit.changes)
    switch before.target {
    case .saved(let name, _):
      return try saved(
        [(edit.after, summary)], as: name, after: before.revision,
        before: before.referenceWithRevision)
    case .preset(let preset):
      let isDryRun = arguments[MutationOptions.dryRun]
      note(
        "no platform was chosen, so '\(preset)' at grade '\(try grade().rawValue)' "
          + "\(isDryRun ? "would be" : "is") saved as '\(Self.defaultName)'")
      return try saved(
        [(before.definition, "saved from \(preset)"), (edit.after, summary)],
        as: Self.defaultName, after: nil,
        before: isDryRun ? before.referenceWithRevision : "\(Self.defaultName)@1")
    case .file(let path):
      let isDryRun = arguments[MutationOptions.dryRun]
      if !isDryRun {
        try rewrite(path, edit.after)
      }
      return DefinitionEdit.References(
        platform: path, before: path, after: isDryRun ? nil : path)
    case .standardInput:
      throw ControlError.readOnly(reference: before.reference, program: control.name)
    }
  }

  private func saved(
    _ revisions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, before: String
  ) throws -> DefinitionEdit.References {
    guard !arguments[MutationOptions.dryRun] else {
      return DefinitionEdit.References(platform: name, before: before, after: nil)
    }
    let number = try storeForWriting().save(revisions, as: name, after: latest, change: change)
    return DefinitionEdit.References(platform: name, before: before, after: "\(name)@\(number)")
  }

  private func rewrite(_ path: String, _ definition: PlatformDefinition) throws {
    let document = definition.document
    let isYAML = DocumentFile.isYAML(path)
    if isYAML {
      note("comments in '\(path)' are not kept")
    }
    try DocumentFile.replace(
      absolute(path), shownAs: path,
      with: isYAML ? YAMLWriter.write(document) : document.prettyJSON + "\n")
  }
}

extension LoadedPlatform {
  /// The name without a revision.
  fileprivate var name: String {
    target.savedName ?? reference
  }
}
