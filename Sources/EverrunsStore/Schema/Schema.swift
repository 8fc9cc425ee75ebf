import Everruns
import GRDB

/// The tables of a store and the steps that lead to them.
///
/// Tables and columns carry the names of the control plane's own database, so that knowledge and
/// SQL carry over. The steps are numbered from 1 and are never changed once released. They run in
/// one transaction that first reads how far the store is: of two programs that create a store at
/// once, the second finds nothing left to do.
enum Schema {
  /// What marks a SQLite file as a store: `EVRC`.
  static let applicationID: Int32 = 0x4556_5243

  /// The version that the last step leads to.
  static var version: Int { steps.count }

  private static let steps = [version1, version2, version3]

  /// The oldest version whose tables can be compared with a definition as they are.
  static let oldestReadable = 1

  /// Brings a store up to date.
  ///
  /// Must be called within a transaction.
  static func migrate(_ db: Database, from version: Int, storeID: String) throws {
    for (index, step) in steps.enumerated() where index >= version {
      try db.execute(sql: step)
    }
    try ChangeTriggers.restore(db)
    if version == 0 {
      try db.execute(
        sql: "INSERT INTO store_state (id, store_id, serial) VALUES (1, ?, 0)",
        arguments: [storeID])
    }
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(Self.version)")
  }

  /// Columns that other programs may leave out are nullable or have defaults.
  ///
  /// What a program may write into a JSON column is not checked here: it is compared, and then it
  /// is drift.
  private static let version1 =
    """
    CREATE TABLE store_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      store_id TEXT NOT NULL,
      serial INTEGER NOT NULL,
      active_platform TEXT,
      applied_platform TEXT,
      applied_fingerprint TEXT,
      applied_roles TEXT
    );

    CREATE TABLE organizations (
      org_id INTEGER PRIMARY KEY,
      public_id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL
    );

    CREATE TABLE users (
      id TEXT PRIMARY KEY NOT NULL,
      email TEXT UNIQUE,
      name TEXT NOT NULL,
      roles TEXT NOT NULL DEFAULT '[]',
      email_verified INTEGER NOT NULL DEFAULT 0,
      auth_provider TEXT
    );

    CREATE TABLE organization_members (
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      role TEXT NOT NULL,
      PRIMARY KEY (org_id, user_id)
    ) WITHOUT ROWID;

    CREATE TABLE llm_providers (
      id TEXT PRIMARY KEY NOT NULL,
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      provider_type TEXT NOT NULL,
      base_url TEXT
    );
    CREATE INDEX llm_providers_by_name ON llm_providers (org_id, name);

    CREATE TABLE llm_models (
      id TEXT PRIMARY KEY NOT NULL,
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      provider_id TEXT NOT NULL REFERENCES llm_providers (id) ON DELETE CASCADE,
      model_id TEXT NOT NULL,
      display_name TEXT,
      installed INTEGER NOT NULL DEFAULT 0,
      is_favorite INTEGER NOT NULL DEFAULT 0,
      source TEXT
    );
    CREATE INDEX llm_models_by_model ON llm_models (org_id, model_id);
    CREATE INDEX llm_models_by_provider ON llm_models (provider_id);

    CREATE TABLE mcp_servers (
      id TEXT PRIMARY KEY NOT NULL,
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      description TEXT,
      url TEXT NOT NULL,
      transport_type TEXT NOT NULL DEFAULT 'http'
    );
    CREATE INDEX mcp_servers_by_name ON mcp_servers (org_id, name);

    CREATE TABLE seed_templates (
      digest TEXT PRIMARY KEY NOT NULL,
      content TEXT NOT NULL
    );

    CREATE TABLE seed_memory (
      kind TEXT NOT NULL,
      seed_id TEXT NOT NULL,
      row_id TEXT NOT NULL,
      content TEXT NOT NULL,
      PRIMARY KEY (kind, seed_id)
    ) WITHOUT ROWID;

    CREATE TABLE seed_accepted_harnesses (
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      PRIMARY KEY (org_id, name)
    ) WITHOUT ROWID;

    CREATE TABLE history (
      id INTEGER PRIMARY KEY,
      created_at TEXT NOT NULL,
      actor TEXT NOT NULL,
      command TEXT NOT NULL,
      reason TEXT,
      summary TEXT NOT NULL,
      serial INTEGER NOT NULL
    );

    CREATE TABLE harnesses (
      id TEXT PRIMARY KEY NOT NULL,
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      display_name TEXT,
      description TEXT,
      system_prompt TEXT,
      parent_harness_id TEXT REFERENCES harnesses (id) ON DELETE SET NULL,
      tags TEXT NOT NULL DEFAULT '[]',
      is_built_in INTEGER NOT NULL DEFAULT 0,
      status TEXT NOT NULL DEFAULT 'active',
      seed_digest TEXT,
      UNIQUE (org_id, name)
    );
    CREATE INDEX harnesses_by_parent ON harnesses (parent_harness_id)
      WHERE parent_harness_id IS NOT NULL;

    CREATE TABLE harness_capabilities (
      harness_id TEXT NOT NULL REFERENCES harnesses (id) ON DELETE CASCADE,
      capability_id TEXT NOT NULL,
      position INTEGER NOT NULL DEFAULT 0,
      config TEXT NOT NULL DEFAULT '{}',
      PRIMARY KEY (harness_id, capability_id)
    ) WITHOUT ROWID;

    CREATE TABLE agents (
      id TEXT PRIMARY KEY NOT NULL,
      org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      display_name TEXT,
      description TEXT,
      system_prompt TEXT,
      tags TEXT NOT NULL DEFAULT '[]',
      status TEXT NOT NULL DEFAULT 'active',
      public_id TEXT,
      UNIQUE (org_id, name)
    );

    CREATE TABLE agent_capabilities (
      agent_id TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
      capability_id TEXT NOT NULL,
      position INTEGER NOT NULL DEFAULT 0,
      config TEXT NOT NULL DEFAULT '{}',
      PRIMARY KEY (agent_id, capability_id)
    ) WITHOUT ROWID;

    CREATE TABLE organization_settings (
      org_id INTEGER PRIMARY KEY REFERENCES organizations (org_id) ON DELETE CASCADE,
      default_model_id TEXT REFERENCES llm_models (id) ON DELETE SET NULL,
      default_harness_id TEXT REFERENCES harnesses (id) ON DELETE SET NULL,
      base_harness_id TEXT REFERENCES harnesses (id) ON DELETE SET NULL
    );

    CREATE TABLE platforms (
      name TEXT PRIMARY KEY NOT NULL,
      latest_revision INTEGER NOT NULL
    );

    CREATE TABLE platform_revisions (
      name TEXT NOT NULL REFERENCES platforms (name) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      document TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      summary TEXT NOT NULL,
      actor TEXT NOT NULL,
      command TEXT NOT NULL,
      reason TEXT,
      created_at TEXT NOT NULL,
      PRIMARY KEY (name, revision)
    );
    """

