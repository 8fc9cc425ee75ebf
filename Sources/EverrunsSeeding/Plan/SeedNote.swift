package import Everruns
import EverrunsDocuments
import Messages

/// A remark about a row of a plan, in addition to its reason.
package struct SeedNote: Sendable, Hashable {
  /// The stable code that programs match.
  package let code: Code
  /// The note as one sentence.
  package let message: String
  /// For a row that looks renamed: the name of the harness that it looks like.
  package let renamedFrom: String?

  package init(_ code: Code, _ message: String, renamedFrom: String? = nil) {
    self.code = code
    self.message = message
    self.renamedFrom = renamedFrom
  }

  /// The stable code that programs match.
  ///
  /// Later versions may add codes.
  package enum Code: String, CaseIterable, Sendable {
    /// A row is created that looks like a built-in harness which the definition no longer has.
    case looksRenamed = "looks_renamed"
    /// The template's parent is not in the definition.
    case parentUnknown = "parent_unknown"
    /// The parent is an organization-owned harness.
    case parentBlocked = "parent_blocked"
    /// Capabilities that are not registered are left out.
    case capabilitiesDropped = "capabilities_dropped"
    /// The seed id is in use by another row, so the row gets a new id.
    case seedIDTaken = "seed_id_taken"
    /// The role of a setting has moved to another harness.
    case roleMoved = "role_moved"
    /// The setting refers to a row that does not exist.
    case settingDangling = "setting_dangling"
    /// The row exists although something it needs is missing.
    case existsWithoutPrerequisite = "exists_without_prerequisite"
    /// The store does not remember what was last applied.
    case noMemory = "no_memory"
  }
}

extension SeedNote {
  /// A row is created that looks like a built-in harness which the definition no longer has.
  package static func looksRenamed(_ template: String, from orphan: String) -> SeedNote {
    SeedNote(
      .looksRenamed,
      "looks like a renamed '\(orphan)'; 'harnesses rename' in the definition keeps that row",
      renamedFrom: orphan)
  }

  /// The template's parent is not in the definition.
  package static func parentUnknown(_ parent: String) -> SeedNote {
    SeedNote(.parentUnknown, "without a parent: '\(parent)' is not in the definition")
  }

  /// The parent is the organization's own harness.
  package static func parentBlocked(_ parent: String) -> SeedNote {
    SeedNote(.parentBlocked, "without a parent: '\(parent)' is the organization's own harness")
  }

  /// Capabilities that are not registered are left out.
  package static func capabilitiesDropped(_ ids: [String]) -> SeedNote {
    SeedNote(.capabilitiesDropped, "without \(ids.joinedInQuotes): not registered")
  }

  /// The seed id is in use by another row, so the row gets a new id.
  package static func seedIDTaken(_ id: String) -> SeedNote {
    SeedNote(.seedIDTaken, "gets a new id; seed id '\(id)' is in use")
  }

  /// The role of a setting has moved to another harness.
  package static func roleMoved(_ role: HarnessRole, to harness: String) -> SeedNote {
    SeedNote(.roleMoved, "the role '\(role.rawValue)' has moved to '\(harness)'")
  }

  /// The setting refers to a row that its organization does not have.
  package static func settingDangling(_ id: String) -> SeedNote {
    SeedNote(
      .settingDangling, "the setting referred to '\(id)', which its organization does not have")
  }

  /// The row exists although something it needs is missing.
  package static let existsWithoutPrerequisite = SeedNote(
    .existsWithoutPrerequisite, "the row still exists in the store")

  /// The store does not remember what was last applied.
  package static let noMemory = SeedNote(
    .noMemory, "the store does not remember what was last applied, so this counts as an edit")
}
