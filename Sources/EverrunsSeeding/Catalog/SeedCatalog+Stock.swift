extension SeedCatalog {
  /// The catalog of the stock platform.
  public static let stock = SeedCatalog(
    organization: SeedOrganization(
      orgID: 1, publicID: "org_00000000000000000000000000000001",
      name: "Default Organization"),
    users: StockSeeds.users,
    llmProviders: StockSeeds.llmProviders,
    llmModels: StockModels.all,
    defaultModel: StockSeeds.defaultModel,
    mcpServers: StockSeeds.mcpServers,
    agents: StockAgents.all)
}

/// The smaller parts of the stock catalog.
private enum StockSeeds {
  static let users: [SeedUser] = [
    SeedUser(
      id: "00000000-0000-0000-0000-000000000001",
      email: "anonymous@local",
      name: "Anonymous",
      roles: ["admin"],
      isEmailVerified: true,
      authProvider: "none",
      membershipRole: "owner",
      when: .always),
    SeedUser(
      id: "00000000-0000-0000-0000-000000000002",
      name: "Admin",
      roles: ["admin"],
      isEmailVerified: true,
      authProvider: "local",
      membershipRole: "owner",
      when: .authModeAdmin),
  ]

  static let llmProviders: [SeedLLMProvider] = [
    SeedLLMProvider(
      id: "01933b5a-0000-7000-8000-000000000001",
      name: "OpenAI",
      providerType: "openai"),
    SeedLLMProvider(
      id: "01933b5a-0000-7000-8000-000000000002",
      name: "Anthropic",
      providerType: "anthropic"),
    SeedLLMProvider(
      id: "01933b5a-0000-7000-8000-000000000004",
      name: "Google Gemini",
      providerType: "gemini"),
    SeedLLMProvider(
      id: "01933b5a-0000-7000-8000-000000000003",
      name: "LlmSim",
      providerType: "llmsim"),
  ]

  static let defaultModel = SeedDefaultModel(
    id: "01933b5a-0000-7000-8000-00000000021f", modelID: "gpt-5.4",
    providerID: "01933b5a-0000-7000-8000-000000000001")

  static let mcpServers: [SeedMCPServer] = [
    SeedMCPServer(
      id: "01933b5a-0000-7000-8000-000000000501",
      name: "microsoft_learn",
      description: "Search over the public Microsoft Learn documentation.",
      url: "https://learn.microsoft.com/api/mcp",
      transportType: "http")
  ]
}
