#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// Values of definitions, catalogs and commands that a database cannot store.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct ValueTests {
    private func basis(
      _ definition: PlatformDefinition = .oss(), _ catalog: SeedCatalog = .stock,
      grade: Grade = .dev
    ) -> SeedBasis {
      SeedBasis(definition: definition, catalog: catalog, grade: grade)
    }

    private func apply(_ basis: SeedBasis, to store: PostgreSQLStore) throws -> SeedResult {
      try store.apply(
        basis, options: SeedOptions(), isFull: false,
        platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test
      ) { _ in true }
    }

    private func preview(_ basis: SeedBasis, of store: PostgreSQLStore) throws -> [SeedPlanRow] {
      try store.compare(basis, options: SeedOptions(), isFull: false) {
        try $0.rows.collected()
      }
    }

    /// The paths and messages of values that are refused.
    private func refusals(_ body: () throws -> some Any) -> [String] {
      guard case .unacceptableValues(_, let problems)? = error(body) else { return [] }
      return problems.map(\.messageWithPath)
    }

    @Test func `values that the database cannot store are refused with their paths`() throws {
      try withDatabase { database throws in
        var platform = PlatformDefinition.oss()
        platform.builtInHarnesses[0].description = "a\u{0}b"
        platform.builtInHarnesses[1].capabilities = [
          CapabilityUse("unregistered", config: ["a": "b\u{0}"]),
          CapabilityUse(
            "current_time",
            config: try #require(
              JSONValue(json: #"{"a": [1, {"b/c": 1e131072}], "d": 1e-16384, "e": 1e131071}"#)
                .object)),
        ]
        var catalog = SeedCatalog.stock
        catalog.mcpServers[0].name = String(repeating: "ab", count: 128)
        catalog.users.append(
          SeedUser(id: "01933b5a-0000-7000-8000-0000000000aa", name: "Nobody"))
        catalog.agents[0].publicID = "agent_1"
        catalog.mcpServers[0].transportType = "stdio"
        catalog.users[0].membershipRole = "king"
        catalog.users[0].when = .always
        catalog.users[0].email = "king@example.org"
        let expected = [
          "/built_in_harnesses/0/description: U+0000 cannot be stored",
          "/built_in_harnesses/1/capabilities/1/config/a/1/b~1c: "
            + "the number 1e131072 has too many digits for the database",
          "/built_in_harnesses/1/capabilities/1/config/d: "
            + "the number 1e-16384 has too many digits for the database",
          "/agents/0/public_id: 'agent_1' violates a constraint of the database: "
            + "(public_id ~ '^agent_[0-9a-f]{32}$'::text)",
          "/mcp_servers/0/name: 'abababababababababababababababababababab...' "
            + "is longer than 255 characters",
          "/mcp_servers/0/transport_type: 'stdio' violates a constraint of the database: "
            + "((transport_type)::text = 'http'::text)",
          "/users/0/membership_role: 'king' violates a constraint of the database: "
            + "(role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text]))",
          "/users/\(catalog.users.count - 1)/email: 'email' must have a value in this database",
        ]
        let store = try database.openForWriting()
        let basis = basis(platform, catalog)
        #expect(refusals { try preview(basis, of: store) } == expected)
        #expect(refusals { try apply(basis, to: store) } == expected)
        #expect(error { try apply(basis, to: store) }?.code == .invalidDocument)
        #expect(try store.counts(organization: nil)[.harness] == 0)
        #expect(try store.history(atMost: nil) == [])
      }
    }

    @Test func `a number is refused for its value, not for its spelling`() throws {
      try withDatabase { database throws in
        var platform = PlatformDefinition.oss()
        let number = "1." + String(repeating: "0", count: 20_000)
        platform.builtInHarnesses[0].capabilities = [
          CapabilityUse(
            "current_time", config: try #require(JSONValue(json: "{\"a\": \(number)}").object))
        ]
        #expect(try apply(basis(platform), to: try database.openForWriting()).isApplied)
      }
    }

    @Test
    func `characters that the database's encoding does not have are refused with their places`()
      throws
    {
      try withDatabase(encoding: "LATIN1") { database throws in
        var platform = PlatformDefinition.oss()
        platform.builtInHarnesses[0].description = "Zoë"
        platform.builtInHarnesses[0].tags = ["één", "日本"]
        platform.builtInHarnesses[1].capabilities = [
          CapabilityUse("current_time", config: ["ключ": "🎉", "ä": "ö"])
        ]
        let problem = { (path: String, character: String, code: String) in
          "\(path): the database's encoding LATIN1 has no character '\(character)' (U+\(code))"
        }
        let inDefinition = [
          problem("/built_in_harnesses/0/tags/1", "日", "65E5"),
          problem("/built_in_harnesses/1/capabilities/0/config/ключ", "к", "043A"),
          problem("/built_in_harnesses/1/capabilities/0/config/ключ", "🎉", "1F389"),
        ]
        var catalog = SeedCatalog.stock
        catalog.agents[0].description = "€"
        let store = try database.openForWriting()
        let basis = basis(platform, catalog)
        let expected = inDefinition + [problem("/agents/0/description", "€", "20AC")]
        #expect(refusals { try preview(basis, of: store) }.sorted() == expected.sorted())
        #expect(refusals { try apply(basis, to: store) }.sorted() == expected.sorted())
        let definitions = [(definition: platform, summary: "")]
        #expect(
          refusals {
            try store.save(definitions, as: "acme", after: nil, origin: .keep, change: .test)
          } == inDefinition)
        #expect(
          refusals {
            try store.checkAcceptance(of: .revisions([platform], of: "acme", after: nil))
          } == inDefinition)
        #expect(try store.platforms() == [])
        let plain = PlatformDefinition.oss()
        _ = try store.save(
          [(plain, "")], as: "acme", after: nil, origin: .keep, change: .test)
        #expect(
          refusals {
            try store.revise("acme", origin: .keep, change: .test) { _ in (platform, "") }
          } == inDefinition)
        #expect(try store.revision(of: "acme", .latest)?.number == 1)
      }
    }

    @Test func `a row that is left out may hold anything`() throws {
      try withDatabase(encoding: "LATIN1") { database throws in
        var catalog = SeedCatalog.stock
        catalog.agents[0].displayName = "日本"
        catalog.agents[0].isDevOnly = true
        var server = catalog.mcpServers[0]
        server.name = "日本"
        let store = try database.openForWriting()
        #expect(
          try apply(basis(.oss(), catalog, grade: .prod), to: store).isApplied)
        #expect(
          try preview(basis(.oss(), catalog, grade: .prod), of: store).contains {
            $0.reason.code == .devOnly
          })
        catalog.mcpServers[0] = server
        #expect(
          refusals { try preview(basis(.oss(), catalog, grade: .prod), of: store) }.count == 1)
      }
    }

    @Test func `what a command names and says must fit the database's encoding`() throws {
      try withDatabase(encoding: "LATIN1") { database throws in
        let store = try database.openForWriting()
        let problem = "the database's encoding LATIN1 has no character '日' (U+65E5)"
        let new = NewOrganization(publicID: "org_" + String(repeating: "a", count: 32), name: "日")
        #expect(
          refusals { try store.createOrganizations([new], basis: basis(), change: .test) }
            == ["/name: \(problem)"])
        #expect(
          refusals { try store.checkAcceptance(of: .creation([new], defaultOrganization: 1)) }
            == ["/name: \(problem)"])
        let home = try #require(try store.organizations(named: nil).first)
        #expect(
          refusals { try store.update(home, name: "日", settings: [:], change: .test) }
            == ["/name: \(problem)"])
        let change = StoreChange(
          actor: "ann", command: "everrunsctl orgs set", reason: "日", now: StoreChange.test.now)
        #expect(
          refusals { try store.update(home, name: "Zoë", settings: [:], change: change) }
            == ["/everrunsctl.history/reason: \(problem)"])
        #expect(try database.answer("SELECT name FROM organizations") == ["Default Organization"])
        // No organization has such a name.
        #expect(try store.organizations(named: "日") == [])
        #expect(try store.organizationNames(beginningWith: "日", atMost: 5).byID == [])
      }
    }

    @Test
    func `bytes that are not text are shown, repaired where they are the platform's, and checked`()
      throws
    {
      try withDatabase(encoding: "SQL_ASCII") { database throws in
        try database.execute(
          """
          INSERT INTO organizations (org_id, public_id, name)
          SELECT n, 'org_' || lpad(to_hex(n), 32, '0'), 'Org ' || n FROM generate_series(2, 9) n
          """)
        var store = try database.openForWriting()
        _ = try apply(basis(), to: store)
        try database.execute(
          """
          UPDATE organizations SET name = E'a\\xff' WHERE org_id = 3;
          UPDATE harnesses SET description = E'b\\xff' WHERE org_id = 4 AND name = 'base';
          UPDATE agents SET description = E'c\\xff'
            WHERE id = (SELECT min(id::text)::uuid FROM agents);
          UPDATE harness_capabilities SET config = ('{"a": "' || E'd\\xff' || '"}')::jsonb
            WHERE harness_id = (SELECT id FROM harnesses WHERE org_id = 5 AND name = 'generic');
          INSERT INTO harnesses (org_id, name, display_name, system_prompt, tags)
            VALUES (6, 'own', E'e\\xff', '', ARRAY[E'f\\xff'])
          """)
        store = try database.open()
        #expect(
          try store.organizations(named: nil).map(\.name).filter { $0.contains("x'") }
            == ["x'61ff'"])
        let rows = try preview(basis(), of: store).filter {
          ![.unchanged, .skip].contains($0.action)
        }
        #expect(
          rows.map { "\($0.address) \($0.reason.code.rawValue)" }.sorted() == [
            "agent/\(try #require(rows.first { $0.address.kind == .agent }).name) kept_local_edit",
            "org_00000000000000000000000000000004/harness/base overwrites_local_edit",
            "org_00000000000000000000000000000005/harness/generic overwrites_local_edit",
          ])
        let findings = try store.check(against: nil, presets: []).flatMap(\.findings)
        #expect(
          Set(findings.map { "\($0.table ?? "") \($0.message)" }).sorted() == [
            "agents description holds convert_from('\\x63ff', 'SQL_ASCII'), which is not valid text",
            "harness_capabilities config does not hold a JSON object",
            "harnesses description holds convert_from('\\x62ff', 'SQL_ASCII'), which is not valid text",
            "harnesses display_name holds convert_from('\\x65ff', 'SQL_ASCII'), which is not valid text",
            "harnesses tags does not hold a JSON array",
            "organizations name holds convert_from('\\x61ff', 'SQL_ASCII'), which is not valid text",
          ])
        for finding in try store.check(against: nil, presets: []).flatMap(\.findings)
        where finding.remedy.hasPrefix("UPDATE ") {
          try database.execute(finding.remedy)
        }
        _ = try apply(basis(), to: try database.openForWriting())
        #expect(try database.open().check(against: nil, presets: []).flatMap(\.findings) == [])
        #expect(
          try preview(basis(), of: try database.open()).filter { $0.action.writes }.isEmpty)
      }
    }

    @Test func `text that the server cannot convert is refused with its table`() throws {
      try withDatabase(encoding: "WIN1252") { database throws in
        try database.execute("UPDATE organizations SET name = 'a' || chr(129)")
        let failure = error { try database.open().organizations(named: nil) }
        #expect(failure?.code == .invalidDocument)
        #expect(
          failure?.message.hasSuffix(
            """
            cannot store or read a value: table organizations: character with byte sequence 0x81 \
            in encoding "WIN1252" has no equivalent in encoding "UTF8"
            """) == true, "\(String(describing: failure))")
      }
    }

    @Test func `a name that only a deleted MCP server has is said to be one of a deleted row`()
      throws
    {
      try withDatabase { database throws in
        let server = try #require(SeedCatalog.stock.mcpServers.first)
        let id = "01933b5a-0000-7000-8000-0000000000bb"
        try database.execute(
          """
          INSERT INTO mcp_servers (id, org_id, name, url, status)
          VALUES ('\(id)', 1, '\(server.name)', 'http://x', 'deleted')
          """)
        let row = try preview(basis(), of: try database.open())
          .first { $0.address.kind == .mcpServer && $0.name == server.name }
        #expect(
          row?.reason.message
            == "name '\(server.name)' is already used by row '\(id)', which is only marked as "
            + "deleted; delete that row from the database, or rename it")
      }
    }
  }
#endif
