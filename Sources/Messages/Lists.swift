extension [String] {
  /// Joins words for a sentence: `a`, `a or b`, `a, b or c`.
  package func joined(asListWith conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }

  /// `'a', 'b' and 'c'`.
  package var joinedInQuotes: String { map(\.quoted).joined(asListWith: "and") }

  /// `a -> b -> a`.
  package var joinedAsCycle: String {
    (self + prefix(1)).map(\.escapedForMessage).joined(separator: " -> ")
  }
}
