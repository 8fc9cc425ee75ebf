import Everruns
import EverrunsSeeding
import Foundation
import Testing

@testable import EverrunsStore

/// Each damage is named with table, row and what mends it, and what mends it does.
@Suite struct StoreCheckTests {
  private func expect(
    _ expected: [String], after sql: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withStore { store throws in
      for number in 1...2 { try store.addOrganization(number) }
      try store.administer(
        """
        insert into agents (id, org_id, name) values ('a', 1, 'helper');
        insert into llm_providers (id, org_id, name, provider_type) values ('p', 1, 'P', 'openai');
        insert into llm_models (id, org_id, provider_id, model_id) values ('m', 1, 'p', 'gpt');
        insert into harnesses (id, org_id, name) values ('own', 2, 'own');
        """)
      _ = try SQLiteStore.openForWriting(store.path)
        .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      try store.apply(Home.platform)
      let basis = SeedBasis(definition: Home.platform, catalog: Home.catalog, grade: .prod)
      #expect(try store.open().findings(against: basis) == [], sourceLocation: sourceLocation)
      try store.administer(sql)
      #expect(
        try store.open().findings(against: basis) == expected, sourceLocation: sourceLocation)
      for line in expected {
        let remedy = line.components(separatedBy: " -> ")[1]
        if remedy.hasPrefix("seed apply") {
          try store.apply(Home.platform)
        } else if let sql = remedy.components(separatedBy: "; or ").last,
          remedy.contains(" WHERE ")
            || remedy.hasPrefix("INSERT")
        {
          try store.administer(sql)
        }
      }
      let left = try store.open().findings(against: basis)
      #expect(left.allSatisfy { $0.hasSuffix("NAME") }, sourceLocation: sourceLocation)
    }
  }

  @Test func `an unreadable origin of a definition`() throws {
    try expect(
      [
        "revisions: platform_origins name = 'acme' AND revision = 1 the origin of 'acme@1' cannot be"
          + " read -> DELETE FROM platform_origins WHERE name = 'acme' AND revision = 1"
      ],
      after: """
        delete from platform_origins;
        insert into platform_origins (name, revision, document) values ('acme', 1, 'x'), ('acme', 2, null);
        """)
  }

  @Test func `numbers and times that make no sense`() throws {
    try expect(
      [
        "values: history id = 1 created_at holds 'yesterday', which is not a time"
          + " -> UPDATE history SET created_at = '1970-01-01T00:00:00Z' WHERE id = 1",
        "values: history id = 1 serial holds -7, which is not a valid number"
          + " -> UPDATE history SET serial = 0 WHERE id = 1",
        "values: platform_revisions name = 'acme' AND revision = 1 created_at holds"
          + " '2026-01-01', which is not a time -> UPDATE platform_revisions"
          + " SET created_at = '1970-01-01T00:00:00Z' WHERE name = 'acme' AND revision = 1",
        "values: agent_capabilities agent_id = 'a' AND capability_id = 'web' position holds -1, which"
          + " is not a valid number -> UPDATE agent_capabilities SET position = 0"
          + " WHERE agent_id = 'a' AND capability_id = 'web'",
      ],
      after: """
        update history set serial = -7, created_at = 'yesterday' where id = 1;
        update platform_revisions set created_at = '2026-01-01';
        insert into agent_capabilities (agent_id, capability_id, position) values ('a', 'web', -1);
        """)
  }

  @Test func `words that a status does not have`() throws {
    try expect(
      [
        "values: harnesses id = 'own' status holds 'asleep', which is not 'active', 'archived' or"
          + " 'deleted' -> UPDATE harnesses SET status = 'active' WHERE id = 'own'",
        "values: agents id = 'a' status holds '', which is not 'active', 'archived' or 'deleted'"
          + " -> UPDATE agents SET status = 'active' WHERE id = 'a'",
      ],
      after:
        "update harnesses set status = 'asleep' where id = 'own'; update agents set status = ''")
  }

  @Test func `a grade that does not exist`() throws {
    try expect(
      [
        "revisions: platform_origins name = 'acme' AND revision = 1 there is no grade 'gold'"
          + " -> UPDATE platform_origins SET grade = NULL WHERE name = 'acme' AND revision = 1"
      ],
      after: """
        delete from platform_origins;
        insert into platform_origins (name, revision, grade) values ('acme', 1, 'gold');
        """)
  }

  @Test func `dangling references`() throws {
    try expect(
      [
        "foreign_keys: llm_models id = 'm' provider_id names 'p', which llm_providers does not have"
          + " -> DELETE FROM llm_models WHERE id = 'm'",
        "foreign_keys: harnesses id = 'own' parent_harness_id names 'gone', which harnesses does not"
          + " have -> UPDATE harnesses SET parent_harness_id = NULL WHERE id = 'own'",
        "foreign_keys: agent_capabilities agent_id = 'b' AND capability_id = 'web' agent_id names"
          + " 'b', which agents does not have"
          + " -> DELETE FROM agent_capabilities WHERE agent_id = 'b' AND capability_id = 'web'",
      ],
      after: """
        delete from llm_providers; update harnesses set parent_harness_id = 'gone' where id = 'own';
        insert into agent_capabilities (agent_id, capability_id) values ('b', 'web');
        """)
  }

  @Test func `values that columns must not hold`() throws {
    try expect(
      [
        "values: llm_models id = 'm' installed holds 7, which is neither 0 nor 1"
          + " -> UPDATE llm_models SET installed = 0 WHERE id = 'm'",
        "values: harnesses id = 'base-in-1' system_prompt holds x'ff', which is not valid text"
          + " -> seed apply",
        "values: harness_capabilities harness_id = 'chat-in-2' AND capability_id = 'time' position"
          + " holds 'x', which is not a whole number -> UPDATE harness_capabilities SET position = 0"
          + " WHERE harness_id = 'chat-in-2' AND capability_id = 'time'",
        "values: agents id = 'a' description holds CAST(x'6100' AS TEXT), which is not valid text"
          + " -> UPDATE agents SET description = NULL WHERE id = 'a'",
        "values: agents id = 'a' tags does not hold a JSON array"
          + " -> UPDATE agents SET tags = '[]' WHERE id = 'a'",
      ],
      after: """
        update agents set description = 'a' || char(0), tags = '{}';
        update harnesses set system_prompt = x'ff' where id = 'base-in-1';
        update harness_capabilities set position = 'x' where harness_id = 'chat-in-2';
        update llm_models set installed = 7;
        """)
  }

  @Test func `rows that name rows of another organization, or themselves`() throws {
    try expect(
      [
        "settings: organization_settings org_id = 2 base_harness_id names 'chat-in-1', which its"
          + " organization does not have -> seed apply",
        "parents: harnesses id = 'own' harness 'own' is its own ancestor"
          + " -> UPDATE harnesses SET parent_harness_id = NULL WHERE id = 'own'",
        "models: llm_models id = 'm' model 'gpt' has a provider of another organization"
          + " -> DELETE FROM llm_models WHERE id = 'm'",
      ],
      after: """
        update organization_settings set base_harness_id = 'chat-in-1' where org_id = 2;
        update harnesses set parent_harness_id = 'own' where id = 'own';
        update llm_providers set org_id = 2;
        """)
  }

  @Test func `saved definitions and their numbers`() throws {
    try expect(
      [
        "state: store_state id = 1 the default platform 'gone' does not exist -> platform use NAME",
        "revisions: platform_revisions name = 'acme' AND revision = 1 definition 'acme@1' cannot be"
          + " read -> platform import FILE --as acme; or DELETE FROM platform_revisions"
          + " WHERE name = 'acme' AND revision = 1",
        "revisions: platforms name = 'acme' latest_revision is 0, the newest is 1"
          + " -> INSERT OR REPLACE INTO platforms (name, latest_revision) VALUES ('acme', 1)",
      ],
      after: """
        update store_state set active_platform = 'gone';
        update platform_revisions set document = 'x'; update platforms set latest_revision = 0;
        """)
  }

  @Test func `seeding's bookkeeping`() throws {
    try expect(
      [
        "memory: seed_memory kind = 'x' AND seed_id = 'y' there is no kind 'x'"
          + " -> DELETE FROM seed_memory WHERE kind = 'x' AND seed_id = 'y'"
      ],
      after: "insert into seed_memory (kind, seed_id, row_id, content) values ('x', 'y', 'z', '{}')"
    )
  }
}
