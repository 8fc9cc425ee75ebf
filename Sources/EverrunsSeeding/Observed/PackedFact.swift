/// A fact of an observation that is packed into one integer with the others.
///
/// Facts are digits of a mixed-radix number: the base of each is the number of its values.
package protocol PackedFact: CaseIterable, Equatable {
  /// The number of values of the fact.
  var valueCount: Int { get }
}

extension PackedFact {
  /// How many values packed facts can have.
  package static var combinations: Int { allCases.reduce(1) { $0 * $1.valueCount } }

  /// The factor of the fact's value in the sum.
  package var weight: Int {
    Self.allCases.prefix { $0 != self }.reduce(1) { $0 * $1.valueCount }
  }

  /// The fact's value in packed facts.
  package func value(in facts: Int) -> Int { facts / weight % valueCount }
}
