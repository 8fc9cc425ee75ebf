extension Spelling {
  /// The hint that names what somebody may have meant, if anything is close.
  package static func hint(for word: String, among known: some Sequence<String>) -> String? {
    closest(to: word, among: known).map { "did you mean \($0.quoted)?" }
  }
}
