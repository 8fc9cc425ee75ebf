-- Version 10: entries of the history hold the organizations that they concern.

CREATE TABLE store_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store_id TEXT NOT NULL,
  serial INTEGER NOT NULL,
  active_platform TEXT,
  applied_platform TEXT,
  applied_fingerprint TEXT,
  applied_roles TEXT,
  settled_as TEXT,
  settled_schema_version INTEGER,
  settled_triggers TEXT,
  settled_seal TEXT,
  checked_schema_version INTEGER,
  highest_org_id INTEGER
);
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
CREATE TABLE seed_unsettled (
  org_id INTEGER PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE seed_answers (
  question TEXT PRIMARY KEY NOT NULL,
  serial INTEGER NOT NULL,
  plan_rows TEXT NOT NULL,
  seal TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  created_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  reason TEXT,
  summary TEXT NOT NULL,
  serial INTEGER NOT NULL,
  rolled_back_to TEXT,
  concerns TEXT
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
  rolled_back_to TEXT,
  PRIMARY KEY (name, revision)
);
CREATE TABLE platform_origins (
  name TEXT NOT NULL REFERENCES platforms (name) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  preset TEXT,
  grade TEXT,
  document TEXT,
  PRIMARY KEY (name, revision)
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
  public_id TEXT,
  org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  display_name TEXT,
  description TEXT,
  system_prompt TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  status TEXT NOT NULL DEFAULT 'active',
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
CREATE TABLE sessions (
  id TEXT PRIMARY KEY NOT NULL,
  org_id INTEGER NOT NULL REFERENCES organizations (org_id) ON DELETE CASCADE,
  harness_id TEXT NOT NULL,
  agent_id TEXT,
  model_id TEXT,
  title TEXT,
  locale TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  capabilities TEXT NOT NULL DEFAULT '[]',
  system_prompt TEXT,
  max_iterations INTEGER,
  chat_owner TEXT,
  is_activated INTEGER NOT NULL DEFAULT 0,
  last_sequence INTEGER NOT NULL DEFAULT 0,
  next_turn INTEGER NOT NULL DEFAULT 1,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE TABLE turns (
  id TEXT PRIMARY KEY NOT NULL,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  input_message_id TEXT NOT NULL,
  status TEXT NOT NULL,
  step TEXT NOT NULL,
  iteration INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  reclaims INTEGER NOT NULL,
  not_before TEXT NOT NULL,
  worker_id TEXT,
  lease INTEGER NOT NULL,
  lease_expires_at TEXT,
  cancel_requested_at TEXT,
  error_code TEXT,
  error TEXT,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  idempotency_key TEXT,
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  UNIQUE (session_id, number),
  UNIQUE (session_id, idempotency_key)
);
CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  turn_id TEXT,
  input_message_id TEXT,
  type TEXT NOT NULL,
  ts TEXT NOT NULL,
  data TEXT NOT NULL,
  UNIQUE (id),
  UNIQUE (session_id, sequence)
);
CREATE TABLE output_deltas (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  turn_id TEXT NOT NULL,
  input_message_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE tool_calls (
  turn_id TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  number INTEGER NOT NULL,
  call_id TEXT NOT NULL,
  name TEXT NOT NULL,
  arguments TEXT NOT NULL,
  signature TEXT,
  effect TEXT NOT NULL,
  status TEXT NOT NULL,
  result TEXT,
  started_at TEXT,
  ended_at TEXT,
  PRIMARY KEY (turn_id, iteration, number)
);
CREATE TABLE workers (
  id TEXT PRIMARY KEY NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  version TEXT NOT NULL,
  runtime_fingerprint TEXT NOT NULL,
  capabilities TEXT NOT NULL,
  drivers TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  running INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  started_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL,
  drain_requested_at TEXT
);
CREATE TABLE definitions (
  fingerprint TEXT PRIMARY KEY NOT NULL,
  runtime_fingerprint TEXT NOT NULL,
  document TEXT NOT NULL,
  first_served_at TEXT NOT NULL,
  last_served_at TEXT NOT NULL
);
CREATE INDEX sessions_by_use ON sessions (org_id, updated_at);
CREATE UNIQUE INDEX sessions_by_chat_owner ON sessions (org_id, chat_owner)
  WHERE chat_owner IS NOT NULL;
CREATE UNIQUE INDEX turns_running ON turns (session_id)
  WHERE status = 'running';
CREATE INDEX turns_unfinished ON turns (session_id, number)
  WHERE status IN ('queued', 'running');
CREATE INDEX turns_by_status ON turns (status, created_at);
CREATE INDEX output_deltas_by_session ON output_deltas (session_id);
CREATE INDEX output_deltas_by_turn ON output_deltas (turn_id);
CREATE TRIGGER organizations_insert_raises_serial
AFTER INSERT ON organizations
BEGIN UPDATE store_state SET serial = serial + 1; UPDATE store_state SET highest_org_id = NEW.org_id WHERE NEW.org_id BETWEEN coalesce(highest_org_id, 0) + 1 AND 9007199254740992; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER organizations_update_raises_serial
AFTER UPDATE ON organizations
BEGIN UPDATE store_state SET serial = serial + 1; UPDATE store_state SET highest_org_id = NEW.org_id WHERE NEW.org_id BETWEEN coalesce(highest_org_id, 0) + 1 AND 9007199254740992; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER organizations_delete_raises_serial
AFTER DELETE ON organizations
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER users_insert_raises_serial
AFTER INSERT ON users
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER users_update_raises_serial
AFTER UPDATE ON users
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER users_delete_raises_serial
AFTER DELETE ON users
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER organization_members_insert_raises_serial
AFTER INSERT ON organization_members
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER organization_members_update_raises_serial
AFTER UPDATE ON organization_members
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER organization_members_delete_raises_serial
AFTER DELETE ON organization_members
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER llm_providers_insert_raises_serial
AFTER INSERT ON llm_providers
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER llm_providers_update_raises_serial
AFTER UPDATE ON llm_providers
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER llm_providers_delete_raises_serial
AFTER DELETE ON llm_providers
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER llm_models_insert_raises_serial
AFTER INSERT ON llm_models
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER llm_models_update_raises_serial
AFTER UPDATE ON llm_models
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER llm_models_delete_raises_serial
AFTER DELETE ON llm_models
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER mcp_servers_insert_raises_serial
AFTER INSERT ON mcp_servers
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER mcp_servers_update_raises_serial
AFTER UPDATE ON mcp_servers
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER mcp_servers_delete_raises_serial
AFTER DELETE ON mcp_servers
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER harnesses_insert_raises_serial
AFTER INSERT ON harnesses
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER harnesses_update_raises_serial
AFTER UPDATE OF id, org_id, name, display_name, description, system_prompt, parent_harness_id, tags,
is_built_in, status ON harnesses
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER harnesses_delete_raises_serial
AFTER DELETE ON harnesses
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER harness_capabilities_insert_raises_serial
AFTER INSERT ON harness_capabilities
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) SELECT org_id FROM harnesses WHERE id = NEW.harness_id ON CONFLICT DO NOTHING; END;
CREATE TRIGGER harness_capabilities_update_raises_serial
AFTER UPDATE ON harness_capabilities
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) SELECT org_id FROM harnesses WHERE id = NEW.harness_id ON CONFLICT DO NOTHING; INSERT INTO seed_unsettled (org_id) SELECT org_id FROM harnesses WHERE id = OLD.harness_id ON CONFLICT DO NOTHING; END;
CREATE TRIGGER harness_capabilities_delete_raises_serial
AFTER DELETE ON harness_capabilities
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) SELECT org_id FROM harnesses WHERE id = OLD.harness_id ON CONFLICT DO NOTHING; END;
CREATE TRIGGER agents_insert_raises_serial
AFTER INSERT ON agents
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER agents_update_raises_serial
AFTER UPDATE ON agents
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER agents_delete_raises_serial
AFTER DELETE ON agents
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER agent_capabilities_insert_raises_serial
AFTER INSERT ON agent_capabilities
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER agent_capabilities_update_raises_serial
AFTER UPDATE ON agent_capabilities
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER agent_capabilities_delete_raises_serial
AFTER DELETE ON agent_capabilities
BEGIN UPDATE store_state SET serial = serial + 1; END;
CREATE TRIGGER organization_settings_insert_raises_serial
AFTER INSERT ON organization_settings
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER organization_settings_update_raises_serial
AFTER UPDATE ON organization_settings
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER organization_settings_delete_raises_serial
AFTER DELETE ON organization_settings
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_replacing_insert_of_harnesses
BEFORE INSERT ON harnesses
BEGIN INSERT INTO seed_unsettled (org_id) SELECT org_id FROM harnesses WHERE id = NEW.id OR _rowid_ = NEW._rowid_ ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_replacing_update_of_harnesses
BEFORE UPDATE ON harnesses WHEN NEW.id <> OLD.id OR NEW._rowid_ <> OLD._rowid_
BEGIN UPDATE store_state SET serial = serial + 1; INSERT INTO seed_unsettled (org_id) SELECT org_id FROM harnesses WHERE id = NEW.id OR _rowid_ = NEW._rowid_ ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_digest_update AFTER UPDATE OF seed_digest ON harnesses
BEGIN INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_accepted_harnesses_insert AFTER INSERT ON seed_accepted_harnesses
BEGIN DELETE FROM seed_answers; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_accepted_harnesses_update AFTER UPDATE ON seed_accepted_harnesses
BEGIN DELETE FROM seed_answers; INSERT INTO seed_unsettled (org_id) VALUES (NEW.org_id) ON CONFLICT DO NOTHING; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_accepted_harnesses_delete AFTER DELETE ON seed_accepted_harnesses
BEGIN DELETE FROM seed_answers; INSERT INTO seed_unsettled (org_id) VALUES (OLD.org_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER seed_memory_insert AFTER INSERT ON seed_memory
BEGIN DELETE FROM seed_answers; END;
CREATE TRIGGER seed_memory_update AFTER UPDATE ON seed_memory
BEGIN DELETE FROM seed_answers; END;
CREATE TRIGGER seed_memory_delete AFTER DELETE ON seed_memory
BEGIN DELETE FROM seed_answers; END;
CREATE TRIGGER seed_unsettled_update_breaks_seal AFTER UPDATE ON seed_unsettled
BEGIN UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL; END;
CREATE TRIGGER seed_unsettled_delete_breaks_seal AFTER DELETE ON seed_unsettled
BEGIN UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL; END;
CREATE TRIGGER seed_templates_insert_breaks_seal AFTER INSERT ON seed_templates
BEGIN DELETE FROM seed_answers; END;
CREATE TRIGGER seed_templates_update_breaks_seal AFTER UPDATE ON seed_templates
BEGIN DELETE FROM seed_answers; END;
CREATE TRIGGER seed_templates_delete_breaks_seal AFTER DELETE ON seed_templates
BEGIN DELETE FROM seed_answers; END;
CREATE TRIGGER store_state_insert_breaks_seal AFTER INSERT ON store_state
BEGIN UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL; DELETE FROM seed_answers; END;
CREATE TRIGGER store_state_update_breaks_seal AFTER UPDATE OF serial ON store_state WHEN NEW.serial IS NOT OLD.serial + 1
BEGIN UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL; DELETE FROM seed_answers; END;

INSERT INTO store_state (id, store_id, serial) VALUES (1, 'store-of-version-10', 0);

INSERT INTO history (created_at, actor, command, reason, summary, serial, concerns)
VALUES ('2026-01-02T03:04:05Z', 'ann', 'everrunsctl seed apply', NULL, '2 created', 2, '{"all":true}');
UPDATE store_state
SET applied_platform = 'acme@1', applied_fingerprint = 'sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655', applied_roles = '{"base":"base"}';

INSERT INTO seed_answers (question, serial, plan_rows, seal) VALUES ('[]', 2, '[]', '');
INSERT INTO seed_unsettled (org_id) VALUES (1);

PRAGMA application_id = 1163285059;
PRAGMA user_version = 10;
