import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// What a test of seeding starts with: a small catalog and a platform on which all of it can be.
enum Sample {
  static let organization = SeedOrganization(
    orgID: 1, publicID: "org_00000000000000000000000000000001", name: "Home")
  static let providerID = "00000000-0000-7000-8000-000000000001"
  static let modelID = "00000000-0000-7000-8000-000000000002"
  static let serverID = "00000000-0000-7000-8000-000000000003"
  static let agentID = "00000000-0000-7000-8000-000000000004"
  static let userID = "00000000-0000-7000-8000-000000000005"
  static let otherID = "00000000-0000-7000-8000-0000000000ff"

  static let user = SeedUser(id: userID, email: "ann@example.org", name: "Ann")
  static let provider = SeedLLMProvider(id: providerID, name: "Open AI", providerType: "openai")
  static let model = SeedLLMModel(
    id: modelID, providerID: providerID, modelID: "gpt-5/mini", displayName: "GPT")
  static let server = SeedMCPServer(id: serverID, name: "learn", url: "https://example.org")
  static let agent = SeedAgent(
    id: agentID, name: "helper", displayName: "Helper", systemPrompt: "Help.",
    capabilities: [
      CapabilityUse("mcp:\(serverID)"), CapabilityUse("web", config: ["b": 1, "a": 2]),
    ])

  static var catalog: SeedCatalog {
    SeedCatalog(
      organization: organization, users: [user], llmProviders: [provider], llmModels: [model],
      defaultModel: SeedDefaultModel(id: modelID, modelID: model.modelID, providerID: providerID),
      mcpServers: [server], agents: [agent])
  }

  static var platform: PlatformDefinition {
    var platform = PlatformDefinition()
    platform.capabilities.replace(CapabilityDescriptor(id: "web", name: "Web"))
    platform.drivers.replace(DriverDescriptor(providerType: "openai", displayName: "OpenAI"))
    return platform
  }

  // What a store holds of the sample, as a snapshot has it.

  static let storedUser = StoredRecord(
    id: userID,
    fields: [
      "email": "ann@example.org", "name": "Ann", "roles": [], "email_verified": false,
      "auth_provider": nil, "membership_role": "member",
    ])

  static func storedProvider(id: String = providerID, type: JSONValue = "openai") -> StoredRecord {
    StoredRecord(id: id, fields: ["name": "Open AI", "provider_type": type, "base_url": nil])
  }

  static func storedModel(
    id: String = modelID, provider: String = providerID, model: String = "gpt-5/mini"
  ) -> StoredRecord {
    StoredRecord(
      id: id,
      fields: [
        "provider_id": .string(provider), "model_id": .string(model), "display_name": "GPT",
        "installed": false, "is_favorite": false, "source": "predefined",
      ])
  }

  static func storedServer(id: String = serverID, name: String = "learn") -> StoredRecord {
    StoredRecord(
      id: id,
      fields: [
        "name": .string(name), "description": "", "url": "https://example.org",
        "transport_type": "http",
      ])
  }

  static func storedAgent(
    id: String = agentID, server: String = serverID, tags: JSONValue = [],
    config: JSONValue = ["a": 2, "b": 1], isArchived: Bool = false
  ) -> StoredRecord {
    StoredRecord(
      id: id,
      fields: [
        "name": "helper", "display_name": "Helper", "description": "", "system_prompt": "Help.",
        "tags": tags,
        "capabilities": [
          ["ref": .string("mcp:\(server)"), "config": [:]], ["ref": "web", "config": config],
        ],
      ], isArchived: isArchived)
  }

  /// A store that holds the whole sample.
  static var snapshot: SeedSnapshot {
    SeedSnapshot(
      defaultOrganization: organization, numberOfDefaultPublicID: 1,
      records: [
        .user: [storedUser], .llmProvider: [storedProvider()], .llmModel: [storedModel()],
        .mcpServer: [storedServer()], .agent: [storedAgent()],
      ], defaultModelID: modelID)
  }
}

/// The rows of a comparison, each as one line: `keep kept_local_edit agent/helper ID: ...`.
func lines(
  _ catalog: SeedCatalog = Sample.catalog, on platform: PlatformDefinition = Sample.platform,
  grade: Grade = .prod, against snapshot: SeedSnapshot = SeedSnapshot()
) throws -> [String] {
  let planner = SeedPlanner(definition: platform, catalog: catalog, grade: grade)
  return try SeedComparison(desired: planner.desiredState, snapshot: snapshot).rows().map(\.line)
}

/// The lines about one kind of rows.
func lines(
  of kind: RecordKind, _ catalog: SeedCatalog = Sample.catalog,
  on platform: PlatformDefinition = Sample.platform, grade: Grade = .prod,
  against snapshot: SeedSnapshot = SeedSnapshot()
) throws -> [String] {
  let planner = SeedPlanner(definition: platform, catalog: catalog, grade: grade)
  return try SeedComparison(desired: planner.desiredState, snapshot: snapshot).rows()
    .filter { $0.address.kind == kind }.map(\.line)
}

extension SeedPlanRow {
  /// Everything about a row but its organization, in one line.
  var line: String {
    var line = "\(action.rawValue) \(reason.code.rawValue) \(address) \(id ?? "-")"
    line += exists.map { $0 ? " exists" : " absent" } ?? ""
    line += ": " + reason.message
    line += notes.map { "; \($0.code.rawValue): \($0.message)" }.joined()
    line += changes.map {
      "; \($0.field): \($0.before.canonicalJSON) -> \($0.after.canonicalJSON)"
    }.joined()
    return line
  }
}
