import Testing

/// Rows that other programs wrote with SQL.
@Suite(.enabled(if: Tool.sqlite, "needs sqlite3"))
struct ForeignRowsTests {
  private static let defaultOrganization = "org_00000000000000000000000000000001"

  private func withStore(_ sql: String, _ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q").expect()
      try sandbox.sql(sql)
      try body(sandbox)
    }
  }

  private func rows(_ sandbox: Sandbox) throws -> [String: JSON] {
    let outcome = try sandbox.run("seed preview -o json")
    outcome.expect()
    let rows = try outcome.json()["rows"].elements
    return Dictionary(rows.map { ($0["address"].text ?? "", $0) }) { first, _ in first }
  }

  @Test func `organizations without settings are folded, and the folded rows count them`() throws {
    try withStore(
      """
      INSERT INTO organizations (org_id, public_id, name)
      VALUES (2, 'org_b', 'B'), (3, 'org_a', 'A'), (9, 'org_c', 'C');
      """
    ) { sandbox in
      let rows = try rows(sandbox)
      for address in [
        "*/harness/base", "*/harness/generic", "*/harness/platform-chat",
        "*/organization_settings/default-harness", "*/organization_settings/base-harness",
      ] {
        let row = try #require(rows[address], "\(address)")
        #expect(row["action"] == "create")
        #expect(row["orgs"] == 3)
        #expect(row["org"] == nil)
        #expect(row["id"] == nil)
      }
      #expect(rows["harness/base"]?["action"] == "create")
      let plan = try sandbox.run("seed preview -o json").json()
      #expect(plan["summary"]["create"] == 90)
      #expect(rows.keys.filter { $0.hasPrefix("org_") } == [])
    }
  }

  @Test func `one other organization alone is not folded`() throws {
    try withStore("INSERT INTO organizations VALUES (7, 'org_seven', 'Seven')") { sandbox in
      let row = try rows(sandbox)["org_seven/harness/base"]
      #expect(row?["org"] == "org_seven")
      #expect(row?["orgs"] == .some(.null))
    }
  }

  @Test func `an edited built-in harness is overwritten, and the plan says what changes`() throws {
    try withStore(
      """
      INSERT INTO organizations VALUES (1, '\(Self.defaultOrganization)', 'Default Organization');
      INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt, tags,
        is_built_in, status)
      VALUES ('my-id', 1, 'base', 'Edited', 'd', 'p', '{broken', 1, 'active');
      """
    ) { sandbox in
      let base = try sandbox.run("harnesses show base -o json").json()
      let row = try #require(try rows(sandbox)["harness/base"])
      #expect(
        row == [
          "address": "harness/base", "kind": "harness", "name": "base", "id": "my-id",
          "org": .string(Self.defaultOrganization), "org_name": "Default Organization",
          "action": "update",
          "reason": [
            "code": "overwrites_local_edit",
            "message":
              "'display_name', 'description', 'system_prompt' and 'tags' were edited; the definition wins",
          ],
          "notes": [],
          "changes": [
            ["field": "display_name", "before": "Edited", "after": base["display_name"]],
            ["field": "description", "before": "d", "after": base["description"]],
            ["field": "system_prompt", "before": "p", "after": base["system_prompt"]],
            ["field": "tags", "before": "{broken", "after": base["tags"]],
          ],
        ])
      try sandbox.run("seed preview").expect()
    }
  }

  @Test
  func `an organization's own harness with a built-in's name blocks, and is not a parent`()
    throws
  {
    try withStore(
      """
      INSERT INTO organizations VALUES (7, 'org_seven', 'Seven');
      INSERT INTO harnesses (id, org_id, name, tags, is_built_in, status)
      VALUES ('own', 7, 'generic', '[]', 0, 'active');
      """
    ) { sandbox in
      let rows = try rows(sandbox)
      let owned = try #require(rows["org_seven/harness/generic"])
      #expect(owned["action"] == "blocked")
      #expect(owned["id"] == "own")
      #expect(
        owned["reason"] == [
          "code": "name_owned_by_org",
          "message": "the organization has its own harness named 'generic'",
        ])
      #expect(
        rows["org_seven/harness/platform-chat"]?["notes"] == [
          [
            "code": "parent_blocked",
            "message": "without a parent: 'generic' is the organization's own harness",
          ]
        ])
      #expect(
        rows["org_seven/organization_settings/default-harness"]?["reason"]["code"]
          == "no_harness_for_role")
      try sandbox.run("seed preview --exit-code").expect(exit: 2)
    }
  }

  @Test func `orphaned and archived built-ins and chosen settings are kept`()
    throws
  {
    try withStore(
      """
      INSERT INTO organizations VALUES (7, 'org_seven', 'Seven');
      INSERT INTO harnesses (id, org_id, name, tags, is_built_in, status) VALUES
        ('old', 7, 'old-one', '[', 1, 'active'), ('gone', 7, 'base', '[]', 1, 'archived'),
        ('mine', 7, 'mine', '[]', 0, 'active');
      INSERT INTO organization_settings (org_id, default_harness_id, base_harness_id)
      VALUES (7, 'mine', 'nowhere');
      """
    ) { sandbox in
      let rows = try rows(sandbox)
      func reason(_ address: String) -> JSON {
        rows["org_seven/" + address]?["reason"]["code"] ?? nil
      }
      #expect(reason("harness/old-one") == "orphaned")
      #expect(reason("harness/base") == "archived")
      #expect(reason("organization_settings/default-harness") == "kept_org_choice")
      #expect(reason("organization_settings/base-harness") == "no_harness_for_role")
      #expect(
        rows["org_seven/organization_settings/base-harness"]?["notes"].elements.map { $0["code"] }
          == ["setting_dangling"])
      #expect(reason("harness/mine") == nil)
    }
  }

  @Test func `values of other types and invalid JSON are drift, never a crash`() throws {
    try withStore(
      """
      INSERT INTO organizations VALUES (1, '\(Self.defaultOrganization)', x'ff00'), (-5, '', 3.5);
      INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt, tags,
        is_built_in, status) VALUES
        (x'00ff', 1, 'base', x'ff', 1.5, 9e999, \
          '\(String(repeating: "[", count: 50_000))', 'yes', 5),
        ('g', 1, 'generic', NULL, NULL, NULL, '', 7, ''),
        ('c', 1, 'platform-chat', '', '', '', '[1,{"a":null}]', 1, 'ACTIVE'),
        ('d', -5, '', '', '', '', 'null', 1, 'active');
      UPDATE harnesses SET parent_harness_id = id WHERE id = 'g';
      INSERT INTO harness_capabilities VALUES
        ('g', 'x', 9e99, '{"a": 1e300}'), ('c', '', -1, x'ff');
      INSERT INTO organization_settings VALUES (1, 'c', 'c', 'g'), (-5, x'01', 2.5, NULL);
      INSERT INTO users (id, email, name, roles) VALUES ('u', NULL, 'n', '{');
      INSERT INTO llm_providers VALUES ('p', 1, 'OpenAI', 'x', x'ff');
      INSERT INTO llm_models VALUES ('m', 1, 'p', 'gpt-5.4', NULL, 'maybe', 2, NULL);
      INSERT INTO agents (id, org_id, name, tags) VALUES ('a', 1, 'daytona-coder', '[}');
      INSERT INTO agent_capabilities VALUES ('a', 'b', 0, 'nothing');
      """
    ) { sandbox in
      for line in ["seed preview", "orgs list", "status", "store info"] {
        for form in ["text", "json", "yaml"] {
          let outcome = try sandbox.run(line + " -o", form)
          outcome.expect()
        }
      }
      let rows = try rows(sandbox)
      #expect(rows["agent/daytona-coder"]?["action"] == "keep")
      #expect(rows["harness/generic"]?["action"] == "update")
    }
  }

  @Test func `changes by other programs raise the store's serial`() throws {
    try withStore("INSERT INTO organizations VALUES (7, 'org_seven', 'Seven')") { sandbox in
      func serial() throws -> JSON { try sandbox.run("store info -o json").json()["serial"] }
      try #expect(serial() == 1)
      try sandbox.sql("UPDATE organizations SET name = 'x'; DELETE FROM organizations;")
      try #expect(serial() == 3)
    }
  }

  @Test func `another organization in place of the default one is an identity conflict`()
    throws
  {
    try withStore("INSERT INTO organizations VALUES (1, 'org_x', 'X')") { sandbox in
      let outcome = try sandbox.run("seed preview -o json")
      outcome.expect(out: "", err: nil, exit: 1)
      try #expect(
        outcome.errorJSON()["error"] == [
          "code": "identity_conflict", "exit_code": 1,
          "hint": .string(
            "name the catalog that the store was seeded with, or see how to repair the store: "
              + "everrunsctl store check"),
          "message": .string(
            "organization 1 'org_x' has the id of the default organization, 1 "
              + "'org_00000000000000000000000000000001'"),
        ])
    }
  }
}
