/// How a decision was reached: every rule asked, in order, with the value it saw and where that
/// value came from.
///
/// The decision functions record it while they decide, so `seed why` cannot tell another story than
/// the plan.
package struct DecisionTrace: Sendable, Hashable {
  /// Where a value came from.
  package enum Source: Sendable, Hashable {
    /// The seed catalog.
    case catalog
    /// The platform definition.
    case platform
    /// The deployment grade.
    case grade
    /// The rows of the store.
    case store
    /// What seeding last applied to the row.
    case lastApplied
    /// An option of this run.
    case option(SeedingOption)
    /// What an earlier run was told to remember.
    case earlierAcceptance
    /// No option: what is done where none says otherwise.
    case noOption
  }

  /// The options of a run that decide rows, by the names that users type.
  package enum SeedingOption: String, Sendable {
    case adopt
    case acceptOwn = "accept-own"
    case overwrite
    case prune
  }

  /// One rule that was asked.
  package struct Step: Sendable, Hashable {
    /// The rule.
    package let rule: String
    /// The value it saw.
    package let value: String
    /// Where the value came from.
    package let source: Source
  }

  /// The rules that were asked, in order.
  package private(set) var steps: [Step] = []

  package init() {}

  /// Records a rule and the value it saw.
  package mutating func ask(_ rule: String, _ value: String, from source: Source) {
    steps.append(Step(rule: rule, value: value, source: source))
  }

  /// Records whether a switch was given.
  package mutating func ask(_ rule: String, given option: SeedingOption, _ isGiven: Bool) {
    ask(rule, isGiven, from: isGiven ? .option(option) : .noOption)
  }

  /// Records a rule that is answered by yes or no.
  package mutating func ask(_ rule: String, _ isTrue: Bool, from source: Source) {
    ask(rule, isTrue ? "yes" : "no", from: source)
  }
}
