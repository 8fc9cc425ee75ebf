#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import Foundation
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// Writing to the database of a control plane.
  @Suite(.enabled(if: TestServer.isThere, "EVERRUNS_TEST_POSTGRES is not set"))
  struct WritingTests {
    private func basis(
      _ definition: PlatformDefinition = .oss(), _ catalog: SeedCatalog = .stock
    ) -> SeedBasis {
      SeedBasis(definition: definition, catalog: catalog, grade: .dev)
    }

    @discardableResult
    private func apply(
      _ basis: SeedBasis, _ options: SeedOptions = SeedOptions(), to store: PostgreSQLStore,
      decide: (SeedFindings) throws -> Bool = { _ in true }
    ) throws -> SeedResult {
      try store.apply(
        basis, options: options, isFull: false,
        platform: SeedPlan.Source(ref: "oss", fingerprint: basis.platform), change: .test,
        decide: decide)
    }

    private func addOrganizations(_ numbers: ClosedRange<Int>, to database: TestDatabase) throws {
      try database.execute(
        """
        INSERT INTO organizations (org_id, public_id, name)
        SELECT n, 'org_' || lpad(to_hex(n), 32, '0'), 'Org ' || n
        FROM generate_series(\(numbers.lowerBound), \(numbers.upperBound)) n
        """)
    }

    @Test func `an apply leaves nothing to do, and a history entry`() throws {
      try withDatabase { database throws in
        try addOrganizations(2...4, to: database)
        let store = try database.openForWriting()
        let result = try apply(basis(), to: store)
        #expect(result.isApplied)
        let summary = result.findings.summary
        let counts = summary.words(of: \.isDifference)
        #expect(
          try store.history(atMost: nil).map(\.summary) == [
            "seeded oss: \(counts): user/anonymous@local, llm_provider/OpenAI, "
              + "llm_provider/Anthropic and \(summary[.create] - 3) more"
          ])
        #expect(
          try database.answer(
            """
            SELECT count(*) = (SELECT count(*) FROM everrunsctl.harness_digests) FROM harnesses
            """) == ["t"])
        #expect(
          try database.answer(
            "SELECT count(*) FROM agents WHERE public_id <> 'agent_' || replace(id::text, '-', '')")
            == ["0"])
        let again = try apply(basis(), to: store)
        #expect(!again.isApplied)
        #expect(again.serial == result.serial)
        #expect(try store.appliedPlatform()?.ref == "oss")
      }
    }

    @Test func `harnesses that the control plane created count as applied afterwards`()
      throws
    {
      try withDatabase { database throws in
        try addOrganizations(2...4, to: database)
        try apply(basis(), to: try database.openForWriting())
        // What is remembered is lost; what the control plane holds is the same.
        try database.execute("DELETE FROM everrunsctl.harness_digests")
        #expect(try !apply(basis(), to: try database.openForWriting()).isApplied)
        var changed = PlatformDefinition.oss()
        changed.builtInHarnesses[0].systemPrompt += " Be brief."
        let rows = try database.open().compare(
          basis(changed), options: SeedOptions(), isFull: false
        ) { try $0.rows.filter { $0.action == .update } }
        #expect(rows.map(\.reason.code) == [.definitionChanged, .definitionChanged])
      }
    }

    @Test func `a pruned harness looks as if the control plane had deleted it`() throws {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        try apply(basis(), to: store)
        var fewer = PlatformDefinition.oss()
        let name = try #require(fewer.builtInHarnesses.last?.name)
        fewer.builtInHarnesses.removeLast()
        try apply(basis(fewer), SeedOptions(prune: .delete), to: store)
        let row = """
          SELECT status, deleted_at IS NOT NULL, archived_at IS NOT NULL FROM harnesses
          WHERE name = '\(name)'
          """
        #expect(try database.answer(row) == ["deleted|t|t"])
        // The name can be given again, to another row unless the id is the template's own.
        try apply(basis(), to: store)
        #expect(try database.answer(row + " AND status <> 'deleted'") == ["active|f|f"])
      }
    }

    @Test func `a deleted catalog row is restored, not created again`() throws {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        try apply(basis(), to: store)
        let deletion = "UPDATE agents SET status = 'deleted', deleted_at = now() WHERE name = "
        let agent = try #require(SeedCatalog.stock.agents.first)
        try database.execute(deletion + "'\(agent.name)'")
        #expect(try !apply(basis(), to: store).isApplied)
        try apply(basis(), SeedOptions(overwrites: true), to: store)
        #expect(
          try database.answer(
            "SELECT id, status, deleted_at FROM agents WHERE name = '\(agent.name)'")
            == ["\(agent.id)|active|NULL"])
      }
    }

    @Test func `the name of another organization's MCP server is not taken`() throws {
      try withDatabase { database throws in
        try addOrganizations(2...2, to: database)
        let server = try #require(SeedCatalog.stock.mcpServers.first)
        try database.execute(
          "INSERT INTO mcp_servers (org_id, name, url) VALUES (2, '\(server.name)', 'http://x')")
        let store = try database.openForWriting()
        let rows = try apply(basis(), to: store).findings.rows.filter {
          $0.address.kind == .mcpServer && $0.name == server.name
        }
        #expect(rows.map(\.reason.code) == [.unusableRow])
      }
    }

    @Test func `the second of two applies waits for the first, and finds nothing to do`() throws {
      try withDatabase { database throws in
        let first = try database.openForWriting()
        let basis = basis()
        let name = database.name
        let second = Task.detached {
          let store = try TestDatabase(name: name).openForWriting()
          return try store.apply(
            SeedBasis(definition: .oss(), catalog: .stock, grade: .dev), options: SeedOptions(),
            isFull: false,
            platform: SeedPlan.Source(
              ref: "oss", fingerprint: PlatformDefinition.oss().fingerprint), change: .test
          ) { _ in true }.isApplied
        }
        // Whichever comes first writes everything.
        let isFirst = try apply(basis, to: first).isApplied
        let finished = DispatchSemaphore(value: 0)
        let answer = Answer()
        Task.detached {
          answer.isApplied = try? await second.value
          finished.signal()
        }
        finished.wait()
        #expect(answer.isApplied == !isFirst)
      }
    }

    /// What came of a task; it is read once the task is over.
    private final class Answer: @unchecked Sendable {
      var isApplied: Bool?
    }

    @Test func `a row changed meanwhile is planned again, and never overwritten unseen`()
      throws
    {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        try apply(basis(), to: store)
        var changed = PlatformDefinition.oss()
        changed.builtInHarnesses[0].systemPrompt += " Be brief."
        let edit = "UPDATE harnesses SET description = "
        var plans: [[SeedReason.Code]] = []
        try apply(basis(changed), to: store) { findings in
          plans.append(try findings.rows.filter { $0.action == .update }.map(\.reason.code))
          if plans.count == 1 { try database.execute(edit + "'Edited.'") }
          return true
        }
        let names = changed.builtInHarnesses.count
        #expect(
          plans == [
            [.definitionChanged], Array(repeating: .overwritesLocalEdit, count: names),
          ])
        // Somebody who never stops changing it is given way to.
        var attempts = 0
        changed.builtInHarnesses[0].systemPrompt += " Be kind."
        let failure = error {
          try apply(basis(changed), to: store) { _ in
            attempts += 1
            try database.execute(edit + "'Edited \(attempts).'")
            return true
          }
        }
        #expect(attempts == 3)
        #expect(failure?.code == .busy)
      }
    }

    @Test func `a row created meanwhile is planned again, and never overwritten unseen`()
      throws
    {
      try withDatabase { database throws in
        var plans: [SeedReason.Code?] = []
        try apply(basis(), to: try database.openForWriting()) { findings in
          let rows: [SeedPlanRow] = try findings.rows.filter { row in
            row.address.kind == .harness && row.name == "base"
          }
          plans.append(rows.first?.reason.code)
          if plans.count == 1 {
            try database.execute(
              "INSERT INTO harnesses (name, display_name, system_prompt) VALUES ('base', 'Own', '')"
            )
          }
          return true
        }
        #expect(plans.count == 2)
        #expect(plans.first != plans.last)
        #expect(
          try database.answer("SELECT display_name FROM harnesses WHERE name = 'base'") == ["Own"])
      }
    }

    @Test func `a plan that changed after the caller agreed to it is not carried out`() throws {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        try apply(basis(), to: store)
        var changed = PlatformDefinition.oss()
        changed.builtInHarnesses[0].systemPrompt += " Be brief."
        struct Stale: Error {}
        var attempts = 0
        #expect(throws: Stale.self) {
          try apply(basis(changed), to: store) { _ in
            attempts += 1
            guard attempts == 1 else { throw Stale() }
            try database.execute("UPDATE harnesses SET description = 'Edited.'")
            return true
          }
        }
        #expect(attempts == 2)
        #expect(try database.answer("SELECT DISTINCT description FROM harnesses") == ["Edited."])
      }
    }

    @Test func `an apply that is interrupted leaves nothing`() throws {
      try withDatabase { database throws in
        try addOrganizations(2...9, to: database)
        let store = try database.openForWriting()
        for activity in [SeedProgress.Activity.comparing, .writing, .committing] {
          store.progress = { progress throws(StoreError) in
            if progress.activity == activity { throw .interrupted }
          }
          #expect(error { try apply(basis(), to: store) } == .interrupted)
        }
        store.progress = { _ in }
        #expect(try store.counts(organization: nil)[.harness] == 0)
        #expect(try store.history(atMost: nil) == [])
        #expect(try apply(basis(), to: store).isApplied)
      }
    }

    @Test func `a connection closed by the server leaves nothing`() throws {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        let failure = error {
          try apply(basis(), to: store) { _ in
            try database.execute(
              """
              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid()
              """)
            return true
          }
        }
        #expect([.busy, .inputOutput].contains(failure?.code))
        #expect(try database.answer("SELECT count(*) FROM harnesses") == ["0"])
      }
    }

    @Test func `harnesses that were edited alike are applied, whether or not they were before`()
      throws
    {
      try withDatabase { database throws in
        try addOrganizations(2...9, to: database)
        try apply(basis(), to: try database.openForWriting())
        try database.execute(
          """
          DELETE FROM everrunsctl.harness_digests
            WHERE harness_id IN (SELECT id FROM harnesses WHERE org_id > 5);
          UPDATE harnesses SET description = 'Edited.' WHERE name = 'base'
          """)
        try apply(basis(), to: try database.openForWriting())
        #expect(
          try database.answer(
            """
            SELECT count(*), count(DISTINCT digest), count(*) FILTER (WHERE h.description = 'Edited.')
            FROM harnesses h JOIN everrunsctl.harness_digests d ON d.harness_id = h.id
            """) == ["27|3|0"])
      }
    }

    @Test func `a new organization gets the number of the database`() throws {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        let publicID = "org_" + String(repeating: "a", count: 32)
        let number = try store.createOrganization(
          name: "Acme", publicID: publicID, basis: basis(), change: .test)
        #expect(number == 2)
        #expect(
          try database.answer("SELECT last_value FROM organizations_org_id_seq") == ["2"])
        let organization = try #require(try store.organizations(named: "Acme").first)
        #expect(organization.settings[.defaultHarness]?.name == "generic")
        #expect(
          try store.counts(of: organization)[.harness]
            == PlatformDefinition.oss().builtInHarnesses.count)
        try store.update(
          organization, name: "Acme & Co", settings: [.defaultHarness: nil], change: .test)
        let renamed = try #require(try store.organizations(named: publicID).first)
        #expect(renamed.name == "Acme & Co")
        #expect(renamed.settings[.defaultHarness] == nil)
        #expect(error { _ = try store.delete([renamed], change: .test) }?.code == .refused)
      }
    }

    @Test func `a new organization gets an unused number`() throws {
      try withDatabase { database throws in
        try addOrganizations(2...4, to: database)
        let number = try database.openForWriting().createOrganization(
          name: "Acme", publicID: "org_" + String(repeating: "a", count: 32), basis: basis(),
          change: .test)
        #expect(number == 5)
        #expect(
          try database.answer("SELECT name FROM organizations ORDER BY org_id DESC LIMIT 2")
            == ["Acme", "Org 4"])
        // No number is drawn in vain.
        #expect(try database.answer("SELECT last_value FROM organizations_org_id_seq") == ["5"])
      }
    }

    @Test func `definitions have revisions, as in every store`() throws {
      try withDatabase { database throws in
        let store = try database.openForWriting()
        let first = PlatformDefinition.oss()
        var second = first
        second.builtInHarnesses.removeLast()
        #expect(
          try store.save(
            [(first, "one"), (second, "two")], as: "acme", after: nil,
            origin: .replace(PlatformOrigin(preset: "oss", grade: .prod, definition: first)),
            change: .test) == 2)
        #expect(
          throws: StoreError.superseded(name: "acme", seen: nil, latest: 2)
        ) {
          try store.save([(first, "three")], as: "acme", after: nil, origin: .keep, change: .test)
        }
        try store.use("acme", saved: ("acme", .latest), change: .test)
        #expect(try store.activePlatform(orElse: nil) == "acme")
        #expect(
          try store.revise("acme", origin: .keep, change: .test) { newest in
            newest.number == 2 ? (first, "three") : nil
          } == 3)
        #expect(try store.revision(of: "acme", .previous)?.definition == second)
        #expect(try store.origin(of: "acme", revision: 3)?.preset == "oss")
        #expect(try store.history(of: "acme").map(\.summary) == ["one", "two", "three"])
        #expect(try store.platforms().map(\.revisionCount) == [3])
        #expect(try store.delete("acme", change: .test))
        #expect(try store.platforms() == [])
        #expect(try store.activePlatform(orElse: nil) == nil)
        #expect(
          try store.save([(first, "four")], as: "acme", after: nil, origin: .keep, change: .test)
            == 4)
        #expect(try store.history(atMost: 2).count == 2)
      }
    }
  }
#endif
