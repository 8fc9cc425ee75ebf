import CommandLineTree
import EverrunsSeeding

/// The options of a run that decide no row: how rows are compared, which are shown and how, and what
/// stops the run.
struct SeedRunOptions: Equatable {
  /// Compare every row even if nothing changed since the last run.
  var isFull = false
  /// How rows that are equal in several organizations are shown.
  var listing = SeedListing.folded
  /// Which rows are shown.
  var filter = SeedRowFilter()
  /// What must not be in the plan.
  var denied: [DeniedOutcome] = []
  /// Whether blocked rows stop the run.
  var isStrict = false

  /// Whether the rows that are shown are those of the plan itself.
  var showsPlanAsItIs: Bool { listing == .folded && filter.includesAll }
}

extension Session {
  /// What the command line says about how to run.
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
    return format == .text && arguments[GlobalOptions.verbose] ? .foldedNamingAll : .folded
  }
}
