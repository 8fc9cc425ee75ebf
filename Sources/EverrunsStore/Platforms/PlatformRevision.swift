package import Everruns
package import EverrunsDocuments

/// One revision of a saved platform definition.
package struct PlatformRevision: Sendable {
  /// The definition's name.
  package let name: String
  /// The revision's number; numbers are never reused.
  package let number: Int
  /// The content.
  package let definition: PlatformDefinition
  /// The content's fingerprint.
  package let fingerprint: Fingerprint
}

/// Selects a revision of a saved definition.
package enum RevisionSelector: Sendable, Hashable {
  /// The newest revision.
  case latest
  /// The revision before the newest.
  case previous
  /// The revision with this number.
  case number(Int)
}
