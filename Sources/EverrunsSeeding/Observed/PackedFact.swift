/// A fact of an observation that is packed into one integer with the others.
///
/// The facts are digits of one number, each with a base of its own: as many as it has values.
package protocol PackedFact: CaseIterable, Equatable {
  /// How many values the fact has.
  var valueCount: Int { get }
}

extension PackedFact {
  /// What the fact's value is multiplied by before all are added.
  package var weight: Int {
    Self.allCases.prefix { $0 != self }.reduce(1) { $0 * $1.valueCount }
  }

  /// The fact's value in packed facts.
  package func value(in facts: Int) -> Int { facts / weight % valueCount }
}
