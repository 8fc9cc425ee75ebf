package import Everruns

/// Errors of a ``RunStore``.
package enum RunStoreError: Error, Equatable {
  /// The store itself failed; a busy one can be retried.
  case store(StoreError)
  /// Nothing has that name or id.
  case notFound(noun: String, name: String)
  /// A field names something that the organization does not have.
  case unknownReference(field: String, noun: String, name: String)
  /// No harness can be used for a session; the reasons say why not, in order.
  case noHarness([HarnessResolution.Reason])
  /// The key was used before in the session, with another message.
  case idempotencyKeyReused(String)
  /// The turn has not failed, or others came after it.
  case notRetryable(TurnID)
  /// Another worker has the turn, or it has ended: the worker must drop it.
  case leaseLost
  /// The report does not match the turn; a bug in the worker.
  case unexpected(StepOutcome)
}
