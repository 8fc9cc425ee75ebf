import EverrunsSeeding

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
  var table: String { definition.name }

  /// The columns that the table shares with the control plane's own database, in order.
  var columns: [Table.Column] { definition.sharedColumns }

  /// The columns that hold what a catalog says of a row, and not whose it is.
  var contentColumns: [Table.Column] {
    columns.filter { !["id", "org_id", "status"].contains($0.name) }
  }

  /// The table of the capabilities of such rows with the column that names the row, if they have
  /// any.
  var capabilityOwner: (definition: Table, column: String)? {
    switch self {
    case .harness: (.harnessCapabilities, "harness_id")
    case .agent: (.agentCapabilities, "agent_id")
    case .organization, .user, .llmProvider, .llmModel, .organizationSettings, .mcpServer: nil
    }
  }
}
