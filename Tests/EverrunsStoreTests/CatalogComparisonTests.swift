import EverrunsDocuments
import EverrunsSeeding
import Testing

@testable import Everruns
@testable import EverrunsStore

/// The rows of a catalog against those that a store really holds.
@Suite(.everyStore) struct CatalogComparisonTests {
  private static let ids = (1...5).map { "00000000-0000-7000-8000-00000000000\($0)" }

  private static let catalog = SeedCatalog(
    organization: Home.catalog.organization,
    users: [
      SeedUser(
        id: ids[0], email: "ann@example.org", name: "Ann", roles: ["admin"],
        isEmailVerified: true, authProvider: "none", membershipRole: "owner")
    ],
    llmProviders: [SeedLLMProvider(id: ids[1], name: "OpenAI", providerType: "openai")],
    llmModels: [
      SeedLLMModel(
        id: ids[2], providerID: ids[1], modelID: "gpt", displayName: "GPT", isInstalled: true)
    ],
    defaultModel: SeedDefaultModel(id: ids[2], modelID: "gpt", providerID: ids[1]),
    mcpServers: [SeedMCPServer(id: ids[3], name: "learn", url: "https://x")],
    agents: [
      SeedAgent(
        id: ids[4], name: "helper", displayName: "Helper", systemPrompt: "Help.", tags: ["t"],
        capabilities: [
          CapabilityUse("mcp:\(ids[3])"), CapabilityUse("web", config: ["b": 1, "a": 2]),
        ])
    ])

  private static let platform: PlatformDefinition = {
    var platform = Home.platform
    platform.builtInHarnesses = []
    platform.drivers.replace(DriverDescriptor(providerType: "openai", displayName: "OpenAI"))
    return platform
  }()

  private static let everything = """
    INSERT INTO organizations (org_id, public_id, name) VALUES (1, '\(Home.publicID)', 'Home');
    INSERT INTO users (id, email, name, roles, email_verified, auth_provider)
    VALUES ('\(ids[0])', 'ann@example.org', 'Ann', '["admin"]', {true}, 'none');
    INSERT INTO organization_members (org_id, user_id, role) VALUES (1, '\(ids[0])', 'owner');
    INSERT INTO llm_providers (id, org_id, name, provider_type)
    VALUES ('\(ids[1])', 1, 'OpenAI', 'openai');
    INSERT INTO llm_models (id, org_id, provider_id, model_id, display_name, installed, source)
    VALUES ('\(ids[2])', 1, '\(ids[1])', 'gpt', 'GPT', {true}, 'predefined');
    INSERT INTO mcp_servers (id, org_id, name, description, url)
    VALUES ('\(ids[3])', 1, 'learn', '', 'https://x');
    INSERT INTO agents (id, org_id, name, display_name, description, system_prompt, tags)
    VALUES ('\(ids[4])', 1, 'helper', 'Helper', '', 'Help.', {tags t});
    INSERT INTO agent_capabilities (agent_id, capability_id, position, config)
    VALUES ('\(ids[4])', 'mcp:\(ids[3])', 0, '{}'), ('\(ids[4])', 'web', 1, '{"a": 2, "b": 1}');
    INSERT INTO organization_settings (org_id, default_model_id) VALUES (1, '\(ids[2])');
    """

