#if PostgreSQL
  import CPostgreSQL
  import Everruns
  import EverrunsSeeding
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// The tool, while another program changes a row of its plan.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct ConcurrentWriterTests {
    /// Another program, which changes the description of a harness and commits later.
    private final class Writer {
      private let handle: OpaquePointer

      /// Begins the change, which may have to wait for one that another program made.
      init(_ description: String, in database: TestDatabase) throws {
        handle = try #require(PQconnectdb(try TestServer.address(of: database.name)))
        PQsendQuery(
          handle,
          "BEGIN; UPDATE harnesses SET description = '\(description)' WHERE name = 'base'")
      }

      deinit { PQfinish(handle) }

      /// Waits until the change is made.
      func finish() {
        while let result = PQgetResult(handle) { PQclear(result) }
      }

      func commit() { PQclear(PQexec(handle, "COMMIT")) }
    }

    /// Runs a test with a database whose harness `base` was edited.
    private func withEditedDatabase(
      _ body: (TestDatabase, _ folder: String) throws -> Void
    ) throws {
      try withFolder { folder throws in
        try withDatabase { database throws in
          let basis = SeedBasis(definition: .oss(), catalog: .stock, grade: .dev)
          let store = try database.openForWriting()
          _ = try store.apply(
            basis, options: SeedOptions(), isFull: false,
            platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test
          ) { _ in true }
          store.close()
          try database.execute("UPDATE harnesses SET description = 'Edited.'")
          try body(database, folder)
        }
      }
    }

    private func start(
      _ words: [String], _ database: TestDatabase, _ folder: String
    ) throws -> Program {
      try Program(
        words + [
          "-s", try TestServer.address(of: database.name), "--wait", "10m",
        ], in: folder)
    }

    /// How many programs wait for others.
    private func waiting(in database: TestDatabase) throws -> Int {
      try Int(
        database.answer(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
          """)[0]) ?? 0
    }

    private func description(in database: TestDatabase) throws -> [String] {
      try database.answer("SELECT description FROM harnesses WHERE name = 'base'")
    }

    @Test(arguments: ["token", "plan"])
    func `a plan that was agreed to is stale once somebody changes a row of it`(kind: String) throws
    {
      try withEditedDatabase { database, folder throws in
        let preview = try start(
          ["seed", "preview", "--out", "plan.json", "-o", "json", "--grade", "dev"], database,
          folder
        ).finish()
        let token = try #require(preview.output.firstMatch(of: /"token": "([0-9a-f]+)"/)).1
        let writer = try Writer("Meanwhile.", in: database)
        writer.finish()
        let program = try start(
          ["seed", "apply"]
            + (kind == "token" ? ["--expect", String(token), "--grade", "dev"] : ["plan.json"]),
          database,
          folder)
        try wait { try waiting(in: database) == 1 }
        writer.commit()
        let outcome = program.finish()
        #expect(outcome.exitCode == 4, "\(outcome)")
        #expect(try description(in: database) == ["Meanwhile."])
      }
    }

    /// Lets another program change a row before every statement that writes to a table, and commit.
    private static func meddle(_ statement: String, with table: String) -> String {
      """
      CREATE EXTENSION IF NOT EXISTS dblink;
      CREATE SEQUENCE meddling;
      CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
        IF current_setting('application_name') = 'everrunsctl' THEN
          PERFORM dblink_exec(
            format('host=%s port=%s dbname=%s user=%s',
              split_part(current_setting('unix_socket_directories'), ',', 1),
              current_setting('port'), current_database(), current_user),
            format($statement$ \(statement) $statement$, nextval('meddling')));
        END IF;
        RETURN NULL;
      END $body$;
      CREATE TRIGGER meddle BEFORE UPDATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION meddle();
      """
    }

    @Test func `the run yields to a program that changes a row before every write`() throws {
      try withEditedDatabase { database, folder throws in
        try database.execute(
          Self.meddle(
            "UPDATE harnesses SET description = 'Meanwhile %s.' WHERE name = 'base'",
            with: "harnesses"))
        let state =
          "SELECT serial, (SELECT count(*) FROM everrunsctl.history) FROM everrunsctl.store_state"
        let before = try database.answer(state)
        let outcome = try start(["seed", "apply", "--yes", "--grade", "dev"], database, folder)
          .finish()
        #expect(outcome.exitCode == 75, "\(outcome)")
        #expect(
          try database.answer("SELECT description FROM harnesses ORDER BY name")
            == ["Meanwhile 3.", "Edited.", "Edited."])
        #expect(try database.answer(state) == before)
      }
    }

    @Test func `without a token it is planned again once somebody changes a row of it`() throws {
      try withEditedDatabase { database, folder throws in
        let writer = try Writer("Meanwhile.", in: database)
        writer.finish()
        let program = try start(["seed", "apply", "--yes", "--grade", "dev"], database, folder)
        try wait { try waiting(in: database) == 1 }
        writer.commit()
        let outcome = program.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try description(in: database) != ["Meanwhile."])
      }
    }
  }
#endif
