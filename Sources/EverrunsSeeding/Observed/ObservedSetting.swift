/// The observation of one setting in one organization.
package struct ObservedSetting: Hashable, Sendable {
  /// The current target of the setting.
  package enum Current: Hashable, Sendable {
    /// Unset.
    case unset
    /// A row that does not exist in the organization.
    case dangling(id: String)
    /// The desired row.
    case wanted
    /// Another row.
    case other(name: String)
  }

  /// The current target of the setting.
  package var current: Current
  /// Whether it names the harness that had the role when seeding was last applied.
  package var namesFormerRoleHarness: Bool
  /// Whether the desired row can be used in the organization.
  package var canNameWanted: Bool

  package init(
    _ current: Current, namesFormerRoleHarness: Bool = false, canNameWanted: Bool = true
  ) {
    self.current = current
    self.namesFormerRoleHarness = namesFormerRoleHarness
    self.canNameWanted = canNameWanted
  }

  /// Whether the setting has a value.
  package var isSet: Bool { current != .unset }
}

// MARK: - Facts

extension ObservedSetting {
  /// The cases of ``Current``, as numbers.
  package enum Kind: Int, CaseIterable, Sendable {
    case unset
    case dangling
    case wanted
    case other
  }

  /// The facts of an observation, each a small number.
  ///
  /// The name of the target is stored next to them.
  package enum Fact: PackedFact, Sendable {
    case current
    case namesFormerRoleHarness
    case canNameWanted

    /// The number of values of the fact.
    package var valueCount: Int { self == .current ? Kind.allCases.count : 2 }
  }

  /// Unpacks facts.
  ///
  /// - Parameters:
  ///   - facts: The packed facts.
  ///   - value: The id of a dangling setting, or the name of the target.
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
