package import Everruns

/// The store of sessions and turns, in domain terms.
///
/// Server and worker share it. Every call is one transaction, and suspends the caller instead of
/// blocking its thread. ``TurnMachine`` decides how a turn proceeds; a store carries that out.
///
/// Organizations are named by their public ids. Rows of other organizations are not found.
package protocol RunStore: Sendable {
  /// The location of the store.
  var location: StoreLocation { get }

  // MARK: Sessions

  /// Creates a session.
  ///
  /// - Parameters:
  ///   - draft: The contents of the session.
  ///   - templates: The harness templates of the platform; their roles choose a harness if neither
  ///     the draft nor the organization names one.
  /// - Returns: The new session.
  /// - Throws: ``RunStoreError/noHarness(_:)`` if no harness can be used,
  ///   ``RunStoreError/unknownReference(field:noun:name:)`` for a harness, agent or model that the
  ///   organization does not have.
  func createSession(
    _ draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord

  /// The chat session of a user, created if it does not exist.
  ///
  /// - Parameters:
  ///   - owner: The owner; each has one chat session in an organization.
  ///   - draft: The contents of a new session. If it names no harness, the role `chat` chooses it.
  ///   - templates: The harness templates of the platform.
  /// - Returns: The session.
  /// - Throws: The errors of ``createSession(_:templates:)``, if it does not exist.
  func chatSession(
    of owner: String, orElse draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord

  /// The sessions of an organization, last used first, without those whose rows cannot be read.
  func sessions(
    of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<SessionRecord>

  /// A session.
  func session(_ id: SessionID, of organization: String) async throws(RunStoreError)
    -> SessionRecord

  /// Changes the settings of a session.
  func update(
    _ id: SessionID, of organization: String, with patch: SessionPatch
  ) async throws(RunStoreError) -> SessionRecord

  /// Deletes a session with everything in it; a worker that runs one of its turns loses the turn.
  func delete(_ id: SessionID, of organization: String) async throws(RunStoreError)

  // MARK: Messages and events

  /// Writes a message and the turn that will answer it, both or neither.
  ///
  /// An idempotency key that was used before in the session yields the same message and turn again.
  ///
  /// - Throws: ``RunStoreError/idempotencyKeyReused(_:)`` if the key came with another message.
  func post(
    _ input: TurnInput, to session: SessionID, of organization: String
  ) async throws(RunStoreError) -> PostedTurn

  /// The messages of a session, oldest first.
  func messages(
    of session: SessionID, of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<Message>

  /// The events of a session after a position.
  func events(
    of session: SessionID, of organization: String, _ query: EventQuery
  ) async throws(RunStoreError) -> EventPage

  /// The position of an event in its session.
  ///
  /// - Throws: ``RunStoreError/notFound(noun:name:)`` if the session has no such event.
  func sequence(
    of event: EventID, in session: SessionID, of organization: String
  ) async throws(RunStoreError) -> Int

  /// The events of all sessions of all organizations after a position, oldest first.
  ///
  /// An event that is committed later has a larger position: a reader that continues after the last
  /// one misses nothing.
  func events(
    after position: Int, atMost limit: Int
  ) async throws(RunStoreError) -> [PositionedEvent]

  /// The position of the latest event; 0 if there is none.
  func lastEventPosition() async throws(RunStoreError) -> Int

  /// Requests the cancellation of all unfinished turns of a session.
  ///
  /// - Returns: Whether there was one.
  func cancel(_ session: SessionID, of organization: String) async throws(RunStoreError) -> Bool

  // MARK: Signals

  /// Yields a value at once, and whenever a session may have changed.
  ///
  /// A reader that reads the session after each value misses nothing. Pending values are merged
  /// into one. The stream ends when the session is deleted or the store is closed.
  func changes(in session: SessionID) -> AsyncStream<Void>

  /// Yields a value at once, and whenever the store may have changed or a turn may have become due.
  func workSignals() -> AsyncStream<Void>

  // MARK: Turns

  /// The turns of the store, latest first, without those whose rows cannot be read.
  func turns(_ query: TurnQuery) async throws(RunStoreError) -> Page<Turn>

  /// Queues a failed turn again.
  ///
  /// - Throws: ``RunStoreError/notRetryable(_:)`` unless the turn failed and is its session's
  ///   latest.
  func retry(_ id: TurnID) async throws(RunStoreError) -> Turn

  /// Counts of sessions, turns and workers.
  func statistics() async throws(RunStoreError) -> RunStatistics

  // MARK: Workers

  /// The workers that reported within a day, latest first.
  func workers() async throws(RunStoreError) -> [WorkerRecord]

  /// Asks a worker to claim no more turns, and to exit when it has finished those it has.
  func drain(_ id: WorkerID) async throws(RunStoreError)

  /// Records that a worker is alive, and what it is doing.
  ///
  /// - Returns: What the worker is asked to do.
  func heartbeat(_ report: WorkerReport) async throws(RunStoreError) -> WorkerOrders

  /// Records the definition that a server now serves, which workers compare with their own.
  func serve(_ definition: PlatformDefinition) async throws(RunStoreError)

  /// The definition of the server that started last; `nil` if none has ever started.
  func servedDefinition() async throws(RunStoreError) -> ServedDefinition?

  // MARK: What a worker does with a turn

  /// Claims turns for a worker, oldest first: queued ones, and running ones whose lease has
  /// expired.
  ///
  /// - Parameters:
  ///   - limit: The maximum number of turns.
  ///   - worker: The worker.
  ///   - lease: How long the worker has a turn without renewing its lease.
  ///   - running: The turns that the worker is running. A late renewal may let their leases expire;
  ///     the worker renews them then, and must not take the turns from itself.
  /// - Returns: The claimed turns; empty if there is nothing to do.
  /// - Throws: ``RunStoreError`` if the store cannot be read or written.
  func claim(
    atMost limit: Int, by worker: WorkerID, for lease: Duration, excluding running: [TurnID]
  ) async throws(RunStoreError) -> [ClaimedTurn]

  /// Renews leases.
  ///
  /// - Returns: The state of each lease.
  func renew(
    _ leases: [Lease], for duration: Duration
  ) async throws(RunStoreError) -> [Lease: LeaseState]

  /// All inputs of a turn's step.
  ///
  /// - Throws: ``RunStoreError/leaseLost`` if the turn has ended or another worker has it.
  func context(under lease: Lease) async throws(RunStoreError) -> TurnContext

  /// Records a worker's report about a turn.
  ///
  /// - Returns: The updated turn, with the calls of its current iteration.
  /// - Throws: ``RunStoreError/leaseLost`` if the turn has ended or another worker has it.
  func record(_ outcome: StepOutcome, under lease: Lease) async throws(RunStoreError) -> TurnState

  /// Appends to the text of the message that a turn is writing.
  ///
  /// The text is deleted when the message is complete or started over.
  func addDelta(_ text: String, under lease: Lease) async throws(RunStoreError)

  /// Adds an event that does not change the turn, such as the progress of a tool.
  func add(_ event: EventDraft, under lease: Lease) async throws(RunStoreError)

  // MARK: Ending

  /// Closes the store: streams of signals end, and later calls fail.
  func close() async
}
