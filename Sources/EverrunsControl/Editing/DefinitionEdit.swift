import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Files

/// A change of a platform definition on its way: what it was, and what it becomes.
struct DefinitionEdit {
  /// What is changed; `nil` where there was nothing.
  let before: LoadedPlatform?
  let after: PlatformDefinition
  let changes: [DefinitionChange]

  /// The references of both sides once the change is saved; `before` is `nil` where there was
  /// nothing, `after` in a dry run.
  struct References {
    let platform: String
    let before: String?
    let after: String?
  }

  /// The change of one definition to another.
  init(from before: LoadedPlatform?, to after: PlatformDefinition) {
    self.before = before
    self.after = after
    changes = (before?.definition ?? .empty).changes(to: after)
  }
}

extension Session {
  /// Changes the definition that the command is about and saves the result: a new revision of a
  /// saved one, the file rewritten, or `default` where nothing was chosen yet.
  ///
  /// - Parameters:
  ///   - reference: The definition, where the command names it in a way of its own.
  ///   - remark: What the history says in front of what changed.
  ///   - origin: What a saved definition comes from afterwards.
  ///   - change: Makes the change. What it throws leaves everything as it was.
  func edit(
    _ reference: String? = nil, saying remark: String? = nil, origin: OriginUpdate = .keep,
    _ change: (inout PlatformDefinition) throws -> Void
  ) throws -> ExitCode {
    while true {
      do {
        return try editOnce(reference, saying: remark, origin: origin, change)
      } catch let error as FileError where error.failure == .changed {
        // Another program was faster; its change stays, and this one is made to what is there now.
      }
    }
  }

  private func editOnce(
    _ reference: String?, saying remark: String?, origin: OriginUpdate,
    _ change: (inout PlatformDefinition) throws -> Void
  ) throws -> ExitCode {
    let before = try platform(reference)
    try refuseReadOnly(before)
    var after = before.definition
    try change(&after)
    let grade = try grade()
    let errors = after.validate(grade: grade).filter { $0.severity == .error }
    guard errors.isEmpty else { throw ControlError.wouldBeInvalid(errors) }
    let edit = DefinitionEdit(from: before, to: after)
    let summary = [remark, ChangeText.names(edit.changes)].compactMap(\.self)
    let references =
      edit.changes.isEmpty
      ? unchanged(before)
      : try save(edit, of: before, summary: summary.joined(separator: ": "), origin: origin)
    let impact = try impact(from: before.definition, to: after)
    try write(
      json: EditText.document(edit, references, impact),
      text: EditText.text(
        edit, references, impact, isDryRun: isDryRun, isBrief: arguments[GlobalOptions.quiet],
        isVerbose: arguments[GlobalOptions.verbose], next: next("seed preview"), style: style))
    return .success
  }

  /// Saves a definition under a name that is free.
  ///
  /// - Parameters:
  ///   - before: The definition that it is made from; `nil` if it comes from elsewhere.
  ///   - origin: Where it comes from, in the result.
  ///   - remark: What the history says.
  ///   - warnings: What is remarkable about the definition, with places for one from a file.
  func create(
    _ name: String, _ definition: PlatformDefinition, before: LoadedPlatform?,
    from origin: String, saying remark: String, warnings: [Diagnostic], source: String?
  ) throws -> ExitCode {
    let edit = DefinitionEdit(from: before, to: definition)
    let references = try saved(
      [(definition, remark)], as: name, after: nil, before: before?.referenceWithRevision,
      origin: .replace(try before.flatMap { try self.origin(ofCopyFrom: $0) }))
    // No organization is seeded from it yet.
    let impact = DefinitionImpact(
      from: before?.definition ?? .empty, to: definition, grade: try grade(), store: nil,
      warnings: warnings)
    try write(
      json: EditText.document(edit, references, impact),
      text: EditText.creation(edit, references, from: origin, warnings, in: source, style: style))
    return .success
  }

  /// Whether nothing may be changed.
  var isDryRun: Bool { arguments[MutationOptions.dryRun] }

