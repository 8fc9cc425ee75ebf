/// A built-in harness that belongs to no template.
package struct ObservedOrphan: Hashable, Sendable {
  /// Whether seeding created the row or applied a template to it.
  package var isSeeded: Bool
  /// The setting or the child harness that uses the harness, if it stays in use.
  package var user: String?
  /// Whether the row has a previous name of a template whose name the organization's own harness
  /// has.
  package var awaitsName: Bool

  package init(isSeeded: Bool, user: String? = nil, awaitsName: Bool = false) {
    self.isSeeded = isSeeded
    self.user = user
    self.awaitsName = awaitsName
  }
}

// MARK: - Facts

extension ObservedOrphan {
  /// The facts of an observation, each a small number.
  ///
  /// The name of the user of the harness is stored next to them.
  package enum Fact: PackedFact, Sendable {
    case isSeeded
    case isUsed
    case awaitsName

    /// How many values the fact has.
    package var valueCount: Int { 2 }
  }

  /// The packed facts of an observation.
  package var facts: Int {
    Fact.allCases.reduce(0) { sum, fact in
      let isTrue =
        switch fact {
        case .isSeeded: isSeeded
        case .isUsed: user != nil
        case .awaitsName: awaitsName
        }
      return sum + (isTrue ? fact.weight : 0)
    }
  }

  /// Unpacks facts.
  package init(facts: Int, user: String) {
    func isTrue(_ fact: Fact) -> Bool { fact.value(in: facts) == 1 }
    self.init(
      isSeeded: isTrue(.isSeeded), user: isTrue(.isUsed) ? user : nil,
      awaitsName: isTrue(.awaitsName))
  }
}
