package import EverrunsDocuments

/// How many rows a plan has, by kind, action and reason; a folded row counts once for each of its
/// organizations.
package struct SeedSummary: Sendable, Equatable {
  /// The counts of each kind, in the order of all actions.
  private var counts: [RecordKind: [SeedAction: Int]] = [:]
  private var codes: [SeedReason.Code: Int] = [:]

  /// A summary of no rows.
  package init() {}

  /// How many rows have an action.
  package subscript(action: SeedAction) -> Int {
    counts.values.reduce(0) { $0 + ($1[action] ?? 0) }
  }

  /// How many rows of a kind have an action.
  package subscript(kind: RecordKind, action: SeedAction) -> Int { counts[kind]?[action] ?? 0 }

  /// How many rows have a reason.
  package subscript(code: SeedReason.Code) -> Int { codes[code] ?? 0 }

  /// How many updates overwrite what somebody edited.
  package var overwrites: Int { self[.overwritesLocalEdit] }

  /// Counts a row.
  package mutating func count(_ row: SeedPlanRow) {
    let number = row.organizations ?? 1
    counts[row.address.kind, default: [:]][row.action, default: 0] += number
    codes[row.reason.code, default: 0] += number
  }

  /// How many rows there are.
  package var total: Int { codes.values.reduce(0, +) }

  /// Whether there is a row with an action of some kind.
  package func contains(where isWanted: (SeedAction) -> Bool) -> Bool {
    SeedAction.allCases.contains { self[$0] > 0 && isWanted($0) }
  }

  /// The counts above zero, those that need attention first:
  /// `1 blocked, 3 update (1 overwrites a local edit), 2 skip`.
  package var words: String {
    SeedAction.orderOfAttention.filter { self[$0] > 0 }
      .map { "\(self[$0]) \($0.rawValue)" + ($0 == .update ? overwritesInWords : "") }
      .joined(separator: ", ")
  }

  /// How many of the updates overwrite local edits, in parentheses; empty if none does.
  package var overwritesInWords: String {
    switch overwrites {
    case 0: ""
    case 1: " (1 overwrites a local edit)"
    default: " (\(overwrites) overwrite local edits)"
    }
  }

  /// The number of each action, also of those that no row has.
  package var document: JSONValue {
    .object(
      JSONObject(
        SeedAction.allCases.map { .init(key: $0.rawValue, value: .integer(self[$0])) }))
  }

  /// The number of each action of each kind, those that no row has left out.
  package var documentByKind: JSONValue {
    .object(
      JSONObject(
        RecordKind.allCases.filter { counts[$0] != nil }.map { kind in
          JSONObject.Member(
            key: kind.rawValue,
            value: Self.document(SeedAction.allCases.map { ($0.rawValue, self[kind, $0]) }))
        }))
  }

  /// The number of each reason code, those that no row has left out.
  package var documentByReason: JSONValue {
    Self.document(SeedReason.Code.allCases.map { ($0.rawValue, self[$0]) })
  }

  private static func document(_ counts: [(key: String, number: Int)]) -> JSONValue {
    .object(
      JSONObject(
        counts.filter { $0.number > 0 }.map { .init(key: $0.key, value: .integer($0.number)) }))
  }
}

extension SeedAction {
  /// The actions in the order in which they need attention.
  package static let orderOfAttention: [SeedAction] = [
    .blocked, .delete, .release, .update, .create, .skip, .keep, .unchanged,
  ]
}