  /// Presets and old revisions are read-only.
  ///
  /// A preset that nobody chose is where a first change starts from.
  private func refuseReadOnly(_ platform: LoadedPlatform) throws {
    switch platform.target {
    case .preset where platform.isChosen, .standardInput:
      throw ControlError.readOnly(reference: platform.reference, program: program.name)
    case .saved(let name, let selector) where selector != .latest:
      let latest = try storeForReading()?.revision(of: name, .latest)?.number
      guard latest == platform.revision else {
        throw ControlError.readOnly(reference: platform.reference, program: program.name)
      }
    case .file(let path):
      if let version = platform.newerFormat {
        throw ControlError.cannotRewrite(reference: platform.reference, version)
      }
      // What comes out of a pipe or a device cannot be put back.
      guard try isRegularFile(path) else {
        throw ControlError.readOnly(reference: platform.reference, program: program.name)
      }
    case .preset, .saved: break
    }
  }

  private func unchanged(_ platform: LoadedPlatform) -> DefinitionEdit.References {
    DefinitionEdit.References(
      platform: platform.name, before: platform.referenceWithRevision,
      after: platform.referenceWithRevision)
  }

  private func save(
    _ edit: DefinitionEdit, of before: LoadedPlatform, summary: String, origin: OriginUpdate
  ) throws -> DefinitionEdit.References {
    switch before.target {
    case .saved(let name, _):
      return try saved(
        [(edit.after, summary)], as: name, after: before.revision,
        before: before.referenceWithRevision, origin: origin)
    case .preset(let preset):
      note(
        "no platform was chosen, so '\(preset)' at grade '\(try grade().rawValue)' "
          + "\(isDryRun ? "would be" : "is") saved as '\(LoadedPlatform.defaultName)'")
      return try saved(
        [(before.definition, "saved from \(preset)"), (edit.after, summary)],
        as: LoadedPlatform.defaultName, after: nil,
        before: isDryRun ? before.referenceWithRevision : "\(LoadedPlatform.defaultName)@1",
        origin: .replace(try self.origin(ofCopyFrom: before)))
    case .file(let path):
      try rewrite(before, path, edit.after)
      return DefinitionEdit.References(
        platform: before.reference, before: before.reference,
        after: isDryRun ? nil : before.reference)
    case .standardInput:
      throw ControlError.readOnly(reference: before.reference, program: program.name)
    }
  }

  /// Saves revisions of a definition.
  ///
  /// - Parameter before: What the last one was made from; where several are saved, it is the one
  ///   before the last.
  private func saved(
    _ revisions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, before: String?, origin: OriginUpdate
  ) throws -> DefinitionEdit.References {
    guard !isDryRun else {
      return DefinitionEdit.References(platform: name, before: before, after: nil)
    }
    let number = try storeForWriting().save(
      revisions, as: name, after: latest, origin: origin, change: change)
    return DefinitionEdit.References(
      platform: name, before: revisions.count > 1 ? "\(name)@\(number - 1)" : before,
      after: "\(name)@\(number)")
  }

  private func rewrite(
    _ platform: LoadedPlatform, _ path: String, _ definition: PlatformDefinition
  ) throws {
    let isYAML = isYAML(path, platform.bytes)
    var text = platform.definition.rewriting(platform.bytes, isYAML: isYAML, to: definition)
    if text == nil {
      let hasComments = isYAML && YAMLComments.areIn(platform.bytes)
      note(
        "'\(path)' cannot be edited in place and \(isDryRun ? "would be" : "is") rewritten as a "
          + "whole; \(hasComments ? "comments, " : "")order and layout are lost")
      text = Array((isYAML ? definition.yaml : definition.json + "\n").utf8)
    }
    guard !isDryRun, let text else { return }
    try replaceFile(path, ifStill: platform.bytes, with: text)
  }
}

extension LoadedPlatform {
  /// The name without a revision.
  fileprivate var name: String {
    target.savedName ?? reference
  }
}
