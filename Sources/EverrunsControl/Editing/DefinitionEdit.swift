import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Files
import Messages

/// A change of a platform definition: before and after.
struct DefinitionEdit {
  /// The definition before; `nil` if there was none.
  let before: LoadedPlatform?
  let after: PlatformDefinition
  let changes: [DefinitionChange]
  /// The changes as people see them.
  let shown: ShownChanges

  /// The references of both sides after saving; `before` is `nil` if there was no definition,
  /// `after` in a dry run.
  struct References {
    let platform: String
    let before: String?
    let after: String?
  }

  /// The change of one definition to another.
  init(from before: LoadedPlatform?, to after: PlatformDefinition) {
    self.before = before
    self.after = after
    let old = before?.definition ?? .empty
    changes = old.changes(to: after)
    shown = ShownChanges(from: old, to: after, changes)
  }
}

extension Session {
  /// Changes the definition in use and saves the result.
  ///
  /// The result is a new revision of a saved definition, the rewritten file, or `default` if no
  /// definition was chosen yet.
  ///
  /// - Parameters:
  ///   - reference: The definition, if the command names it in its own way.
  ///   - prefix: A prefix for the summary in the history.
  ///   - restored: For a rollback: the restored revision, which the history names.
  ///   - origin: The origin of the saved definition afterwards.
  ///   - isRebased: Whether to repeat the change on a newer revision that someone else saved in the
  ///     meantime.
  ///   - merged: The definition that the change merges, if it does.
  ///   - change: Makes the change. If it throws, nothing changes.
  /// - Returns: The exit code of the command, after its output was written.
  /// - Throws: The error that `change` throws; an error if the definition is read-only, would be
  ///   invalid, or cannot be read or written.
  func edit(
    _ reference: String? = nil, saying prefix: String? = nil,
    rollingBackTo restored: String? = nil, origin: OriginUpdate = .keep, isRebased: Bool = true,
    merging merged: (reference: String, definition: PlatformDefinition)? = nil,
    _ change: (inout PlatformDefinition) throws -> Void
  ) throws -> ExitCode {
    while true {
      do {
        return try editOnce(
          reference, saying: prefix, rollingBackTo: restored, origin: origin, isRebased: isRebased,
          merging: merged, change)
      } catch let error as FileError where error.failure == .changed {
        // Another program saved first; its change stays, and this one is applied on top of it.
      }
    }
  }

  private func editOnce(
    _ reference: String?, saying prefix: String?, rollingBackTo restored: String?,
    origin: OriginUpdate, isRebased: Bool,
    merging merged: (reference: String, definition: PlatformDefinition)?,
    _ change: (inout PlatformDefinition) throws -> Void
  ) throws -> ExitCode {
    let before = try platform(reference)
    if let refusal = try refusalToEdit(before) { throw refusal }
    func attempt(on base: LoadedPlatform) throws -> Attempt {
      Attempt(try editing(base, change), saying: prefix, rolledBackTo: restored)
    }
    let first = try attempt(on: before)
    let isUnchanged = first.edit.changes.isEmpty
    let movesOrigin = try isUnchanged && moves(origin, of: before)
    let (edit, references) =
      isUnchanged && !movesOrigin
      ? (first.edit, unchanged(before))
      : try save(first, of: before, origin: origin, isRebased: isRebased, again: attempt)
    let impact = try impact(from: edit.before?.definition ?? .empty, to: edit.after)
    try write(
      json: EditText.document(edit, references, impact),
      text: EditText.text(
        edit, references, impact, movesOrigin: movesOrigin,
        merged: merged.flatMap { $0.definition == edit.after ? nil : $0.reference },
        isDryRun: isDryRun, isBrief: isQuiet, isVerbose: isVerbose,
        renames: proposals(impact.renames, about: subject(references)),
        next: next("seed preview", about: subject(references)), style: style))
    return .success
  }

  /// What a command after a change is about: the newest revision of a saved definition, or the file
  /// that this run named.
  private func subject(_ references: DefinitionEdit.References) -> ProposedSubject {
    let reference = PlatformReference(references.platform, presets: program.presets.map(\.name))
    return reference?.savedName.map(ProposedSubject.other) ?? .platform
  }

  /// Whether a saved definition, whose content stays, gets another origin: a revision of its own,
  /// so that a rollback leads back.
  private func moves(_ update: OriginUpdate, of platform: LoadedPlatform) throws -> Bool {
    guard case .replace(let origin) = update, case .saved(let name, _) = platform.target,
      let revision = platform.revision
    else { return false }
    return try storeForReading()?.origin(of: name, revision: revision) != origin
  }

