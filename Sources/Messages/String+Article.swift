extension String {
  /// The noun with its indefinite article: `a row`, `an agent`, `a user`, `an LLM provider`.
  package var withArticle: String {
    let isAbbreviation = prefix(2).count { $0.isUppercase } == 2
    // Letters whose names begin with a vowel, and vowels but for the u of "user".
    let beginnings = isAbbreviation ? "AEFHILMNORSX" : hasPrefix("use") ? "" : "aeiou"
    return (beginnings.contains(prefix(1)) ? "an " : "a ") + self
  }
}
