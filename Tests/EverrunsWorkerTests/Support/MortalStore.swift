import Everruns
import EverrunsStore
import Synchronization

/// A store as a worker sees it that dies before or after one of its transactions: nothing can be
/// asked any more.
final class MortalStore: RunStore {
  /// When the worker dies.
  enum Moment: CaseIterable, Sendable {
    case before
    case after
  }

  private let store: any RunStore
  private let last: Int
  private let moment: Moment
  private let count = Mutex(0)

  /// Creates a store whose worker dies before or after the transaction with the number `last`.
  init(_ store: any RunStore, dying moment: Moment, _ last: Int) {
    self.store = store
    self.last = last
    self.moment = moment
  }

  /// Whether the worker has died.
  var isDead: Bool { count.withLock { $0 } >= last }

  private func transaction<Value>(
    _ body: () async throws(RunStoreError) -> Value
  ) async throws(RunStoreError) -> Value {
    let number = count.withLock { count in
      count += 1
      return count
    }
    if number > last || number == last && moment == .before { throw Self.death }
    let value = try await body()
    if number == last { throw Self.death }
    return value
  }

  private static let death = RunStoreError.store(
    .inputOutput(.file(path: "store.db"), reason: "the worker has died"))

  func claim(
    atMost limit: Int, by worker: WorkerID, for lease: Duration, excluding running: [TurnID]
  ) async throws(RunStoreError) -> [ClaimedTurn] {
    try await transaction { () throws(RunStoreError) in
      try await store.claim(atMost: limit, by: worker, for: lease, excluding: running)
    }
  }

  func renew(
    _ leases: [Lease], for duration: Duration
  ) async throws(RunStoreError) -> [Lease: LeaseState] {
    try await transaction { () throws(RunStoreError) in
      try await store.renew(leases, for: duration)
    }
  }

  func context(under lease: Lease) async throws(RunStoreError) -> TurnContext {
    try await transaction { () throws(RunStoreError) in try await store.context(under: lease) }
  }

  func record(
    _ outcome: StepOutcome, under lease: Lease
  ) async throws(RunStoreError) -> TurnState {
    try await transaction { () throws(RunStoreError) in
      try await store.record(outcome, under: lease)
    }
  }

  func addDelta(_ text: String, under lease: Lease) async throws(RunStoreError) {
    try await transaction { () throws(RunStoreError) in
      try await store.addDelta(text, under: lease)
    }
  }

  func add(_ event: EventDraft, under lease: Lease) async throws(RunStoreError) {
    try await transaction { () throws(RunStoreError) in
      try await store.add(event, under: lease)
    }
  }

  // MARK: What a worker does not ask while it runs a turn

  var location: StoreLocation { store.location }

  func createSession(
    _ draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord {
    try await store.createSession(draft, templates: templates)
  }

  func chatSession(
    of owner: String, orElse draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord {
    try await store.chatSession(of: owner, orElse: draft, templates: templates)
  }

  func sessions(
    of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<SessionRecord> {
    try await store.sessions(of: organization, offset: offset, limit: limit)
  }

  func session(
    _ id: SessionID, of organization: String
  ) async throws(RunStoreError) -> SessionRecord {
    try await store.session(id, of: organization)
  }

  func update(
    _ id: SessionID, of organization: String, with patch: SessionPatch
  ) async throws(RunStoreError) -> SessionRecord {
    try await store.update(id, of: organization, with: patch)
  }

  func delete(_ id: SessionID, of organization: String) async throws(RunStoreError) {
    try await store.delete(id, of: organization)
  }

  func post(
    _ input: TurnInput, to session: SessionID, of organization: String
  ) async throws(RunStoreError) -> PostedTurn {
    try await store.post(input, to: session, of: organization)
  }

  func messages(
    of session: SessionID, of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<Message> {
    try await store.messages(of: session, of: organization, offset: offset, limit: limit)
  }

  func events(
    of session: SessionID, of organization: String, _ query: EventQuery
  ) async throws(RunStoreError) -> EventPage {
    try await store.events(of: session, of: organization, query)
  }

  func sequence(
    of event: EventID, in session: SessionID, of organization: String
  ) async throws(RunStoreError) -> Int {
    try await store.sequence(of: event, in: session, of: organization)
  }

  func events(
    after position: Int, atMost limit: Int
  ) async throws(RunStoreError) -> [PositionedEvent] {
    try await store.events(after: position, atMost: limit)
  }

  func lastEventPosition() async throws(RunStoreError) -> Int {
    try await store.lastEventPosition()
  }

  func cancel(_ session: SessionID, of organization: String) async throws(RunStoreError) -> Bool {
    try await store.cancel(session, of: organization)
  }

  func changes(in session: SessionID) -> AsyncStream<Void> { store.changes(in: session) }

  func workSignals() -> AsyncStream<Void> { store.workSignals() }

  func turns(_ query: TurnQuery) async throws(RunStoreError) -> Page<Turn> {
    try await store.turns(query)
  }

  func retry(_ id: TurnID) async throws(RunStoreError) -> Turn { try await store.retry(id) }

  func statistics() async throws(RunStoreError) -> RunStatistics { try await store.statistics() }

  func workers() async throws(RunStoreError) -> [WorkerRecord] { try await store.workers() }

  func drain(_ id: WorkerID) async throws(RunStoreError) { try await store.drain(id) }

  func heartbeat(_ report: WorkerReport) async throws(RunStoreError) -> WorkerOrders {
    try await store.heartbeat(report)
  }

  func serve(_ definition: PlatformDefinition) async throws(RunStoreError) {
    try await store.serve(definition)
  }

  func servedDefinition() async throws(RunStoreError) -> ServedDefinition? {
    try await store.servedDefinition()
  }

  func close() async { await store.close() }
}
