import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform merge`.
enum PlatformMerge {
  private static let other = Argument.required(
    "REF", .platformReference, summary: "The definition whose changes to merge")

  static let command = Command<ControlAction>(
    "merge", summary: "Merge the changes of another platform definition",
    discussion: """
      A three-way merge, field by field: changes from the base to REF are merged into the platform, \
      whose own changes since the base stay. A field that changed on both sides in different ways is \
      a conflict; unless --ours or --theirs resolves them, all conflicts are listed and nothing is \
      saved.
      """,
    arguments: [other], options: MergeOptions.all + MutationOptions.all,
    exclusiveOptions: [[MergeOptions.ours, MergeOptions.theirs]],
    examples: [
      Example(
        "Apply the last change of one definition to another",
        "everrunsctl platform merge acme --base acme@previous -p other")
    ]
  ) { session in
    let reference = session.arguments[other]
    guard reference != "-" || session.arguments[MergeOptions.base] != "-" else {
      throw session.usageError("both definitions cannot come from standard input")
    }
    let (theirs, (ours, named)) = try session.both(
      { try session.loadPlatform(reference, isChosen: true) },
      {
        try session.both(
          { try session.platform() }, { try session.definition(named: MergeOptions.base) })
      })
    let base = try session.mergeBase(of: ours, named: named)
    return try session.edit(
      saying: "merged \(theirs.referenceWithRevision)",
      merging: (theirs.referenceWithRevision, theirs.definition)
    ) { definition in
      definition = try session.merging(
        theirs.definition, into: definition, of: ours, base: base)
    }
  }
}

/// The options of commands that merge definitions.
enum MergeOptions {
  static let base = Option.optional(
    "base", .platformReference, valueName: "REF",
    summary: "The common ancestor of both definitions",
    absence: "the one that the platform was created from")
  static let ours = Option.flag("ours", summary: "Keep the platform's values in conflicts")
  static let theirs = Option.flag(
    "theirs", summary: "Take the other definition's values in conflicts")

  static let all: [any CommandOption] = [base, ours, theirs]
}

extension Session {
  /// Merges the changes that lead from a base to another definition into one, which is that of a
  /// platform.
  ///
  /// - Throws: ``ControlError/mergeConflicts(_:platform:)`` with every conflict that no option decides.
  func merging(
    _ theirs: PlatformDefinition, into ours: PlatformDefinition, of platform: LoadedPlatform,
    base: PlatformDefinition
  ) throws -> PlatformDefinition {
    let side: JSONMerge.Side? =
      arguments[MergeOptions.ours] ? .ours : arguments[MergeOptions.theirs] ? .theirs : nil
    let merge = ours.merging(theirs, base: base, preferring: side)
    guard side != nil || merge.conflicts.isEmpty else {
      throw ControlError.mergeConflicts(merge.conflicts, platform: platform.reference)
    }
    return try definition(ofEdited: merge.result)
  }
}
