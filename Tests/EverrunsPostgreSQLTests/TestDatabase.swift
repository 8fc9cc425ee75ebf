#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import Files
  import Foundation
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// A database that is there for one test.
  struct TestDatabase {
    let name: String

    func execute(_ sql: String) throws { try TestServer.execute(sql, in: name) }

    /// The rows of an answer, their columns separated by bars.
    func answer(_ sql: String) throws -> [String] {
      try TestServer.execute(sql, in: name).map { row in
        row.map { $0.text ?? "NULL" }.joined(separator: "|")
      }
    }

    func connection() throws -> ServerConnection {
      try ServerConnection(try #require(StoreAddress(TestServer.address(of: name))))
    }

    func location(as user: String? = nil) throws -> StoreLocation {
      StoreLocation(try TestServer.address(of: name, as: user))
    }

    /// The store, opened for reading by a user; up to `few` organizations are loaded without a
    /// filter.
    func open(
      as user: String? = nil, few: Int = 1, checksSchema: Bool = true
    ) throws -> PostgreSQLStore {
      let location = try location(as: user)
      guard case .server(let address) = location else { throw StoreError.unsupported(location) }
      return try PostgreSQLStore(
        address, at: location, ids: UUIDGenerator(), waiting: .seconds(5),
        checksSchema: checksSchema, fewOrganizations: few, fewAlike: 2)
    }

    /// The store, opened to be changed.
    func openForWriting(few: Int = 1) throws -> PostgreSQLStore {
      let store = try open(few: few)
      try store.prepareWriting(createsSchema: true)
      return store
    }
  }

  /// Runs a test with a new database.
  ///
  /// - Parameters:
  ///   - encoding: The encoding of the database; `nil` for the server's own.
  ///   - body: The test.
  /// - Returns: What the test returns.
  /// - Throws: What the test throws, or an error of the server.
  func withDatabase<Value>(
    encoding: String? = nil, _ body: (TestDatabase) throws -> Value
  ) throws -> Value {
    let name = try encoding.map(TestServer.createDatabase) ?? TestServer.createDatabase()
    defer { try? TestServer.drop(name) }
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
