package import Everruns

/// What a saved platform definition was created from, or was last upgraded to: the base of its next
/// upgrade.
package struct PlatformOrigin: Sendable, Equatable {
  /// The name of the preset; `nil` if it was none.
  package let preset: String?
  /// The grade that the preset was taken at.
  package let grade: Grade?
  /// The definition as it was then.
  package let definition: PlatformDefinition

  /// An origin of these parts.
  package init(preset: String?, grade: Grade?, definition: PlatformDefinition) {
    self.preset = preset
    self.grade = grade
    self.definition = definition
  }
}

/// What becomes of the origin that is remembered of a saved definition when a revision is saved.
package enum OriginUpdate: Sendable, Equatable {
  /// The new revision has the same one.
  case keep
  /// The new revision has this one, or none.
  case replace(PlatformOrigin?)
}