  @Test func `a store filled by another program is unchanged`() throws {
    try withTestedStore { store throws in
      try store.administer(Self.everything)
      #expect(
        try lines(store).filter { !$0.contains("-harness") } == [
          "unchanged matches organization/Home \(Home.publicID)",
          "unchanged matches user/ann@example.org \(Self.ids[0])",
          "unchanged matches llm_provider/OpenAI \(Self.ids[1])",
          "unchanged matches llm_model/OpenAI/gpt \(Self.ids[2])",
          "unchanged matches organization_settings/default-model -",
          "unchanged matches mcp_server/learn \(Self.ids[3])",
          "unchanged matches agent/helper \(Self.ids[4])",
        ])
    }
  }

  @Test(arguments: [
    (
      "users SET email_verified = {false}, auth_provider = NULL", "user",
      ["email_verified", "auth_provider"]
    ),
    ("organization_members SET role = 'member'", "user", ["membership_role"]),
    ("llm_providers SET base_url = 'http://x'", "llm_provider", ["base_url"]),
    (
      "llm_models SET installed = {false}, source = 'manual'", "llm_model",
      ["installed", "source"]
    ),
    ("mcp_servers SET description = NULL", "mcp_server", ["description"]),
    ("mcp_servers SET url = ''", "mcp_server", ["url"]),
    ("agents SET tags = {tags u}, display_name = 'Ann'", "agent", ["display_name", "tags"]),
    ("agent_capabilities SET config = '{\"a\": 1}'", "agent", ["capabilities"]),
    ("agent_capabilities SET position = -position", "agent", ["capabilities"]),
  ])
  func `any value that another program writes is an edit and is kept`(
    change: String, kind: String, fields: [String]
  ) throws {
    try expectEdit(change, kind, fields)
  }

  @Test(
    .onlyInFiles("a server's columns have types"),
    arguments: [
      ("users SET roles = '[oops'", "user", ["roles"]),
      ("users SET email_verified = 2", "user", ["email_verified"]),
      ("llm_providers SET name = x'ff'", "llm_provider", ["name"]),
      ("llm_models SET installed = 'yes', source = NULL", "llm_model", ["installed", "source"]),
      ("agents SET tags = 'null', display_name = 5", "agent", ["display_name", "tags"]),
      ("agent_capabilities SET config = '[['", "agent", ["capabilities"]),
    ])
  func `a value of another type is an edit and is kept`(
    change: String, kind: String, fields: [String]
  ) throws {
    try expectEdit(change, kind, fields)
  }

  private func expectEdit(_ change: String, _ kind: String, _ fields: [String]) throws {
    try withTestedStore { store throws in
      try store.administer(Self.everything + "UPDATE \(change);")
      let rows = try store.rows(Self.platform, Self.catalog)
        .filter { $0.action != .unchanged && $0.address.kind != .organizationSettings }
      #expect(rows.map(\.address.kind.rawValue) == [kind])
      #expect(rows.map(\.reason) == [.keptLocalEdit(fields: fields)])
    }
  }

  @Test(.onlyInFiles("a server's column is a list of texts"))
  func `excessive nesting in a column is an edit, not a crash`() throws {
    try withStore { store throws in
      try store.administer(Self.everything)
      let deep = String(repeating: "[", count: 100_000)
      try store.execute("UPDATE agents SET tags = '\(deep)'")
      #expect(
        try store.rows(Self.platform, Self.catalog).last?.reason == .keptLocalEdit(fields: ["tags"])
      )
    }
  }

  @Test func `a missing member is created, and one of another organization is found`()
    throws
  {
    try withTestedStore { store throws in
      try store.addOrganization(2, seeded: false)
      try store.execute(
        """
        INSERT INTO users (id, email, name) VALUES ({id u}, 'ann@example.org', 'Ann');
        INSERT INTO organization_members (org_id, user_id, role) VALUES (2, {id u}, 'owner');
        """)
      let user = try store.rows(Self.platform, Self.catalog).first { $0.address.kind == .user }
      #expect((user?.id).map(store.naming) == "u")
      #expect(
        user?.reason
          == .keptLocalEdit(fields: ["roles", "email_verified", "auth_provider", "membership_role"])
      )
    }
  }

  @Test func `rows of other organizations are not matched, and their ids are in use`()
    throws
  {
    try withTestedStore { store throws in
      // The control plane gives a name of an MCP server to one organization only.
      try store.administer(
        Self.everything.replacing(Home.publicID, with: TemporaryStore.publicID(2))
          .replacing("', 1, 'learn'", with: "', 1, 'theirs'")
          .replacing("', 1, '", with: "', 2, '").replacing("VALUES (1, '", with: "VALUES (2, '"))
      #expect(
        try lines(store).filter { !$0.contains("-harness") }.map { line in
          line.hasPrefix("keep") ? String(line.prefix { $0 != ";" }) : line
        } == [
          "create missing organization/Home \(Home.publicID)",
          "keep kept_local_edit user/ann@example.org \(Self.ids[0])",
          "create missing llm_provider/OpenAI -" + taken(1),
          "create missing llm_model/OpenAI/gpt -" + taken(2),
          "create missing organization_settings/default-model -",
          "create missing mcp_server/learn -" + taken(3),
          "create missing agent/helper -" + taken(4),
        ])
    }
  }

  @Test func `rows under other ids are adopted with their references`() throws {
    try withTestedStore { store throws in
      let sql = Self.ids.reduce(Self.everything) { $0.replacing($1, with: "1" + $1.dropFirst()) }
      try store.administer(sql)
      let rows = try store.rows(Self.platform, Self.catalog)
        .filter { $0.address.kind != .organizationSettings }
      #expect(rows.map(\.reason) == Array(repeating: .matches, count: 6))
      #expect(
        rows.compactMap(\.id) == [Home.publicID] + Self.ids.map { "1" + $0.dropFirst() })
    }
  }

  @Test func `an MCP server that exists only in the store satisfies an agent`() throws {
    var catalog = Self.catalog
    catalog.mcpServers = []
    try withTestedStore { store throws in
      try store.addOrganization(1, seeded: false)
      #expect(
        try store.lines(of: .agent, Self.platform, catalog)
          == ["skip mcp_server_missing agent/helper \(Self.ids[4]) absent"])
      try store.execute(
        """
        INSERT INTO mcp_servers (id, org_id, name, url)
        VALUES ('\(Self.ids[3])', 1, 'any', 'https://y')
        """)
      #expect(
        try store.lines(of: .agent, Self.platform, catalog)
          == ["create missing agent/helper \(Self.ids[4])"])
    }
  }

  @Test func `another organization's MCP server does not satisfy an agent`() throws {
    var catalog = Self.catalog
    catalog.mcpServers = []
    try withTestedStore { store throws in
      try store.addOrganization(2, seeded: false)
      try store.execute(
        """
        INSERT INTO mcp_servers (id, org_id, name, url)
        VALUES ('\(Self.ids[3])', 2, 'any', 'https://y')
        """)
      #expect(
        try store.lines(of: .agent, Self.platform, catalog)
          == ["skip mcp_server_missing agent/helper \(Self.ids[4]) absent"])
    }
  }

  @Test func `an archived agent is kept`() throws {
    try withTestedStore { store throws in
      try store.administer(Self.everything + "UPDATE agents SET status = 'archived';")
      #expect(
        try store.lines(of: .agent, Self.platform, Self.catalog)
          == ["keep archived agent/helper \(Self.ids[4])"])
    }
  }

  @Test func `another default model is kept and a dangling one replaced`() throws {
    try withTestedStore { store throws in
      try store.administer(
        Self.everything + """
          INSERT INTO llm_models (id, org_id, provider_id, model_id)
          VALUES ({id mine}, 1, '\(Self.ids[1])', 'own');
          UPDATE organization_settings SET default_model_id = {id mine};
          """)
      let settings = try store.rows(Self.platform, Self.catalog)
        .filter { $0.name == "default-model" }
      #expect(settings.map(\.reason) == [.keptOrganizationChoice(chosen: "own")])
      try store.administer("DELETE FROM llm_models WHERE id = {id mine}")
      #expect(
        try lines(store).filter { $0.contains("default-model") } == [
          "create missing organization_settings/default-model -; "
            + "setting_dangling: the setting referred to 'mine', which its organization does not have"
        ])
    }
  }

  // MARK: The default organization's identity

  @Test func `number 1 held by another organization is a conflict`() throws {
    let other = TemporaryStore.publicID(2)
    try withTestedStore { store throws in
      try store.execute(
        "INSERT INTO organizations (org_id, public_id, name) VALUES (1, '\(other)', 'X')")
      #expect(
        throws: StoreError.identityConflict(
          SeedIdentityConflict(
            held: SeedOrganization(orgID: 1, publicID: other, name: "X"),
            wanted: Home.catalog.organization))
      ) {
        try store.rows(Home.platform)
      }
    }
  }

  @Test func `the default public id held by another number is a conflict`() throws {
    try withTestedStore { store throws in
      try store.execute(
        "INSERT INTO organizations (org_id, public_id, name) VALUES (5, '\(Home.publicID)', 'X')")
      let error = #expect(throws: StoreError.self) { try store.rows(Home.platform) }
      guard case .identityConflict(let conflict)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(conflict.held.orgID == 5)
      #expect(conflict.held.publicID == Home.publicID)
      #expect(conflict.wanted == Home.catalog.organization)
    }
  }

  private func lines(_ store: any TestedStore) throws -> [String] {
    try store.lines(Self.platform, Self.catalog)
  }

  private func taken(_ index: Int) -> String {
    "; seed_id_taken: gets a new id; seed id '\(Self.ids[index])' is in use"
  }
}
