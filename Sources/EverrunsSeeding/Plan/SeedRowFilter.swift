/// Which rows of a plan are shown: those that have one of the kinds, one of the actions and one of
/// the reason codes; an empty list holds all.
package struct SeedRowFilter: Sendable, Equatable {
  /// The kinds.
  package var kinds: [RecordKind]
  /// The actions.
  package var actions: [SeedAction]
  /// The codes of the reasons.
  package var codes: [SeedReason.Code]

  /// A filter; what is left out holds all rows.
  package init(
    kinds: [RecordKind] = [], actions: [SeedAction] = [], codes: [SeedReason.Code] = []
  ) {
    self.kinds = kinds
    self.actions = actions
    self.codes = codes
  }

  /// Whether nothing is filtered out.
  package var includesAll: Bool { self == SeedRowFilter() }

  /// Whether a row is shown.
  package func includes(_ row: SeedPlanRow) -> Bool {
    includes(row.address.kind) && includes(row.reason)
  }

  /// Whether rows of a kind may be shown.
  package func includes(_ kind: RecordKind) -> Bool { kinds.isEmpty || kinds.contains(kind) }

  /// Whether rows with a reason may be shown.
  package func includes(_ reason: SeedReason) -> Bool {
    (actions.isEmpty || actions.contains(reason.action))
      && (codes.isEmpty || codes.contains(reason.code))
  }
}

/// How a plan lists rows that are equal in two or more organizations other than the default one.
package enum SeedListing: Sendable, Hashable {
  /// As one row, which names the first three of the organizations.
  case folded
  /// As one row, which names all of the organizations.
  case foldedNamingAll
  /// One by one.
  case expanded

  /// How many organizations a folded row names; `nil` for all.
  package var exampleLimit: Int? { self == .folded ? 3 : nil }
}
