/// The tables that the control plane's own database has too.
///
/// Columns that other programs may omit are nullable or have defaults. JSON columns are not
/// validated here: a wrong value shows up as drift. The words of a column are those that the control
/// plane's own database accepts.
extension Table {
  static let controlPlane = [
    organizations, users, organizationMembers, llmProviders, llmModels, mcpServers, harnesses,
    harnessCapabilities, agents, agentCapabilities, organizationSettings,
  ]

  static let organizations = Table(
    "organizations",
    [
      Column("org_id", "INTEGER PRIMARY KEY", .integer),
      Column("public_id", "TEXT NOT NULL UNIQUE"),
      Column("name", "TEXT NOT NULL"),
    ])

  static let users = Table(
    "users",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      Column("email", "TEXT UNIQUE"),
      Column("name", "TEXT NOT NULL"),
      Column("roles", "TEXT NOT NULL DEFAULT '[]'", .json),
      Column("email_verified", "INTEGER NOT NULL DEFAULT 0", .boolean),
      Column("auth_provider", "TEXT"),
    ])

  static let organizationMembers = Table(
    "organization_members",
    [
      organization,
      Column("user_id", "TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE"),
      Column("role", "TEXT NOT NULL"),
    ],
    constraints: ["PRIMARY KEY (org_id, user_id)"], isWithoutRowID: true)

  static let llmProviders = Table(
    "llm_providers",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      organization,
      Column("name", "TEXT NOT NULL"),
      Column("provider_type", "TEXT NOT NULL"),
      Column("base_url", "TEXT"),
    ],
    indexes: [Index("llm_providers_by_name", "(org_id, name)")])

  static let llmModels = Table(
    "llm_models",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      organization,
      Column("provider_id", "TEXT NOT NULL REFERENCES llm_providers (id) ON DELETE CASCADE"),
      Column("model_id", "TEXT NOT NULL"),
      Column("display_name", "TEXT"),
      Column("installed", "INTEGER NOT NULL DEFAULT 0", .boolean),
      Column("is_favorite", "INTEGER NOT NULL DEFAULT 0", .boolean),
      Column("source", "TEXT"),
    ],
    indexes: [
      Index("llm_models_by_model", "(org_id, model_id)"),
      Index("llm_models_by_provider", "(provider_id)"),
    ])

  static let mcpServers = Table(
    "mcp_servers",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      organization,
      Column("name", "TEXT NOT NULL"),
      Column("description", "TEXT"),
      Column("url", "TEXT NOT NULL"),
      Column("transport_type", "TEXT NOT NULL DEFAULT 'http'"),
    ],
    indexes: [Index("mcp_servers_by_name", "(org_id, name)")])

  static let harnesses = Table(
    "harnesses",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      organization,
      Column("name", "TEXT NOT NULL"),
      Column("display_name", "TEXT"),
      Column("description", "TEXT"),
      Column("system_prompt", "TEXT"),
      Column("parent_harness_id", "TEXT REFERENCES harnesses (id) ON DELETE SET NULL"),
      Column("tags", "TEXT NOT NULL DEFAULT '[]'", .json),
      Column("is_built_in", "INTEGER NOT NULL DEFAULT 0", .boolean),
      status,
      Column("seed_digest", "TEXT", isOwn: true),
    ],
    constraints: ["UNIQUE (org_id, name)"],
    indexes: [
      Index(
        "harnesses_by_parent",
        "(parent_harness_id)\n  WHERE parent_harness_id IS NOT NULL")
    ])

  static let harnessCapabilities = capabilities(
    "harness_capabilities",
    owner: Column("harness_id", "TEXT NOT NULL REFERENCES harnesses (id) ON DELETE CASCADE"))

  static let agents = Table(
    "agents",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      Column("public_id", "TEXT"),
      organization,
      Column("name", "TEXT NOT NULL"),
      Column("display_name", "TEXT"),
      Column("description", "TEXT"),
      Column("system_prompt", "TEXT"),
      Column("tags", "TEXT NOT NULL DEFAULT '[]'", .json),
      status,
    ],
    constraints: ["UNIQUE (org_id, name)"])

  static let agentCapabilities = capabilities(
    "agent_capabilities",
    owner: Column("agent_id", "TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE"))

  static let organizationSettings = Table(
    "organization_settings",
    [
      Column(
        "org_id", "INTEGER PRIMARY KEY REFERENCES organizations (org_id) ON DELETE CASCADE",
        .integer),
      Column("default_model_id", "TEXT REFERENCES llm_models (id) ON DELETE SET NULL"),
      Column("default_harness_id", "TEXT REFERENCES harnesses (id) ON DELETE SET NULL"),
      Column("base_harness_id", "TEXT REFERENCES harnesses (id) ON DELETE SET NULL"),
    ])

  private static let status = Column(
    "status", "TEXT NOT NULL DEFAULT 'active'", .text, .words(["active", "archived", "deleted"]))

  /// The organization that a row belongs to.
  static let organization = Column(
    "org_id", "INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE", .integer)

  private static func capabilities(_ name: String, owner: Column) -> Table {
    Table(
      name,
      [
        owner,
        Column("capability_id", "TEXT NOT NULL"),
        Column("position", "INTEGER NOT NULL DEFAULT 0", .integer, .counts),
        Column("config", "TEXT NOT NULL DEFAULT '{}'", .json),
      ],
      constraints: ["PRIMARY KEY (\(owner.name), capability_id)"], isWithoutRowID: true)
  }
}