  /// What a store remembers, so that a run looks only at what changed since the last one.
  ///
  /// The number of an unsettled organization is of the type that it has in its rows, without which
  /// SQLite could not look it up (sqlite.org/datatype3.html, section 4.2). In a table without row
  /// numbers it may hold whatever a row holds instead.
  private static let version2 =
    """
    CREATE TABLE seed_unsettled (
      org_id INTEGER PRIMARY KEY
    ) WITHOUT ROWID;

    CREATE TABLE seed_answers (
      digest TEXT PRIMARY KEY NOT NULL,
      serial INTEGER NOT NULL,
      plan_rows TEXT NOT NULL
    ) WITHOUT ROWID;

    ALTER TABLE store_state ADD COLUMN settled_as TEXT;
    ALTER TABLE store_state ADD COLUMN settled_schema_version INTEGER;
    """

  /// The same, found without a hash: to make one takes as long as to read what it finds.
  private static let version3 =
    """
    DROP TABLE seed_answers;
    CREATE TABLE seed_answers (
      question TEXT PRIMARY KEY NOT NULL,
      serial INTEGER NOT NULL,
      plan_rows TEXT NOT NULL
    ) WITHOUT ROWID;

    ALTER TABLE store_state ADD COLUMN settled_triggers TEXT;
    """
}
