import Everruns
import EverrunsDocuments
import EverrunsDrivers
import EverrunsSeeding
import Foundation
import Logging
import StoreTesting
import Synchronization
import Testing

@testable import EverrunsStore
@testable import EverrunsWorker

/// A seeded store with one session, and workers whose clock a test sets.
struct WorkerWorld {
  static let organization = "org_00000000000000000000000000000001"

  let store: SQLiteRunStore
  let path: String
  let clock: TestClock
  let platform: PlatformDefinition
  let session: SessionRecord
  let lease = Duration.seconds(30)

  /// What runs turns with a script for the model.
  func runner(
    _ script: String, on store: (any RunStore)? = nil, platform: PlatformDefinition? = nil,
    environment: [String: String] = [:]
  ) throws -> TurnRunner {
    TurnRunner(
      store: store ?? self.store, platform: platform ?? self.platform,
      implementations: .stock.adding(.stockDrivers)
        .adding(
          Implementations(drivers: [
            LLMSim(script: try LLMSimScript(json: script), sleep: { _ in await Task.yield() })
          ])),
      settings: DriverSettings(environment: environment), transport: NoTransport(),
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
  }

  @discardableResult
  func post(_ text: String) async throws -> PostedTurn {
    try await store.post(TurnInput(text: text), to: session.id, of: Self.organization)
  }

  /// The next turn that can be claimed.
  func claim(
    _ worker: WorkerID = .first, from store: (any RunStore)? = nil
  ) async throws -> ClaimedTurn? {
    try await (store ?? self.store)
      .claim(atMost: 1, by: worker, for: lease, excluding: []).first
  }

  /// Runs every turn that can be claimed, until none can.
  func run(_ runner: TurnRunner, as worker: WorkerID = .first) async throws {
    while let turn = try await claim(worker, from: runner.store) {
      await runner.run(turn, TurnControl())
    }
  }

  func events() async throws -> [Event] {
    var query = EventQuery()
    query.limit = 10_000
    return try await store.events(of: session.id, of: Self.organization, query).events
  }

  /// The data of the session's events of a type.
  func data(of type: EventType) async throws -> [JSONObject] {
    try await events().filter { $0.type == type }.map(\.data)
  }

  /// What the model said, oldest first.
  func answers() async throws -> [String] {
    try await store.messages(of: session.id, of: Self.organization, offset: 0, limit: 1000)
      .elements.filter { $0.role == .agent }.map(\.text)
  }

  /// The turns, the latest first.
  func turns() async throws -> [Turn] {
    var query = TurnQuery()
    query.session = session.id
    // All are created at the same time of a clock that stands still.
    return try await store.turns(query).elements.sorted { $0.number > $1.number }
  }

  /// The latest turn.
  func turn() async throws -> Turn {
    try #require(try await turns().first)
  }

  /// A turn of any session.
  func turn(_ id: TurnID) async throws -> Turn? {
    try await store.turns(TurnQuery()).elements.first { $0.id == id }
  }

  func status() async throws -> SessionStatus {
    try await store.session(session.id, of: Self.organization).status
  }

  /// What contradicts itself in the store.
  func findings() throws -> [String] {
    let store = try #require(try SQLiteStore.openForReading(path))
    return try store.check(against: nil, presets: ["oss"]).flatMap { check in
      check.findings.map(\.message)
    }
  }
}

extension WorkerID {
  static let first = numbered(1)
  static let second = numbered(2)

  /// The name of one of a test's workers.
  private static func numbered(_ number: Int) -> WorkerID {
    var generator = SystemRandomNumberGenerator()
    return WorkerID("worker-\(number)") ?? WorkerID(at: .distantPast, using: &generator)
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

/// A network that nobody may use.
struct NoTransport: HTTPTransport {
  func send(_ request: TransportRequest) throws -> TransportResponse {
    throw ChatFailure.permanent("no network")
  }
}

/// Runs a test in a world.
///
/// - Parameters:
///   - capabilities: The capabilities of the session's harness besides `current_time`.
///   - provider: The provider of the default model.
///   - limits: How far turns may go.
///   - body: The test.
/// - Throws: The error that `body` throws, or an error of preparing the store.
func withWorld(
  capabilities: [any Capability] = [], provider: TestProvider = TestProvider(),
  limits: TurnLimits = TurnLimits(), _ body: (WorkerWorld) async throws -> Void
) async throws {
  let folder = FileManager.default.temporaryDirectory.path + "/everruns-work-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let path = folder + "/store.db"
  let platform = try seed(path, capabilities: capabilities, provider: provider)
  let clock = TestClock()
  let store = try SQLiteRunStore.open(path, limits: limits) { clock.now }
  do {
    let session = try await store.createSession(
      SessionDraft(organization: WorkerWorld.organization),
      templates: platform.builtInHarnesses)
    try await body(
      WorkerWorld(
        store: store, path: path, clock: clock, platform: platform, session: session))
  } catch {
    await store.close()
    throw error
  }
  await store.close()
}

/// The provider of the default model in a test's catalog.
struct TestProvider {
  var type = "llmsim"
  var model = "llmsim-default"
  var baseURL: String?
}

/// Makes a store with a harness and a model.
func seed(
  _ path: String, capabilities: [any Capability] = [], provider: TestProvider = TestProvider()
) throws -> PlatformDefinition {
  var platform = PlatformDefinition(builtInHarnesses: [
    BuiltInHarness(
      name: "base", displayName: "Base", systemPrompt: "Help.", roles: [.base, .default],
      capabilities: [CapabilityUse("current_time")] + capabilities.map { CapabilityUse($0.id) })
  ])
  platform.capabilities.replace(
    CapabilityDescriptor(id: "current_time", name: "Time", tools: ["get_current_time"]))
  for capability in capabilities { platform.capabilities.replace(capability) }
  platform.drivers = PlatformDefinition.worker().drivers
  let providerID = "01933b5a-0000-7000-8000-000000000001"
  let modelID = "01933b5a-0000-7000-8000-000000000002"
  let catalog = SeedCatalog(
    organization: SeedOrganization(
      orgID: 1, publicID: WorkerWorld.organization, name: "Home"),
    llmProviders: [
      SeedLLMProvider(
        id: providerID, name: "Provider", providerType: provider.type, baseURL: provider.baseURL)
    ],
    llmModels: [
      SeedLLMModel(
        id: modelID, providerID: providerID, modelID: provider.model, displayName: "Model",
        isInstalled: true)
    ],
    defaultModel: SeedDefaultModel(
      id: modelID, modelID: provider.model, providerID: providerID))
  try seededStores.put([platform.fingerprint, catalog.fingerprint], at: path) {
    let store = try SQLiteStore.openForWriting(path)
    defer { store.close() }
    _ = try store.apply(
      SeedBasis(definition: platform, catalog: catalog, grade: .prod), options: SeedOptions(),
      isFull: false, platform: SeedPlan.Source(ref: "test", fingerprint: platform.fingerprint),
      change: StoreChange(
        actor: "test", command: "seed apply", reason: nil,
        now: { Date(timeIntervalSince1970: 0) }), decide: { _ in true })
  }
  return platform
}

/// The stores of definition and catalog.
private let seededStores = KeptStores<[Fingerprint]>()
