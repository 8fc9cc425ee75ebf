package import Everruns

/// What a saved platform definition was created from or last upgraded to: the base of its next
/// upgrade.
package struct PlatformOrigin: Sendable, Equatable {
  /// The name of the preset; `nil` if it was not a preset.
  package let preset: String?
  /// The grade at which the preset was taken.
  package let grade: Grade?
  /// The definition at that time.
  package let definition: PlatformDefinition

  /// Creates an origin.
  package init(preset: String?, grade: Grade?, definition: PlatformDefinition) {
    self.preset = preset
    self.grade = grade
    self.definition = definition
  }
}

/// What happens to a saved definition's origin when a revision is saved.
package enum OriginUpdate: Sendable, Equatable {
  /// The new revision keeps the origin.
  case keep
  /// The new revision has this origin, or none.
  case replace(PlatformOrigin?)
}
