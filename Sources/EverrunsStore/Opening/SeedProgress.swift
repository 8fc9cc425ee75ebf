/// How far a run has come.
package struct SeedProgress: Sendable, Hashable {
  /// What is being done.
  package enum Activity: String, Sendable {
    /// Rows are compared with what they should be.
    case comparing
    /// Rows are written.
    case writing
    /// The database makes durable what was written.
    case committing
  }

  /// What is being done.
  package let activity: Activity
  /// How many organizations it is done for.
  package let done: Int
  /// How many organizations there are to do it for.
  package let total: Int

  /// A state of a run.
  package init(activity: Activity, done: Int, total: Int) {
    self.activity = activity
    self.done = done
    self.total = total
  }
}

/// Where a run says how far it has come, and learns that it should stop.
///
/// - Throws: ``StoreError/interrupted`` from the function, to stop the run: nothing of it is then
///   in the store.
package typealias ProgressReport = (SeedProgress) throws(StoreError) -> Void
