#if PostgreSQL
  import CPostgreSQL
  import Foundation
  import Synchronization

  /// The server that tests use, whose address is in `EVERRUNS_TEST_POSTGRES`;
  /// `Tests/EverrunsPostgreSQLTests/server` starts one.
  package enum TestServer {
    private static let address = ProcessInfo.processInfo.environment["EVERRUNS_TEST_POSTGRES"]
    package static let isThere = address != nil

    /// A database with the control plane's tables, of which others are copies.
    package static let template: Result<String, any Error> = Result {
      let database = try create(named: "everruns_template")
      try createTables(in: database)
      return database
    }

    private static func createTables(in database: String) throws {
      let fixture = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../EverrunsPostgreSQLTests/Fixtures/control-plane.sql")
      try execute(try String(contentsOf: fixture, encoding: .utf8), in: database)
    }

    /// Creates a database with the control plane's tables, and nothing but its first organization.
    ///
    /// - Returns: Its name.
    package static func createDatabase() throws -> String {
      try create(named: "everruns_test", from: try template.get())
    }

    /// Creates a database with the control plane's tables in another encoding.
    ///
    /// - Returns: Its name.
    package static func createDatabase(encoding: String) throws -> String {
      let name = try create(
        named: "everruns_test", from: "template0 ENCODING '\(encoding)' LOCALE 'C'")
      try createTables(in: name)
      return name
    }

    private static func create(named name: String, from template: String? = nil) throws -> String {
      let name = "\(name)_\(UUID().uuidString.prefix(8).lowercased())"
      let copied = template.map { " TEMPLATE \($0)" } ?? ""
      try execute("CREATE DATABASE \(name)" + copied, in: "postgres")
      return name
    }

    package static func drop(_ database: String) throws {
      try execute("DROP DATABASE \(database) WITH (FORCE)", in: "postgres")
    }

    /// The address of one of the server's databases, for a user or, if it is `nil`, the server's
    /// own.
    package static func address(of database: String, as user: String? = nil) throws -> String {
      guard let parts = address?.split(separator: "?", maxSplits: 1),
        let slash = parts.first?.lastIndex(of: "/")
      else { throw ServerComplaint(text: "EVERRUNS_TEST_POSTGRES has no address") }
      var server = String(parts[0][..<slash])
      if let user { server = server.replacing(/\/\/[^@]*@/, with: "//\(user)@") }
      return server + "/\(database)" + (parts.count == 2 ? "?" + parts[1] : "")
    }

    /// Executes statements as a program does that knows nothing of us.
    ///
    /// - Returns: The rows of all answers.
    @discardableResult
    package static func execute(_ sql: String, in database: String) throws -> [[ServerValue]] {
      try OtherProgram(of: database).execute(sql)
    }
  }

  /// The connection of a program that knows nothing of us.
  package final class OtherProgram: Sendable {
    private let handle: Mutex<OpaquePointer>

    package init(of database: String) throws {
      guard let connection = PQconnectdb(try TestServer.address(of: database)) else {
        throw ServerComplaint(text: "out of memory")
      }
      handle = Mutex(connection)
      try execute("SET client_min_messages = warning")
    }

    deinit { handle.withLock { PQfinish($0) } }

    /// Executes statements.
    ///
    /// - Returns: The rows of all answers.
    @discardableResult
    package func execute(_ sql: String) throws -> [[ServerValue]] {
      try handle.withLock { connection in
        guard PQsendQuery(connection, sql) == 1 else { throw ServerComplaint(of: connection) }
        var rows: [[ServerValue]] = []
        var complaint: ServerComplaint?
        while let result = PQgetResult(connection) {
          defer { PQclear(result) }
          switch PQresultStatus(result) {
          case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            rows += (0..<PQntuples(result)).map { row in
              (0..<PQnfields(result)).map { ServerValue(result, row, $0) }
            }
          default: complaint = complaint ?? ServerComplaint(of: connection)
          }
        }
        if let complaint { throw complaint }
        return rows
      }
    }
  }

  /// A value of a row.
  package struct ServerValue {
    /// The value as the server writes it; `nil` for NULL.
    package let text: String?
    package let isBoolean: Bool

    fileprivate init(_ result: OpaquePointer, _ row: Int32, _ column: Int32) {
      text =
        PQgetisnull(result, row, column) == 1
        ? nil : String(cString: PQgetvalue(result, row, column))
      // The number of the type in every server, from its pg_type.dat.
      isBoolean = PQftype(result, column) == 16
    }
  }

  /// What the server said of a script.
  package struct ServerComplaint: Error {
    package let text: String

    fileprivate init(text: String) { self.text = text }

    fileprivate init(of connection: OpaquePointer) {
      text = String(cString: PQerrorMessage(connection))
    }
  }
#endif
