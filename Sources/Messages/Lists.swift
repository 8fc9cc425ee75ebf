extension [String] {
  /// Joins words for a sentence: `a`, `a or b`, `a, b or c`.
  package func joined(asListWith conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }

  /// Joins the first words of a longer list: `a, b and 7 more`; all of them as `a, b and c`.
  package func joined(asFirstOf number: Int) -> String {
    number > count
      ? "\(joined(separator: ", ")) and \(number - count) more" : joined(asListWith: "and")
  }

  /// `'a', 'b' and 'c'`.
  package var joinedInQuotes: String { map(\.quoted).joined(asListWith: "and") }

  /// Hints as one text: `see x; did you mean 'a'? did you mean 'b'?`; `nil` if there are none.
  package var joinedAsHints: String? {
    guard let last else { return nil }
    return dropLast().map { $0.hasSuffix("?") ? "\($0) " : "\($0); " }.joined() + last
  }

  /// `a -> b -> a`.
  package var joinedAsCycle: String {
    (self + prefix(1)).map(\.escapedForMessage).joined(separator: " -> ")
  }
}
