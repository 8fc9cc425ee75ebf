/// A text that equals another only if both have the same code points: a key for sets and
/// dictionaries of user input.
///
/// A Swift string also equals its other Unicode normalization forms; files, databases and
/// fingerprints distinguish them.
package struct ExactText: Hashable, Sendable {
  /// The text.
  package let text: String

  /// The text as a key.
  package init(_ text: String) {
    self.text = text
  }

  package static func == (a: ExactText, b: ExactText) -> Bool { a.text.hasSameBytes(as: b.text) }

  package func hash(into hasher: inout Hasher) {
    text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ExactText: Comparable {
  /// Whether one text comes before another in the order of code points.
  package static func < (a: ExactText, b: ExactText) -> Bool { a.text.precedesInBytes(b.text) }
}

extension Sequence<String> {
  /// The distinct texts, in the order of their first occurrence.
  package var withoutRepetitions: [String] {
    var met: Set<ExactText> = []
    return filter { met.insert(ExactText($0)).inserted }
  }

  /// Whether one of the texts is this one, code point by code point.
  package func containsExactly(_ text: String) -> Bool {
    contains { $0.hasSameBytes(as: text) }
  }
}
