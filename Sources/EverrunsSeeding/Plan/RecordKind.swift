/// The kinds of rows that seeding manages, in seeding order.
package enum RecordKind: String, CaseIterable, Sendable {
  /// The default organization.
  case organization
  /// A user of the default organization.
  case user
  /// An LLM provider.
  case llmProvider = "llm_provider"
  /// A model of an LLM provider.
  case llmModel = "llm_model"
  /// A setting of an organization.
  case organizationSettings = "organization_settings"
  /// An MCP server.
  case mcpServer = "mcp_server"
  /// A built-in harness of an organization.
  case harness
  /// An agent.
  case agent

  /// The singular noun for messages.
  package var noun: String {
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

  /// The plural noun for messages.
  package var pluralNoun: String { self == .harness ? "harnesses" : noun + "s" }
}
