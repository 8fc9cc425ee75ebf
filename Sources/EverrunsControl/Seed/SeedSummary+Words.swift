import EverrunsSeeding

extension SeedSummary {
  /// The writes and the blocked rows, by action and kind: `create 1 organization, 7 LLM providers;
  /// update 503 harnesses (4 overwrite local edits)`.
  var wordsByKind: String {
    SeedAction.orderOfAttention.filter { $0.isDifference && self[$0] > 0 }.map { action in
      let kinds = RecordKind.allCases.filter { self[$0, action] > 0 }
        .map { EverrunsControl.count(self[$0, action], $0.noun, plural: $0.pluralNoun) }
      let list = kinds.joined(separator: ", ")
      return action == .blocked
        ? "leave \(list) blocked"
        : "\(action.rawValue) \(list)" + (action == .update ? overwritesInWords : "")
    }.joined(separator: "; ")
  }
}

extension RecordKind {
  /// The plural noun for messages.
  var pluralNoun: String { self == .harness ? "harnesses" : noun + "s" }
}
