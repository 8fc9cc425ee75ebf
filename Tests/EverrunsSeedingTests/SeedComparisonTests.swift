import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsSeeding

/// Which rows of a catalog are made, kept or left out, and why.
@Suite struct SeedComparisonTests {
  private let default1 = "org_00000000000000000000000000000001"

  // MARK: A new store, and one that has everything

  @Test func `a new store gets everything, in seeding order`() throws {
    #expect(
      try lines() == [
        "create missing organization/Home \(default1): not in the store",
        "create missing user/ann@example.org \(Sample.userID): not in the store",
        "create missing llm_provider/Open%20AI \(Sample.providerID): not in the store",
        "create missing llm_model/Open%20AI/gpt-5%2Fmini \(Sample.modelID): not in the store",
        "create missing organization_settings/default-model -: not set; becomes 'gpt-5/mini'",
        "create missing mcp_server/learn \(Sample.serverID): not in the store",
        "create missing agent/helper \(Sample.agentID): not in the store",
      ])
  }

  @Test func `nothing is done in a complete store`() throws {
    let planner = SeedPlanner(
      definition: Sample.platform, catalog: Sample.catalog, grade: .prod)
    let rows = try SeedComparison(desired: planner.desiredState, snapshot: Sample.snapshot).rows()
    #expect(rows.map(\.reason) == Array(repeating: .matches, count: 7))
    #expect(rows.allSatisfy { $0.notes.isEmpty && $0.exists == nil && $0.organization == default1 })
  }

  @Test func `another key order in a configuration is not an edit`() throws {
    // The catalog says b first, the store a first.
    #expect(
      try lines(of: .agent, against: Sample.snapshot)
        == ["unchanged matches agent/helper \(Sample.agentID): up to date"])
  }

  // MARK: Rows that somebody changed

  @Test func `an edited row is kept, with the fields that differ`() throws {
    var snapshot = Sample.snapshot
    snapshot.records[.llmProvider] = [Sample.storedProvider(type: "anthropic")]
    snapshot.records[.agent] = [Sample.storedAgent(tags: ["x"], config: ["a": 3])]
    #expect(
      try lines(of: .llmProvider, against: snapshot) == [
        "keep kept_local_edit llm_provider/Open%20AI \(Sample.providerID): "
          + "'provider_type' was edited; the edit is kept; provider_type: \"anthropic\" -> \"openai\""
      ])
    #expect(
      try lines(of: .agent, against: snapshot) == [
        "keep kept_local_edit agent/helper \(Sample.agentID): "
          + "'tags' and 'capabilities' were edited; the edits are kept; tags: [\"x\"] -> []; capabilities: "
          + #"[{"ref":"mcp:\#(Sample.serverID)","config":{}},{"ref":"web","config":{"a":3}}] -> "#
          + #"[{"ref":"mcp:\#(Sample.serverID)","config":{}},{"ref":"web","config":{"a":2,"b":1}}]"#
      ])
  }

  @Test func `invalid JSON in a JSON column is an edit`() throws {
    var snapshot = Sample.snapshot
    snapshot.records[.agent] = [Sample.storedAgent(tags: "[not json")]
    #expect(
      try lines(of: .agent, against: snapshot)
        == [
          "keep kept_local_edit agent/helper \(Sample.agentID): 'tags' was edited; the edit is kept; "
            + "tags: \"[not json\" -> []"
        ])
  }

  @Test func `a renamed organization is kept`() throws {
    var snapshot = Sample.snapshot
    snapshot.defaultOrganization?.name = "Our Home"
    #expect(
      try lines(of: .organization, against: snapshot)
        == [
          "keep kept_local_edit organization/Home \(default1): 'name' was edited; the edit is kept; "
            + "name: \"Our Home\" -> \"Home\""
        ])
  }

  @Test func `an archived agent is kept, edited or not`() throws {
    var snapshot = Sample.snapshot
    snapshot.records[.agent] = [Sample.storedAgent(tags: ["x"], isArchived: true)]
    #expect(
      try lines(of: .agent, against: snapshot)
        == ["keep archived agent/helper \(Sample.agentID): left alone until it is active again"])
  }

  // MARK: Identity

  @Test func `rows are found by their natural keys under other ids, which dependents use`() throws {
    var snapshot = Sample.snapshot
    let ids = (1...5).map { "11111111-0000-7000-8000-00000000000\($0)" }
    var user = Sample.storedUser
    user = StoredRecord(id: ids[0], fields: user.fields)
    snapshot.records = [
      .user: [user], .llmProvider: [Sample.storedProvider(id: ids[1])],
      .llmModel: [Sample.storedModel(id: ids[2], provider: ids[1])],
      .mcpServer: [Sample.storedServer(id: ids[3])],
      .agent: [Sample.storedAgent(id: ids[4], server: ids[3])],
    ]
    snapshot.defaultModelID = ids[2]
    #expect(
      try lines(against: snapshot) == [
        "unchanged matches organization/Home \(default1): up to date",
        "unchanged matches user/ann@example.org \(ids[0]): up to date",
        "unchanged matches llm_provider/Open%20AI \(ids[1]): up to date",
        "unchanged matches llm_model/Open%20AI/gpt-5%2Fmini \(ids[2]): up to date",
        "unchanged matches organization_settings/default-model -: up to date",
        "unchanged matches mcp_server/learn \(ids[3]): up to date",
        "unchanged matches agent/helper \(ids[4]): up to date",
      ])
  }

  @Test func `the seed id takes precedence over the natural key`() throws {
    var snapshot = Sample.snapshot
    snapshot.records[.mcpServer] = [
      Sample.storedServer(id: Sample.otherID), Sample.storedServer(name: "renamed"),
    ]
    #expect(
      try lines(of: .mcpServer, against: snapshot)
        == [
          "keep kept_local_edit mcp_server/learn \(Sample.serverID): 'name' was edited; the edit is kept; "
            + "name: \"renamed\" -> \"learn\""
        ])
  }

  @Test func `a model of the same name of another provider is another model`() throws {
    var snapshot = Sample.snapshot
    snapshot.records[.llmModel] = [
      Sample.storedModel(id: Sample.otherID, provider: Sample.otherID)
    ]
    #expect(
      try lines(of: .llmModel, against: snapshot) == [
        "create missing llm_model/Open%20AI/gpt-5%2Fmini \(Sample.modelID): not in the store"
      ])
  }

  @Test func `a row whose seed id is in use elsewhere gets a new one, with a note`() throws {
    let snapshot = SeedSnapshot(idsTaken: [.agent: [Sample.agentID], .user: [Sample.otherID]])
    #expect(
      try lines(of: .agent, against: snapshot) == [
        "create missing agent/helper -: not in the store; "
          + "seed_id_taken: gets a new id; seed id '\(Sample.agentID)' is in use"
      ])
  }

  @Test func `another public id of the default organization is a conflict`() {
    let held = SeedOrganization(orgID: 1, publicID: "org_ff", name: "Other")
    #expect(throws: SeedIdentityConflict(held: held, wanted: Sample.organization)) {
      try lines(against: SeedSnapshot(defaultOrganization: held))
    }
  }

  @Test func `another organization with the default public id is a conflict`() {
    let held = SeedOrganization(orgID: 7, publicID: default1, name: "Home")
    #expect(throws: SeedIdentityConflict(held: held, wanted: Sample.organization)) {
      try lines(against: SeedSnapshot(numberOfDefaultPublicID: 7))
    }
  }

  // MARK: Rows that are left out

  @Test func `only the server creates the admin user, in every grade`() throws {
    var catalog = Sample.catalog
    catalog.users = [SeedUser(id: Sample.userID, name: "Admin", when: .authModeAdmin)]
    for grade in Grade.allCases {
      #expect(
        try lines(of: .user, catalog, grade: grade) == [
          "skip auth_mode user/Admin \(Sample.userID) absent: the server creates its admin user itself"
        ])
    }
  }

  @Test func `without its driver a provider is left out, with its models and the default model`()
    throws
  {
    var platform = Sample.platform
    platform.drivers.unregister("openai")
    let found = Array(try lines(on: platform)[2...4])
    #expect(
      found == [
        """
        skip driver_not_registered llm_provider/Open%20AI \(Sample.providerID) absent: \
        the driver 'openai' is not registered
        """,
        """
        skip driver_not_registered llm_model/Open%20AI/gpt-5%2Fmini \(Sample.modelID) absent: \
        the driver 'openai' is not registered
        """,
        """
        skip default_model_skipped organization_settings/default-model - absent: \
        the model 'gpt-5/mini' is not seeded
        """,
      ])
  }

  @Test func `existing rows without their prerequisites stay, with a note`() throws {
    var platform = Sample.platform
    platform.drivers.unregister("openai")
    platform.capabilities.unregister("web")
    let found = try lines(on: platform, against: Sample.snapshot)
    #expect(
      [found[2], found[6]] == [
        """
        skip driver_not_registered llm_provider/Open%20AI \(Sample.providerID) exists: \
        the driver 'openai' is not registered; \
        exists_without_prerequisite: the row still exists in the store
        """,
        """
        skip capability_not_registered agent/helper \(Sample.agentID) exists: \
        the capability 'web' is not registered; \
        exists_without_prerequisite: the row still exists in the store
        """,
      ])
  }

  @Test func `a model without a provider in the catalog is left out`() throws {
    var catalog = Sample.catalog
    catalog.llmProviders = []
    #expect(
      try lines(of: .llmModel, catalog) == [
        "skip provider_skipped llm_model/\(Sample.providerID)/gpt-5%2Fmini \(Sample.modelID) "
          + "absent: its LLM provider '\(Sample.providerID)' is not seeded"
      ])
  }

  @Test func `a default model that is not in the catalog is left out`() throws {
    var catalog = Sample.catalog
    catalog.llmModels = []
    #expect(
      try lines(of: .organizationSettings, catalog) == [
        "skip default_model_skipped organization_settings/default-model - absent: "
          + "the model 'gpt-5/mini' is not seeded"
      ])
  }

  @Test(arguments: [Grade.poc, .preview, .prod])
  func `an agent for development is left out in every grade but dev`(grade: Grade) throws {
    var catalog = Sample.catalog
    catalog.agents[0].isDevOnly = true
    #expect(
      try lines(of: .agent, catalog, grade: grade) == [
        "skip dev_only agent/helper \(Sample.agentID) absent: "
          + "only for grade 'dev'; the grade is '\(grade)'"
      ])
    #expect(
      try lines(of: .agent, catalog, grade: .dev)
        == ["create missing agent/helper \(Sample.agentID): not in the store"])
  }

  @Test func `an agent without its MCP server is left out`() throws {
    var catalog = Sample.catalog
    catalog.mcpServers = []
    #expect(
      try lines(of: .agent, catalog) == [
        "skip mcp_server_missing agent/helper \(Sample.agentID) absent: "
          + "the MCP server '\(Sample.serverID)' does not exist"
      ])
  }

  @Test func `an MCP server that exists only in the store satisfies an agent`() throws {
    var catalog = Sample.catalog
    catalog.mcpServers = []
    let snapshot = SeedSnapshot(records: [.mcpServer: [Sample.storedServer(name: "other")]])
    #expect(
      try lines(of: .agent, catalog, against: snapshot)
        == ["create missing agent/helper \(Sample.agentID): not in the store"])
  }

  @Test func `all missing MCP servers of an agent are named`() throws {
    var catalog = Sample.catalog
    catalog.mcpServers = []
    catalog.agents[0].capabilities.append(CapabilityUse("mcp:\(Sample.otherID)"))
    #expect(
      try lines(of: .agent, catalog) == [
        "skip mcp_server_missing agent/helper \(Sample.agentID) absent: "
          + "the MCP servers '\(Sample.serverID)' and '\(Sample.otherID)' do not exist"
      ])
  }

  @Test func `all missing capabilities of an agent are named, dependencies too`() throws {
    var platform = Sample.platform
    platform.capabilities.replace(
      CapabilityDescriptor(id: "web", name: "Web", dependencies: ["files", "net"]))
    platform.capabilities.replace(
      CapabilityDescriptor(id: "files", name: "Files", dependencies: ["disk", "web"]))
    var catalog = Sample.catalog
    catalog.agents[0].capabilities.append("shell")
    #expect(
      try lines(of: .agent, catalog, on: platform) == [
        "skip capability_not_registered agent/helper \(Sample.agentID) absent: "
          + "the capabilities 'shell', 'net' and 'disk' are not registered"
      ])
  }

  @Test func `of several reasons the one with precedence is given`() throws {
    var catalog = Sample.catalog
    catalog.mcpServers = []
    catalog.agents[0].isDevOnly = true
    var platform = Sample.platform
    platform.capabilities.unregister("web")
    #expect(try lines(of: .agent, catalog, on: platform)[0].hasPrefix("skip dev_only "))
    catalog.agents[0].isDevOnly = false
    #expect(try lines(of: .agent, catalog, on: platform)[0].hasPrefix("skip mcp_server_missing "))
    catalog.mcpServers = [Sample.server]
    #expect(
      try lines(of: .agent, catalog, on: platform)[0].hasPrefix("skip capability_not_registered "))
  }

  // MARK: The default model

  @Test func `another default model is kept`() throws {
    var snapshot = Sample.snapshot
    snapshot.records[.llmModel]?.append(Sample.storedModel(id: Sample.otherID, model: "gpt-6"))
    snapshot.defaultModelID = Sample.otherID
    #expect(
      try lines(of: .organizationSettings, against: snapshot) == [
        "keep kept_org_choice organization_settings/default-model -: the setting refers to 'gpt-6' and is kept"
      ])
  }

  @Test func `a missing default model is replaced, with a note`() throws {
    var snapshot = Sample.snapshot
    snapshot.defaultModelID = Sample.otherID
    #expect(
      try lines(of: .organizationSettings, against: snapshot) == [
        "create missing organization_settings/default-model -: not set; becomes 'gpt-5/mini'; "
          + "setting_dangling: the setting referred to '\(Sample.otherID)', which its organization does not have"
      ])
  }
}
