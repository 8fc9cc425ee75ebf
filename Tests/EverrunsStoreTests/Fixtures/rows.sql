-- Rows for a store of any version: two organizations, of which one has edited harnesses, and a
-- saved definition.

INSERT INTO organizations (org_id, public_id, name) VALUES
  (1, 'org_00000000000000000000000000000001', 'Home'),
  (2, 'org_00000000000000000000000000000002', 'Other');

INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
  parent_harness_id, tags, is_built_in, status)
VALUES
  ('base-in-1', 1, 'base', 'Base', 'Empty.', 'Edited.', NULL, '["base","built-in"]', 1, 'active'),
  ('chat-in-1', 1, 'chat', 'Chat', '', 'Chat.', 'base-in-1', '[]', 1, 'active');

INSERT INTO harness_capabilities (harness_id, capability_id, position, config) VALUES
  ('base-in-1', 'web', 0, '{"a":{"x":[1,2],"y":1},"b":1}'),
  ('base-in-1', 'time', 1, '{}'),
  ('chat-in-1', 'time', 0, '{}');

INSERT INTO organization_settings (org_id, default_harness_id, base_harness_id)
VALUES (1, 'base-in-1', 'base-in-1');

INSERT INTO platforms (name, latest_revision) VALUES ('acme', 1);
INSERT INTO platform_revisions
  (name, revision, document, fingerprint, summary, actor, command, reason, created_at)
VALUES ('acme', 1,
  '{"format":"everruns.platform/v1","capabilities":[],"drivers":[],"connection_providers":[],"built_in_harnesses":[]}',
  'sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655',
  'created', 'ann', 'everrunsctl platform create acme', NULL, '2026-01-02T03:04:05Z');
UPDATE store_state SET active_platform = 'acme';
