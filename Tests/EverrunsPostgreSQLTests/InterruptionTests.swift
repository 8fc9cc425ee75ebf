#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import Files
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// Stopping a command, at whatever it waits for.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct InterruptionTests {
    /// Opens the store as a command does.
    private func open(
      _ database: TestDatabase, waiting wait: LockWait, interruption: @escaping Interruption = {}
    ) throws -> PostgreSQLStore {
      let location = try database.location()
      guard case .server(let address) = location else { throw StoreError.unsupported(location) }
      return try PostgreSQLStore(
        address, at: location, ids: UUIDGenerator(), waiting: wait, interruption: interruption)
    }

    /// Runs a body while another program holds all locks of a table.
    private func locking(
      _ table: String, in database: TestDatabase, _ body: () throws -> Void
    ) throws {
      let other = try database.connection()
      try other.run("BEGIN")
      try other.run("LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE")
      try body()
      try other.run("ROLLBACK")
    }

    /// Whether a statement of ours still runs or waits.
    private static let isWaiting = """
      SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND NOT l.granted
      """

    @Test func `opening waits for a lock up to the timeout`() throws {
      try withDatabase { database throws in
        try database.openForWriting().close()
        try locking("everrunsctl.store_state", in: database) { () throws in
          #expect(error { try open(database, waiting: .milliseconds(50)) }?.code == .busy)
        }
      }
    }

    @Test(arguments: ["everrunsctl.store_state", "harnesses"])
    func `opening and comparing can be interrupted while they wait for a lock, on the server too`(
      table: String
    )
      throws
    {
      try withDatabase { database throws in
        try database.openForWriting().close()
        let watch = try database.connection()
        try locking(table, in: database) { () throws in
          let failure = error {
            try open(database, waiting: .seconds(600)) { () throws(StoreError) in
              let waiting = try? watch.first(Self.isWaiting, [], { $0.integer(0) })
              if waiting != 0 { throw .interrupted }
            }.compare(
              SeedBasis(definition: .oss(), catalog: .stock, grade: .dev), options: SeedOptions(),
              isFull: true, { _ in })
          }
          #expect(failure == .interrupted)
          #expect(try watch.first(Self.isWaiting, [], { $0.integer(0) }) == 0)
        }
      }
    }

    @Test func `a wait for the lock of the store is reported, with what is locked`() throws {
      try withDatabase { database throws in
        try database.openForWriting().close()
        let other = try database.connection()
        try other.run("BEGIN")
        try other.run("LOCK TABLE everrunsctl.store_state IN SHARE UPDATE EXCLUSIVE MODE")
        var waits: [(locked: String, waited: Duration)] = []
        let store = try open(
          database,
          waiting: LockWait(.milliseconds(800)) {
            waits.append(($0, $1))
            return true
          })
        let failure = error {
          try store.save([(.empty, "")], as: "acme", after: nil, change: .test)
        }
        #expect(failure?.code == .busy)
        #expect(waits.count > 2)
        #expect(waits.allSatisfy { $0.locked == store.location.description })
        #expect(waits.map(\.waited) == waits.map(\.waited).sorted())
        try other.run("ROLLBACK")
        let told = waits.count
        _ = try store.save([(.empty, "")], as: "acme", after: nil, change: .test)
        #expect(waits.dropFirst(told).allSatisfy { $0.waited < .milliseconds(800) })
      }
    }

    @Test func `a commit interrupted in time leaves nothing`() throws {
      try withDatabase { database throws in
        try database.execute(
          """
          CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_sleep(600); RETURN NULL; END';
          CREATE CONSTRAINT TRIGGER waiting AFTER INSERT ON organizations
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()
          """)
        let store = try database.openForWriting()
        let watch = try database.connection()
        let isCommitting = """
          SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'active' AND query = 'COMMIT'
          """
        store.connection.stillWaiting = {
          if try watch.first(isCommitting, [], { $0.integer(0) }) != 0 {
            throw StoreError.interrupted
          }
        }
        let failure = error {
          try store.createOrganization(
            name: "Acme", publicID: "org_" + String(repeating: "a", count: 32),
            basis: SeedBasis(definition: .oss(), catalog: .stock, grade: .dev), change: .test)
        }
        #expect(failure == .interrupted)
        #expect(try database.answer("SELECT count(*) FROM organizations") == ["1"])
      }
    }

    @Test func `an interrupt after the commit succeeded is not reported`() throws {
      try withDatabase { database throws in
        let connection = try database.connection()
        try connection.run("BEGIN")
        try connection.run("UPDATE organizations SET name = 'Renamed'")
        struct Enough: Error {}
        connection.stillWaiting = { throw Enough() }
        // The request to cancel may arrive before or after the commit; the answer decides.
        let isCommitted = (try? connection.commit()) != nil
        #expect(
          try database.answer("SELECT name = 'Renamed' FROM organizations")
            == [isCommitted ? "t" : "f"])
      }
    }
  }
#endif
