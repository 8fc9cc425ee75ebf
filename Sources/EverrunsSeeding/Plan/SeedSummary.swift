package import EverrunsDocuments

/// The number of rows of a plan, by kind, action and reason; a folded row counts once per
/// organization.
package struct SeedSummary: Sendable, Equatable {
  // Arrays: creating the type of a dictionary with our own keys takes the runtime as long as
  // reading a hundred rows.
  private var counts = [Int](
    repeating: 0, count: RecordKind.allCases.count * SeedAction.allCases.count)
  private var codes = [Int](repeating: 0, count: SeedReason.Code.allCases.count)

  /// Creates a summary of no rows.
  package init() {}

  /// The number of rows with an action.
  package subscript(action: SeedAction) -> Int {
    RecordKind.allCases.reduce(0) { $0 + self[$1, action] }
  }

  /// The number of rows of a kind with an action.
  package subscript(kind: RecordKind, action: SeedAction) -> Int {
    counts[Self.index(kind, action)]
  }

  /// The number of rows with a reason.
  package subscript(code: SeedReason.Code) -> Int { codes[code.ordinal] }

  private static func index(_ kind: RecordKind, _ action: SeedAction) -> Int {
    kind.ordinal * SeedAction.allCases.count + action.ordinal
  }

  /// The number of updates that overwrite local edits.
  package var overwrites: Int { self[.overwritesLocalEdit] }

  /// Adds a row.
  package mutating func count(_ row: SeedPlanRow) {
    count(row.address.kind, row.reason, row.organizations ?? 1)
  }

  /// Adds a number of rows with the same reason.
  mutating func count(_ kind: RecordKind, _ reason: SeedReason, _ number: Int) {
    counts[Self.index(kind, reason.action)] += number
    codes[reason.code.ordinal] += number
  }

  /// The total number of rows.
  package var total: Int { codes.reduce(0, +) }

  /// Whether any row has an action that satisfies a condition.
  package func contains(where isWanted: (SeedAction) -> Bool) -> Bool {
    SeedAction.allCases.contains { self[$0] > 0 && isWanted($0) }
  }

  /// The counts above zero, in order of attention needed:
  /// `1 blocked, 3 update (1 overwrites a local edit), 2 skip`.
  package var words: String { words { _ in true } }

  /// The counts of some actions, as ``words`` has them.
  package func words(of isWanted: (SeedAction) -> Bool) -> String {
    SeedAction.orderOfAttention.filter { self[$0] > 0 && isWanted($0) }
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
        RecordKind.allCases.compactMap { kind in
          let counts = SeedAction.allCases.map { (key: $0.rawValue, number: self[kind, $0]) }
          guard counts.contains(where: { $0.number > 0 }) else { return nil }
          return JSONObject.Member(key: kind.rawValue, value: Self.document(counts))
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

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The position among all cases.
  fileprivate var ordinal: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
