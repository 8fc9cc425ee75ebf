/// A field of a built-in harness that seeding manages, by its key in a plan.
package enum HarnessField: String, CaseIterable, Sendable {
  case displayName = "display_name"
  case description
  case systemPrompt = "system_prompt"
  case parent
  case tags
  case status
  case isBuiltIn = "is_built_in"
  case capabilities

  /// The bit that represents the field in a set.
  package var bit: Int { 1 << (Self.allCases.firstIndex(of: self) ?? 0) }

  /// The set of fields as an integer, for storing in a database.
  package static func bits(of fields: [HarnessField]) -> Int {
    fields.reduce(0) { $0 | $1.bit }
  }

  /// The fields in a set, in order.
  package static func fields(_ bits: Int) -> [HarnessField] {
    allCases.filter { bits & $0.bit != 0 }
  }
}
