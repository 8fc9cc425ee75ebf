import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import StoreTesting
import Synchronization
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// A server whose requests are answered in process, with a store of its own.
struct TestServer: Sendable {
  let server: Server
  let client: any TestClientProtocol
  let log: TestLog

  /// What was answered.
  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The body as JSON.
    var json: JSONValue {
      get throws { try JSONValue(json: text) }
    }

    /// The code of an error.
    var code: String? { (try? json)?["error"]?["code"]?.string }
    /// The sentence of an error.
    var message: String? { (try? json)?["error"]?["message"]?.string }
    /// What to do about an error.
    var hint: String? { (try? json)?["error"]?["hint"]?.string }
  }

  func send(
    _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> Answer {
    var fields = HTTPFields()
    if body != nil { fields[.contentType] = "application/json" }
    for (name, value) in headers {
      fields[try #require(HTTPField.Name(name))] = value
    }
    return try await client.execute(
      uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) }
    ) { response in
      Answer(
        status: response.status.code, headers: response.headers,
        text: String(buffer: response.body))
    }
  }

  func get(_ uri: String, headers: [String: String] = [:]) async throws -> Answer {
    try await send(.get, uri, headers: headers)
  }

  func post(
    _ uri: String, _ body: String? = "{}", headers: [String: String] = [:]
  ) async throws -> Answer {
    try await send(.post, uri, body, headers: headers)
  }

  /// Makes sure that the platform is in the store, as the server does when it starts.
  func seed() async throws {
    let services = server.services
    let outcome = try await services.administration.use { store in
      try services.platform.seed(
        store,
        change: StoreChange(
          actor: "server", command: "startup seeding", reason: nil, now: services.now))
    }
    services.seeding.update {
      $0.state = .done
      $0.attempts = 1
      $0.outcome = outcome
    }
  }
}

/// The moment at which everything in a test happens.
let testTime = Date(timeIntervalSince1970: 1_800_000_000)

/// Runs a test with a server.
///
/// - Parameters:
///   - variables: The environment besides the location of the store.
///   - isSeeded: Whether to seed the store first.
///   - change: Configures the server, which has the stock platform.
///   - test: The test.
/// - Returns: The result of the test.
/// - Throws: The error that the test throws, or an error of starting the server.
func withServer<Value: Sendable>(
  _ variables: [String: String] = [:], isSeeded: Bool = true,
  _ change: (ServerAppBuilder) -> ServerAppBuilder = { $0 },
  test: @Sendable (TestServer) async throws -> Value
) async throws -> Value {
  try await withTemporaryFolder { folder in
    let variables = variables.merging(["EVERRUNS_STORE": folder + "/store.db"]) { $1 }
    let log = TestLog()
    let server = try change(
      ServerAppBuilder(try ServerConfiguration(environment: variables)).logger(log.logger)
    ).build()
    if isSeeded { try server.services.platform.putStore(at: folder + "/store.db") }
    let value = try await server.application.test(.router) { client in
      let testServer = TestServer(server: server, client: client, log: log)
      if isSeeded { try await testServer.seed() }
      return try await test(testServer)
    }
    await server.services.runs.close()
    await server.services.administration.close()
    return value
  }
}

extension ServerPlatform {
  private static let seededStores = KeptStores<[String]>()

  /// Puts a store at a path that is seeded with this platform.
  fileprivate func putStore(at path: String) throws {
    try Self.seededStores.put(
      [source.fingerprint.description, catalogSource.fingerprint.description, grade.rawValue],
      at: path
    ) {
      let store = try SQLiteStore.openForWriting(path)
      defer { store.close() }
      _ = try seed(
        store,
        change: StoreChange(
          actor: "server", command: "startup seeding", reason: nil, now: { testTime }))
    }
  }
}

/// A builder of a server that opens nothing.
func builder(_ variables: [String: String] = [:]) throws -> ServerAppBuilder {
  let variables = variables.merging(["EVERRUNS_STORE": "/nonexistent/store.db"]) { $1 }
  return ServerAppBuilder(try ServerConfiguration(environment: variables))
}

/// A log that keeps its lines.
final class TestLog: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(log: self) }
    logger.logLevel = .trace
    return logger
  }

  private struct Handler: LogHandler {
    let log: TestLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
      let words = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      log.kept.withLock {
        $0.append(([event.level.rawValue, "\(event.message)"] + words).joined(separator: " "))
      }
    }
  }
}
