/// Something that is asked before a row of the catalog is created, in the order of precedence.
package enum SeedRule: Sendable {
  /// A question that the definition, the catalog or the grade answers.
  ///
  /// - Parameter failure: The reason to skip the row; `nil` where the answer allows it.
  case checked(
    rule: String, value: String, source: DecisionTrace.Source, failure: SeedReason? = nil)
  /// Other rows must exist or be seeded.
  case requires(SeedRequirement)
}

/// Rows of a catalog that another row refers to, by their seed ids.
package enum SeedRequirement: Sendable {
  /// A model's LLM provider.
  case llmProvider(id: String, name: String)
  /// The model that becomes the default.
  case llmModel(id: String, modelID: String)
  /// The MCP servers of an agent.
  case mcpServers([String])

  /// The kind of the rows.
  package var kind: RecordKind {
    switch self {
    case .llmProvider: .llmProvider
    case .llmModel: .llmModel
    case .mcpServers: .mcpServer
    }
  }

  /// The seed ids of the rows.
  package var ids: [String] {
    switch self {
    case .llmProvider(let id, _), .llmModel(let id, _): [id]
    case .mcpServers(let ids): ids
    }
  }

  /// What is asked of a store.
  package var rule: String {
    switch self {
    case .llmProvider(_, let name): "its LLM provider '\(name)' exists"
    case .llmModel(_, let modelID): "the model '\(modelID)' exists"
    case .mcpServers: "its MCP servers exist"
    }
  }

  /// The reason to skip a row.
  ///
  /// - Parameter ids: The seed ids of the rows that are missing.
  package func failure(missing ids: [String]) -> SeedReason {
    switch self {
    case .llmProvider(_, let name): .providerSkipped(name)
    case .llmModel(_, let modelID): .defaultModelSkipped(modelID)
    case .mcpServers: .mcpServerMissing(ids)
    }
  }
}
