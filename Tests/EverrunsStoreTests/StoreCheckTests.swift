import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import Testing

@testable import EverrunsStore

/// Each damage is named with table, row and what mends it, and what mends it does.
@Suite struct StoreCheckTests {
  private func expect(
    _ expected: [String], after sql: String, inUse platform: PlatformDefinition = Home.platform,
    sourceLocation: SourceLocation = #_sourceLocation,
    finally verify: (TemporaryStore) throws -> Void = { _ in }
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
      let basis = SeedBasis(definition: platform, catalog: Home.catalog, grade: .prod)
      #expect(try store.open().findings(against: basis) == [], sourceLocation: sourceLocation)
      try store.administer(sql)
      #expect(
        try store.open().findings(against: basis) == expected, sourceLocation: sourceLocation)
      for line in expected { try store.paste(line) }
      #expect(
        try store.open().findings(against: basis) == [], "after the remedies",
        sourceLocation: sourceLocation)
      try verify(store)
    }
  }

  @Test func `an unreadable origin of a definition is named`() throws {
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

  @Test func `rows that an index lacks are named`() throws {
    let index = "name = 'harnesses_by_parent'"
    try withStore { store throws in
      try store.addOrganization(1)
      try store.administer(
        """
        PRAGMA writable_schema = ON;
        CREATE TEMP TABLE hidden AS SELECT * FROM sqlite_schema WHERE \(index);
        DELETE FROM sqlite_schema WHERE \(index);
        PRAGMA writable_schema = RESET;
        INSERT INTO harnesses (id, org_id, name, parent_harness_id)
          VALUES ('own', 1, 'own', 'base-in-1');
        PRAGMA writable_schema = ON;
        INSERT INTO sqlite_schema SELECT * FROM temp.hidden;
        PRAGMA writable_schema = RESET;
        """)
      let findings = try store.open().findings().filter { $0.hasPrefix("integrity: ") }
      #expect(
        findings == [
          "integrity: harnesses id = 'own' missing from index harnesses_by_parent -> REINDEX",
          "integrity: harnesses wrong # of entries in index harnesses_by_parent -> REINDEX",
        ])
      try store.administer("REINDEX")
      #expect(try store.open().findings() == [])
    }
  }

  @Test func `numbers and times that make no sense are named`() throws {
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

  @Test func `an entry of the history that does not say which organizations it concerns is named`()
    throws
  {
    func finding(_ id: Int, _ problem: String) -> String {
      "values: history id = \(id) concerns \(problem)"
        + " -> UPDATE history SET concerns = NULL WHERE id = \(id)"
    }
    let wanted = "which is not a list of organizations"
    // An entry may name an organization that was deleted, also by another program.
    try expect(
      [
        finding(91, "does not hold a JSON object"), finding(92, "does not hold a JSON object"),
        finding(93, "holds '{}', \(wanted)"), finding(94, "holds '{\"all\":false}', \(wanted)"),
        finding(95, "holds '{\"organizations\":{\"org_1\":1}}', \(wanted)"),
      ],
      after: """
        insert into history (id, created_at, actor, command, summary, serial, concerns)
          select 90 + key, '2027-01-15T08:00:00Z', 'ada', 'x', 'x', 1, value from json_each('[
            "{\\"organizations\\":{\\"org_gone\\":\\"Gone\\"}}", "all", "[]", "{}",
            "{\\"all\\":false}", "{\\"organizations\\":{\\"org_1\\":1}}", "{\\"all\\":true}",
            "{\\"organizations\\":{}}"]')
        """)
  }

  @Test func `words that a status does not have are named`() throws {
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

  @Test func `a grade that does not exist is named`() throws {
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

  @Test func `dangling references are named`() throws {
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

  @Test func `values that columns must not hold are named`() throws {
    try expect(
      [
        "values: llm_models id = 'm' installed holds 7, which is neither 0 nor 1"
          + " -> UPDATE llm_models SET installed = 0 WHERE id = 'm'",
        "values: harnesses id = 'base-in-1' system_prompt holds x'ff', which is not valid text"
          + " -> seed apply",
        "values: harnesses id = 'chat-in-1' is_built_in holds 'yes', which is neither 0 nor 1"
          + " -> seed apply",
        "values: harnesses id = 'own' is_built_in holds 'yes', which is neither 0 nor 1"
          + " -> UPDATE harnesses SET is_built_in = 0 WHERE id = 'own'",
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
        update harnesses set is_built_in = 'yes' where id in ('chat-in-1', 'own');
        update harness_capabilities set position = 'x' where harness_id = 'chat-in-2';
        update llm_models set installed = 7;
        """)
  }

  @Test func `rows that refer to another organization, or to themselves, are named`() throws {
    try expect(
      [
        "settings: organization_settings org_id = 2 base_harness_id names 'chat-in-1', which its"
          + " organization does not have -> seed apply",
        "parents: harnesses id = 'own' harness 'own' is its own ancestor"
          + " -> UPDATE harnesses SET parent_harness_id = NULL WHERE id = 'own'",
        "models: llm_models id = 'm' model 'gpt' has a provider of another organization"
          + " -> UPDATE llm_models SET org_id = 2 WHERE id = 'm'",
      ],
      after: """
        update organization_settings set base_harness_id = 'chat-in-1' where org_id = 2;
        update harnesses set parent_harness_id = 'own' where id = 'own';
        update llm_providers set org_id = 2;
        """)
  }

  @Test func `damaged saved definitions are named`() throws {
    try expect(
      [
        "state: store_state id = 1 the default platform 'gone' does not exist -> platform use oss",
        "revisions: platform_revisions name = 'acme' AND revision = 1 definition 'acme@1' cannot be"
          + " read, and 'platform import' can save another revision -> DELETE FROM"
          + " platform_revisions WHERE name = 'acme' AND revision = 1",
      ],
      after: """
        update store_state set active_platform = 'gone';
        update platform_revisions set document = 'x';
        """)
  }

  @Test func `a definition that is not what was saved is kept`() throws {
    let fingerprint = PlatformDefinition.empty.fingerprint.description
    try expect(
      [
        "revisions: platform_revisions name = 'acme' AND revision = 1 definition 'acme@1' is not what"
          + " was saved -> UPDATE platform_revisions SET fingerprint = '\(fingerprint)'"
          + " WHERE name = 'acme' AND revision = 1"
      ], after: "update platform_revisions set fingerprint = 'x'")
  }

  @Test(arguments: ["0", "-1", "9223372036854775807", "'x'"])
  func `a wrong revision number is set without deleting a revision`(number: String) throws {
    try expect(
      [
        "revisions: platforms name = 'acme' latest_revision is \(number.replacing("'", with: "")), the"
          + " newest is 1 -> UPDATE platforms SET latest_revision = 1 WHERE name = 'acme'"
      ], after: "update platforms set latest_revision = \(number)"
    ) { store throws in
      #expect(try store.answer("select name, revision from platform_revisions") == ["acme|1"])
    }
  }

  @Test func `a saved definition without its name is kept`() throws {
    try expect(
      [
        "revisions: platforms name = 'acme' latest_revision is missing, the newest is 1"
          + " -> INSERT INTO platforms (name, latest_revision) VALUES ('acme', 1)"
      ], after: "delete from platforms"
    ) { store throws in
      #expect(try store.answer("select name, revision from platform_revisions") == ["acme|1"])
    }
  }

  @Test(arguments: ["'abc'", "77", "-1", "0"])
  func `a provider without an organization gets that of its models`(number: String) throws {
    try expect(
      [
        "foreign_keys: llm_providers id = 'p' org_id names '\(number.replacing("'", with: ""))', which"
          + " organizations does not have -> UPDATE llm_providers SET org_id = 1 WHERE id = 'p'"
      ], after: "update llm_providers set org_id = \(number)"
    ) { store throws in
      #expect(try store.answer("select id from llm_models") == ["m"])
    }
  }

  @Test func `a provider in another organization than its models is reported once`() throws {
    try expect(
      [
        "models: llm_providers id = 'p' org_id is 2, and what belongs to the row is in organization 1"
          + " -> UPDATE llm_providers SET org_id = 1 WHERE id = 'p'"
      ],
      after: """
        insert into llm_models (id, org_id, provider_id, model_id) values ('n', 1, 'p', 'gpt-2');
        update llm_providers set org_id = 2;
        """)
  }

  @Test func `a provider that seeding remembers is recreated, and keeps its models`() throws {
    try expect(
      [
        "foreign_keys: llm_providers id = 'p' the provider does not exist, and models name it"
          + " -> INSERT INTO llm_providers (id, org_id, name, provider_type, base_url)"
          + " VALUES ('p', 1, 'It''s P', 'openai', NULL)"
      ],
      after: """
        insert into llm_models (id, org_id, provider_id, model_id) values ('n', 1, 'p', 'gpt-2');
        insert into seed_memory values
          ('llm_provider', 'p', 'p', '{"name":"It''s P","provider_type":"openai"}');
        delete from llm_providers;
        """)
  }

  @Test func `a harness in another organization than its children is reported once`() throws {
    try expect(
      [
        "parents: harnesses id = 'own' org_id is 1, and what belongs to the row is in organization 2"
          + " -> UPDATE harnesses SET org_id = 2 WHERE id = 'own'"
      ],
      after: """
        insert into harnesses (id, org_id, name, parent_harness_id)
          values ('x', 2, 'x', 'own'), ('y', 2, 'y', 'own');
        update harnesses set org_id = 1 where id = 'own';
        """)
  }

  @Test func `rows of an organization that is gone get it back`() throws {
    try expect(
      [
        "foreign_keys: organizations org_id = 2 the organization does not exist, and 4 rows name it: 3"
          + " of harnesses, 1 of organization_settings -> INSERT INTO organizations (org_id, public_id,"
          + " name) VALUES (2, 'org_00000000000000000000000000000002', 'Organization 2')"
      ], after: "delete from organizations where org_id = 2"
    ) { store throws in
      #expect(try store.answer("select count(*) from harnesses where org_id = 2") == ["3"])
    }
  }

  @Test func `a row without a readable organization gets the first one, and keeps its name unique`()
    throws
  {
    try expect(
      [
        "foreign_keys: agents id = 'b' org_id names 'x', which organizations does not have"
          + " -> UPDATE agents SET org_id = 1, name = name || ' ' || id WHERE id = 'b'"
      ], after: "insert into agents (id, org_id, name) values ('b', 'x', 'helper')"
    ) { store throws in
      #expect(try store.answer("select name from agents where id = 'b'") == ["helper b"])
    }
  }

  @Test func `built-in harnesses that are their own ancestors are named`() throws {
    try expect(
      ["base", "chat"].map { name in
        "parents: harnesses id = '\(name)-in-2' harness '\(name)' is its own ancestor -> seed apply"
      }, after: "update harnesses set parent_harness_id = id where org_id = 2 and is_built_in")
    try expect(
      ["own", "x"].map { name in
        "parents: harnesses id = '\(name)' harness '\(name)' is its own ancestor -> UPDATE harnesses SET"
          + " parent_harness_id = NULL WHERE id = '\(name)'"
      },
      after: """
        insert into harnesses (id, org_id, name, parent_harness_id)
          values ('x', 2, 'x', 'own'), ('y', 2, 'y', 'x');
        update harnesses set parent_harness_id = 'x' where id = 'own';
        """)
  }

  @Test(arguments: ["9223372036854775807", "9007199254740992", "'x'", "-3", "NULL"])
  func `a number that says nothing about new organizations is named`(number: String) throws {
    let problem =
      number.hasPrefix("9")
      ? "which leaves no number for a new organization; once this is fixed, "
      : "which is not a usable number: "
    try expect(
      [
        "state: store_state id = 1 highest_org_id is \(number.replacing("'", with: "")), \(problem)"
          + "a new organization may get the number of a deleted one"
          + " -> UPDATE store_state SET highest_org_id = 5 WHERE id = 1"
      ],
      after: """
        create table theirs (org_id integer); insert into theirs values (5);
        update store_state set highest_org_id = \(number);
        """
    ) { store throws in
      _ = try SQLiteStore.openForWriting(store.path).createOrganization(
        name: "New", publicID: TemporaryStore.publicID(9), basis: .home, change: .test)
      #expect(try store.answer("select max(org_id) from organizations") == ["6"])
    }
  }

  @Test func `the number that a remedy records counts the organizations of the history`() throws {
    try withStore { store throws in
      try store.addOrganization(1, seeded: false)
      let writing = try SQLiteStore.openForWriting(store.path)
      for number in 2...4 {
        _ = try writing.createOrganization(
          name: "New", publicID: TemporaryStore.publicID(number), basis: .home, change: .test)
      }
      for number in 3...4 {
        _ = try writing.delete(
          try writing.organizations(named: TemporaryStore.publicID(number)), change: .test)
      }
      try store.administer("update store_state set highest_org_id = 9007199254740992")
      #expect(
        try store.open().findings().map { $0.hasSuffix("SET highest_org_id = 4 WHERE id = 1") }
          == [true])
    }
  }

  @Test func `values that are not unique are named`() throws {
    try expect(
      [
        "values: agents id = 'a' name holds x'00', which is not valid text -> UPDATE agents SET name ="
          + " 'name-a' WHERE id = 'a'",
        "values: agents id = 'b' name holds x'01', which is not valid text -> UPDATE agents SET name ="
          + " 'name-b' WHERE id = 'b'",
      ],
      after: """
        insert into agents (id, org_id, name) values ('b', 1, x'01');
        update agents set name = x'00' where id = 'a';
        """)
    try expect(
      [
        "values: platform_revisions name = 'acme' AND revision = 'x' revision holds 'x', which is not a"
          + " whole number -> INSERT INTO platforms (name, latest_revision) VALUES ('acme', 2) ON CONFLICT"
          + " (name) DO UPDATE SET latest_revision = 2; UPDATE platform_revisions SET revision = 2 WHERE"
          + " name = 'acme' AND revision = 'x'"
      ], after: "update platform_revisions set revision = 'x'")
  }

  @Test func `revisions without a number get the next ones, even if the name has none`() throws {
    func finding(_ name: String, _ revision: String, _ number: Int) -> String {
      let key = "name = '\(name)' AND revision = '\(revision)'"
      return "values: platform_revisions \(key) revision holds '\(revision)', which is not a whole"
        + " number -> INSERT INTO platforms (name, latest_revision) VALUES ('\(name)', \(number)) ON"
        + " CONFLICT (name) DO UPDATE SET latest_revision = \(number); UPDATE platform_revisions SET"
        + " revision = \(number) WHERE \(key)"
    }
    try expect(
      [finding("acme", "3x", 2), finding("zz", "x", 1), finding("zz", "y", 2)],
      after: """
        insert into platform_revisions
            (name, revision, document, fingerprint, summary, actor, command, created_at)
          select value ->> 0, value ->> 1, document, fingerprint, summary, actor, command, created_at
          from platform_revisions, json_each('[["acme", "3x"], ["zz", "x"], ["zz", "y"]]');
        update platforms set latest_revision = 'four';
        """
    ) { store throws in
      #expect(
        try store.answer("select name, revision from platform_revisions order by 1, 2")
          == ["acme|1", "acme|2", "zz|1", "zz|2"])
      #expect(try store.answer("select * from platforms order by 1") == ["acme|2", "zz|2"])
    }
  }

  @Test func `what the definition in use has no template or role for is not left to seeding`()
    throws
  {
    var base = Home.base
    base.roles = []
    let others = PlatformDefinition(
      capabilities: Home.platform.capabilities, builtInHarnesses: [base])
    try expect(
      [
        "values: harnesses id = 'chat-in-1' is_built_in holds 'yes', which is neither 0 nor 1"
          + " -> UPDATE harnesses SET is_built_in = 1 WHERE id = 'chat-in-1'",
        "values: harnesses id = 'o' tags does not hold a JSON array"
          + " -> UPDATE harnesses SET tags = '[]' WHERE id = 'o'",
        "settings: organization_settings org_id = 1 base_harness_id names 'x', which its organization"
          + " does not have -> UPDATE organization_settings SET base_harness_id = NULL WHERE org_id = 1",
        "parents: harnesses id = 'chat-in-2' harness 'chat' has a parent in another organization"
          + " -> UPDATE harnesses SET parent_harness_id = NULL WHERE id = 'chat-in-2'",
        "parents: harnesses id = 'o' harness 'old' is its own ancestor"
          + " -> UPDATE harnesses SET parent_harness_id = NULL WHERE id = 'o'",
      ],
      after: """
        insert into harnesses (id, org_id, name, is_built_in, tags, parent_harness_id)
          values ('o', 2, 'old', 1, 'oops', 'o');
        update harnesses set is_built_in = 'yes' where id = 'chat-in-1';
        update harnesses set parent_harness_id = 'chat-in-1' where id = 'chat-in-2';
        update organization_settings set base_harness_id = 'x' where org_id = 1;
        """, inUse: others)
  }

  @Test func `what seeding leaves alone is not left to it`() throws {
    try expect(
      [
        "values: harnesses id = 'chat-in-1' tags does not hold a JSON array"
          + " -> UPDATE harnesses SET tags = '[]' WHERE id = 'chat-in-1'",
        "settings: organization_settings org_id = 2 base_harness_id names 'x', which its organization"
          + " does not have -> UPDATE organization_settings SET base_harness_id = NULL WHERE org_id = 2",
      ],
      after: """
        update harnesses set status = 'archived', tags = 'oops' where id = 'chat-in-1';
        update harnesses set is_built_in = 0, seed_digest = null where id = 'base-in-2';
        update organization_settings set base_harness_id = 'x' where org_id = 2;
        """)
  }

  @Test(arguments: ["'org_0000000000000000000000000000000f'", "x'00'"])
  func `a default organization with another public id gets its own back`(publicID: String) throws {
    try expect(
      [
        "state: organizations org_id = 1 public_id is \(publicID), and the default organization is"
          + " '\(Home.publicID)' -> UPDATE organizations SET public_id = '\(Home.publicID)'"
          + " WHERE org_id = 1"
      ], after: "update organizations set public_id = \(publicID) where org_id = 1")
  }

  @Test func `an organization with the public id of the default one gets another`() throws {
    let other = "org_0000000000000000000000000000000f"
    try expect(
      [
        "state: organizations org_id = 2 public_id is that of the default organization, which has the"
          + " number 1 -> UPDATE organizations SET public_id = 'org_' || lower(hex(randomblob(16)))"
          + " WHERE org_id = 2",
        "state: organizations org_id = 1 public_id is '\(other)', and the default organization is"
          + " '\(Home.publicID)' -> UPDATE organizations SET public_id = '\(Home.publicID)'"
          + " WHERE org_id = 1",
      ],
      after: """
        update organizations set public_id = '\(other)' where org_id = 1;
        update organizations set public_id = '\(Home.publicID)' where org_id = 2;
        """)
  }

  @Test func `a remedy names a number without end and a text with control characters`() throws {
    try expect(
      [
        "foreign_keys: organization_members org_id = -9e999 AND user_id = 'u' org_id names '-inf', which"
          + " organizations does not have -> UPDATE organization_members SET org_id = 1"
          + " WHERE org_id = -9e999 AND user_id = 'u'",
        "foreign_keys: harness_capabilities harness_id = CAST(x'610962' AS TEXT) AND capability_id ="
          + " 'web' harness_id names 'a\tb', which harnesses does not have -> DELETE FROM"
          + " harness_capabilities WHERE harness_id = CAST(x'610962' AS TEXT) AND capability_id = 'web'",
        "values: platform_origins name = 'acme' AND revision = 9e999 revision holds 9e999, which is not"
          + " a whole number -> DELETE FROM platform_origins WHERE name = 'acme' AND revision = 9e999",
      ],
      after: """
        insert into users (id, email, name) values ('u', 'u@example.com', 'U');
        insert into organization_members (org_id, user_id, role) values (-9e999, 'u', 'member');
        insert into platform_origins (name, revision) values ('acme', 9e999);
        insert into harness_capabilities (harness_id, capability_id)
          values ('a' || char(9) || 'b', 'web');
        """)
  }

  @Test func `a day that does not exist is named`() throws {
    try expect(
      [
        "values: history id = 1 created_at holds '2026-02-30T00:00:00Z', which is not a time"
          + " -> UPDATE history SET created_at = '1970-01-01T00:00:00Z' WHERE id = 1"
      ], after: "update history set created_at = '2026-02-30T00:00:00Z' where id = 1")
  }

  @Test func `a row with several problems has one fix`() throws {
    try expect(
      [
        "foreign_keys: agent_capabilities agent_id = 'b' AND capability_id = 'web' agent_id names"
          + " 'b', which agents does not have"
          + " -> DELETE FROM agent_capabilities WHERE agent_id = 'b' AND capability_id = 'web'"
      ],
      after: """
        insert into agent_capabilities (agent_id, capability_id, position) values ('b', 'web', -1);
        """)
  }

  @Test func `damaged bookkeeping of seeding is named`() throws {
    try expect(
      [
        "memory: seed_memory kind = 'x' AND seed_id = 'y' there is no kind 'x'"
          + " -> DELETE FROM seed_memory WHERE kind = 'x' AND seed_id = 'y'"
      ],
      after: "insert into seed_memory (kind, seed_id, row_id, content) values ('x', 'y', 'z', '{}')"
    )
  }
}

extension TemporaryStore {
  /// What is wrong with the store, whatever state its schema is in.
  func findingsOfAnyState() throws -> [String] {
    try #require(try SQLiteStore.openForReading(path, checksSchema: false)).findings()
  }

  /// Does what the remedy at the end of a line says.
  func paste(_ line: String) throws {
    let remedy = try #require(line.components(separatedBy: " -> ").last)
    switch remedy.prefix(while: { $0 != " " }) {
    case "seed": try apply(Home.platform)
    case "platform":
      let name = try #require(remedy.split(separator: " ").last.map(String.init))
      try SQLiteStore.openForWriting(path).use(name, saved: nil, change: .test)
    case "store": _ = try SQLiteStore.openForWriting(path, repairs: true)
    default: try administer("PRAGMA foreign_keys = ON; \(remedy)")
    }
  }
}
