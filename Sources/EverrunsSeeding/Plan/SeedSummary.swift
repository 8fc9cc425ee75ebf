public import EverrunsDocuments

/// How many rows have each action; a folded row counts once for each of its organizations.
public struct SeedSummary: Sendable, Equatable {
  /// The counts, in the order of all actions.
  private var counts = [Int](repeating: 0, count: SeedAction.allCases.count)

  /// A summary of no rows.
  public init() {}

  /// How many rows have an action.
  public subscript(action: SeedAction) -> Int {
    get { counts[action.number] }
    set { counts[action.number] = newValue }
  }

  /// Counts a row.
  public mutating func count(_ row: SeedPlanRow) {
    self[row.action] += row.organizations ?? 1
  }

  /// How many rows there are.
  public var total: Int { counts.reduce(0, +) }

  /// Whether there is a row with an action of some kind.
  public func contains(where isWanted: (SeedAction) -> Bool) -> Bool {
    SeedAction.allCases.contains { self[$0] > 0 && isWanted($0) }
  }

  /// What there is, that which needs attention first: `1 blocked, 3 create, 2 skip`.
  public var words: String {
    var words = ""
    for action in SeedAction.orderOfAttention where self[action] > 0 {
      words += "\(words.isEmpty ? "" : ", ")\(self[action]) \(action.rawValue)"
    }
    return words
  }

  /// The number of each action, also of those that no row has.
  public var document: JSONValue {
    .object(
      JSONObject(
        SeedAction.allCases.map { .init(key: $0.rawValue, value: .integer(self[$0])) }))
  }
}

extension SeedAction {
  /// The actions in the order in which they need attention.
  fileprivate static let orderOfAttention: [SeedAction] = [
    .blocked, .delete, .release, .update, .create, .skip, .keep, .unchanged,
  ]

  /// The place among all actions.
  fileprivate var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
