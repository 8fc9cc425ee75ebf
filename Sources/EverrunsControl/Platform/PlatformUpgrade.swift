import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform upgrade`.
enum PlatformUpgrade {
  private static let name = Argument.optional(
    "NAME", .dynamic("saved-platform"), summary: "The saved definition")
  private static let onto = Option.optional(
    "onto", .platformReference, valueName: "REF", summary: "The definition to upgrade to",
    absence: "the preset it was created from, in this version")

  static let command = Command<ControlAction>(
    "upgrade", summary: "Merge the changes of the preset into a saved definition",
    discussion: """
      A saved definition remembers the preset and the grade it was created from, and the document of \
      that time. Changes of the preset since then are merged as by 'platform merge', and the \
      preset's current document is remembered, even if there is nothing to merge. Uses the \
      remembered grade unless --grade is given. After an upgrade to another definition with --onto, \
      the preset and the grade stay remembered.
      """,
    arguments: [name], options: [onto] + MergeOptions.all + MutationOptions.all,
    exclusiveOptions: [[MergeOptions.ours, MergeOptions.theirs]],
    examples: [
      Example(
        "See what a new version of the program changes", "everrunsctl platform upgrade acme -n"),
      Example(
        "Upgrade, and prefer the preset in conflicts",
        "everrunsctl platform upgrade acme --theirs"),
    ]
  ) { session in
    let reference = try session.reference(name)
    let (platform, (named, namedBase)) = try session.both(
      { try session.platform(reference) },
      {
        try session.both(
          { try session.definition(named: onto, exceptPresets: true) },
          { try session.definition(named: MergeOptions.base, exceptPresets: true) })
      })
    guard case .saved(let savedName, _) = platform.target, let revision = platform.revision else {
      throw ControlError.notSaved(reference: platform.reference)
    }
    let remembered = try session.storeForReading()?.origin(of: savedName, revision: revision)
    let grade =
      session.arguments.isGiven(GlobalOptions.grade)
      ? try session.grade() : try remembered?.grade ?? session.grade()
    guard let target = session.arguments[onto] ?? remembered?.preset else {
      let needsBase = remembered == nil && session.arguments[MergeOptions.base] == nil
      throw ControlError.nothingRemembered(
        platform: savedName, options: ["--onto"] + (needsBase ? ["--base"] : []))
    }
    let theirs = try session.origin(target, named, grade: grade)
    let base: PlatformDefinition
    if let reference = session.arguments[MergeOptions.base] {
      base = try session.origin(reference, namedBase, grade: grade).definition
    } else if let remembered {
      base = remembered.definition
    } else {
      throw ControlError.nothingRemembered(platform: savedName, options: ["--base"])
    }
    let isGradeRemembered = remembered?.grade == grade
    if theirs.preset != nil {
      session.note(
        "upgrading to the preset '\(target)' at \(isGradeRemembered ? "the remembered " : "")"
          + "grade '\(grade.rawValue)'")
    }
    return try session.edit(
      platform.reference, saying: "upgraded to \(target)",
      origin: .replace(theirs.keepingPreset(of: remembered)),
      isRebased: false, merging: (target, theirs.definition)
    ) { definition in
      definition = try session.merging(
        theirs.definition, into: definition, of: platform, base: base)
    }
  }
}

extension PlatformOrigin {
  /// The origin after an upgrade: a definition that is not a preset replaces only the document of
  /// the earlier origin.
  fileprivate func keepingPreset(of earlier: PlatformOrigin?) -> PlatformOrigin {
    guard preset == nil, let earlier else { return self }
    return PlatformOrigin(preset: earlier.preset, grade: earlier.grade, definition: definition)
  }
}

extension Session {
  /// The preset that a reference names; `nil` if it names something else.
  private func preset(_ reference: String) -> PlatformPreset? {
    guard
      case .preset(let name)? = PlatformReference(reference, presets: program.presets.map(\.name))
    else { return nil }
    return program.presets.first { $0.name == name }
  }

  /// The definition that an option names; `nil` without the option, and for a preset whose grade is
  /// not known yet.
  func definition(
    named option: Option<String?>, exceptPresets: Bool = false
  ) throws -> PlatformDefinition? {
    guard let reference = arguments[option], !exceptPresets || preset(reference) == nil else {
      return nil
    }
    return try loadPlatform(reference, isChosen: true).definition
  }

  /// The current target of a reference, as the origin of a saved definition; a preset is taken at
  /// `grade`, and `definition` is what any other reference names, if it was loaded.
  fileprivate func origin(
    _ reference: String, _ definition: PlatformDefinition?, grade: Grade
  ) throws -> PlatformOrigin {
    if let preset = preset(reference) {
      return PlatformOrigin(
        preset: preset.name, grade: grade, definition: preset.definition(grade: grade))
    }
    return PlatformOrigin(
      preset: nil, grade: nil,
      definition: try definition ?? loadPlatform(reference, isChosen: true).definition)
  }

  /// The origin to record for a definition created from another one: a preset itself, or the origin
  /// of a saved definition.
  func origin(ofCopyFrom platform: LoadedPlatform) throws -> PlatformOrigin? {
    switch platform.target {
    case .preset(let name):
      return PlatformOrigin(preset: name, grade: try grade(), definition: platform.definition)
    case .saved(let name, _):
      guard let revision = platform.revision else { return nil }
      return try storeForReading()?.origin(of: name, revision: revision)
    case .file, .standardInput:
      return nil
    }
  }

  /// The base of a merge: the one that the option names, else the recorded origin.
  ///
  /// - Throws: ``ControlError/nothingRemembered(platform:options:)``
  func mergeBase(
    of platform: LoadedPlatform, named: PlatformDefinition?
  ) throws -> PlatformDefinition {
    if let named { return named }
    guard let origin = try origin(ofCopyFrom: platform) else {
      throw ControlError.nothingRemembered(
        platform: platform.reference, options: [MergeOptions.base.specification.typedName])
    }
    return origin.definition
  }
}
