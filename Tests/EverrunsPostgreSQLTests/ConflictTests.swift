#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// Other programs that change rows of a plan between observation and writing.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct ConflictTests {
    /// A plan, and a statement that changes a row of it.
    struct Conflict: CustomTestStringConvertible, Sendable {
      let testDescription: String
      /// What the plan is about: edits of an administrator, or another definition.
      var edit = "SELECT 1"
      var definition = PlatformDefinition.oss()
      /// What another program does before the plan is carried out for the first, second and third
      /// time, with `$n` for 1, 2 and 3.
      let statement: String

      /// A plan for a changed harness.
      static func harness(
        _ what: String, _ statement: String, _ change: (inout BuiltInHarness) -> Void
      ) -> Conflict {
        var definition = PlatformDefinition.oss()
        for index in definition.builtInHarnesses.indices
        where definition.builtInHarnesses[index].name == "generic" {
          change(&definition.builtInHarnesses[index])
        }
        return Conflict(testDescription: what, definition: definition, statement: statement)
      }

      /// A plan for a row of the catalog that an administrator edited.
      static func record(_ table: String, _ column: String, _ condition: String) -> Conflict {
        Conflict(
          testDescription: "a row of \(table)",
          edit: "UPDATE \(table) SET \(column) = 'edited' WHERE \(condition)",
          statement: "UPDATE \(table) SET \(column) = 'meanwhile $n' WHERE \(condition)")
      }
    }

    private static let generic = """
      (SELECT id FROM harnesses WHERE name = 'generic' AND org_id = 3)
      """
    private static let child = "harness_id = \(generic) AND capability_id = 'web_fetch'"

    private static let conflicts = [
      Conflict.harness(
        "a harness", "UPDATE harnesses SET description = 'meanwhile $n' WHERE id = \(generic)"
      ) { $0.systemPrompt += " Be brief." },
      .harness(
        "a harness whose capabilities are planned",
        "UPDATE harnesses SET description = 'meanwhile $n' WHERE id = \(generic)"
      ) { $0.capabilities.removeLast() },
      .harness(
        "a harness that is renamed",
        "UPDATE harnesses SET description = 'meanwhile $n' WHERE id = \(generic)"
      ) {
        $0.name = "general"
        $0.previousNames = ["generic"]
      },
      .harness(
        "a capability",
        "UPDATE harness_capabilities SET config = '{\"n\": $n}' WHERE \(child)"
      ) { harness in
        for index in harness.capabilities.indices { harness.capabilities[index].config = ["a": 1] }
      },
      .harness(
        "a capability that is removed",
        "UPDATE harness_capabilities SET config = '{\"n\": $n}' WHERE \(child)"
      ) { $0.capabilities.removeAll { $0.ref == "web_fetch" } },
      .harness(
        "a capability that is planned",
        """
        INSERT INTO harness_capabilities (harness_id, capability_id)
        VALUES (\(generic), ('{current_time,sample_data,stateless_todo_list}'::text[])[$n])
        """
      ) { harness in
        harness.capabilities += ["current_time", "sample_data", "stateless_todo_list"]
          .map { CapabilityUse($0) }
      },
      Conflict(
        testDescription: "the name of a harness",
        edit: "DELETE FROM organization_settings; DELETE FROM harnesses WHERE org_id > 1",
        statement: """
          INSERT INTO harnesses (org_id, name, display_name, system_prompt)
          VALUES (3, ('{base,generic,platform-chat}'::text[])[$n], 'Own', '')
          """),
      Conflict(
        testDescription: "settings",
        edit: "UPDATE organization_settings SET default_harness_id = NULL",
        statement: "UPDATE organization_settings SET updated_at = clock_timestamp() "
          + "WHERE org_id = 3"),
      Conflict(
        testDescription: "settings of the default organization",
        edit: "UPDATE organization_settings SET base_harness_id = NULL",
        statement: "UPDATE organization_settings SET updated_at = clock_timestamp() "
          + "WHERE org_id = 1"),
      .record("llm_providers", "base_url", "name = 'OpenAI'"),
      .record("llm_models", "display_name", "id = (SELECT min(id::text)::uuid FROM llm_models)"),
      .record("mcp_servers", "url", "true"),
      .record("agents", "description", "true"),
      Conflict(
        testDescription: "an agent whose capabilities are planned",
        edit: "UPDATE agent_capabilities SET config = '{\"edited\": true}'",
        statement: "UPDATE agents SET description = 'meanwhile $n'"),
      Conflict(
        testDescription: "a capability of an agent",
        edit: "UPDATE agent_capabilities SET config = '{\"edited\": true}'",
        statement: "UPDATE agent_capabilities SET config = '{\"n\": $n}'"),
    ]

    /// A digest of every row of the control plane's tables, with what is written into them.
    private static let content = """
      SELECT md5(string_agg(row_text, E'\\n' ORDER BY row_text)) FROM (
        \(CopiedTable.controlPlane.map {
          "SELECT '\($0.name) ' || held::text AS row_text FROM \($0.name) held"
        }.joined(separator: " UNION ALL "))) rows
      """

    /// Runs a test with four organizations that have what the stock definition gives them.
    private func withSeededDatabase(_ body: (TestDatabase) throws -> Void) throws {
      try withDatabase { database throws in
        try database.execute(
          """
          INSERT INTO organizations (org_id, public_id, name)
          SELECT n, 'org_' || lpad(to_hex(n), 32, '0'), 'Org ' || n FROM generate_series(2, 4) n;
          SELECT setval('organizations_org_id_seq', 4)
          """)
        try apply(.oss(), to: database) { true }
        try body(database)
      }
    }

    private func apply(
      _ definition: PlatformDefinition, to database: TestDatabase, decide: () throws -> Bool
    ) throws {
      let store = try database.openForWriting()
      defer { store.close() }
      let basis = SeedBasis(definition: definition, catalog: .stock, grade: .dev)
      _ = try store.apply(
        basis, options: SeedOptions(overwrites: true), isFull: false,
        platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test
      ) { _ in try decide() }
    }

    @Test(arguments: conflicts)
    func `the run yields to a program that keeps changing a row of the plan`(conflict: Conflict)
      throws
    {
      try withSeededDatabase { database throws in
        try database.execute(conflict.edit)
        var attempts = 0
        var contents: [[String]] = []
        let failure = error {
          try apply(conflict.definition, to: database) {
            attempts += 1
            try database.execute(conflict.statement.replacing("$n", with: "\(attempts)"))
            contents.append(try database.answer(Self.content))
            return true
          }
        }
        #expect(failure?.code == .busy, "\(String(describing: failure))")
        #expect(attempts == 3)
        #expect(Set(contents).count == 3)
        // Nothing was written, not even to other rows.
        #expect(try database.answer(Self.content) == contents.last)
      }
    }

    /// Runs an apply of a definition, with a statement of another program between observation and
    /// writing, once.
    ///
    /// - Returns: How often the plan was made.
    private func attempts(
      of definition: PlatformDefinition, meanwhile statement: String, in database: TestDatabase
    ) throws -> Int {
      var attempts = 0
      try apply(definition, to: database) {
        attempts += 1
        if attempts == 1 { try database.execute(statement) }
        return true
      }
      return attempts
    }

    private var changed: PlatformDefinition {
      var definition = PlatformDefinition.oss()
      for index in definition.builtInHarnesses.indices {
        definition.builtInHarnesses[index].systemPrompt += " Be brief."
      }
      return definition
    }

    @Test func `a harness deleted meanwhile does not come back with its old content`() throws {
      try withSeededDatabase { database throws in
        let row = "org_id = 3 AND name = 'platform-chat'"
        let id = try database.answer("SELECT id FROM harnesses WHERE \(row)")
        #expect(
          try attempts(of: changed, meanwhile: "DELETE FROM harnesses WHERE \(row)", in: database)
            == 2)
        #expect(try database.answer("SELECT id FROM harnesses WHERE \(row)") != id)
      }
    }

    @Test func `a row of the catalog deleted meanwhile does not come back unseen`() throws {
      try withSeededDatabase { database throws in
        try database.execute("UPDATE llm_providers SET base_url = 'edited'")
        var plans: [Int] = []
        let store = try database.openForWriting()
        let basis = SeedBasis(definition: .oss(), catalog: .stock, grade: .dev)
        _ = try store.apply(
          basis, options: SeedOptions(overwrites: true), isFull: false,
          platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test
        ) { findings in
          plans.append(
            try findings.rows.filter { row in
              row.address.kind == .llmProvider && row.action == .create
            }.count)
          if plans.count == 1 {
            try database.execute("DELETE FROM llm_providers WHERE name = 'OpenAI'")
          }
          return true
        }
        #expect(plans == [0, 1])
      }
    }

    @Test func `settings deleted meanwhile are planned again`() throws {
      try withSeededDatabase { database throws in
        try database.execute("UPDATE organization_settings SET default_harness_id = NULL")
        #expect(
          try attempts(
            of: .oss(), meanwhile: "DELETE FROM organization_settings WHERE org_id = 3",
            in: database) == 2)
        #expect(
          try database.answer(
            "SELECT count(*) FROM organization_settings WHERE default_harness_id IS NOT NULL")
            == ["4"])
      }
    }

    @Test func `an organization deleted meanwhile gets nothing`() throws {
      try withSeededDatabase { database throws in
        try database.execute(
          """
          DELETE FROM organization_settings WHERE org_id > 1;
          DELETE FROM harnesses WHERE org_id > 1
          """)
        #expect(
          try attempts(
            of: .oss(), meanwhile: "DELETE FROM organizations WHERE org_id = 3", in: database) == 2)
        #expect(
          try database.answer(
            "SELECT org_id FROM organization_settings WHERE base_harness_id IS NOT NULL ORDER BY 1")
            == ["1", "2", "4"])
      }
    }

    @Test func `an organization created meanwhile is left to the next run`() throws {
      try withSeededDatabase { database throws in
        #expect(
          try attempts(
            of: changed,
            meanwhile: """
              INSERT INTO organizations (public_id, name) VALUES ('org_' || repeat('a', 32), 'New')
              """, in: database) == 1)
        let names = "SELECT count(*) FROM harnesses WHERE org_id = 5"
        #expect(try database.answer(names) == ["0"])
        try apply(changed, to: database) { true }
        #expect(try database.answer(names) == ["\(changed.builtInHarnesses.count)"])
      }
    }

    @Test func `a constraint that the program does not know is named, and planned for twice`()
      throws
    {
      try withSeededDatabase { database throws in
        try database.execute(
          """
          DELETE FROM organization_settings; DELETE FROM harnesses WHERE org_id > 1;
          CREATE UNIQUE INDEX only_one ON harnesses (display_name)
          """)
        var plans = 0
        let failure = error {
          try apply(.oss(), to: database) {
            plans += 1
            return true
          }
        }
        #expect(failure?.code == .refused)
        #expect(failure?.message.contains("\"only_one\"") == true, "\(String(describing: failure))")
        #expect(plans == 2)
      }
    }
  }
#endif
