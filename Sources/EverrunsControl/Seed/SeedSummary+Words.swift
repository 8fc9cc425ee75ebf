import EverrunsSeeding

extension SeedSummary {
  /// What is written and what is blocked, by action and kind: `create 1 organization, 7 LLM
  /// providers; update 503 harnesses (4 overwrite local edits)`.
  var wordsByKind: String {
    SeedAction.orderOfAttention.filter { $0.isDifference && self[$0] > 0 }.map { action in
      let kinds = RecordKind.allCases.filter { self[$0, action] > 0 }
        .map { EverrunsControl.count(self[$0, action], $0.noun, plural: $0.pluralNoun) }
      let verb = action == .blocked ? "leave out" : action.rawValue
      return "\(verb) \(kinds.joined(separator: ", "))"
        + (action == .update ? overwritesInWords : "")
    }.joined(separator: "; ")
  }
}

extension RecordKind {
  /// What several such rows are called in sentences.
  var pluralNoun: String { self == .harness ? "harnesses" : noun + "s" }
}
