/// The observation of one harness template in one organization.
///
/// Organizations with equal observations are one case and are decided together.
package struct ObservedHarness: Hashable, Sendable {
  /// The row with the template's name, or else a built-in harness with a previous one.
  package enum Row: Int, CaseIterable, Sendable {
    /// No such row.
    case missing
    /// An organization-owned harness.
    case own
    /// A built-in harness.
    case builtIn
  }

  /// The row with the name of the template's parent.
  package enum ParentRow: Int, CaseIterable, Sendable {
    /// The template has no parent.
    case none
    /// No such row yet.
    case missing
    /// An organization-owned harness.
    case own
    /// An organization-owned harness that an option of this run turns into the built-in one.
    case ownToAdopt
    /// A built-in harness.
    case builtIn
  }

  /// The target of the row's parent reference.
  package enum ParentLink: Int, CaseIterable, Sendable {
    /// The row with the parent's name; null for a template without a parent.
    case asTemplate
    /// Null, although the template has a parent.
    case none
    /// Another target.
    case other
  }

  /// The option of this run for an organization-owned harness.
  package enum Request: Int, CaseIterable, Sendable {
    /// No option.
    case none
    /// `--accept-own`: it stays.
    case acceptOwn
    /// `--adopt`: it becomes the built-in harness.
    case adopt
  }

  /// The content that seeding last applied to the row.
  package enum LastApplied: Int, CaseIterable, Sendable {
    /// Other content, or unknown.
    case other
    /// The template's current content.
    case template
    /// The template's current content, without its parent.
    case templateWithoutParent
  }

  /// Whether a new row can have the template's seed id.
  package enum SeedID: Int, CaseIterable, Sendable {
    /// Not applicable: the row exists, the template has no seed id, or this is not the default
    /// organization.
    case none
    /// The seed id is free.
    case free
    /// Another row has the seed id.
    case taken
  }

  /// The row with the template's name, or else a built-in harness with a previous one.
  package var row = Row.missing
  /// Which previous name the row has; `nil` for a row that has the template's name.
  package var previousName: Int?
  /// Whether the row is archived.
  package var isArchived = false
  /// The fields that differ from the template, except the parent (see ``parentLink``).
  package var differing: [HarnessField] = []
  /// The row with the name of the template's parent.
  package var parentRow = ParentRow.none
  /// The target of the row's parent reference.
  package var parentLink = ParentLink.asTemplate
  /// The option of this run.
  package var request = Request.none
  /// Whether the organization-owned harness was accepted in an earlier run.
  package var isAccepted = false
  /// The fields in which the row differs from what seeding last applied to it; all fields if that is
  /// unknown.
  ///
  /// Only observed for rows that differ from the template.
  package var edited: [HarnessField] = []
  /// The content that seeding last applied to the row.
  package var lastApplied = LastApplied.other
  /// Whether a new row can have the template's seed id.
  package var seedID = SeedID.none
  /// For a row that is missing: the name of a built-in harness that is in no definition and has the
  /// template's seed id or its content.
  package var lookalike: String?

  package init() {}

  /// A built-in harness that matches the template exactly.
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
  /// A store computes them in SQL and packs them into one integer, in which each fact has its own
  /// place.
  package enum Fact: PackedFact, Sendable {
    case row
    case isArchived
    case differing
    case parentRow
    case parentLink
    case request
    case isAccepted
    case edited
    case lastApplied
    case seedID
    case hasLookalike
    case previousName

    /// The number of values of the fact.
    package var valueCount: Int {
      switch self {
      case .row: Row.allCases.count
      case .differing, .edited: 1 << HarnessField.allCases.count
      case .parentRow: ParentRow.allCases.count
      case .parentLink: ParentLink.allCases.count
      case .request: Request.allCases.count
      case .isArchived, .isAccepted, .hasLookalike: 2
      case .lastApplied: LastApplied.allCases.count
      case .seedID: SeedID.allCases.count
      // More names than a document has room for, and few enough for all facts to fit an integer.
      case .previousName: 1 << 32
      }
    }
  }

  /// Unpacks facts; an invalid number is read as the fact's first value.
  ///
  /// - Parameters:
  ///   - facts: The packed facts.
  ///   - text: The name of the lookalike, if the facts have one.
  package init(facts: Int, value text: String = "") {
    func value(_ fact: Fact) -> Int { fact.value(in: facts) }
    row = Row(rawValue: value(.row)) ?? .missing
    isArchived = value(.isArchived) == 1
    differing = HarnessField.fields(value(.differing))
    parentRow = ParentRow(rawValue: value(.parentRow)) ?? .none
    parentLink = ParentLink(rawValue: value(.parentLink)) ?? .asTemplate
    request = Request(rawValue: value(.request)) ?? .none
    isAccepted = value(.isAccepted) == 1
    edited = HarnessField.fields(value(.edited))
    lastApplied = LastApplied(rawValue: value(.lastApplied)) ?? .other
    seedID = SeedID(rawValue: value(.seedID)) ?? .none
    lookalike = value(.hasLookalike) == 1 ? text : nil
    let number = value(.previousName)
    previousName = number == 0 ? nil : number - 1
  }

  /// The packed facts; the name of the lookalike is kept beside them.
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
        case .edited: HarnessField.bits(of: edited)
        case .lastApplied: lastApplied.rawValue
        case .seedID: seedID.rawValue
        case .hasLookalike: lookalike == nil ? 0 : 1
        case .previousName: previousName.map { $0 + 1 } ?? 0
        }
      return sum + value * fact.weight
    }
  }
}
