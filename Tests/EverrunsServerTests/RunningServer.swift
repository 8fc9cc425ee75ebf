import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// A server that runs as a service and listens at a port of this machine.
struct RunningServer: Sendable {
  let server: Server
  let port: Int
  let log: TestLog
  private let group: ServiceGroup
  private let run: Task<Void, any Error>

  fileprivate init(
    _ server: Server, port: Int, log: TestLog, group: ServiceGroup, run: Task<Void, any Error>
  ) {
    self.server = server
    self.port = port
    self.log = log
    self.group = group
    self.run = run
  }

  /// The store of sessions.
  var runs: SQLiteRunStore {
    get async throws { try #require(try await server.services.runs.opened() as? SQLiteRunStore) }
  }

  /// The organization of the sessions.
  var organization: String { server.services.platform.catalog.organization.publicID }

  /// A new session.
  func session() async throws -> SessionID {
    try await runs.createSession(
      SessionDraft(organization: organization),
      templates: server.services.platform.definition.builtInHarnesses
    ).id
  }

  /// A message to a session.
  func post(_ text: String, to session: SessionID) async throws {
    _ = try await runs.post(TurnInput(text: text), to: session, of: organization)
  }

  /// All events of a session.
  func events(of session: SessionID) async throws -> [Event] {
    var query = EventQuery()
    query.limit = 1_000
    return try await runs.events(of: session, of: organization, query).events
  }

  /// A connection that asks for the stream of a session.
  func stream(_ session: SessionID, query: String = "", after id: String? = nil) async throws
    -> RawConnection
  {
    let connection = try RawConnection(port: port)
    let header = id.map { "Last-Event-ID: \($0)\r\n" } ?? ""
    try await connection.send(
      "GET /v1/sessions/\(session)/sse\(query) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(header)\r\n")
    return connection
  }

  /// Ends the server as a signal does, and waits for its end.
  func shutDown() async throws {
    await group.triggerGracefulShutdown()
    try await run.value
  }
}

/// Runs a test with a server that listens and has seeded its store.
///
/// - Parameters:
///   - folder: The folder of the store; `nil` for one of its own.
///   - change: Configures the server, which has the stock platform.
///   - test: The test.
/// - Throws: The error that the test throws, or an error of starting the server.
func withRunningServer(
  in folder: String? = nil, _ change: (ServerAppBuilder) -> ServerAppBuilder = { $0 },
  test: (RunningServer) async throws -> Void
) async throws {
  try await withTemporaryFolder { temporary in
    let variables = [
      "EVERRUNS_STORE": (folder ?? temporary) + "/store.db", "HTTP_ADDR": "127.0.0.1:0",
    ]
    let log = TestLog()
    let (addresses, source) = AsyncStream.makeStream(of: ServerAddress.self)
    var server = try change(
      ServerAppBuilder(try ServerConfiguration(environment: variables)).logger(log.logger)
        .onListening { source.yield($0) }
    ).build()
    server.shutdownLimit = .seconds(600)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [server], logger: log.logger))
    let run = Task { try await group.run() }
    do {
      let address = try #require(await addresses.first { _ in true })
      try await waitUntil("seeding is done") { server.services.seeding.isReady }
      try await test(
        RunningServer(server, port: address.port, log: log, group: group, run: run))
    } catch {
      await group.triggerGracefulShutdown()
      _ = await run.result
      throw error
    }
    await group.triggerGracefulShutdown()
    try await run.value
  }
}

/// Runs a body with a folder that is gone afterwards.
func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  let folder =
    FileManager.default.temporaryDirectory.path + "/everruns-server-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try await body(folder)
}

/// Waits until something is the case, for ten minutes at the longest.
func waitUntil(_ what: String, _ isSo: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(600)
  while try await !isSo() {
    guard ContinuousClock.now < end else { throw NeverHappened(what: what) }
    try await Task.sleep(for: .milliseconds(2))
  }
}

/// Something that was waited for did not happen.
struct NeverHappened: Error {
  let what: String
}
