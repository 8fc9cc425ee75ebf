/// Finds the word that someone probably meant.
///
/// A suggestion helps only if it is usually right, so the number of allowed edits grows with the
/// length of the word: one up to four letters, two up to eight, three in longer words. Case is
/// ignored, and `-` equals `_`.
///
/// ```swift
/// Spelling.closest(to: "capabilites", among: ["capabilities", "drivers"])  // "capabilities"
/// Spelling.closest(to: "weather", among: ["capabilities", "drivers"])  // nil
/// ```
package enum Spelling {
  /// The candidate closest to a word, if one is close enough for the length of the word.
  ///
  /// An edit is one letter added, removed or replaced, or two neighboring letters swapped. If no
  /// candidate is that close, the result is the only candidate that begins with the word, provided
  /// that the word has at least three letters.
  ///
  /// The cost is linear in the length of the word and of the candidates of similar length, so long
  /// lists and long words are cheap.
  ///
  /// - Parameters:
  ///   - word: The word as typed, of any length and content.
  ///   - candidates: The valid words; the first of equally close ones wins.
  /// - Returns: A candidate, unchanged, or `nil` if none is close.
  package static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
    let folded = FoldedWord(word)
    guard !folded.letters.isEmpty else { return nil }

    // Only a closer candidate can win, so the limit shrinks.
    var limit = folded.forgivenSlips
    var best: String?
    var prefixed = PrefixMatch.none

    for candidate in candidates {
      // Folding never lengthens a word, so comparing lengths rules out candidates before their
      // letters are looked at.
      let length = candidate.unicodeScalars.count
      let isNear = abs(length - folded.letters.count) <= limit
      let mayContinue =
        best == nil && folded.letters.count >= minimumPrefix && length > folded.letters.count
      guard isNear || mayContinue else { continue }

      let other = FoldedWord(candidate)
      if mayContinue, other.letters.starts(with: folded.letters) {
        prefixed.add(candidate, other)
      }
      if isNear, let slips = EditDistance.between(folded.letters, other.letters, limit: limit),
        // One-letter words without a common letter have nothing in common.
        slips < max(folded.letters.count, length)
      {
        best = candidate
        if slips == 0 { break }
        limit = slips - 1
      }
    }
    return best ?? prefixed.only
  }

  /// The shortest prefix that is worth completing.
  private static let minimumPrefix = 3
}

/// The candidates with the word as a prefix, as far as needed: none, one, or several.
private enum PrefixMatch {
  case none
  case one(String, FoldedWord)
  case several

  var only: String? {
    if case .one(let candidate, _) = self { candidate } else { nil }
  }

  mutating func add(_ candidate: String, _ word: FoldedWord) {
    switch self {
    case .none: self = .one(candidate, word)
    // A duplicate of the same word is still one match.
    case .one(_, let known): if known.letters != word.letters { self = .several }
    case .several: break
    }
  }
}
