public import Everruns
public import EverrunsDocuments

/// One revision of a saved platform definition.
public struct PlatformRevision: Sendable {
  /// The definition's name.
  public let name: String
  /// The revision's number; numbers are never used twice.
  public let number: Int
  /// The content.
  public let definition: PlatformDefinition
  /// The content's fingerprint.
  public let fingerprint: Fingerprint
}

/// Which revision of a saved definition is meant.
public enum RevisionSelector: Sendable, Hashable {
  /// The newest.
  case latest
  /// The one before the newest.
  case previous
  /// The one of this number.
  case number(Int)
}
