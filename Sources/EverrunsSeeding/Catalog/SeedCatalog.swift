public import EverrunsDocuments

/// The rows that a platform seeds into the default organization, besides built-in harnesses.
public struct SeedCatalog: Sendable, Hashable {
  /// The default organization.
  public var organization: SeedOrganization
  /// The users of the organization.
  public var users: [SeedUser]
  /// The LLM providers of the organization.
  public var llmProviders: [SeedLLMProvider]
  /// The models of these providers.
  public var llmModels: [SeedLLMModel]
  /// The default model of the organization; `nil` for none.
  public var defaultModel: SeedDefaultModel?
  /// The MCP servers of the organization.
  public var mcpServers: [SeedMCPServer]
  /// The agents of the organization.
  public var agents: [SeedAgent]

  /// Creates a catalog.
  public init(
    organization: SeedOrganization, users: [SeedUser] = [],
    llmProviders: [SeedLLMProvider] = [], llmModels: [SeedLLMModel] = [],
    defaultModel: SeedDefaultModel? = nil, mcpServers: [SeedMCPServer] = [],
    agents: [SeedAgent] = []
  ) {
    self.organization = organization
    self.users = users
    self.llmProviders = llmProviders
    self.llmModels = llmModels
    self.defaultModel = defaultModel
    self.mcpServers = mcpServers
    self.agents = agents
  }

  static let coding = ObjectCoding<SeedCatalog>(
    noun: "seed catalog",
    blank: SeedCatalog(organization: SeedOrganization(orgID: 0, publicID: "", name: "")),
    fields: [
      .format(.seedCatalog),
      .required(
        "organization", \.organization, SeedOrganization.coding.value, "The default organization"),
      .defaulted("users", \.users, .list(SeedUser.coding.value), "The users"),
      .defaulted(
        "llm_providers", \.llmProviders, .list(SeedLLMProvider.coding.value), "The LLM providers"),
      .defaulted(
        "llm_models", \.llmModels, .list(SeedLLMModel.coding.value), "The models of the providers"),
      .defaulted(
        "default_model", \.defaultModel, .orNull(SeedDefaultModel.coding.value),
        "The default model, or null"),
      .defaulted(
        "mcp_servers", \.mcpServers, .list(SeedMCPServer.coding.value), "The MCP servers"),
      .defaulted("agents", \.agents, .list(SeedAgent.coding.value), "The agents"),
    ])

  /// Reads a catalog and reports every problem in one pass.
  ///
  /// - Throws: ``DocumentRefusal`` with every error and warning, if there is an error.
  package init(reading node: SourceNode) throws(DocumentRefusal) {
    var decoding = DocumentDecoding()
    guard FormatVersion.seedCatalog.check(node, &decoding),
      let catalog = Self.coding.decode(node, at: DocumentPath(), &decoding)
    else { throw DocumentRefusal(decoding.diagnostics) }
    let found = catalog.diagnostics.map { diagnostic in
      let path = decoding.documentPath(of: diagnostic.path)
      return diagnostic.moved(to: path, place: node.place(of: path))
    }
    let diagnostics = decoding.diagnostics + found
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DocumentRefusal(diagnostics)
    }
    self = catalog
  }

  /// The catalog as a document of the format `everruns.seed-catalog/v1`.
  public var document: JSONValue { .object(Self.coding.encode(self)) }

  /// The fingerprint of the catalog's document.
  public var fingerprint: Fingerprint { Fingerprint(of: document) }
}

extension SeedCatalog {
  /// The JSON Schema (draft 2020-12) of seed catalogs, derived from the same coding that reads
  /// them.
  public static var documentSchema: JSONValue { coding.schema.draft }

  /// The objects of a catalog, beginning with the whole document.
  package static var documentOutline: [DocumentOutline] {
    [
      coding.outline, SeedOrganization.coding.outline, SeedUser.coding.outline,
      SeedLLMProvider.coding.outline, SeedLLMModel.coding.outline, SeedDefaultModel.coding.outline,
      SeedMCPServer.coding.outline, SeedAgent.coding.outline,
    ]
  }
}

extension FormatVersion {
  /// The format of seed catalogs.
  package static let seedCatalog = FormatVersion(name: "everruns.seed-catalog", major: 1, minor: 0)
}
