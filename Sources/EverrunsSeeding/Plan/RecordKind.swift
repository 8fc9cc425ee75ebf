/// The kinds of rows that seeding looks after, in the order in which it does.
public enum RecordKind: String, CaseIterable, Sendable {
  case organization
  case user
  case llmProvider = "llm_provider"
  case llmModel = "llm_model"
  case organizationSettings = "organization_settings"
  case mcpServer = "mcp_server"
  case harness
  case agent

  /// What one such row is called in sentences.
  public var noun: String {
    switch self {
    case .organization: "organization"
    case .user: "user"
    case .llmProvider: "LLM provider"
    case .llmModel: "LLM model"
    case .organizationSettings: "setting"
    case .mcpServer: "MCP server"
    case .harness: "harness"
    case .agent: "agent"
    }
  }
}
