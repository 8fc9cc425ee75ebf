package import Everruns

/// Why a store could not do what a server or worker asked of it.
package enum RunStoreError: Error, Equatable {
  /// The store itself failed; one that is busy may be asked again.
  case store(StoreError)
  /// There is nothing of that name or id.
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
  /// What a worker reports does not fit the turn; a fault of the worker.
  case unexpected(StepOutcome)
}
