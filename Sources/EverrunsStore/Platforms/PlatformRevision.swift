package import Everruns
package import EverrunsDocuments

/// One revision of a saved platform definition.
package struct PlatformRevision: Sendable {
  /// The definition's name.
  package let name: String
  /// The revision's number; numbers are never used twice.
  package let number: Int
  /// The content.
  package let definition: PlatformDefinition
  /// The content's fingerprint.
  package let fingerprint: Fingerprint
}

/// Which revision of a saved definition is meant.
package enum RevisionSelector: Sendable, Hashable {
  /// The newest.
  case latest
  /// The one before the newest.
  case previous
  /// The one of this number.
  case number(Int)
}
