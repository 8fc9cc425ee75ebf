/// What one setting of an organization holds.
package struct ObservedSetting: Hashable, Sendable {
  /// What the setting names now.
  package enum Current: Hashable, Sendable {
    /// Nothing.
    case unset
    /// A row that does not exist in the organization.
    case dangling(id: String)
    /// The row that it should name.
    case wanted
    /// Another row.
    case other(name: String)
  }

  /// What the setting names now.
  package var current: Current
  /// Whether it names the harness that had the role when seeding was last applied.
  package var namesFormerRoleHarness: Bool
  /// Whether the row that it should name can be used in the organization.
  package var canNameWanted: Bool

  package init(
    _ current: Current, namesFormerRoleHarness: Bool = false, canNameWanted: Bool = true
  ) {
    self.current = current
    self.namesFormerRoleHarness = namesFormerRoleHarness
    self.canNameWanted = canNameWanted
  }

  /// Whether the setting holds anything.
  package var isSet: Bool { current != .unset }
}

// MARK: - Facts

extension ObservedSetting {
  /// The kinds of ``Current``, as a store tells them.
  package enum Kind: Int, CaseIterable, Sendable {
    case unset
    case dangling
    case wanted
    case other
  }

  /// The facts of an observation, each a small number.
  ///
  /// What a setting names is kept beside them.
  package enum Fact: PackedFact, Sendable {
    case current
    case namesFormerRoleHarness
    case canNameWanted

    /// How many values the fact has.
    package var valueCount: Int { self == .current ? Kind.allCases.count : 2 }
  }

  /// The observation of packed facts.
  ///
  /// - Parameter value: The id of a dangling setting, or the name of what a setting names.
  package init(facts: Int, value: String) {
    let current: Current =
      switch Kind(rawValue: Fact.current.value(in: facts)) {
      case .unset?, nil: .unset
      case .dangling?: .dangling(id: value)
      case .wanted?: .wanted
      case .other?: .other(name: value)
      }
    self.init(
      current, namesFormerRoleHarness: Fact.namesFormerRoleHarness.value(in: facts) == 1,
      canNameWanted: Fact.canNameWanted.value(in: facts) == 1)
  }
}
