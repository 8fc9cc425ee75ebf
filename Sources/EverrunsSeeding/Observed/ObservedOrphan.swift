/// A built-in harness whose template left the definition.
package struct ObservedOrphan: Hashable, Sendable {
  /// Whether seeding created the row or applied a template to it.
  package var isSeeded: Bool
  /// The setting or the child harness that uses the harness, if it stays in use.
  package var user: String?

  package init(isSeeded: Bool, user: String? = nil) {
    self.isSeeded = isSeeded
    self.user = user
  }
}

// MARK: - Facts

extension ObservedOrphan {
  /// The packed facts of an observation.
  ///
  /// The name of the user of the harness is stored next to it.
  package var facts: Int { Self.facts(isSeeded: isSeeded, isUsed: user != nil) }

  /// The packed facts of an observation.
  package static func facts(isSeeded: Bool, isUsed: Bool) -> Int {
    (isSeeded ? 1 : 0) + (isUsed ? 2 : 0)
  }

  /// Unpacks facts.
  package init(facts: Int, user: String) {
    self.init(isSeeded: facts % 2 == 1, user: facts / 2 == 1 ? user : nil)
  }
}
