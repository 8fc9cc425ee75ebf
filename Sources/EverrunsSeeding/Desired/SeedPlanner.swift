public import Everruns
package import EverrunsDocuments

/// Decides what a store should hold: a pure function of a definition, a catalog and a grade.
public struct SeedPlanner: Sendable {
  private let definition: PlatformDefinition
  private let catalog: SeedCatalog
  private let grade: Grade

  /// A planner for these three.
  public init(definition: PlatformDefinition, catalog: SeedCatalog, grade: Grade) {
    self.definition = definition
    self.catalog = catalog
    self.grade = grade
  }

  /// What the store should hold, with a reason for everything that is left out.
  public var desiredState: SeedDesiredState {
    let names = Set(definition.builtInHarnesses.map(\.name))
    return SeedDesiredState(
      organization: catalog.organization,
      records: catalog.users.map(record) + catalog.llmProviders.map(record)
        + catalog.llmModels.map(record) + (catalog.defaultModel.map { [record(for: $0)] } ?? [])
        + catalog.mcpServers.map(record) + catalog.agents.map(record),
      harnesses: definition.builtInHarnesses.map { harness($0, among: names) },
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
      rules: user.when == .authModeAdmin ? [.excluded(.authMode)] : [])
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
    let provider = catalog.llmProviders.first { $0.id == model.providerID }
    let providerName = provider?.name ?? model.providerID
    return DesiredRecord(
      kind: .llmModel, names: [providerName, model.modelID], seedID: model.id,
      naturalKey: ["provider_id": model.providerID, "model_id": model.modelID],
      content: [
        "provider_id": .string(model.providerID), "model_id": .string(model.modelID),
        "display_name": .string(model.displayName), "installed": .bool(model.isInstalled),
        "is_favorite": .bool(model.isFavorite), "source": .string(model.source),
      ],
      // The missing driver is the root of the matter, so it is named before the missing provider.
      rules: (provider.map { driverRules(of: $0.providerType) } ?? [])
        + [
          .requires(
            .llmProvider, id: model.providerID, otherwise: .providerSkipped(providerName))
        ])
  }

  private func record(for model: SeedDefaultModel) -> DesiredRecord {
    let setting = OrganizationSetting.defaultModel
    return DesiredRecord(
      kind: .organizationSettings, names: [setting.rawValue], seedID: model.id, naturalKey: [:],
      content: [setting.column: .string(model.id)],
      rules: [
        .requires(.llmModel, id: model.id, otherwise: .defaultModelSkipped(model.modelID))
      ])
  }

  private func record(for server: SeedMCPServer) -> DesiredRecord {
    DesiredRecord(
      kind: .mcpServer, names: [server.name], seedID: server.id,
      naturalKey: ["name": server.name],
      content: [
        "name": .string(server.name), "description": .string(server.description),
        "url": .string(server.url), "transport_type": .string(server.transportType),
      ],
      rules: [])
  }

  private func record(for agent: SeedAgent) -> DesiredRecord {
    var rules: [SeedRule] = []
    if agent.isDevOnly, !grade.admitsExperiments {
      rules.append(.excluded(.devOnly(grade)))
    }
    var registered: [String] = []
    for capability in agent.capabilities {
      switch CapabilityReference(capability.ref) {
      case .mcpServer(let id):
        rules.append(.requires(.mcpServer, id: id, otherwise: .mcpServerMissing([id])))
      case .registered(let id):
        registered.append(id)
      }
    }
    let unregistered = definition.capabilities.unregistered(in: registered)
    if !unregistered.isEmpty {
      rules.append(.excluded(.capabilityNotRegistered(unregistered)))
    }
    return DesiredRecord(
      kind: .agent, names: [agent.name], seedID: agent.id, naturalKey: ["name": agent.name],
      content: [
        "name": .string(agent.name), "display_name": .string(agent.displayName),
        "description": .string(agent.description), "system_prompt": .string(agent.systemPrompt),
        "tags": .strings(agent.tags), "capabilities": .capabilities(agent.capabilities),
      ],
      rules: rules)
  }

  private func driverRules(of providerType: String) -> [SeedRule] {
    definition.drivers.has(providerType)
      ? [] : [.excluded(.driverNotRegistered(providerType: providerType))]
  }

  // MARK: Harnesses

  private func harness(
    _ template: BuiltInHarness, among names: Set<String>
  ) -> DesiredHarness {
    var notes: [SeedNote] = []
    let parent = template.parent.flatMap { names.contains($0) ? $0 : nil }
    if let named = template.parent, parent == nil {
      notes.append(.parentUnknown(named))
    }
    let isRegistered = { (capability: HarnessCapability) in
      switch CapabilityReference(capability.ref) {
      case .mcpServer: true
      case .registered(let id): definition.capabilities.has(id)
      }
    }
    let dropped = template.capabilities.filter { !isRegistered($0) }
    if !dropped.isEmpty {
      notes.append(.capabilitiesDropped(dropped.map(\.ref)))
    }
    return DesiredHarness(
      template: template, capabilities: template.capabilities.filter(isRegistered),
      parent: parent, notes: notes)
  }

  private func setting(_ setting: OrganizationSetting) -> DesiredHarnessSetting? {
    setting.role.map { role in
      DesiredHarnessSetting(
        setting: setting, role: role, harness: definition.harness(for: role)?.name)
    }
  }
}

extension Registry where Family == CapabilityFamily {
  /// What is not registered among these capabilities and everything they need, each once, in the
  /// order in which it is met.
  package func unregistered(in ids: [String]) -> [String] {
    var missing: [String] = []
    var met = Set(ids)
    var queue = ids
    var next = 0
    while next < queue.count {
      let id = queue[next]
      next += 1
      guard let capability = get(id) else {
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
  /// The capabilities of a harness or an agent, as a document lists them.
  package static func capabilities(_ capabilities: [HarnessCapability]) -> JSONValue {
    .array(capabilities.map(HarnessCapability.coding.encode))
  }
}
