extension Spelling {
  /// A "did you mean" hint, if there is a close match.
  package static func hint(for word: String, among known: some Sequence<String>) -> String? {
    closest(to: word, among: known).map { "did you mean \($0.quoted)?" }
  }
}
