#if PostgreSQL
  import EverrunsStore
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL

  /// What goes wrong on the way to a server.
  @Suite struct ConnectionTests {
    private let kinds = StoreKinds([.sqlite, .postgreSQL])

    private func error(opening address: String) -> StoreError? {
      do {
        _ = try kinds.openForReading(StoreLocation(address))
        return nil
      } catch {
        return error
      }
    }

    @Test(arguments: [
      "postgres://ann:sekret@[/x", "postgres:ann:sekret", "postgres://ann:sekret@h/x?nonsense=1",
      "postgres://ann:s%65kret%@h/x", "host=h password=sekret", "sslpassword = 'a sekret' host=h",
      "postgres://h/x?password=sekret&sslmode", "postgresql://ann:sekret",
      "postgres://ann:sek@ret@h/x", "postgres://ann:12/sekret@h/x", "postgres://ann:sek#ret@h/x",
    ])
    func `an address that cannot be read is refused without its password`(address: String) {
      #expect(error(opening: address) == .malformedAddress(StoreLocation(address)))
      #expect(error(opening: address)?.message.contains("sekret") == false)
    }

    @Test func `a missing server is unreachable`() throws {
      // Nothing listens on the port of the discard protocol.
      let found = try #require(error(opening: "postgres://ann:sekret@127.0.0.1:9/x"))
      #expect(found.code == .inputOutput)
      #expect(found.message.hasPrefix("the store 'postgres://ann:***@127.0.0.1:9/x' cannot be"))
      #expect(!found.message.contains("sekret"))
    }

    @Test(arguments: [
      ("57P03", ErrorCode.busy), ("53300", .busy), ("55P03", .busy), ("28P01", .permissionDenied),
      ("42501", .permissionDenied), ("25006", .permissionDenied), ("3D000", .noStore),
      ("08006", .inputOutput), ("53100", .inputOutput), ("22P05", .invalidDocument),
      ("23514", .refused), ("42P01", .schemaVersion),
    ])
    func `a server error has the error code of its meaning`(state: String, code: ErrorCode) {
      let location = StoreLocation("postgres://host/x")
      #expect(
        ServerFailure(sqlState: state, message: "x").storeError(at: location).code == code)
    }
  }

  /// What a server says when it is asked.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct RefusedConnectionTests {
    @Test func `a missing database is not a store`() throws {
      let location = StoreLocation(try TestServer.address(of: "nowhere"))
      guard
        case .noDatabase(location, _) = error({
          try StoreKinds([.postgreSQL]).openForReading(location)
        })
      else {
        Issue.record("a database was there")
        return
      }
    }

    @Test func `a missing role has no permission`() throws {
      let location = StoreLocation(try TestServer.address(of: "postgres", as: "nobody_here"))
      guard
        case .permissionDenied(location, _) = error({
          try StoreKinds([.postgreSQL]).openForReading(location)
        })
      else {
        Issue.record("a role was there")
        return
      }
    }
  }
#endif
