package import EverrunsDocuments

/// The number of rows of a plan, by kind, action and reason; a folded row counts once per
/// organization.
package struct SeedSummary: Sendable, Equatable {
  /// The counts of each kind, in the order of `SeedAction.allCases`.
  private var counts: [RecordKind: [SeedAction: Int]] = [:]
  private var codes: [SeedReason.Code: Int] = [:]

  /// Creates a summary of no rows.
  package init() {}

  /// The number of rows with an action.
  package subscript(action: SeedAction) -> Int {
    counts.values.reduce(0) { $0 + ($1[action] ?? 0) }
  }

  /// The number of rows of a kind with an action.
  package subscript(kind: RecordKind, action: SeedAction) -> Int { counts[kind]?[action] ?? 0 }

  /// The number of rows with a reason.
  package subscript(code: SeedReason.Code) -> Int { codes[code] ?? 0 }

  /// The number of updates that overwrite local edits.
  package var overwrites: Int { self[.overwritesLocalEdit] }

  /// Adds a row.
  package mutating func count(_ row: SeedPlanRow) {
    let number = row.organizations ?? 1
    counts[row.address.kind, default: [:]][row.action, default: 0] += number
    codes[row.reason.code, default: 0] += number
  }

  /// The total number of rows.
  package var total: Int { codes.values.reduce(0, +) }

  /// Whether any row has an action that satisfies a condition.
  package func contains(where isWanted: (SeedAction) -> Bool) -> Bool {
    SeedAction.allCases.contains { self[$0] > 0 && isWanted($0) }
  }

  /// The counts above zero, in order of attention needed:
  /// `1 blocked, 3 update (1 overwrites a local edit), 2 skip`.
  package var words: String {
    SeedAction.orderOfAttention.filter { self[$0] > 0 }
      .map { "\(self[$0]) \($0.rawValue)" + ($0 == .update ? overwritesInWords : "") }
      .joined(separator: ", ")
  }

  /// The number of updates that overwrite local edits, in parentheses; empty if there are none.
  package var overwritesInWords: String {
    switch overwrites {
    case 0: ""
    case 1: " (1 overwrites a local edit)"
    default: " (\(overwrites) overwrite local edits)"
    }
  }

  /// The count of each action, including zeros.
  package var document: JSONValue {
    .object(
      JSONObject(
        SeedAction.allCases.map { .init(key: $0.rawValue, value: .integer(self[$0])) }))
  }

  /// The count of each action of each kind, without zeros.
  package var documentByKind: JSONValue {
    .object(
      JSONObject(
        RecordKind.allCases.filter { counts[$0] != nil }.map { kind in
          JSONObject.Member(
            key: kind.rawValue,
            value: Self.document(SeedAction.allCases.map { ($0.rawValue, self[kind, $0]) }))
        }))
  }

  /// The count of each reason code, without zeros.
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
  /// The actions, in order of attention needed.
  package static let orderOfAttention: [SeedAction] = [
    .blocked, .delete, .release, .update, .create, .skip, .keep, .unchanged,
  ]
}
