import Messages

/// A rule that is checked before a catalog row is created.
package enum SeedRule: Sendable {
  /// A condition on the definition, the catalog or the grade.
  ///
  /// - Parameter failure: The reason to skip the row; `nil` if the condition holds.
  case checked(
    rule: String, value: String, source: DecisionTrace.Source, failure: SeedReason? = nil)
  /// Other rows must be seeded, or exist.
  case requires(SeedRequirement)
}

/// The catalog rows that another row references, by seed id.
package enum SeedRequirement: Sendable {
  /// The LLM provider of a model.
  case llmProvider(id: String, name: String)
  /// The default model.
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

  /// The question, as the trace shows it.
  package var rule: String {
    switch self {
    case .llmProvider: "its LLM provider is seeded"
    case .llmModel: "the model is seeded"
    case .mcpServers: "its MCP servers exist"
    }
  }

  /// The source of the answer: a row may exist that the plan skips, because its driver is missing.
  package var source: DecisionTrace.Source {
    switch self {
    case .llmProvider, .llmModel: .plan
    // Servers that the catalog does not list count, too.
    case .mcpServers: .store
    }
  }

  /// The answer, as the trace shows it; `ids` are the seed ids of the required rows that are missing.
  package func value(missing ids: [String]) -> String {
    let answer = ids.isEmpty ? "yes" : "no"
    return switch self {
    case .llmProvider(_, let name), .llmModel(_, let name): "\(answer), '\(name)'"
    case .mcpServers: ids.isEmpty ? answer : "\(answer), not \(ids.joinedInQuotes)"
    }
  }

  /// The reason to skip a row whose required rows with these seed ids are missing.
  package func failure(missing ids: [String]) -> SeedReason {
    switch self {
    case .llmProvider(_, let name): .providerSkipped(name)
    case .llmModel(_, let modelID): .defaultModelSkipped(modelID)
    case .mcpServers: .mcpServerMissing(ids)
    }
  }
}
