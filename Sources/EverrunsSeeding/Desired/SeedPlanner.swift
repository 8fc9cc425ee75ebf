package import Everruns
package import EverrunsDocuments
import Messages

/// Determines the desired state: a pure function of a definition, a catalog and a grade.
package struct SeedPlanner: Sendable {
  private let definition: PlatformDefinition
  private let catalog: SeedCatalog
  private let grade: Grade
  /// The catalog's LLM providers, by id.
  private let providers: [String: SeedLLMProvider]

  /// Creates a planner.
  package init(definition: PlatformDefinition, catalog: SeedCatalog, grade: Grade) {
    self.definition = definition
    self.catalog = catalog
    self.grade = grade
    providers = Dictionary(
      catalog.llmProviders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The desired state, with a reason for everything that is left out.
  package var desiredState: SeedDesiredState {
    SeedDesiredState(
      organization: catalog.organization,
      records: catalog.users.map(record) + catalog.llmProviders.map(record)
        + catalog.llmModels.map(record) + (catalog.defaultModel.map { [record(for: $0)] } ?? [])
        + catalog.mcpServers.map(record) + catalog.agents.map(record),
      harnesses: Self.harnesses(of: definition),
      harnessSettings: OrganizationSetting.ofHarnesses.compactMap(setting))
  }

  // MARK: Rows of the catalog

  private func record(for user: SeedUser) -> DesiredRecord {
    DesiredRecord(
      kind: .user, names: [user.email ?? user.name], seedID: user.id,
      naturalKey: user.email.map { ["email": $0] } ?? [:],
      content: [
        "email": .optional(user.email), "name": .string(user.name),
        "roles": .strings(user.roles), "email_verified": .bool(user.isEmailVerified),
        "auth_provider": .optional(user.authProvider),
        "membership_role": .string(user.membershipRole),
      ],
      rules: [
        .checked(
          rule: "when the user is seeded", value: user.when.rawValue, source: .catalog,
          failure: user.when == .authModeAdmin ? .authMode : nil)
      ])
  }

  private func record(for provider: SeedLLMProvider) -> DesiredRecord {
    DesiredRecord(
      kind: .llmProvider, names: [provider.name], seedID: provider.id,
      naturalKey: ["name": provider.name],
      content: [
        "name": .string(provider.name), "provider_type": .string(provider.providerType),
        "base_url": .optional(provider.baseURL),
      ],
      rules: driverRules(of: provider.providerType))
  }

  private func record(for model: SeedLLMModel) -> DesiredRecord {
    let provider = providers[model.providerID]
    let providerName = provider?.name ?? model.providerID
    return DesiredRecord(
      kind: .llmModel, names: [providerName, model.modelID], seedID: model.id,
      naturalKey: ["provider_id": model.providerID, "model_id": model.modelID],
      content: [
        "provider_id": .string(model.providerID), "model_id": .string(model.modelID),
        "display_name": .string(model.displayName), "installed": .bool(model.isInstalled),
        "is_favorite": .bool(model.isFavorite), "source": .string(model.source),
      ],
      // The missing driver is the root cause, so it is checked before the missing provider.
      rules: (provider.map { driverRules(of: $0.providerType) } ?? []) + [
        .requires(.llmProvider(id: model.providerID, name: providerName))
      ])
  }

  private func record(for model: SeedDefaultModel) -> DesiredRecord {
    let setting = OrganizationSetting.defaultModel
    return DesiredRecord(
      kind: .organizationSettings, names: [setting.rawValue], seedID: model.id, naturalKey: [:],
      content: [setting.column: .string(model.id)],
      rules: [.requires(.llmModel(id: model.id, modelID: model.modelID))])
  }

  private func record(for server: SeedMCPServer) -> DesiredRecord {
    DesiredRecord(
      kind: .mcpServer, names: [server.name], seedID: server.id,
      naturalKey: ["name": server.name],
      content: [
        "name": .string(server.name), "description": .string(server.description),
        "url": .string(server.url), "transport_type": .string(server.transportType),
      ],
      rules: [.checked(rule: "is in the catalog", value: "yes", source: .catalog)])
  }

  private func record(for agent: SeedAgent) -> DesiredRecord {
    var content: JSONObject = ["name": .string(agent.name)]
    // The server creates public ids for agents for which the catalog has none.
    if let publicID = agent.publicID { content["public_id"] = .string(publicID) }
    for (key, value) in [
      ("display_name", JSONValue.string(agent.displayName)),
      ("description", .string(agent.description)), ("system_prompt", .string(agent.systemPrompt)),
      ("tags", .strings(agent.tags)), ("capabilities", .capabilities(agent.capabilities)),
    ] {
      content[key] = value
    }
    return DesiredRecord(
      kind: .agent, names: [agent.name], seedID: agent.id, naturalKey: ["name": agent.name],
      content: content, rules: gradeRules(of: agent) + capabilityRules(of: agent))
  }

  private func gradeRules(of agent: SeedAgent) -> [SeedRule] {
    [
      .checked(
        rule: "is for the grade dev only", value: agent.isDevOnly ? "yes" : "no", source: .catalog),
      .checked(
        rule: "the grade", value: grade.rawValue, source: .grade,
        failure: agent.isDevOnly && !grade.admitsExperiments ? .devOnly(grade) : nil),
    ]
  }

  private func capabilityRules(of agent: SeedAgent) -> [SeedRule] {
    var servers: [String] = []
    var registered: [String] = []
    for capability in agent.capabilities {
      switch CapabilityReference(capability.ref) {
      case .mcpServer(let id): servers.append(id)
      case .registered(let id): registered.append(id)
      }
    }
    // The first rule that fails lists everything that is missing.
    let missing = definition.capabilities.unregistered(in: registered)
    var failure = missing.isEmpty ? nil : SeedReason.capabilityNotRegistered(missing)
    return (servers.isEmpty ? [] : [.requires(.mcpServers(servers))])
      + registered.map { id in
        let missing = definition.capabilities.unregistered(in: [id])
        let others = missing.filter { $0 != id }
        defer { if !missing.isEmpty { failure = nil } }
        return .checked(
          rule: "its capability is registered",
          value: (missing.isEmpty ? "yes, '\(id)'" : "no, '\(id)'")
            + (others.isEmpty ? "" : " needs \(others.joinedInQuotes)"), source: .platform,
          failure: missing.isEmpty ? nil : failure)
      }
  }

  private func driverRules(of providerType: String) -> [SeedRule] {
    let isRegistered = definition.drivers.contains(providerType)
    return [
      .checked(
        rule: "its driver is registered",
        value: "\(isRegistered ? "yes" : "no"), '\(providerType)'", source: .platform,
        failure: isRegistered ? nil : .driverNotRegistered(providerType: providerType))
    ]
  }

  // MARK: Harnesses

  /// The built-in harnesses that every organization should have, in the order of a definition.
  static func harnesses(of definition: PlatformDefinition) -> [DesiredHarness] {
    let templates = definition.builtInHarnesses
    let names = Set(templates.map(\.name))
    return zip(templates, templates.claimedPreviousNames).map { template, previousNames in
      harness(template, of: definition, among: names, previousNames: previousNames)
    }
  }

  private static func harness(
    _ template: BuiltInHarness, of definition: PlatformDefinition, among names: Set<String>,
    previousNames: [String]
  ) -> DesiredHarness {
    let isRegistered = { (capability: CapabilityUse) in
      switch CapabilityReference(capability.ref) {
      case .mcpServer: true
      case .registered(let id): definition.capabilities.contains(id)
      }
    }
    return DesiredHarness(
      template: template, capabilities: template.capabilities.filter(isRegistered),
      droppedCapabilities: template.capabilities.filter { !isRegistered($0) }.map(\.ref),
      parent: template.parent.flatMap { names.contains($0) ? $0 : nil },
      previousNames: previousNames)
  }

  private func setting(_ setting: OrganizationSetting) -> DesiredHarnessSetting? {
    setting.role.map { role in
      DesiredHarnessSetting(
        setting: setting, role: role, harness: definition.harness(for: role)?.name)
    }
  }
}

extension CapabilityRegistry {
  /// The ids among these capabilities and their dependencies that are not registered, each once, in
  /// order of discovery.
  package func unregistered(in ids: [String]) -> [String] {
    var missing: [String] = []
    var met = Set(ids)
    var queue = ids
    var next = 0
    while next < queue.count {
      let id = queue[next]
      next += 1
      guard let capability = self[id] else {
        missing.append(id)
        continue
      }
      for dependency in capability.dependencies where met.insert(dependency).inserted {
        queue.append(dependency)
      }
    }
    return missing
  }
}

extension JSONValue {
  /// The capabilities of a harness or an agent, in the form of a document.
  package static func capabilities(_ capabilities: [CapabilityUse]) -> JSONValue {
    .array(capabilities.map(CapabilityUse.coding.encode))
  }
}
