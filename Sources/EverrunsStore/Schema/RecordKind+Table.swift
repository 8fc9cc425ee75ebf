import EverrunsSeeding

extension RecordKind {
  /// The table that holds the rows of this kind.
  var table: String {
    switch self {
    case .organization: "organizations"
    case .user: "users"
    case .llmProvider: "llm_providers"
    case .llmModel: "llm_models"
    case .organizationSettings: "organization_settings"
    case .mcpServer: "mcp_servers"
    case .harness: "harnesses"
    case .agent: "agents"
    }
  }

  /// The columns that the table shares with the control plane's own database, in order.
  var columns: [(name: String, form: ColumnForm)] {
    switch self {
    case .organization:
      [("org_id", .integer), ("public_id", .text), ("name", .text)]
    case .user:
      [
        ("id", .text), ("email", .text), ("name", .text), ("roles", .json),
        ("email_verified", .boolean), ("auth_provider", .text),
      ]
    case .llmProvider:
      [
        ("id", .text), ("org_id", .integer), ("name", .text), ("provider_type", .text),
        ("base_url", .text),
      ]
    case .llmModel:
      [
        ("id", .text), ("org_id", .integer), ("provider_id", .text), ("model_id", .text),
        ("display_name", .text), ("installed", .boolean), ("is_favorite", .boolean),
        ("source", .text),
      ]
    case .organizationSettings:
      [
        ("org_id", .integer), ("default_model_id", .text), ("default_harness_id", .text),
        ("base_harness_id", .text),
      ]
    case .mcpServer:
      [
        ("id", .text), ("org_id", .integer), ("name", .text), ("description", .text),
        ("url", .text), ("transport_type", .text),
      ]
    case .harness:
      [
        ("id", .text), ("org_id", .integer), ("name", .text), ("display_name", .text),
        ("description", .text), ("system_prompt", .text), ("parent_harness_id", .text),
        ("tags", .json), ("is_built_in", .boolean), ("status", .text),
      ]
    case .agent:
      [
        ("id", .text), ("public_id", .text), ("org_id", .integer), ("name", .text),
        ("display_name", .text), ("description", .text), ("system_prompt", .text), ("tags", .json),
        ("status", .text),
      ]
    }
  }

  /// The columns that hold what a catalog says of a row, and not whose it is.
  var contentColumns: [(name: String, form: ColumnForm)] {
    columns.filter { !["id", "org_id", "status"].contains($0.name) }
  }

  /// The table of the capabilities of such rows with the column that names the row, if they have
  /// any.
  var capabilityOwner: (table: String, column: String)? {
    switch self {
    case .harness: ("harness_capabilities", "harness_id")
    case .agent: ("agent_capabilities", "agent_id")
    case .organization, .user, .llmProvider, .llmModel, .organizationSettings, .mcpServer: nil
    }
  }
}
