import Messages

extension ValueFormat where Value: CommandLineChoice {
  /// One of the words of a closed set.
  ///
  /// - Parameters:
  ///   - type: The set, whose raw values are the words.
  ///   - aliases: Other words that are understood as well, but not documented as choices.
  ///   - ignoringCase: Whether upper and lower case are the same.
  public static func choice(
    _ type: Value.Type = Value.self, aliases: KeyValuePairs<String, Value> = [:],
    ignoringCase: Bool = false
  ) -> Self {
    Self(
      .choice(Value.allCases.map { Choice($0.rawValue, summary: $0.choiceSummary) }),
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
