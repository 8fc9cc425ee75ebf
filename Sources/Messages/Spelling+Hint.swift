extension Spelling {
  /// The most words for which suggestions are made: each is compared with all candidates, and nobody
  /// reads more.
  private static let wordsShown = 20

  /// A "did you mean" hint, if there is a close match.
  package static func hint(for word: String, among known: some Sequence<String>) -> String? {
    closest(to: word, among: known).map { "did you mean \($0.quoted)?" }
  }

  /// A "did you mean" hint that names the word it is for, if there is a close match.
  package static func namedHint(for word: String, among known: some Sequence<String>) -> String? {
    hint(for: word, among: known).map { "for \(word.quoted), \($0)" }
  }

  /// A "did you mean" hint for those of several words that have a close match.
  package static func hint(for words: [String], among known: [String]) -> String? {
    guard words.count != 1 else { return hint(for: words[0], among: known) }
    return words.prefix(wordsShown).compactMap { namedHint(for: $0, among: known) }.joinedAsHints
  }
}
