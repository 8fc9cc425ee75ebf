import CommandLineTree
import EverrunsSeeding

/// The options of a run that do not affect decisions: how to compare rows, which ones to show and
/// how, and what stops the run.
struct SeedRunOptions: Equatable {
  /// Compare every row even if nothing changed since the last run.
  var isFull = false
  /// How to list equal rows of several organizations.
  var listing = SeedListing.folded
  /// The rows to show.
  var filter = SeedRowFilter()
  /// The outcomes that the plan must not have.
  var denied: [DeniedOutcome] = []
  /// Whether blocked rows stop the run.
  var isStrict = false

  /// Whether the shown rows are those of the plan itself.
  var showsPlanAsItIs: Bool { listing == .folded && filter.includesAll }
}

extension Session {
  /// The options of the command line.
  var seedRunOptions: SeedRunOptions {
    SeedRunOptions(
      isFull: arguments[SeedingOptions.full], listing: seedListing,
      filter: SeedRowFilter(
        kinds: arguments[SeedingOptions.kinds], actions: arguments[SeedingOptions.actions],
        codes: arguments[SeedingOptions.codes]),
      denied: arguments[SeedingOptions.deny], isStrict: arguments[SeedingOptions.strict])
  }

  private var seedListing: SeedListing {
    if arguments[SeedingOptions.expand] || format == .name { return .expanded }
    return isVerboseText ? .foldedNamingAll : .folded
  }
}
