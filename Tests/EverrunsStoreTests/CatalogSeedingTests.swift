import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// What seeding makes of the rows of a catalog, run after run: they are the organization's once
/// they are there.
@Suite(.everyStore) struct CatalogSeedingTests {
  private static let provider = SeedLLMProvider(
    id: "00000000-0000-7000-8000-000000000001", name: "Open AI", providerType: "openai")
  private static let model = SeedLLMModel(
    id: "00000000-0000-7000-8000-000000000002", providerID: provider.id, modelID: "gpt",
    displayName: "GPT")
  private static let server = SeedMCPServer(
    id: "00000000-0000-7000-8000-000000000003", name: "learn", url: "https://example.org")
  private static let agent = SeedAgent(
    id: "00000000-0000-7000-8000-000000000004", name: "helper", displayName: "Helper",
    systemPrompt: "Help.",
    capabilities: [CapabilityUse("mcp:\(server.id)"), CapabilityUse("web")])
  private static let user = SeedUser(
    id: "00000000-0000-7000-8000-000000000005", email: "ann@example.org", name: "Ann")

  private var catalog: SeedCatalog {
    SeedCatalog(
      organization: Home.catalog.organization, users: [Self.user], llmProviders: [Self.provider],
      llmModels: [Self.model],
      defaultModel: SeedDefaultModel(
        id: Self.model.id, modelID: "gpt", providerID: Self.provider.id),
      mcpServers: [Self.server], agents: [Self.agent])
  }

  private var platform: PlatformDefinition {
    var platform = Home.platform
    platform.builtInHarnesses = []
    platform.drivers.replace(DriverDescriptor(providerType: "openai", displayName: "OpenAI"))
    return platform
  }

  private var withoutRoles: [String] {
    [
      "skip no_harness_for_role organization_settings/default-harness",
      "skip no_harness_for_role organization_settings/base-harness",
    ]
  }

  private func withSeeded(_ body: (any TestedStore) throws -> Void) throws {
    try withTestedStore { store throws in
      try store.apply(platform, catalog)
      try body(store)
    }
  }

