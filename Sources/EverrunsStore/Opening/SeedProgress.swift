/// The progress of a run.
package struct SeedProgress: Sendable, Hashable {
  /// The phases of a run.
  package enum Activity: String, Sendable {
    /// Comparing rows with the desired state.
    case comparing
    /// Writing rows.
    case writing
    /// Committing to disk.
    case committing
  }

  /// The current phase.
  package let activity: Activity
  /// How many organizations are done.
  package let done: Int
  /// How many organizations there are in total.
  package let total: Int

  /// A progress value.
  package init(activity: Activity, done: Int, total: Int) {
    self.activity = activity
    self.done = done
    self.total = total
  }
}

/// Called with the progress of a run; throw to cancel the run.
///
/// - Throws: ``StoreError/interrupted`` to cancel the run; the store is then unchanged.
package typealias ProgressReport = (SeedProgress) throws(StoreError) -> Void
