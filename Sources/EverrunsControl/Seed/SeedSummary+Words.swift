import EverrunsSeeding
import Messages

/// That organization-owned harnesses are accepted, as a sentence.
func leavingAlone(_ number: Int) -> String {
  Messages.count(
    number, "organization-owned harness", plural: "organization-owned harnesses")
    + " will be left alone."
}

extension SeedSummary {
  /// The writes by action and kind, and at the end the blocked rows: `create 1 organization, 7 LLM
  /// providers; update 503 harnesses (4 overwrite local edits); leave 1 harness blocked`.
  var wordsByKind: String {
    let writes = SeedAction.orderOfAttention.filter { $0.isDifference && $0 != .blocked }
    return (writes + [.blocked]).filter { self[$0] > 0 }.map { action in
      let kinds = RecordKind.allCases.filter { self[$0, action] > 0 }
        .map { Messages.count(self[$0, action], $0.noun, plural: $0.pluralNoun) }
      let list = kinds.joined(separator: ", ")
      return action == .blocked
        ? "leave \(list) blocked"
        : "\(action.rawValue) \(list)" + (action == .update ? overwritesInWords : "")
    }.joined(separator: "; ")
  }
}
