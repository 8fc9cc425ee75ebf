package import Everruns

/// Where sessions and their turns are kept, in the terms of the domain.
///
/// Server and worker share it. Every call is one transaction and waits for the database without
/// holding a thread of the caller's. What a turn becomes is decided by ``TurnMachine``; a store
/// carries it out.
///
/// Organizations are named by their public ids. What belongs to another organization than the one
/// that is named is not found.
package protocol RunStore: Sendable {
  /// Where it is.
  var location: StoreLocation { get }

  // MARK: Sessions

  /// Creates a session.
  ///
  /// - Parameter templates: The harness templates of the platform, whose roles choose a harness
  ///   where neither the draft nor the organization names one.
  /// - Throws: ``RunStoreError/noHarness(_:)`` if there is none to use,
  ///   ``RunStoreError/unknownReference(field:noun:name:)`` for a harness, agent or model that the
  ///   organization does not have.
  func createSession(
    _ draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord

  /// The chat session of a user, created if it does not exist.
  ///
  /// - Parameters:
  ///   - owner: Whose session it is; there is one for each owner in an organization.
  ///   - draft: What the session is made from. Where it names no harness, the role `chat` chooses it.
  func chatSession(
    of owner: String, orElse draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord

  /// The sessions of an organization, the one that was used last first.
  func sessions(
    of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<SessionRecord>

  /// A session.
  func session(_ id: SessionID, of organization: String) async throws(RunStoreError)
    -> SessionRecord

  /// Changes what somebody chose for a session.
  func update(
    _ id: SessionID, of organization: String, with patch: SessionPatch
  ) async throws(RunStoreError) -> SessionRecord

  /// Deletes a session with everything in it; a worker that runs a turn of it loses the turn.
  func delete(_ id: SessionID, of organization: String) async throws(RunStoreError)

  // MARK: Messages and events

  /// Writes a message and the turn that will answer it, both or neither.
  ///
  /// A key that was used before in the session leads to the same message and turn again.
  ///
  /// - Throws: ``RunStoreError/idempotencyKeyReused(_:)`` if the key came with another message.
  func post(
    _ input: TurnInput, to session: SessionID, of organization: String
  ) async throws(RunStoreError) -> PostedTurn

  /// The messages of a session, oldest first.
  func messages(
    of session: SessionID, of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<Message>

  /// What happened in a session after a place in it.
  func events(
    of session: SessionID, of organization: String, _ query: EventQuery
  ) async throws(RunStoreError) -> EventPage

  /// The place of an event in its session.
  ///
  /// - Throws: ``RunStoreError/notFound(noun:name:)`` if the session has no such event.
  func sequence(
    of event: EventID, in session: SessionID, of organization: String
  ) async throws(RunStoreError) -> Int

  /// What happened in all sessions of all organizations after a position, oldest first.
  ///
  /// An event that is committed later has a larger position: a reader that goes on from the last one
  /// misses nothing.
  func events(
    after position: Int, atMost limit: Int
  ) async throws(RunStoreError) -> [PositionedEvent]

  /// The position of the latest event; 0 if there is none.
  func lastEventPosition() async throws(RunStoreError) -> Int

  /// Asks for all turns of a session that have not ended to be cancelled.
  ///
  /// - Returns: Whether there was one.
  func cancel(_ session: SessionID, of organization: String) async throws(RunStoreError) -> Bool

  // MARK: Signals

  /// Gives a value whenever something may be new in a session, and one at once.
  ///
  /// A reader that reads the session after each value misses nothing. Pending values are merged into
  /// one. The stream ends when the session is gone or the store is closed.
  func changes(in session: SessionID) -> AsyncStream<Void>

  /// Gives a value whenever the store may have changed or a turn may have become due, and one at
  /// once.
  func workSignals() -> AsyncStream<Void>

  // MARK: Turns

  /// The turns of the store, the latest first.
  func turns(_ query: TurnQuery) async throws(RunStoreError) -> Page<Turn>

  /// Queues a failed turn once more.
  ///
  /// - Throws: ``RunStoreError/notRetryable(_:)`` unless it is failed and its session's latest.
  func retry(_ id: TurnID) async throws(RunStoreError) -> Turn

  /// How much there is of everything.
  func statistics() async throws(RunStoreError) -> RunStatistics

  // MARK: Workers

  /// The workers that have reported within a day, the latest first.
  func workers() async throws(RunStoreError) -> [WorkerRecord]

  /// Asks a worker to claim no more turns and to end when those it has are done.
  func drain(_ id: WorkerID) async throws(RunStoreError)

  /// Notes that a worker is alive, and what it does.
  ///
  /// - Returns: What is asked of it.
  func heartbeat(_ report: WorkerReport) async throws(RunStoreError) -> WorkerOrders

  /// Notes the definition that a server serves from now on, by which workers measure theirs.
  func serve(_ definition: PlatformDefinition) async throws(RunStoreError)

  /// The definition that the server serves that started last; `nil` if none ever did.
  func servedDefinition() async throws(RunStoreError) -> ServedDefinition?

  // MARK: What a worker does with a turn

  /// Gives turns to a worker, oldest first: queued ones, and running ones whose lease has expired.
  ///
  /// - Parameters:
  ///   - limit: How many it wants at the most.
  ///   - lease: How long it has them without renewing.
  ///   - running: The turns that the worker is running. A late renewal may let their leases expire;
  ///     the worker renews them then, and must not take the turns from itself.
  func claim(
    atMost limit: Int, by worker: WorkerID, for lease: Duration, excluding running: [TurnID]
  ) async throws(RunStoreError) -> [ClaimedTurn]

  /// Renews leases.
  ///
  /// - Returns: The state of each lease.
  func renew(
    _ leases: [Lease], for duration: Duration
  ) async throws(RunStoreError) -> [Lease: LeaseState]

  /// Everything that a step of a turn needs to know.
  ///
  /// - Throws: ``RunStoreError/leaseLost`` if another worker has the turn or it has ended.
  func context(under lease: Lease) async throws(RunStoreError) -> TurnContext

  /// Records what a worker reports about a turn.
  ///
  /// - Returns: The turn as it is now, with the calls of its current iteration.
  /// - Throws: ``RunStoreError/leaseLost``.
  func record(_ outcome: StepOutcome, under lease: Lease) async throws(RunStoreError) -> TurnState

  /// Adds a piece to the text of the message that a turn is writing.
  ///
  /// It is deleted when the message is complete or started over.
  func addDelta(_ text: String, under lease: Lease) async throws(RunStoreError)

  /// Adds an event that changes nothing about a turn, such as the progress of a tool.
  func add(_ event: EventDraft, under lease: Lease) async throws(RunStoreError)

  // MARK: Ending

  /// Ends the use of the store: streams of signals end, and nothing can be asked of it any more.
  func close() async
}