  private func expect(
    _ expected: [String], _ catalog: SeedCatalog? = nil, on platform: PlatformDefinition? = nil,
    overwriting: Bool = false, after sql: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withSeeded { store throws in
      if let sql { try store.administer(sql) }
      let options = SeedOptions(overwrites: overwriting)
      let found = try store.differences(
        platform ?? self.platform, catalog ?? self.catalog, options: options
      ).filter { !withoutRoles.contains($0) }
      #expect(found == expected, sourceLocation: sourceLocation)
      let before = try store.answer("select * from agents order by id")
      let result = try store.apply(
        platform ?? self.platform, catalog ?? self.catalog, options: options)
      let after = try store.differences(
        platform ?? self.platform, catalog ?? self.catalog, options: options)
      #expect(
        after.allSatisfy { $0.hasPrefix("skip") || $0.hasPrefix("keep") },
        "a second run has nothing to do", sourceLocation: sourceLocation)
      if !result.isApplied {
        #expect(
          try store.answer("select * from agents order by id") == before,
          sourceLocation: sourceLocation)
      }
    }
  }

  @Test func `after an apply the whole catalog is up to date`() throws {
    try expect([])
  }

  @Test func `a changed catalog updates an unedited row`() throws {
    var catalog = catalog
    catalog.agents[0].systemPrompt = "Help well."
    catalog.llmModels[0].displayName = "GPT 2"
    try expect(
      [
        "update definition_changed llm_model/Open%20AI/gpt; display_name",
        "update definition_changed agent/helper; system_prompt",
      ], catalog)
  }

  @Test func `an edited row is kept even if the catalog changed`() throws {
    var catalog = catalog
    catalog.agents[0].systemPrompt = "Help well."
    try expect(
      ["keep kept_local_edit agent/helper; description; system_prompt"], catalog,
      after: "update agents set description = 'Ours.'")
  }

  @Test func `--overwrite lets the catalog win over edits and deletions`() throws {
    try expect(
      [
        "update overwrites_local_edit organization/Home; name",
        "create missing mcp_server/learn", "update overwrites_local_edit agent/helper; description",
      ], overwriting: true,
      after: """
        update agents set description = 'Ours.'; delete from mcp_servers;
        update organizations set name = 'Ours'
        """)
  }

  @Test func `only the fields that were edited are named as overwritten by the catalog`() throws {
    var catalog = catalog
    catalog.agents[0].systemPrompt = "Help well."
    catalog.agents[0].displayName = "Helfer"
    try withSeeded { store throws in
      func reason() throws -> SeedReason? {
        try store.rows(platform, catalog, options: SeedOptions(overwrites: true))
          .first { $0.address.kind == .agent }?.reason
      }
      try store.administer("update agents set description = 'Ours.'")
      #expect(try reason() == .overwritesLocalEdit(fields: ["description"], winner: .catalog))
      try store.administer("update agents set description = '', display_name = 'Helfer'")
      #expect(try reason() == .definitionChanged(fields: ["system_prompt"]))
    }
  }

  @Test func `a deleted MCP server is not created again, and its agent is skipped`() throws {
    try expect(
      [
        "skip removed_locally mcp_server/learn",
        "skip mcp_server_missing agent/helper; exists_without_prerequisite",
      ], after: "delete from mcp_servers")
  }

  @Test func `a deleted agent is not created again`() throws {
    try expect(["skip removed_locally agent/helper"], after: "delete from agents")
  }

  @Test func `an archived agent stays archived`() throws {
    try expect(
      ["keep archived agent/helper"], after: "update agents set status = 'archived', name = 'x'")
  }

  @Test(arguments: [
    "name = 'Renamed'", "base_url = 'https://proxy.example.org'", "provider_type = 'azure'",
  ])
  func `an edited provider and its models are kept`(change: String) throws {
    try expect(
      ["keep kept_local_edit llm_provider/Open%20AI; \(change.prefix { $0 != " " })"],
      after: "update llm_providers set \(change)")
  }

  @Test func `a default model whose driver was unregistered stays set`() throws {
    var platform = platform
    platform.drivers.unregister("openai")
    try expect(
      [
        "skip driver_not_registered llm_provider/Open%20AI; exists_without_prerequisite",
        "skip driver_not_registered llm_model/Open%20AI/gpt; exists_without_prerequisite",
        "skip default_model_skipped organization_settings/default-model",
      ], on: platform)
  }

  @Test func `a deleted provider excludes its models and the default model`() throws {
    try expect(
      [
        "skip removed_locally llm_provider/Open%20AI",
        "skip provider_skipped llm_model/Open%20AI/gpt",
        "skip default_model_skipped organization_settings/default-model",
      ],
      after: """
        delete from llm_models; delete from llm_providers;
        update organization_settings set default_model_id = null
        """)
  }

  @Test func `another default model is the organization's choice`() throws {
    let sql = """
      insert into llm_models (id, org_id, provider_id, model_id)
      select {id m}, 1, id, 'other' from llm_providers;
      update organization_settings set default_model_id = {id m}
      """
    try expect(["keep kept_org_choice organization_settings/default-model"], after: sql)
    try expect(
      ["update overwrites_local_edit organization_settings/default-model; default_model_id"],
      overwriting: true, after: sql)
  }

  @Test func `a missing default model is set again, with a note`() throws {
    try expect(
      ["create missing organization_settings/default-model; setting_dangling"],
      after: "update organization_settings set default_model_id = {id gone}")
  }

  @Test func `a row that was never applied counts as edited`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1, seeded: false)
      try store.administer(
        """
        insert into mcp_servers (id, org_id, name, url)
        values ({id s}, 1, 'learn', 'https://ours')
        """)
      try store.apply(platform, catalog)
      #expect(
        try store.rows(platform, catalog).filter { $0.address.kind == .mcpServer }.map {
          store.naming($0.line).prefix { $0 != ";" }
        } == ["keep kept_local_edit mcp_server/learn s"])
      #expect(
        try store.answer("select capability_id from agent_capabilities order by position")
          == ["mcp:s", "web"])
    }
  }

  @Test(.onlyInFiles("in a server no two organizations have an MCP server of one name"))
  func `a plan has the address of a row that gets a fresh id, and so has the run`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(2, seeded: false)
      try store.apply(platform, catalog)
      try store.administer("update mcp_servers set org_id = 2")
      let options = SeedOptions(overwrites: true)
      let planned = try store.rows(platform, catalog, options: options)
      #expect(
        planned.flatMap(\.changes).map(\.after) == [
          [
            ["ref": "mcp:mcp_server/learn", "config": [:]], ["ref": "web", "config": [:]],
          ]
        ])
      let result = try store.apply(platform, catalog, options: options)
      #expect(try result.findings.rows.collected() == planned)
      #expect(try !store.rows(platform, catalog).contains(where: \.action.writes))
    }
  }

  @Test func `ids used by other organizations are not taken`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(2, seeded: false)
      try store.administer(
        """
        insert into agents (id, org_id, name) values ('\(Self.agent.id)', 2, 'theirs');
        insert into mcp_servers (id, org_id, name, url)
        values ('\(Self.server.id)', 2, 'theirs', 'x')
        """)
      #expect(
        try store.differences(platform, catalog).filter { $0.contains("seed_id_taken") } == [
          "create missing mcp_server/learn; seed_id_taken",
          "create missing agent/helper; seed_id_taken",
        ])
      try store.apply(platform, catalog)
      #expect(
        try store.answer(
          """
          select c.capability_id = 'mcp:' || s.id from agent_capabilities c, mcp_servers s
          where s.name = 'learn' and c.position = 0
          """) == ["1"])
      #expect(
        try store.differences(platform, catalog).allSatisfy { $0.hasPrefix("skip no_harness") })
    }
  }

  @Test func `overwriting does not take a name that another row has`() throws {
    try withSeeded { store throws in
      try store.administer(
        """
        update agents set name = 'renamed';
        insert into agents (id, org_id, name) values ({id other}, 1, 'helper')
        """)
      let options = SeedOptions(overwrites: true)
      try store.apply(platform, catalog, options: options)
      #expect(
        try store.answer("select id = '\(Self.agent.id)', name from agents order by 2")
          == ["0|helper", "1|renamed"])
    }
  }

  @Test func `a row whose new catalog name is in use is blocked until it is free`() throws {
    var catalog = catalog
    catalog.agents[0].name = "aide"
    catalog.agents[0].systemPrompt = "Aid."
    try withSeeded { store throws in
      try store.administer("insert into agents (id, org_id, name) values ({id o}, 1, 'aide')")
      #expect(
        try store.differences(platform, catalog).filter { $0.contains("agent/") }
          == ["blocked unusable_row agent/aide"])
      #expect(try !store.apply(platform, catalog).isApplied)
      try store.administer("update agents set name = 'mine' where id = {id o}")
      try store.apply(platform, catalog)
      #expect(
        try store.answer("select id, name, system_prompt from agents order by 2") == [
          "\(Self.agent.id)|aide|Aid.", "o|mine|",
        ])
    }
  }

  @Test func `two catalog rows never match the same stored row`() throws {
    var catalog = catalog
    catalog.agents[0].name = "aide"
    catalog.agents.append(
      SeedAgent(
        id: "00000000-0000-7000-8000-000000000009", name: "helper", displayName: "Helper",
        systemPrompt: "Help."))
    try expect(
      ["update definition_changed agent/aide; name", "create missing agent/helper"], catalog)
  }
}
