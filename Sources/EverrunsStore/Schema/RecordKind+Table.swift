package import EverrunsSeeding

extension RecordKind {
  /// The table that holds the rows of this kind.
  var definition: Table {
    switch self {
    case .organization: .organizations
    case .user: .users
    case .llmProvider: .llmProviders
    case .llmModel: .llmModels
    case .organizationSettings: .organizationSettings
    case .mcpServer: .mcpServers
    case .harness: .harnesses
    case .agent: .agents
    }
  }

  /// The name of the table.
  package var table: String { definition.name }

  /// The columns that the table has in common with the control plane's own database, in order.
  var columns: [Table.Column] { definition.sharedColumns }

  /// The columns with the content of a catalog row, without those that say whose it is.
  var contentColumns: [Table.Column] {
    columns.filter { !["id", "org_id", "status"].contains($0.name) }
  }

  /// The table with the capabilities of such rows and its column that references the row, if they
  /// have capabilities.
  var capabilityOwner: (definition: Table, column: String)? {
    switch self {
    case .harness: (.harnessCapabilities, "harness_id")
    case .agent: (.agentCapabilities, "agent_id")
    case .organization, .user, .llmProvider, .llmModel, .organizationSettings, .mcpServer: nil
    }
  }
}

extension OrganizationSetting {
  /// The column with the names of the rows that the setting refers to.
  package var targetName: String { role == nil ? "model_id" : "name" }
}
