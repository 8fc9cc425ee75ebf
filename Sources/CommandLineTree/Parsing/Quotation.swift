extension String {
  /// The text in single quotes, fit for one line of a terminal.
  ///
  /// Control characters and invisible marks, which could move the cursor or turn the direction of
  /// writing, are escaped. A long text is cut: the user knows it, and needs only to recognize it.
  var quoted: String {
    var result = "'"
    for scalar in unicodeScalars.prefix(Self.longestQuotation) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        result += scalar.escaped(asASCII: true)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    // Not `count`, which would look at every character of a text of any length.
    if unicodeScalars.dropFirst(Self.longestQuotation).first != nil { result += "…" }
    return result + "'"
  }

  private static let longestQuotation = 80
}

extension [String] {
  /// The words as a person lists them: `a`, `a or b`, `a, b or c`.
  func joined(asListWith conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
