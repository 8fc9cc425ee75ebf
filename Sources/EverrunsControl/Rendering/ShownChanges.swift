import Everruns
import EverrunsDocuments

/// The differences between two definitions, as people see them: a template that was renamed is one
/// difference, not one that is removed and another one that is added.
struct ShownChanges {
  /// A template that was renamed.
  struct Rename {
    let old: String
    let new: String

    var path: String { "\(Self.section)/\(old)" }

    static let section = "built_in_harnesses"
  }

  /// The templates that were renamed.
  let renames: [Rename]
  /// The other differences, under the new names.
  let changes: [DefinitionChange]

  /// The differences between two definitions, of which `changes` knows no renames.
  init(
    from before: PlatformDefinition, to after: PlatformDefinition, _ changes: [DefinitionChange]
  ) {
    let renames = before.renames(to: after)
    self.init(
      renames: renames.map { Rename(old: $0.old, new: $0.new) },
      changes: renames.isEmpty ? changes : before.applying(renames).changes(to: after))
  }

  init(renames: [Rename] = [], changes: [DefinitionChange]) {
    self.renames = renames
    self.changes = changes
  }

  var isEmpty: Bool { renames.isEmpty && changes.isEmpty }

  /// The differences in a section of the document.
  func within(_ section: String) -> ShownChanges {
    ShownChanges(
      renames: section == Rename.section ? renames : [],
      changes: changes.filter { $0.path == section || $0.path.hasPrefix(section + "/") })
  }
}
