import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import StoreTesting
import Synchronization

@testable import EverrunsStore

/// A store with sessions, whose clock a test sets.
struct RunningStore {
  let store: SQLiteRunStore
  let files: TemporaryStore
  let clock: TestClock
  let organization = TemporaryStore.publicID(1)
  let worker = WorkerID.numbered(1)
  let lease = Duration.seconds(30)

  /// A session of the organization.
  func session(_ edit: (inout SessionDraft) -> Void = { _ in }) async throws -> SessionRecord {
    var draft = SessionDraft(organization: organization)
    edit(&draft)
    return try await store.createSession(draft, templates: [Home.base, Home.chat])
  }

  /// A message to a session.
  @discardableResult
  func post(_ text: String, to session: SessionRecord, key: String? = nil) async throws
    -> PostedTurn
  {
    var input = TurnInput(text: text)
    input.idempotencyKey = key
    return try await store.post(input, to: session.id, of: organization)
  }

  /// The turns that a worker is given.
  func claim(
    by worker: WorkerID? = nil, excluding running: [TurnID] = []
  ) async throws -> [ClaimedTurn] {
    try await store.claim(
      atMost: 10, by: worker ?? self.worker, for: lease, excluding: running)
  }

  /// The types of a session's events, in order.
  func types(of session: SessionRecord) async throws -> [EventType] {
    try await events(of: session).map(\.type)
  }

  func events(of session: SessionRecord) async throws -> [Event] {
    var query = EventQuery()
    query.limit = 1000
    return try await store.events(of: session.id, of: organization, query).events
  }

  func status(of session: SessionRecord) async throws -> SessionStatus {
    try await store.session(session.id, of: organization).status
  }
}

/// A clock that stands still unless a test sets it.
final class TestClock: Sendable {
  private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

  var now: Date { time.withLock { $0 } }

  func advance(by duration: Duration) {
    time.withLock { $0 = $0.adding(duration) }
  }
}

/// Runs a test with a store that has an organization with a harness and a model.
func withRunningStore(
  limits: TurnLimits = TurnLimits(), _ body: (RunningStore) async throws -> Void
) async throws {
  let path = FileManager.default.temporaryDirectory.path + "/everruns-run-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  let files = TemporaryStore(folder: TemporaryFolder(path: path))
  let clock = TestClock()
  try newStores.put(.running, at: files.path) {
    _ = try SQLiteStore.openForWriting(files.path)
    try files.addOrganization(1)
    try files.execute(
      """
      INSERT INTO llm_providers (id, org_id, name, provider_type) VALUES ('p', 1, 'Sim', 'llmsim');
      INSERT INTO llm_models (id, org_id, provider_id, model_id)
        VALUES ('m', 1, 'p', 'llmsim-default');
      UPDATE organization_settings SET default_model_id = 'm' WHERE org_id = 1;
      """)
  }
  let store = try SQLiteRunStore.open(files.path, limits: limits) { clock.now }
  let running = RunningStore(store: store, files: files, clock: clock)
  do {
    try await body(running)
  } catch {
    await store.close()
    throw error
  }
  await store.close()
}

extension StepOutcome {
  /// The model answers with a text.
  static func answered(_ text: String) -> StepOutcome {
    .reasoned(
      ReasonEnd(
        reply: ChatReply([.text(text), .finished(.stop, responseID: nil)]),
        model: "llmsim-default", providerType: "llmsim", tools: [:], duration: .seconds(1)))
  }

  /// The model calls tools that run at most once.
  static func called(_ names: String...) -> StepOutcome {
    .reasoned(
      ReasonEnd(
        reply: ChatReply(
          names.map { .call(ToolCall(id: "", name: $0, arguments: [:])) }
            + [.finished(.toolCalls, responseID: nil)]),
        model: "llmsim-default", providerType: "llmsim",
        tools: Dictionary(uniqueKeysWithValues: names.map { ($0, .atMostOnce) }),
        duration: .seconds(1)))
  }

  static let began = StepOutcome.reasonBegan(
    ReasonStart(harnessID: "base", model: "llmsim-default"))
}

extension WorkerID {
  /// The name of one of a test's workers.
  static func numbered(_ number: Int) -> WorkerID {
    var generator = SystemRandomNumberGenerator()
    return WorkerID("worker-\(number)") ?? WorkerID(at: .distantPast, using: &generator)
  }
}
