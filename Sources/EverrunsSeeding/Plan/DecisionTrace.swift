/// The trace of a decision: every rule that was checked, in order, with its value and the source of
/// that value.
///
/// The decision functions record it while they decide, so `seed why` always agrees with the plan.
package struct DecisionTrace: Sendable, Hashable {
  /// The source of a value.
  package enum Source: Sendable, Hashable {
    /// The seed catalog.
    case catalog
    /// The platform definition.
    case platform
    /// The deployment grade.
    case grade
    /// The rows of the store.
    case store
    /// The decision about another row.
    case plan
    /// What seeding last applied to the row.
    case lastApplied
    /// An option of this run.
    case option(SeedingOption)
    /// A decision of an earlier run that the store recorded.
    case earlierAcceptance
    /// The default, without an option.
    case noOption
  }

  /// The options that affect decisions, by the names that users type.
  package enum SeedingOption: String, Sendable {
    case adopt
    case acceptOwn = "accept-own"
    case overwrite
    case prune
  }

  /// One rule that was checked.
  package struct Step: Sendable, Hashable {
    /// The rule.
    package let rule: String
    /// The value.
    package let value: String
    /// The source of the value.
    package let source: Source
  }

  /// The rules that were checked, in order.
  package private(set) var steps: [Step] = []

  package init() {}

  /// Records a rule and its value.
  package mutating func ask(_ rule: String, _ value: String, from source: Source) {
    steps.append(Step(rule: rule, value: value, source: source))
  }

  /// Records whether a switch was given.
  package mutating func ask(_ rule: String, given option: SeedingOption, _ isGiven: Bool) {
    ask(rule, isGiven, from: isGiven ? .option(option) : .noOption)
  }

  /// Records which fields of a stored row differ from what they should be.
  package mutating func ask(differing fields: [String]) {
    ask(
      "fields that differ", fields.isEmpty ? "none" : fields.joined(separator: ", "), from: .store)
  }

  /// Records a rule whose value is yes or no.
  package mutating func ask(_ rule: String, _ isTrue: Bool, from source: Source) {
    ask(rule, isTrue ? "yes" : "no", from: source)
  }
}
