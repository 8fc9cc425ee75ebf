/// Selects the rows of a plan to show, by kind, action and reason code; an empty list matches all.
package struct SeedRowFilter: Sendable, Equatable {
  /// The kinds.
  package var kinds: [RecordKind]
  /// The actions.
  package var actions: [SeedAction]
  /// The reason codes.
  package var codes: [SeedReason.Code]

  /// Creates a filter; defaults match all rows.
  package init(
    kinds: [RecordKind] = [], actions: [SeedAction] = [], codes: [SeedReason.Code] = []
  ) {
    self.kinds = kinds
    self.actions = actions
    self.codes = codes
  }

  /// Whether the filter matches all rows.
  package var includesAll: Bool { self == SeedRowFilter() }

  /// Whether the filter matches a row.
  package func includes(_ row: SeedPlanRow) -> Bool {
    includes(row.address.kind) && includes(row.reason)
  }

  /// Whether rows of a kind may match.
  package func includes(_ kind: RecordKind) -> Bool { kinds.isEmpty || kinds.contains(kind) }

  /// Whether rows with a reason may match.
  package func includes(_ reason: SeedReason) -> Bool {
    (actions.isEmpty || actions.contains(reason.action))
      && (codes.isEmpty || codes.contains(reason.code))
  }
}

/// How a plan lists equal rows of two or more organizations other than the default one.
package enum SeedListing: Sendable, Hashable {
  /// As one row that names the first three organizations.
  case folded
  /// As one row that names all organizations.
  case foldedNamingAll
  /// As separate rows.
  case expanded

  /// How many organizations a folded row names; `nil` for all.
  package var exampleLimit: Int? { self == .folded ? 3 : nil }
}
