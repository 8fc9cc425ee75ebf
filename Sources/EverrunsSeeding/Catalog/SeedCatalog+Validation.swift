import Everruns
import EverrunsDocuments
import Messages

extension SeedCatalog {
  /// The problems of the catalog as a whole: duplicates, and references to rows that are not in it.
  var diagnostics: [Diagnostic] {
    repeated("users", users.map(\.id), noun: "user id")
      + repeated("users", users.map { $0.email ?? "" }, noun: "e-mail address")
      + repeated("llm_providers", llmProviders.map(\.id), noun: "LLM provider id")
      + repeated("llm_providers", llmProviders.map(\.name), noun: "LLM provider")
      + repeated("llm_models", llmModels.map(\.id), noun: "LLM model id")
      + repeated(
        "llm_models", llmModels.map { "\($0.providerID)/\($0.modelID)" }, noun: "LLM model")
      + repeated("mcp_servers", mcpServers.map(\.id), noun: "MCP server id")
      + repeated("mcp_servers", mcpServers.map(\.name), noun: "MCP server")
      + repeated("agents", agents.map(\.id), noun: "agent id")
      + repeated("agents", agents.map(\.name), noun: "agent")
      + repeatedReferences + danglingReferences + organizationDiagnostics + nameDiagnostics
  }

  /// Names that show nothing to people.
  private var nameDiagnostics: [Diagnostic] {
    func diagnostics(
      _ key: String, _ names: [String], _ nameKey: String = "name", noun: String
    ) -> [Diagnostic] {
      names.indices.filter { names[$0].showsNothing }.map { index in
        Diagnostic(
          .blankName(noun: noun), at: DocumentPath().key(key).index(index).key(nameKey))
      }
    }
    let organization =
      organization.name.showsNothing
      ? [
        Diagnostic(
          .blankName(noun: "organization"), at: DocumentPath().key("organization").key("name"))
      ] : []
    return organization
      + diagnostics("users", users.map(\.name), noun: "user")
      + diagnostics("llm_providers", llmProviders.map(\.name), noun: "LLM provider")
      + diagnostics("llm_models", llmModels.map(\.displayName), "display_name", noun: "LLM model")
      + diagnostics("mcp_servers", mcpServers.map(\.name), noun: "MCP server")
      + diagnostics("agents", agents.map(\.displayName), "display_name", noun: "agent")
  }

  private func repeated(_ key: String, _ identifiers: [String], noun: String) -> [Diagnostic] {
    var seen: Set<ExactText> = []
    return identifiers.enumerated().compactMap { index, identifier in
      identifier.isEmpty || seen.insert(ExactText(identifier)).inserted
        ? nil
        : Diagnostic(
          .duplicateID(identifier, noun: noun), at: DocumentPath().key(key).index(index))
    }
  }

  /// An agent has a capability at most once: its rows are found by agent and capability.
  private var repeatedReferences: [Diagnostic] {
    agents.enumerated().flatMap { index, agent in
      var seen: Set<ExactText> = []
      return agent.capabilities.enumerated().compactMap { position, capability in
        seen.insert(ExactText(capability.ref)).inserted
          ? nil
          : Diagnostic(
            .duplicateID(capability.ref, noun: "capability"),
            at: DocumentPath().key("agents").index(index).key("capabilities").index(position))
      }
    }
  }

  private var danglingReferences: [Diagnostic] {
    let providers = Set(llmProviders.map(\.id))
    let models = Set(llmModels.map(\.id))
    let withoutProvider = llmModels.enumerated().compactMap { index, model in
      providers.contains(model.providerID)
        ? nil
        : Diagnostic(
          .unknownReference(model.providerID, noun: "LLM provider"),
          at: DocumentPath().key("llm_models").index(index).key("provider_id"))
    }
    let unknownDefault = defaultModel.flatMap { model in
      models.contains(model.id)
        ? nil
        : Diagnostic(
          .unknownReference(model.id, noun: "LLM model"),
          at: DocumentPath().key("default_model").key("id"))
    }
    return withoutProvider + (unknownDefault.map { [$0] } ?? [])
  }

  /// The default organization has the number reserved for it.
  private var organizationDiagnostics: [Diagnostic] {
    organization.orgID == SeedOrganization.reservedNumber
      ? []
      : [
        Diagnostic(
          .reservedOrganization(organization.orgID),
          at: DocumentPath().key("organization").key("org_id"))
      ]
  }
}
