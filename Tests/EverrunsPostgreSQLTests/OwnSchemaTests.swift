#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import Foundation
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// The schema `everrunsctl` in states that others left it in.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct OwnSchemaTests {
    @Test(arguments: [
      ("DROP TABLE everrunsctl.platforms", "there is no table everrunsctl.platforms"),
      (
        "ALTER TABLE everrunsctl.history RENAME TO other; "
          + "CREATE VIEW everrunsctl.history AS SELECT * FROM everrunsctl.other",
        "everrunsctl.history is not a table"
      ),
      (
        "ALTER TABLE everrunsctl.history DROP COLUMN reason",
        "there is no column everrunsctl.history.reason"
      ),
      (
        "ALTER TABLE everrunsctl.harness_digests ALTER harness_id TYPE text",
        "everrunsctl.harness_digests.harness_id has type text, not uuid"
      ),
      (
        "ALTER TABLE everrunsctl.harness_digests DROP CONSTRAINT harness_digests_pkey",
        "everrunsctl.harness_digests has no primary key (harness_id)"
      ),
      ("DELETE FROM everrunsctl.store_state", "everrunsctl.store_state has no row"),
    ])
    func `a damaged schema is refused with what is wrong, and checked`(
      statement: String, problem: String
    ) throws {
      try withDatabase { database throws in
        _ = try database.openForWriting()
        try database.execute(statement)
        let damage = StoreError.incompleteSchema(
          try database.location(), problems: [problem], isRepairable: false)
        #expect(damage.code.exitCode == .badInput)
        #expect(error { try database.open() } == damage)
        #expect(error { try database.openForWriting() } == damage)
        let store = try database.open(checksSchema: false)
        #expect(error { try store.prepareWriting(createsSchema: true) } == damage)
        #expect(error { try store.neededPreparation() } == damage)
        let check = try store.check(against: nil, presets: []).first { $0.name == "schema" }
        #expect(check?.findings.map(\.message) == [problem])
      }
    }

    @Test func `a right that is missing on the schema is named, and a preview needs none`() throws {
      try withDatabase { database throws in
        _ = try database.openForWriting()
        let role = database.name + "_reader"
        try database.execute(
          "CREATE ROLE \(role) LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO \(role)")
        defer { try? database.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
        for (right, next) in [
          ("USAGE ON SCHEMA everrunsctl", "GRANT USAGE ON SCHEMA everrunsctl TO \(role)"),
          (
            "SELECT ON everrunsctl.store_state",
            "GRANT SELECT ON ALL TABLES IN SCHEMA everrunsctl TO \(role)"
          ),
        ] {
          let store = try database.open(as: role)
          let missing = StoreError.rightMissing(
            store.location, MissingRight(right: right, role: role))
          #expect(missing.code.exitCode == .permissionDenied)
          #expect(
            missing.message.hasSuffix("role \(role) lacks the right \(right)"))
          #expect(error { try store.prepareWriting(createsSchema: false) } == missing)
          #expect(error { try store.prepareWriting(createsSchema: true) } == missing)
          #expect(error { try store.neededPreparation() } == missing)
          #expect(error { try store.checkAcceptance(of: .change) } == missing)
          #expect(error { try store.revision(of: "acme", .latest) } == missing)
          #expect(error { try store.history(of: "acme") } == missing)
          #expect(try store.activePlatform(orElse: "default") == nil)
          #expect(try store.counts(organization: nil)[.organization] == 1)
          try database.execute(next)
        }
        let store = try database.open(as: role)
        #expect(try store.revision(of: "acme", .latest) == nil)
        let missing = StoreError.rightMissing(
          store.location, MissingRight(right: "INSERT ON everrunsctl.store_state", role: role))
        #expect(error { try store.prepareWriting(createsSchema: false) } == missing)
        #expect(error { try store.checkAcceptance(of: .change) } == missing)
      }
    }

    @Test func `an administrator may create the schema for a role that may not`() throws {
      try withDatabase { database throws in
        let role = database.name + "_writer"
        try database.execute(
          "CREATE ROLE \(role) LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO \(role)")
        defer { try? database.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
        let store = try database.open(as: role)
        let missing = MissingRight(right: "CREATE ON DATABASE \(database.name)", role: role)
        #expect(
          error { try store.neededPreparation() } == .rightMissing(store.location, missing))
        guard case .permissionDenied? = error({ try store.prepareWriting(createsSchema: true) })
        else {
          Issue.record("a schema was created without the right")
          return
        }
        try database.execute("CREATE SCHEMA everrunsctl AUTHORIZATION \(role)")
        let again = try database.open(as: role)
        #expect(try again.neededPreparation() == .created)
        try again.prepareWriting(createsSchema: true)
        #expect(again.preparation == .created)
        #expect(again.hasSchema)
      }
    }

    @Test func `a database that can only be read is said to be so before a write`() throws {
      try withDatabase { database throws in
        try database.openForWriting().close()
        try database.execute(
          "ALTER DATABASE \(database.name) SET default_transaction_read_only = on")
        let store = try database.open()
        let refusal = StoreError.permissionDenied(
          store.location,
          reason: "the database is read-only: default_transaction_read_only is on")
        #expect(error { try store.prepareWriting(createsSchema: false) } == refusal)
        #expect(error { try store.prepareWriting(createsSchema: true) } == refusal)
        #expect(error { try store.neededPreparation() } == refusal)
        #expect(error { try store.checkAcceptance(of: .change) } == refusal)
        #expect(try store.counts(organization: nil)[.organization] == 1)
      }
    }

    @Test func `of several programs that create the schema, only the first says so`() throws {
      try withDatabase { database throws in
        let stores = try (1...4).map { _ in try database.open() }
        for store in stores { try store.prepareWriting(createsSchema: true) }
        #expect(stores.map(\.preparation) == [.created, .none, .none, .none])
        #expect(stores.map(\.hasCommitted) == [true, false, false, false])
        #expect(stores.map(\.hasSchema) == [true, true, true, true])
      }
    }

    @Test func `store check names damaged rows of the schema, and its remedies repair them`() throws
    {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        for name in ["one", "two", "three"] { try store.use(name, saved: nil, change: .test) }
        _ = try store.save([(.empty, "made")], as: "acme", after: nil, change: .test)
        try database.execute(
          """
          UPDATE everrunsctl.history SET concerns = '{"organizations":{"org_1":1}}' WHERE id = 1;
          UPDATE everrunsctl.history SET created_at = 'yesterday' WHERE id = 2;
          UPDATE everrunsctl.history SET concerns = '{"organizations":{"org_gone":"Gone"}}'
            WHERE id = 3;
          UPDATE everrunsctl.platform_revisions SET fingerprint = 'x'
          """)
        let findings = try database.open().check(against: nil, presets: []).flatMap(\.findings)
        #expect(
          findings.map { "\($0.table ?? "") \($0.row ?? "") \($0.message)" } == [
            "everrunsctl.history id = 1 concerns holds '{\"organizations\":{\"org_1\":1}}', which is "
              + "not a list of organizations",
            "everrunsctl.history id = 2 created_at holds 'yesterday', which is not a time",
            "everrunsctl.platform_revisions name = 'acme' AND revision = 1 definition 'acme@1' is "
              + "not what was saved",
          ])
        for finding in findings { try database.execute(finding.remedy) }
        #expect(try database.open().check(against: nil, presets: []).flatMap(\.findings) == [])
      }
    }

    @Test func `a remedy for a row whose key cannot be copied from a terminal works as pasted`()
      throws
    {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        _ = try store.save([(.empty, "made")], as: "acme", after: nil, change: .test)
        try database.execute(
          """
          CREATE TEMP TABLE copied AS SELECT * FROM everrunsctl.platform_revisions;
          UPDATE copied SET name = 'a' || chr(9) || 'b';
          INSERT INTO everrunsctl.platform_revisions SELECT * FROM copied
          """)
        let findings = try database.open().check(against: nil, presets: []).flatMap(\.findings)
        #expect(
          findings.map { $0.row?.hasPrefix("name = convert_from('\\x610962', 'SQL_ASCII')") } == [
            true
          ], "\(findings)")
        for finding in findings { try database.execute(finding.remedy) }
        #expect(try database.open().check(against: nil, presets: []).flatMap(\.findings) == [])
      }
    }

    // MARK: Older versions

    /// Gives the schema the form of its first version, with an entry of the history.
    private func makeOlder(_ database: TestDatabase) throws {
      try database.openForWriting().use("acme", saved: nil, change: .test)
      try database.execute(
        """
        ALTER TABLE everrunsctl.history DROP COLUMN concerns;
        UPDATE everrunsctl.store_state SET schema_version = 1
        """)
    }

    @Test func `a schema of an older version is read as it is, and migrated before a write`() throws
    {
      try withDatabase { database throws in
        try makeOlder(database)
        let store = try database.open()
        #expect(try store.info().schemaVersion == 1)
        #expect(try store.activePlatform(orElse: nil) == "acme")
        #expect(try store.history(atMost: nil).map(\.concerns) == [nil])
        #expect(
          try store.check(against: nil, presets: []).flatMap(\.findings).map(\.message) == [])
        #expect(try store.neededPreparation() == .migrated(from: 1))
        try store.checkAcceptance(of: .change)
        #expect(try database.open().info().schemaVersion == 1)
        try store.prepareWriting(createsSchema: false)
        #expect(store.preparation == .migrated(from: 1) && store.hasCommitted)
        try store.use("other", saved: nil, change: .test)
        #expect(
          try database.open().history(atMost: nil).map(\.concerns)
            == [ConcernedOrganizations.listed([]), nil])
        #expect(try database.open().info().schemaVersion == OwnSchema.version)
        #expect(try database.open().neededPreparation() == .none)
      }
    }

    @Test func `a migrated schema has the columns of a new one`() throws {
      func columns(_ database: TestDatabase) throws -> [String] {
        try database.answer(
          """
          SELECT table_name, column_name, data_type FROM information_schema.columns
          WHERE table_schema = 'everrunsctl' ORDER BY 1, 2
          """)
      }
      try withDatabase { database throws in
        _ = try database.openForWriting()
        let expected = try columns(database)
        try makeOlder(database)
        #expect(try columns(database) != expected)
        #expect(try database.openForWriting().preparation == .migrated(from: 1))
        #expect(try columns(database) == expected)
      }
    }

    @Test func `of several programs that migrate the schema, only the first says so`() throws {
      try withDatabase { database throws in
        try makeOlder(database)
        let stores = try (1...3).map { _ in try database.open() }
        for store in stores { try store.prepareWriting(createsSchema: false) }
        #expect(stores.map(\.preparation) == [.migrated(from: 1), .none, .none])
        #expect(stores.map(\.hasCommitted) == [true, false, false])
        #expect(stores.map(\.schemaVersion) == [2, 2, 2])
      }
    }

    @Test func `a role that does not own the schema is told who can migrate it`() throws {
      try withDatabase { database throws in
        try makeOlder(database)
        let role = database.name + "_writer"
        try database.execute(
          """
          CREATE ROLE \(role) LOGIN;
          GRANT ALL ON ALL TABLES IN SCHEMA public, everrunsctl TO \(role);
          GRANT USAGE ON SCHEMA everrunsctl TO \(role)
          """)
        defer { try? database.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
        let owner = try database.answer(
          "SELECT tableowner FROM pg_tables WHERE schemaname = 'everrunsctl' LIMIT 1")[0]
        let store = try database.open(as: role)
        let refusal = StoreError.permissionDenied(
          store.location,
          reason: """
            the schema everrunsctl has version 1, and only its owner \(owner) can migrate it to 2, \
            with 'store init'
            """)
        #expect(error { try store.prepareWriting(createsSchema: false) } == refusal)
        #expect(error { try store.prepareWriting(createsSchema: true) } == refusal)
        #expect(error { try store.neededPreparation() } == refusal)
        #expect(error { try store.checkAcceptance(of: .change) } == refusal)
        #expect(try store.history(atMost: nil).count == 1)
        _ = try database.openForWriting()
        try database.open(as: role).prepareWriting(createsSchema: false)
      }
    }

    @Test func `a column that the schema's version has must be there`() throws {
      try withDatabase { database throws in
        _ = try database.openForWriting()
        try database.execute("ALTER TABLE everrunsctl.history DROP COLUMN concerns")
        let damage = StoreError.incompleteSchema(
          try database.location(),
          problems: ["there is no column everrunsctl.history.concerns"], isRepairable: false)
        #expect(error { try database.open() } == damage)
      }
    }
  }
#endif
