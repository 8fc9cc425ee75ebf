import Testing

/// Organizations: made, set up, asked which harness they use; and what the store tells of them.
@Suite struct OrganizationTests {
  private let second = Sandbox.organization(2)

  private func withSeeded(_ organizations: Int = 2, _ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.seed(organizations)
      try body(sandbox)
    }
  }

  // MARK: orgs create

  @Test func `orgs create creates an organization with its harnesses and settings`() throws {
    try withSeeded(1) { sandbox in
      let made = try sandbox.run("orgs create Acme -p ./p.yaml -o json").json()
      #expect(made["created"] == true)
      #expect(made["org_id"] == 2)
      try #expect(
        sandbox.query(
          """
          select h.name, d.name, b.name from harnesses h
          join organization_settings s on s.org_id = h.org_id
          join harnesses d on d.id = s.default_harness_id and d.org_id = h.org_id
          join harnesses b on b.id = s.base_harness_id and b.org_id = h.org_id
          where h.org_id = 2 order by 1
          """) == "base|base|base\nchat|base|base\n")
      try #expect(sandbox.differences() == [])
    }
  }

  @Test func `orgs create accepts an id`() throws {
    try withSeeded(1) { sandbox in
      let made = try sandbox.run("orgs create Acme --id \(second) -p ./p.yaml -o json").json()
      #expect(made["public_id"] == .string(second))
      try sandbox.run("orgs list -o name").expect(out: "\(Sandbox.organization(1))\n\(second)\n")
    }
  }

  @Test
  func `orgs create before anything else leaves the first number to the default organization`()
    throws
  {
    try withSandbox { sandbox in
      try #expect(sandbox.run("orgs create Acme -o json").json()["org_id"] == 2)
      try sandbox.run("seed apply -y -q").expect(out: nil)
      try #expect(sandbox.query("select org_id from organizations order by 1") == "1\n2\n")
    }
  }

  @Test(
    arguments: [
      (Sandbox.organization(2), 1, "conflict"), (Sandbox.organization(1), 1, "conflict"),
      ("org_12", 64, "usage"), ("acme", 64, "usage"), ("", 64, "usage"),
    ])
  func `orgs create refuses an id that is in use or invalid`(id: String, code: Int32, error: String)
    throws
  {
    try withSeeded { sandbox in
      let outcome = try sandbox.run("orgs create Acme -o json -p ./p.yaml --id=\(id)")
      outcome.expect(out: "", err: nil, exit: code)
      try #expect(outcome.errorJSON()["error"]["code"] == .string(error), outcome.report)
    }
  }

  // MARK: orgs set

  @Test func `orgs set chooses settings, which later runs keep`() throws {
    try withSeeded { sandbox in
      try sandbox.run("orgs set \(second) default-harness=chat --reason trial").expect(
        out: "default-harness  'base' -> 'chat'\n")
      try sandbox.run("orgs set \(second) default-harness=chat").expect(
        out: "Nothing to do: 'Org 2' (\(second)) already matches.\n")
      try #expect(
        sandbox.differences()
          == ["keep kept_org_choice \(second)/organization_settings/default-harness"])
      try sandbox.run("seed apply -y -q -p ./p.yaml --catalog c.yaml").expect(out: nil)
      try #expect(
        sandbox.run("orgs show \(second) -o json").json()["settings"]["default_harness"]["name"]
          == "chat")
    }
  }

  @Test func `orgs set with an empty value unsets, and the next run sets it again`() throws {
    try withSeeded { sandbox in
      try sandbox.run("orgs set \(second) base-harness=").expect(
        out: "base-harness  'base' -> none\n")
      try #expect(
        sandbox.differences() == ["create missing \(second)/organization_settings/base-harness"])
    }
  }

  @Test func `a dry run of orgs set changes nothing`() throws {
    try withSeeded { sandbox in
      let before = try sandbox.everything()
      try sandbox.run("orgs set \(second) default-harness=chat -n").expect(
        out: "default-harness  'base' -> 'chat'\nDry run: nothing was changed.\n")
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(
    arguments: [
      ("default-harness=chatt", 1, "no harness named 'chatt'", "did you mean 'chat'?"),
      ("default-model=gpt", 1, "no LLM model named 'gpt'", ""),
      ("default-harnes=chat", 64, "unknown setting 'default-harnes'", "'default-harness=NAME'?"),
      ("default-harness", 64, "'default-harness' is not an assignment", ""),
    ])
  func `orgs set refuses an unknown harness, with a suggestion`(
    word: String, code: Int32, message: String, hint: String
  ) throws {
    try withSeeded { sandbox in
      let outcome = try sandbox.run("orgs set \(second) \(word)")
      outcome.expect(out: "", err: nil, exit: code)
      #expect(outcome.err.contains(message), outcome.report)
      if !hint.isEmpty { #expect(outcome.err.contains(hint), outcome.report) }
    }
  }

  @Test func `an unknown organization is not found, with a suggestion`() throws {
    try withSeeded { sandbox in
      for line in [
        "orgs set Hom default-harness=chat", "orgs show Hom", "harnesses resolve --org Hom",
        "seed preview --org Hom", "store records harness --org Hom",
      ] {
        try sandbox.run(line).expectError(
          "error: no organization named 'Hom'\nhint: did you mean 'Home'?\n", exit: 1)
      }
    }
  }

  // MARK: harnesses resolve

  private func resolution(
    _ sandbox: Sandbox, _ options: String = "", code: Int32 = 0
  ) throws -> [JSON] {
    let outcome = try sandbox.run(
      "harnesses resolve --org \(second) -p ./p.yaml -o json \(options)")
    outcome.expect(out: nil, err: code == 0 ? "" : nil, exit: code)
    let answer = try outcome.json()
    return [answer["harness"], answer["source"], answer["reason"]]
  }

  @Test func `a session gets the requested harness, else the setting's, else the role's`()
    throws
  {
    try withSeeded { sandbox in
      try #expect(
        resolution(sandbox, "--harness chat") == ["chat", "explicit", "requested"])
      try sandbox.run("orgs set -q \(second) base-harness=chat").expect(out: nil)
      try #expect(
        resolution(sandbox)
          == ["chat", "organization_settings", "the setting 'base-harness' names it"])
      try sandbox.run("orgs set -q \(second) base-harness=").expect(out: nil)
      try #expect(
        resolution(sandbox) == ["base", "role", "its template has the role 'base'"])
      try #expect(
        resolution(sandbox, "--for chat") == ["chat", "role", "its template has the role 'chat'"])
      try #expect(
        resolution(sandbox, "--for default")
          == ["base", "organization_settings", "the setting 'default-harness' names it"])
    }
  }

  @Test func `inactive harnesses are skipped, with a reason`() throws {
    try withSeeded { sandbox in
      try sandbox.run("orgs set -q \(second) base-harness=chat").expect(out: nil)
      try sandbox.sql("update harnesses set status = 'archived' where name = 'chat'")
      try #expect(
        resolution(sandbox)
          == ["base", "role", "its template has the role 'base'; 'chat' is not active"])
      try #expect(
        resolution(sandbox, "--for chat", code: 1) == [nil, nil, "'chat' is not active"])
      try #expect(
        resolution(sandbox, "--harness chat", code: 1) == [nil, nil, "'chat' is not active"])
    }
  }

  @Test func `without a usable harness the answer is none, with the reason`() throws {
    try withSeeded { sandbox in
      try #expect(
        resolution(sandbox, "--harness nowhere", code: 1)
          == [nil, nil, "no harness named 'nowhere'"])
      let outcome = try sandbox.run("harnesses resolve --org \(second) --for chat -p empty -o json")
      outcome.expect(out: nil, err: nil, exit: 1)
      try #expect(outcome.json()["reason"] == "no harness has the role 'chat'")
    }
  }

  @Test func `an organization's own harness does not get the role of its name`() throws {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set is_built_in = 0 where name = 'chat'")
      try #expect(
        resolution(sandbox, "--for chat", code: 1)
          == [nil, nil, "the built-in 'chat' is not in the organization"])
    }
  }

  // MARK: harnesses status and reconcile

  @Test func `harnesses status counts the organizations of each outcome`() throws {
    try withSeeded(5) { sandbox in
      try sandbox.sql(
        """
        update harnesses set tags = '[1]' where name = 'base' and org_id in (2, 3);
        update harnesses set is_built_in = 0 where name = 'chat' and org_id = 4;
        delete from harnesses where name = 'chat' and org_id = 5
        """)
      let outcome = try sandbox.run("harnesses status -p ./p.yaml --exit-code")
      outcome.expect(
        out: """
          NAME  CREATE  UPDATE  OVERWRITE  UNCHANGED  KEEP  BLOCKED
          chat       1       0          0          3     0        1
          base       0       2          2          3     0        0

          """, exit: 2)
    }
  }

  @Test func `harnesses status counts the effect of pruning`() throws {
    try withSeeded(3) { sandbox in
      let entries = try sandbox.run(
        "harnesses status -p empty --prune release -q -o json"
      ).json()
      #expect(entries.elements.map { $0["release"] } == [3, 3])
      #expect(entries.elements.map { $0["keep"] } == [0, 0])
    }
  }

  @Test func `harnesses reconcile restores harnesses and settings, and leaves the catalog alone`()
    throws
  {
    try withSeeded { sandbox in
      try sandbox.sql(
        """
        update harnesses set tags = '[1]'; delete from organization_settings; delete from agents
        """)
      try sandbox.run("harnesses reconcile -y -q -p ./p.yaml").expect(out: nil)
      try #expect(
        sandbox.differences() == [
          "create missing organization_settings/default-model",
          "skip removed_locally agent/helper",
        ])
    }
  }

  // MARK: store records and history

  @Test(
    arguments: [
      ("organization", "org_id public_id name"),
      ("user", "id email name roles email_verified auth_provider"),
      ("llm_provider", "id org_id name provider_type base_url"),
      (
        "llm_model",
        "id org_id provider_id model_id display_name installed is_favorite source"
      ),
      ("organization_settings", "org_id default_model_id default_harness_id base_harness_id"),
      ("mcp_server", "id org_id name description url transport_type"),
      (
        "harness",
        "id org_id name display_name description system_prompt parent_harness_id tags is_built_in "
          + "status capabilities"
      ),
      (
        "agent",
        "id public_id org_id name display_name description system_prompt tags status capabilities"
      ),
    ])
  func `store records shows the columns of the control plane`(kind: String, columns: String) throws
  {
    try withSandbox { sandbox in
      try sandbox.run("seed apply -y -q").expect(out: nil)
      let rows = try sandbox.run("store records \(kind) -o json").json().elements
      #expect(!rows.isEmpty)
      #expect(rows.allSatisfy { $0.keys == Set(columns.split(separator: " ").map(String.init)) })
    }
  }

  @Test func `store records of one organization shows its rows, and invalid JSON as text`()
    throws
  {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set tags = '[oops' where name = 'base'")
      let rows = try sandbox.run("store records harness --org \(second) -o json").json().elements
      #expect(rows.map { $0["org_id"] } == [2, 2])
      #expect(rows.first { $0["name"] == "base" }?["tags"] == "[oops")
    }
  }

  @Test func `store history lists actor, change, command and reason, the latest first`()
    throws
  {
    try withSeeded { sandbox in
      try sandbox.run(
        "orgs set -q \(second) default-harness=chat --reason trial",
        environment: ["USER": "ann"]
      ).expect(out: nil)
      let entries = try sandbox.run("store history -o json").json().elements
      #expect(entries.count == 2)
      #expect(entries[0]["actor"] == "ann")
      #expect(entries[0]["reason"] == "trial")
      #expect(
        entries[0]["command"]
          == .string("everrunsctl orgs set -q \(second) default-harness=chat --reason trial"))
      #expect(
        entries[0]["summary"]
          == .string("changed organization 'Org 2': default-harness is now 'chat' (\(second))"))
      #expect(entries[1]["reason"] == nil)
      #expect(
        entries[1]["summary"].text?.hasPrefix("seeded ./p.yaml: 14 create: organization/") == true)
    }
  }
}
