/// What one harness template meets in one organization.
///
/// Organizations that meet the same are one case, and are decided together.
package struct ObservedHarness: Hashable, Sendable {
  /// The row that has the template's name.
  package enum Row: Int, CaseIterable, Sendable {
    /// There is none.
    case missing
    /// The organization's own harness.
    case own
    /// A built-in harness.
    case builtIn
  }

  /// The row that has the name of the template's parent.
  package enum ParentRow: Int, CaseIterable, Sendable {
    /// The template has no parent.
    case none
    /// There is no such row yet.
    case missing
    /// The organization's own harness.
    case own
    /// The organization's own harness, which an option of this run turns into the built-in one.
    case ownToAdopt
    /// A built-in harness.
    case builtIn
  }

  /// What the row's parent column refers to.
  package enum ParentLink: Int, CaseIterable, Sendable {
    /// The row of the parent's name; nothing, for a template without a parent.
    case asTemplate
    /// Nothing, although the template has a parent.
    case none
    /// Something else.
    case other
  }

  /// What an option of this run asks for an organization's own harness.
  package enum Request: Int, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// `--accept-own`: it stays.
    case acceptOwn
    /// `--adopt`: it becomes the built-in harness.
    case adopt
  }

  /// Which content seeding last applied to the row.
  package enum LastApplied: Int, CaseIterable, Sendable {
    /// Another one, or none that is known.
    case other
    /// What the template asks for now.
    case template
    /// What the template asks for now, without its parent.
    case templateWithoutParent
  }

  /// Whether the template's seed id can be used for a new row.
  package enum SeedID: Int, CaseIterable, Sendable {
    /// It is not asked for: the row exists, the template has no seed id, or this is not the default
    /// organization.
    case none
    /// No row has it.
    case free
    /// Another row has it.
    case taken
  }

  /// The row that has the template's name.
  package var row = Row.missing
  /// Whether the row is archived.
  package var isArchived = false
  /// The fields that differ from the template; the parent is told by ``parentLink``.
  package var differing: [HarnessField] = []
  /// The row that has the name of the template's parent.
  package var parentRow = ParentRow.none
  /// What the row's parent column refers to.
  package var parentLink = ParentLink.asTemplate
  /// What an option of this run asks for.
  package var request = Request.none
  /// Whether an earlier run was told that the organization's own harness stays.
  package var isAccepted = false
  /// Whether the row differs from what seeding last applied to it.
  ///
  /// Known only for rows that differ from the template.
  package var isEdited = false
  /// Which content seeding last applied to the row.
  package var lastApplied = LastApplied.other
  /// Whether the template's seed id can be used.
  package var seedID = SeedID.none

  package init() {}

  /// A built-in harness that is exactly what the template asks for.
  package static func exact(hasParent: Bool) -> ObservedHarness {
    var observed = ObservedHarness()
    observed.row = .builtIn
    observed.parentRow = hasParent ? .builtIn : .none
    observed.lastApplied = .template
    return observed
  }
}

// MARK: - Facts

extension ObservedHarness {
  /// The facts of an observation, each a small number.
  ///
  /// A store computes them by SQL and packs them into one integer, in which each fact has a place
  /// of its own.
  package enum Fact: PackedFact, Sendable {
    case row
    case isArchived
    case differing
    case parentRow
    case parentLink
    case request
    case isAccepted
    case isEdited
    case lastApplied
    case seedID

    /// How many values the fact has.
    package var valueCount: Int {
      switch self {
      case .row: Row.allCases.count
      case .differing: 1 << HarnessField.allCases.count
      case .parentRow: ParentRow.allCases.count
      case .parentLink: ParentLink.allCases.count
      case .request: Request.allCases.count
      case .isArchived, .isAccepted, .isEdited: 2
      case .lastApplied: LastApplied.allCases.count
      case .seedID: SeedID.allCases.count
      }
    }
  }

  /// The observation of packed facts; a number that no fact has is read as the fact's first value.
  package init(facts: Int) {
    func value(_ fact: Fact) -> Int { fact.value(in: facts) }
    row = Row(rawValue: value(.row)) ?? .missing
    isArchived = value(.isArchived) == 1
    differing = HarnessField.fields(value(.differing))
    parentRow = ParentRow(rawValue: value(.parentRow)) ?? .none
    parentLink = ParentLink(rawValue: value(.parentLink)) ?? .asTemplate
    request = Request(rawValue: value(.request)) ?? .none
    isAccepted = value(.isAccepted) == 1
    isEdited = value(.isEdited) == 1
    lastApplied = LastApplied(rawValue: value(.lastApplied)) ?? .other
    seedID = SeedID(rawValue: value(.seedID)) ?? .none
  }

  /// The packed facts.
  package var facts: Int {
    Fact.allCases.reduce(0) { sum, fact in
      let value =
        switch fact {
        case .row: row.rawValue
        case .isArchived: isArchived ? 1 : 0
        case .differing: HarnessField.bits(of: differing)
        case .parentRow: parentRow.rawValue
        case .parentLink: parentLink.rawValue
        case .request: request.rawValue
        case .isAccepted: isAccepted ? 1 : 0
        case .isEdited: isEdited ? 1 : 0
        case .lastApplied: lastApplied.rawValue
        case .seedID: seedID.rawValue
        }
      return sum + value * fact.weight
    }
  }
}
