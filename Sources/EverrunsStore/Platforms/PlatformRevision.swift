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

  /// Those that have a word of their own, which follows the `@` of a reference.
  package static let named: [(word: String, selector: RevisionSelector)] = [
    ("latest", .latest), ("previous", .previous),
  ]

  /// Parses what follows the `@` of a reference, and fails if it is neither a word nor a number from
  /// 1 up.
  init?(_ text: String) {
    if let named = Self.named.first(where: { $0.word == text }) {
      self = named.selector
    } else if let number = Int(text), number > 0, text.first != "+" {
      self = .number(number)
    } else {
      return nil
    }
  }
}
