#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import Foundation
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// Reading the database of a control plane.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct ReadingTests {
    private var basis: SeedBasis {
      SeedBasis(definition: .oss(), catalog: .stock, grade: .prod)
    }

    @Test func `a role that may only read the tables previews, and changes nothing`() throws {
      try withDatabase { database throws in
        let role = database.name + "_reader"
        try database.execute(
          "CREATE ROLE \(role) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role);"
            + "REVOKE TEMPORARY ON DATABASE \(database.name) FROM PUBLIC")
        defer {
          try? database.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
        try database.execute(
          """
          INSERT INTO organizations (org_id, public_id, name)
          SELECT n, 'org_' || lpad(to_hex(n), 32, '0'), 'Org ' || n FROM generate_series(2, 5) n
          """)
        let tables = "SELECT relname, pg_relation_size(oid) FROM pg_class ORDER BY 1"
        let before = try database.answer(tables)
        let store = try database.open(as: role)
        let plan = try store.compare(basis, options: SeedOptions(), isFull: false) { findings in
          try findings.rows.collected()
        }
        let base = plan.filter { $0.address.kind == .harness && $0.name == "base" }
        #expect(base.map(\.address.description) == ["harness/base", "*/harness/base"])
        #expect(base.map(\.organizations) == [nil, 4])
        #expect(base.allSatisfy { $0.action == .create })
        #expect(try store.info().schemaVersion == 0)
        #expect(try database.answer(tables) == before)
        #expect(!store.hasCommitted)
        #expect(throws: StoreError.notInitialized(store.location)) {
          try store.prepareWriting(createsSchema: false)
        }
        guard case .permissionDenied = error({ try store.prepareWriting(createsSchema: true) })
        else {
          Issue.record("a reader made a schema")
          return
        }
      }
    }

    @Test func `a role that does not see all rows is refused`() throws {
      try withDatabase { database throws in
        let role = database.name + "_reader"
        try database.execute(
          "CREATE ROLE \(role) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role);"
            + "ALTER TABLE harnesses ENABLE ROW LEVEL SECURITY")
        defer {
          try? database.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
        let store = try database.open(as: role)
        let failure = error {
          _ = try store.compare(basis, options: SeedOptions(), isFull: false) { _ in }
        }
        #expect(
          failure
            == .permissionDenied(
              store.location,
              reason:
                #"query would be affected by row-level security policy for table "harnesses""#))
      }
    }

    @Test func `a catalog row that differs counts as edited, since nothing was applied`()
      throws
    {
      try withDatabase { database throws in
        let provider = try #require(SeedCatalog.stock.llmProviders.first)
        try database.execute(
          """
          INSERT INTO llm_providers (id, org_id, name, provider_type, base_url)
          VALUES ('\(provider.id)', 1, '\(provider.name)', '\(provider.providerType)', 'http://x')
          """)
        let row = try database.open().compare(basis, options: SeedOptions(), isFull: false) {
          try $0.rows.filter { $0.address.kind == .llmProvider && $0.name == provider.name }.first
        }
        #expect(row?.reason.code == .keptLocalEdit)
        #expect(row?.notes == [.noMemory])
      }
    }

    @Test func `a preview says that the control plane overwrites the edits that it keeps`() throws {
      try withFolder { folder throws in
        try withDatabase { database throws in
          let address = try TestServer.address(of: database.name)
          func notes() throws -> String {
            try Program(["seed", "preview", "-s", address], in: folder).finish().errorOutput
          }
          #expect(try notes() == "")
          let provider = try #require(SeedCatalog.stock.llmProviders.first)
          try database.execute(
            """
            INSERT INTO llm_providers (id, org_id, name, provider_type, base_url)
            VALUES ('\(provider.id)', 1, '\(provider.name)', '\(provider.providerType)', 'http://x')
            """)
          #expect(
            try notes()
              == "note: the control plane itself overwrites edited catalog rows when it starts\n")
        }
      }
    }

    @Test func `a database is restored by the server's own tools`() throws {
      try withFolder { folder throws in
        try withDatabase { database throws in
          let address = try TestServer.address(of: database.name)
          let outcome = try Program(
            ["store", "restore", "copy.db", "--yes", "-s", address], in: folder
          ).finish()
          #expect(outcome.exitCode == 1)
          #expect(outcome.errorOutput.contains("which this program cannot copy"))
          #expect(outcome.errorOutput.contains("pg_dump"))
        }
      }
    }

    @Test func `rows with status deleted are ignored`() throws {
      try withDatabase { database throws in
        try database.execute(
          """
          INSERT INTO harnesses (name, display_name, system_prompt, is_built_in, status, deleted_at)
          VALUES ('base', 'Base', '', true, 'deleted', now()),
            ('old', 'Old', '', true, 'deleted', now())
          """)
        let store = try database.open()
        #expect(try store.records(.harness, organization: nil) == [])
        #expect(try store.counts(organization: nil)[.harness] == 0)
        let plan = try store.compare(basis, options: SeedOptions(), isFull: false) {
          try $0.rows.filter { $0.address.kind == .harness }
        }
        #expect(plan.first { $0.name == "base" }?.action == .create)
        #expect(!plan.contains { $0.name == "old" })
      }
    }

    @Test func `installed models are found by either column`() throws {
      try withDatabase { database throws in
        try database.execute("ALTER TABLE llm_models RENAME installed TO enabled")
        let store = try database.openForWriting()
        _ = try store.apply(
          basis, options: SeedOptions(), isFull: false,
          platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test
        ) { _ in true }
        let rows = try store.compare(basis, options: SeedOptions(), isFull: false) {
          try $0.rows.filter { $0.action.writes }
        }
        #expect(rows.map(\.address.description) == [])
        #expect(try database.answer("SELECT count(*) > 0 FROM llm_models WHERE enabled") == ["t"])
      }
    }

    @Test func `an unknown required column stops writing, not reading`()
      throws
    {
      try withDatabase { database throws in
        try database.execute("ALTER TABLE agents ADD COLUMN region text NOT NULL")
        let store = try database.open()
        _ = try store.compare(basis, options: SeedOptions(), isFull: false) { $0.summary }
        #expect(
          throws: StoreError.unknownTables(
            store.location, problems: ["agents.region must have a value"])
        ) { try store.prepareWriting(createsSchema: true) }
        #expect(
          try store.check(against: nil, presets: []).first?.findings.map(\.message)
            == ["agents.region requires a value, so nothing can be written"])
      }
    }

    @Test func `another program's database is distinguished from an older control plane`() throws {
      try withDatabase { database throws in
        let location = try database.location()
        try database.execute("ALTER TABLE harnesses DROP COLUMN display_name")
        #expect(
          throws: StoreError.unknownTables(
            location, problems: ["there is no column harnesses.display_name"])
        ) { try database.open() }
        try database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        guard case .notAControlPlane(location, _) = error({ try database.open() }) else {
          Issue.record("a database without tables was opened")
          return
        }
      }
    }

    @Test func `waiting for the server can be interrupted`() throws {
      try withDatabase { database throws in
        let connection = try database.connection()
        struct Enough: Error {}
        var asked = 0
        connection.stillWaiting = {
          asked += 1
          if asked > 2 { throw Enough() }
        }
        #expect(throws: Enough.self) { try connection.run("SELECT pg_sleep(600)") }
        connection.stillWaiting = {}
        // The connection can be used again, since the server gave up as well.
        #expect(try connection.first("SELECT 1", []) { $0.integer(0) } == 1)
      }
    }
  }

  /// What a body throws, as far as it is an error of a store.
  func error(_ body: () throws -> some Any) -> StoreError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? StoreError
    }
  }
#endif
