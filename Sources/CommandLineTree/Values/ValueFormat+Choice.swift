import Messages

extension ValueFormat where Value: CommandLineChoice {
  /// A word of a closed set.
  ///
  /// - Parameters:
  ///   - type: The set, whose raw values are the words.
  ///   - aliases: Other accepted words, which are not documented.
  ///   - ignoringCase: Whether upper and lower case are the same.
  /// - Returns: A format that rejects any other word, and suggests the closest valid one.
  public static func choice(
    _ type: Value.Type = Value.self, aliases: KeyValuePairs<String, Value> = [:],
    ignoringCase: Bool = false
  ) -> Self {
    Self(
      .choice(Choices(Value.self)),
      text: { $0.rawValue },
      convert: { text throws(ValueError) in
        let words = Value.allCases.map { ($0.rawValue, $0) } + aliases.map { ($0.key, $0.value) }
        let typed = ignoringCase ? text.lowercased() : text
        for (word, value) in words where typed == (ignoringCase ? word.lowercased() : word) {
          return value
        }
        throw .notAChoice(
          Value.allCases.map(\.rawValue),
          suggestion: Spelling.closest(to: text, among: words.map(\.0)))
      })
  }
}