  /// Makes a change of a definition.
  private func editing(
    _ before: LoadedPlatform, _ change: (inout PlatformDefinition) throws -> Void
  ) throws -> DefinitionEdit {
    var after = before.definition
    try change(&after)
    let errors = after.validate(grade: try grade()).filter { $0.severity == .error }
    guard errors.isEmpty else { throw ControlError.wouldBeInvalid(errors) }
    try checkReadable(after)
    return DefinitionEdit(from: before, to: after)
  }

  /// Refuses a definition that could not be read back: one that is nested too deeply, or too large.
  private func checkReadable(_ definition: PlatformDefinition) throws {
    do throws(DocumentSyntaxError) {
      let text = definition.json
      guard text.utf8.count <= DocumentLimits.bytes else {
        throw DocumentSyntaxError(.tooManyBytes(limit: DocumentLimits.bytes), at: .start)
      }
      _ = try JSONValue(json: text)
    } catch {
      throw ControlError.wouldBeInvalid(
        DocumentRefusal(error).diagnostics.map { $0.moved(to: $0.path) })
    }
  }

  /// A change with what the history says about it.
  private struct Attempt {
    let edit: DefinitionEdit
    let summary: String
    /// For a rollback: the restored revision.
    let rolledBackTo: String?

    init(_ edit: DefinitionEdit, saying prefix: String?, rolledBackTo: String?) {
      self.edit = edit
      self.rolledBackTo = rolledBackTo
      let names = edit.changes.isEmpty ? EditText.movedOrigin : ChangeText.names(edit.shown)
      summary = [prefix, names].compactMap(\.self).joined(separator: ": ")
    }
  }

  /// Saves a definition under a new name, or over one whose latest revision is damaged.
  ///
  /// - Parameters:
  ///   - name: The name to save it under.
  ///   - definition: The definition.
  ///   - before: The definition it was created from; `nil` if it comes from elsewhere.
  ///   - latest: The unreadable revision to save over; `nil` if there is none.
  ///   - origin: Its source, for the output.
  ///   - prefix: The summary in the history.
  ///   - restored: For a rollback: the restored revision, which the history names.
  ///   - warnings: The warnings about the definition; for a file with source positions.
  ///   - source: The file of the warnings, if there is one.
  /// - Returns: The exit code of the command, after its output was written.
  /// - Throws: An error if someone else saved a definition under the name in the meantime, or if
  ///   the store cannot be written.
  func create(
    _ name: String, _ definition: PlatformDefinition, before: LoadedPlatform?,
    after latest: Int? = nil, from origin: String, saying prefix: String,
    rollingBackTo restored: String? = nil, warnings: [Diagnostic], source: String?
  ) throws -> ExitCode {
    try checkReadable(definition)
    let edit = DefinitionEdit(from: before, to: definition)
    let references = try saved(
      [(definition, prefix)], as: name, after: latest, before: before?.referenceWithRevision,
      rolledBackTo: restored,
      origin: .replace(try before.flatMap { try self.origin(ofCopyFrom: $0) }))
    // No organization has been seeded from it yet.
    let impact = DefinitionImpact(
      from: before?.definition ?? .empty, to: definition, grade: try grade(), store: nil,
      warnings: warnings)
    try write(
      json: EditText.document(edit, references, impact),
      text: EditText.creation(edit, references, from: origin, warnings, in: source, style: style))
    return .success
  }

  /// Why a definition cannot be changed; `nil` if it can.
  ///
  /// Presets and old revisions are read-only, but a preset that was not chosen explicitly is the
  /// base of a first change.
  func refusalToEdit(_ platform: LoadedPlatform) throws -> ControlError? {
    let isReadOnly: Bool
    switch platform.target {
    case .preset: isReadOnly = platform.isChosen
    case .standardInput: isReadOnly = true
    case .saved(_, .latest): isReadOnly = false
    case .saved(let name, _):
      let latest = try storeForReading()?.revision(of: name, .latest)?.number
      isReadOnly = latest != platform.revision
    case .file(let path):
      if let version = platform.newerFormat {
        return .cannotRewrite(reference: platform.reference, version)
      }
      // A pipe or a device cannot be rewritten.
      isReadOnly = try !isRegularFile(path)
    }
    return isReadOnly ? .readOnly(reference: platform.reference) : nil
  }

  private func unchanged(_ platform: LoadedPlatform) -> DefinitionEdit.References {
    DefinitionEdit.References(
      platform: platform.name, before: platform.referenceWithRevision,
      after: platform.referenceWithRevision)
  }

