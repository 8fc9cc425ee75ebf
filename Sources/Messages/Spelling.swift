/// Finds the word that someone probably meant.
///
/// A suggestion helps only when it is right most of the time, so the number of slips that are
/// forgiven grows with the length of the word: one up to four letters, two up to eight, three in
/// longer words. Upper and lower case, and `-` and `_`, are never a difference.
///
/// ```swift
/// Spelling.closest(to: "capabilites", among: ["capabilities", "drivers"])  // "capabilities"
/// Spelling.closest(to: "weather", among: ["capabilities", "drivers"])  // nil
/// ```
package enum Spelling {
  /// The candidate closest to a word, if one is close enough for the length of the word.
  ///
  /// A slip is one letter added, left out or replaced, or two neighbouring letters swapped. When no
  /// candidate is that close, the only candidate that begins with the word is taken, if the word
  /// has at least three letters.
  ///
  /// The cost is linear in the sizes of the word and of the candidates whose length is near the
  /// word's, so neither a long list nor a very long word is a burden.
  ///
  /// - Parameters:
  ///   - word: What was typed, of any length and content.
  ///   - candidates: The words that would have been right; of equally close ones the first is taken.
  /// - Returns: A candidate as it was given, or `nil` when none is close.
  package static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
    let folded = FoldedWord(word)
    guard !folded.letters.isEmpty else { return nil }

    // Only a candidate that is closer than the best so far can matter, so the limit shrinks.
    var limit = folded.forgivenSlips
    var best: String?
    var prefixed = PrefixMatch.none

    for candidate in candidates {
      // A word is never given more letters by folding, so that the cheap count of the candidate
      // decides before any of its letters are looked up.
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
        // One-letter words that share no letter have nothing in common.
        slips < max(folded.letters.count, length)
      {
        best = candidate
        if slips == 0 { break }
        limit = slips - 1
      }
    }
    return best ?? prefixed.only
  }

  /// The fewest letters that say something about how a word goes on.
  private static let minimumPrefix = 3
}

/// The candidates that begin with the word, as far as it matters: none, one, or too many.
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
    // The same word listed twice is still only one answer.
    case .one(_, let known): if known.letters != word.letters { self = .several }
    case .several: break
    }
  }
}
