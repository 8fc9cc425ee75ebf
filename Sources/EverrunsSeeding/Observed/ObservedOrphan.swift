/// A built-in harness whose template left the definition.
package struct ObservedOrphan: Hashable, Sendable {
  /// Whether seeding created the row or applied a template to it.
  package var isSeeded: Bool
  /// The setting that names the harness, or the harness whose parent it is, where that stays so.
  package var user: String?

  package init(isSeeded: Bool, user: String? = nil) {
    self.isSeeded = isSeeded
    self.user = user
  }
}

// MARK: - Facts

extension ObservedOrphan {
  /// The facts of an observation as one integer.
  ///
  /// The user's name is kept beside it.
  package var facts: Int { Self.facts(isSeeded: isSeeded, isUsed: user != nil) }

  /// The facts of an observation as one integer.
  package static func facts(isSeeded: Bool, isUsed: Bool) -> Int {
    (isSeeded ? 1 : 0) + (isUsed ? 2 : 0)
  }

  /// The observation of packed facts.
  package init(facts: Int, user: String) {
    self.init(isSeeded: facts % 2 == 1, user: facts / 2 == 1 ? user : nil)
  }
}