  /// Saves a change, or the one that `again` makes of a newer revision.
  private func save(
    _ attempt: Attempt, of before: LoadedPlatform, origin: OriginUpdate, isRebased: Bool,
    again: (LoadedPlatform) throws -> Attempt
  ) throws -> (DefinitionEdit, DefinitionEdit.References) {
    let edit = attempt.edit
    switch before.target {
    case .saved(let name, .latest) where isRebased && !isDryRun:
      return try revise(name, attempt, of: before, origin: origin, again: again)
    case .saved(let name, _):
      return (
        edit,
        try saved(
          [(edit.after, attempt.summary)], as: name, after: before.revision,
          before: before.referenceWithRevision, rolledBackTo: attempt.rolledBackTo, origin: origin)
      )
    case .preset(let preset):
      do {
        let references = try saved(
          [(before.definition, "saved from \(preset)"), (edit.after, attempt.summary)],
          as: LoadedPlatform.defaultName, after: nil,
          before: isDryRun ? before.referenceWithRevision : "\(LoadedPlatform.defaultName)@1",
          origin: .replace(try self.origin(ofCopyFrom: before)))
        note(
          "no platform was chosen, so '\(preset)' at grade '\(try grade().rawValue)' "
            + "\(isDryRun ? "would be" : "is") saved as '\(LoadedPlatform.defaultName)'")
        return (edit, references)
      } catch StoreError.superseded where isRebased {
        // Someone else made the first change in the meantime.
        return try revise(
          LoadedPlatform.defaultName, attempt, of: before, origin: origin, again: again)
      }
    case .file(let path):
      try rewrite(before, path, edit.after)
      return (
        edit,
        DefinitionEdit.References(
          platform: before.reference, before: before.reference,
          after: isDryRun ? nil : before.reference)
      )
    case .standardInput:
      throw ControlError.readOnly(reference: before.reference)
    }
  }

  /// Saves a change of the revision that is the newest when the store is locked.
  private func revise(
    _ name: String, _ attempt: Attempt, of before: LoadedPlatform, origin: OriginUpdate,
    again: (LoadedPlatform) throws -> Attempt
  ) throws -> (DefinitionEdit, DefinitionEdit.References) {
    var edit = attempt.edit
    var base = before
    let grade = try grade()
    let number = try storeForWriting().revise(name, origin: origin, change: change) { newest in
      guard newest.number != before.revision || before.target.savedName == nil else {
        return (attempt.edit.after, attempt.summary)
      }
      base = LoadedPlatform(
        reference: name, target: .saved(name, .latest), isChosen: before.isChosen, grade: grade,
        definition: newest.definition, revision: newest.number)
      let attempt = try again(base)
      edit = attempt.edit
      return edit.changes.isEmpty ? nil : (edit.after, attempt.summary)
    }
    guard let number else { return (edit, unchanged(base)) }
    return (
      edit,
      DefinitionEdit.References(
        platform: name, before: base.referenceWithRevision, after: "\(name)@\(number)")
    )
  }

  /// Saves revisions of a definition; `before` is the reference of the last one's base.
  private func saved(
    _ revisions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, before: String?, rolledBackTo: String? = nil, origin: OriginUpdate
  ) throws -> DefinitionEdit.References {
    try checkDryRun(.revisions(revisions.map(\.definition), of: name, after: latest))
    guard !isDryRun else {
      return DefinitionEdit.References(platform: name, before: before, after: nil)
    }
    var change = change
    change.rolledBackTo = rolledBackTo
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
    let text: [UInt8]
    if let rewritten = platform.definition.rewriting(
      platform.bytes, isYAML: isYAML, to: definition)
    {
      noteLost(rewritten.lostReferences, in: path)
      text = rewritten.bytes
    } else {
      let extras = isYAML ? YAMLExtras(of: platform.bytes) : nil
      let lost = [
        extras?.hasComments == true ? "comments" : nil,
        extras?.hasAnchors == true ? "anchors" : nil, "order", "layout",
      ].compactMap(\.self)
      note(
        "'\(path)' cannot be edited in place and \(isDryRun ? "would be" : "is") rewritten; "
          + "\(lost.joined(asListWith: "and")) are lost")
      text = DocumentRewriting.text(
        isYAML ? definition.yaml : definition.json + "\n", like: platform.bytes, isYAML: isYAML)
    }
    try replaceFile(path, ifStill: platform.bytes, with: text)
  }

  /// Notes the anchors and aliases of a file that do not stay, although their values do.
  private func noteLost(_ references: [String], in path: String) {
    guard !references.isEmpty else { return }
    let facts = [("*", "written out"), ("&", "removed")].compactMap { sign, verb -> String? in
      let names = references.filter { $0.hasPrefix(sign) }
      guard let first = names.first else { return nil }
      let verb = isDryRun ? "would be \(verb)" : "\(names == [first] ? "is" : "are") \(verb)"
      return "\(names.joinedInQuotes) \(verb)"
    }
    note(
      "'\(path)' cannot keep all of its anchors and aliases: "
        + facts.joined(asListWith: "and"))
  }
}

extension LoadedPlatform {
  /// The name without a revision.
  fileprivate var name: String {
    target.savedName ?? reference
  }
}
