#if PostgreSQL
  import CPostgreSQL
  import Everruns
  import EverrunsSeeding
  import Foundation
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// The server that tests use, whose address is in `EVERRUNS_TEST_POSTGRES`; `server` starts one.
  enum TestServer {
    static let address = ProcessInfo.processInfo.environment["EVERRUNS_TEST_POSTGRES"]
    static let isThere = address != nil

    /// A database with the control plane's tables, of which others are copies.
    static let template: Result<String, any Error> = Result {
      let name = "everruns_template_\(UUID().uuidString.prefix(8).lowercased())"
      try execute("CREATE DATABASE \(name)", in: "postgres")
      let fixture = try #require(
        Bundle.module.url(
          forResource: "control-plane", withExtension: "sql", subdirectory: "Fixtures"))
      try execute(try String(contentsOf: fixture, encoding: .utf8), in: name)
      return name
    }

    /// The address of one of the server's databases, for a user or, if it is `nil`, the server's
    /// own.
    static func address(of database: String, as user: String? = nil) throws -> String {
      let address = try #require(address)
      let parts = address.split(separator: "?", maxSplits: 1)
      let slash = try #require(parts[0].lastIndex(of: "/"))
      var server = String(parts[0][..<slash])
      if let user { server = server.replacing(/\/\/[^@]*@/, with: "//\(user)@") }
      return server + "/\(database)" + (parts.count == 2 ? "?" + parts[1] : "")
    }

    /// Executes statements as a program does that knows nothing of us.
    static func execute(_ sql: String, in database: String) throws {
      let connection = try #require(PQconnectdb(try address(of: database)))
      defer { PQfinish(connection) }
      PQclear(PQexec(connection, "SET client_min_messages = warning"))
      let result = PQexec(connection, sql)
      defer { PQclear(result) }
      let status = PQresultStatus(result)
      guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
        throw ScriptFailure(text: String(cString: PQerrorMessage(connection)))
      }
    }
  }

  /// What the server said of a script.
  struct ScriptFailure: Error {
    let text: String
  }

  /// A database that is there for one test.
  struct TestDatabase {
    let name: String

    func execute(_ sql: String) throws { try TestServer.execute(sql, in: name) }

    /// The rows of an answer, their columns separated by bars.
    func answer(_ sql: String) throws -> [String] {
      try connection().map(sql) { $0.texts.map { $0 ?? "NULL" }.joined(separator: "|") }
    }

    func connection() throws -> ServerConnection {
      try ServerConnection(try #require(StoreAddress(TestServer.address(of: name))))
    }

    func location(as user: String? = nil) throws -> StoreLocation {
      StoreLocation(try TestServer.address(of: name, as: user))
    }

    /// The store, opened for reading by a user; up to `few` organizations are loaded without a
    /// filter.
    func open(as user: String? = nil, few: Int = 1) throws -> PostgreSQLStore {
      let location = try location(as: user)
      guard case .server(let address) = location else { throw StoreError.unsupported(location) }
      return try PostgreSQLStore(
        address, at: location, ids: UUIDGenerator(), waiting: .seconds(5), fewOrganizations: few,
        fewAlike: 2)
    }

    /// The store, opened to be changed.
    func openForWriting(few: Int = 1) throws -> PostgreSQLStore {
      let store = try open(few: few)
      try store.prepareWriting(createsSchema: true)
      return store
    }
  }

  /// Runs a test with a new database.
  func withDatabase<Value>(_ body: (TestDatabase) throws -> Value) throws -> Value {
    let name = "everruns_test_\(UUID().uuidString.prefix(8).lowercased())"
    try TestServer.execute(
      "CREATE DATABASE \(name) TEMPLATE \(try TestServer.template.get())", in: "postgres")
    defer { try? TestServer.execute("DROP DATABASE \(name) WITH (FORCE)", in: "postgres") }
    return try body(TestDatabase(name: name))
  }

  extension StoreChange {
    static var test: StoreChange {
      StoreChange(
        actor: "ann", command: "everrunsctl seed apply", reason: nil,
        now: { Date(timeIntervalSince1970: 0) })
    }
  }
#endif
