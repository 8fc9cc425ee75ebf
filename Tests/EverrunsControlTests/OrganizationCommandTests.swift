import EverrunsDocuments
import EverrunsStore
import Testing

@testable import EverrunsControl

/// `orgs create`, `set`, `delete` and `list`.
@Suite struct OrganizationCommandTests {
  private func organization(_ number: Int) -> String { Fleet.organization(number) }

  // MARK: completion

  @Test func `a completion of many organizations is cut, and its last line says so`() throws {
    try Fleet.with(250) { fleet throws in
      let cases = [
        ("org_", 50, organization(1), organization(250)), ("Org", 49, "Org 10", "Org 99"),
      ]
      for (prefix, omitted, first, last) in cases {
        let answer = fleet.run(words: ["__complete", "organization", prefix, "orgs", "show"])
        let lines = answer.output.split(separator: "\n")
        #expect(lines.count == 201)
        #expect(lines.last == "\t\(omitted) more; type on")
        // What the listed words have in common is what all have in common.
        let words = lines.dropLast().map { String($0.prefix { $0 != "\t" }) }
        #expect(words.min() == first && words.max() == last)
      }
    }
  }

  @Test func `addresses of more organizations than can be compared in time are cut`() throws {
    try Fleet.with { fleet throws in
      func words(_ list: String, _ prefix: String) -> [String] {
        fleet.run(words: ["__complete", list, prefix, "seed", "why"]).output
          .split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
      }
      let home = [
        "organization/Home", "llm_provider/Open%20AI", "harness/chat", "harness/base",
        "organization_settings/default-harness", "organization_settings/base-harness",
        "agent/helper",
      ]
      #expect(words("address", "") == home)
      try fleet.sql(
        """
        WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1003)
        INSERT INTO organizations (org_id, public_id, name)
        SELECT i, printf('org_%032x', i), 'Org ' || i FROM n
        """)
      let every = [
        "*/harness/chat", "*/harness/base", "*/organization_settings/default-harness",
        "*/organization_settings/base-harness",
      ]
      #expect(words("address", "") == home + every + [""])
      let typed = organization(7)
      #expect(
        words("address", typed + "/har").filter { $0.hasPrefix(typed) } == [
          "\(typed)/harness/chat", "\(typed)/harness/base",
          "\(typed)/organization_settings/default-harness",
          "\(typed)/organization_settings/base-harness",
        ])
      #expect(words("blocked-address", "") == [""])
    }
  }

  @Test(arguments: ["9223372036854775807", "-9223372036854775808", "0", "9e999", "'x'"])
  func `revisions of any number are completed without a crash`(number: String) throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform create acme --from empty -q")
      try fleet.sql("UPDATE platform_revisions SET revision = \(number)")
      let answer = fleet.run(words: ["__complete", "platform", "acme@", "platform", "show"])
      let isNumber = number.hasPrefix("92")
      #expect(answer.exitCode == .success)
      #expect(
        answer.output
          == (isNumber
            ? "acme@\(number)\tlatest\nacme@latest\trevision \(number)\n" : ""))
    }
  }

  @Test(arguments: ["~/other.db", "$HOME/other.db", "${HOME}/other.db"])
  func `the store of a line that is being typed may begin with the home folder`(path: String)
    throws
  {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -s other.db")
      for words in [["-s", path]] + (path.hasPrefix("~") ? [] : [["--store=\(path)"]]) {
        let answer = bench.run(
          words: ["__complete", "platform", "acm", "platform", "show"] + words)
        #expect(answer.output.hasSuffix("acme\tsaved, revision 1\n"))
      }
    }
  }

  @Test(arguments: [
    ("organization-assignment", "default-harness=", "orgs set Home", ["chat", "base"]),
    ("organization-assignment", "name=", "orgs set Home", []),
    ("organization-assignment", "default-model=", "orgs set nobody", []),
    ("organization-assignment", "default-harness=", "", []),
    ("harness-assignment", "parent=", "harnesses set chat", ["base"]),
    // A template that inherits from another cannot become its parent.
    ("harness-assignment", "parent=", "harnesses set base", []),
    ("harness-assignment", "parent=", "", ["chat", "base"]),
    ("harness-assignment", "roles=base,", "harnesses set chat", ["base", "default", "chat"]),
    ("harness-assignment", "roles-=", "harnesses set base", ["base", "default"]),
    ("harness-assignment", "capabilities+=", "harnesses set base", ["web"]),
    ("harness-assignment", "system_prompt=", "harnesses set base", []),
    ("harness-assignment", "nonsense=", "harnesses set base", []),
  ])
  func `the values of a setting are completed`(
    list: String, prefix: String, line: String, values: [String]
  ) throws {
    try Fleet.with { fleet throws in
      let answer = fleet.run(
        words: ["__complete", list, prefix] + line.split(separator: " ").map(String.init))
      #expect(answer.exitCode == .success)
      let words = answer.output.split(separator: "\n").map { line in
        String(line.prefix { $0 != "\t" })
      }
      #expect(words == values.map { prefix + $0 })
    }
  }

  // MARK: create

  @Test func `several organizations are created at once, and a name that exists is noted`() throws {
    try Fleet.with(2) { fleet throws in
      let created = fleet.run(words: ["orgs", "create", "Acme", "Org 2", "Beta", "-q"])
      #expect(created.exitCode == .success && created.output.split(separator: "\n").count == 3)
      let noted = fleet.run(words: ["orgs", "create", "Org 2", "Beta", "-o", "json", "-n"])
      #expect(
        noted.errorOutput.hasPrefix(
          "note: an organization named 'Org 2' already exists: \(organization(2))\n"))
      let documents = try JSONValue(json: noted.output).elements
      #expect(documents.map { $0["name"]?.string } == ["Org 2", "Beta"])
      #expect(documents.allSatisfy { $0["created"] == false })
      #expect(try fleet.sql("SELECT count(*) FROM organizations") == "5\n")
      let entries = try fleet.json("store history --limit 3").elements
      #expect(
        entries.compactMap { $0["summary"]?.string?.prefix(27) }
          == [
            "created organization 'Beta'", "created organization 'Org 2",
            "created organization 'Acme'",
          ])
      #expect(try fleet.json("orgs status").elements == [])
    }
  }

  @Test(arguments: ["", " ", "\t\n", "\u{A0}", "\u{200B}", "\u{2800}\u{FEFF}", "\u{202E}\u{1B}"])
  func `a name that shows nothing is refused`(name: String) throws {
    try Fleet.with { fleet throws in
      let before = try fleet.sql(".dump")
      for words in [["orgs", "create", "Acme", name], ["orgs", "set", "Home", "name=\(name)"]] {
        let refused = fleet.run(words: words)
        #expect(refused.exitCode == .usage)
        #expect(refused.errorOutput.contains("the name of an organization cannot be blank"))
      }
      #expect(try fleet.sql(".dump") == before)
    }
  }

  @Test func `all names that no organization can have are refused at once`() throws {
    try Fleet.with { fleet throws in
      let id = organization(9)
      let refused = fleet.run(words: ["orgs", "create", " ", "Acme", "", id, " "])
      #expect(refused.exitCode == .usage)
      #expect(
        refused.errorOutput.hasPrefix(
          """
          error: NAME cannot be ' ' or '': the name of an organization cannot be blank; NAME cannot \
          be '\(id)': the name of an organization cannot look like a public id

          """), "\(refused)")
    }
  }

  @Test(arguments: ["", " -n"])
  func `a new organization that gets another platform than the last applied is noted`(
    options: String
  ) throws {
    try Fleet.with { fleet throws in
      let run = fleet.run("orgs create New\(options)", environment: ["EVERRUNS_PLATFORM": "oss"])
      #expect(
        run
          == Run(
            output: run.output,
            errorOutput: "note: the platform './p.yaml' was applied last; this is 'oss'\n",
            exitCode: .success))
      #expect(fleet.run("orgs create Newer\(options)").errorOutput == "")
    }
  }

  @Test func `a name is never taken for a public id`() throws {
    try Fleet.with { fleet throws in
      for words in ["orgs create \(organization(9))", "orgs set Home name=\(organization(9))"] {
        let refused = fleet.run(words)
        #expect(refused.exitCode == .usage)
        #expect(
          refused.errorOutput.contains(
            "the name of an organization cannot look like a public id"))
      }
      // Another program may have written such a name.
      _ = fleet.run("orgs create Acme")
      let isNamed = "name = '\(organization(9))'"
      try fleet.sql("UPDATE organizations SET \(isNamed) WHERE name = 'Acme'")
      #expect(fleet.run("orgs delete \(organization(9)) --yes").exitCode == .failure)
      #expect(try fleet.sql("SELECT count(*) FROM organizations WHERE \(isNamed)") == "1\n")
    }
  }

  @Test func `a question about many organizations names three of them`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("orgs create A B C D E")
      let question = fleet.run("orgs delete A B C D E", answer: "no").errorOutput
      #expect(question.contains("organization 'C' ("))
      #expect(!question.contains("organization 'D' ("))
      #expect(question.contains("; and 2 more? Type '5' to continue: "))
    }
  }

  @Test func `a name given twice is refused`() throws {
    try Fleet.with { fleet throws in
      #expect(
        fleet.run("orgs create Acme Beta Acme").errorOutput.hasPrefix(
          "error: 'Acme' is given twice\n"))
      let composed = fleet.run(words: ["orgs", "create", "\u{E9}", "e\u{301}"])
      #expect(composed.exitCode == .usage)
      #expect(
        composed.errorOutput.hasPrefix(
          "error: 'e\u{301}' is given twice; the names differ only in Unicode normalization\n"))
      _ = fleet.run("orgs create \u{E9} -q")
      #expect(
        fleet.run("orgs create e\u{301} -q -n").errorOutput == "")
      #expect(
        fleet.run("orgs create e\u{301} -n").errorOutput.contains(
          " (the names differ only in Unicode normalization)\n"))
    }
  }

  @Test func `the public id of the default organization is reserved`() throws {
    try Workbench.with { bench in
      let result = bench.run("orgs create Acme --id \(organization(1))")
      #expect(
        result
          == Run(
            output: "",
            errorOutput: """
              error: the public id '\(organization(1))' is reserved for the default organization
              hint: choose another id; the default organization is created by: everrunsctl seed apply

              """, exitCode: .failure))
      bench.run("seed apply -y -q")
      #expect(
        bench.run("orgs create Acme --id \(organization(1))").errorOutput.hasPrefix(
          "error: there is already an organization named '\(organization(1))'\n"))
    }
  }

  @Test func `an unknown harness or model of a setting is answered with the list of them`() throws {
    try Fleet.with(2) { fleet throws in
      for (setting, kind) in [("default-harness", "harness"), ("default-model", "llm_model")] {
        let result = fleet.run(words: ["orgs", "set", "Org 2", setting + "=zzzz"])
        #expect(result.exitCode == .failure)
        #expect(
          result.errorOutput.hasSuffix(
            "hint: list them: everrunsctl store records \(kind) --org \(organization(2))\n"))
      }
      #expect(
        fleet.run("harnesses set nosuch description=x").errorOutput
          == "error: no harness named 'nosuch'\nhint: list them: everrunsctl harnesses list\n")
      #expect(
        fleet.run("orgs show nosuch").errorOutput
          == "error: no organization named 'nosuch'\nhint: list them: everrunsctl orgs list\n")
    }
  }

  @Test func `a public id is given to one organization only`() throws {
    try Fleet.with { fleet throws in
      let refused = fleet.run("orgs create A B --id \(organization(9))")
      #expect(refused.exitCode == .usage)
      #expect(refused.errorOutput.contains("'--id' works with one name only; 2 were given"))
      #expect(
        fleet.run("orgs create A --id \(organization(9))").output == """
          Created organization 'A' (\(organization(9))).
          Next: everrunsctl orgs show \(organization(9))

          """)
    }
  }

  // MARK: references

  @Test(arguments: ["orgs show NAMES", "orgs delete NAMES -y", "seed preview ORGS"])
  func `every name that is unknown or ambiguous is named at once`(line: String) throws {
    try Fleet.with(5) { fleet throws in
      try fleet.sql("UPDATE organizations SET name = 'Q' || (org_id / 2) WHERE org_id > 1")
      func run(_ names: String...) -> Run {
        let options = names.map { "--org " + $0 }.joined(separator: " ")
        return fleet.run(
          line.replacing("NAMES", with: names.joined(separator: " "))
            .replacing("ORGS", with: options))
      }
      let first = "\(organization(2)), \(organization(3))"
      let second = "\(organization(4)), \(organization(5))"
      let list = "list them: everrunsctl orgs list"
      #expect(
        run("Q1") == refused("2 organizations are named 'Q1'", "name it by its id: \(first)"))
      #expect(
        run("nosuch", "Q1", "Q1")
          == refused(
            "no organization named 'nosuch'; 2 organizations are named 'Q1'",
            "\(list); 'Q1': name it by its id: \(first)"))
      #expect(
        run("Q2", "neither", "Q1", "nosuch")
          == refused(
            "no organizations named 'neither' or 'nosuch'; 2 organizations are named 'Q2'; "
              + "2 organizations are named 'Q1'",
            "\(list); 'Q2': name it by its id: \(second); 'Q1': name it by its id: \(first)"))
    }
  }

  @Test func `every unknown value of several settings is named at once`() throws {
    try Fleet.with { fleet throws in
      let list = "everrunsctl store records harness --org \(organization(1))"
      #expect(
        fleet.run("orgs set Home default-harness=nosuch base-harness=neither")
          == refused(
            "no harness named 'nosuch' or 'neither'", "list them: \(list)"))
    }
  }

  private func refused(_ message: String, _ hint: String) -> Run {
    Run(output: "", errorOutput: "error: \(message)\nhint: \(hint)\n", exitCode: .failure)
  }

  // MARK: set

  @Test func `an organization is renamed together with its settings`() throws {
    try Fleet.with(2) { fleet throws in
      #expect(
        fleet.run(words: ["orgs", "set", "Org 2", "name=Acme Inc.", "default-harness=chat"])
          == Run(
            output: "name  'Org 2' -> 'Acme Inc.'\ndefault-harness  'base' -> 'chat'\n",
            errorOutput: "", exitCode: .success))
      let again = fleet.run(words: ["orgs", "set", organization(2), "name=Acme Inc."])
      #expect(again.output == "Nothing to do: 'Acme Inc.' (\(organization(2))) already matches.\n")
      let row = try fleet.json("seed preview --expand --action keep")["rows"].elements.first
      #expect(row?["org_name"] == "Acme Inc.")
      #expect(
        try fleet.json("store history").elements.first?["summary"]?.string
          == "changed organization 'Org 2': name is now 'Acme Inc.', "
          + "default-harness is now 'chat' (\(organization(2)))")
    }
  }

  @Test func `a new name that another organization has is noted`() throws {
    try Fleet.with(3) { fleet throws in
      #expect(
        fleet.run(words: ["orgs", "set", organization(3), "name=Org 2"])
          == Run(
            output: "name  'Org 3' -> 'Org 2'\n",
            errorOutput:
              "note: an organization named 'Org 2' already exists: \(organization(2))\n",
            exitCode: .success))
    }
  }

  // MARK: delete

  @Test func `deleting an organization deletes everything that belongs to it`() throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql(
        """
        INSERT INTO users (id, email, name) VALUES ('u', 'ann@example.org', 'Ann');
        INSERT INTO organization_members VALUES (2, 'u', 'owner');
        INSERT INTO llm_providers (id, org_id, name, provider_type) VALUES ('p', 2, 'P', 'openai');
        INSERT INTO llm_models (id, org_id, provider_id, model_id) VALUES ('m', 2, 'p', 'gpt');
        INSERT INTO mcp_servers (id, org_id, name, url) VALUES ('s', 2, 'S', 'https://s');
        INSERT INTO agents (id, org_id, name) VALUES ('a', 2, 'A');
        INSERT INTO agent_capabilities (agent_id, capability_id) VALUES ('a', 'web');
        """)
      let words = """
        organization 'Org 2' (\(organization(2))) with 1 membership, 1 LLM provider, 1 LLM model, \
        1 MCP server, 2 harnesses and 1 agent
        """
      #expect(
        fleet.run(words: ["orgs", "delete", "Org 2", "-n"]).output
          == "Dry run: \(words) not deleted\n")
      let others = try fleet.sql("SELECT count(*) FROM harness_capabilities")
      #expect(
        fleet.run(words: ["orgs", "delete", "Org 2", "-y"])
          == Run(output: "Deleted \(words).\n", errorOutput: "", exitCode: .success))
      #expect(others == "3\n")
      #expect(
        try fleet.sql(
          """
          SELECT (SELECT count(*) FROM organizations), (SELECT count(*) FROM harnesses),
            (SELECT count(*) FROM harness_capabilities), (SELECT count(*) FROM agents),
            (SELECT count(*) FROM agent_capabilities), (SELECT count(*) FROM llm_models),
            (SELECT count(*) FROM organization_members), (SELECT count(*) FROM users),
            (SELECT count(*) FROM organization_settings), (SELECT count(*) FROM seed_unsettled
              WHERE org_id = 2)
          """) == "2|4|2|1|1|0|0|1|2|0\n")
      #expect(
        try fleet.json("store history").elements.first?["summary"]?.string == """
          deleted organization 'Org 2': 1 membership, 1 LLM provider, 1 LLM model, 1 setting, \
          1 MCP server, 2 harnesses, 1 agent (\(organization(2)))
          """)
      #expect(fleet.run("store check").exitCode == .success)
      #expect(fleet.run("orgs status --exit-code").exitCode == .success)
    }
  }

  @Test func `the confirmation asks for the name of one, or the number of several`() throws {
    try Fleet.with(4) { fleet throws in
      let refused = fleet.run(words: ["orgs", "delete", "Org 2"], answer: "y")
      #expect(refused.exitCode == .failure)
      #expect(
        refused.errorOutput.hasPrefix(
          """
          Delete organization 'Org 2' (\(organization(2))) with 2 harnesses from store \
          'FOLDER/store.db'? Type 'Org 2' to continue:\u{20}
          """))
      #expect(fleet.run(words: ["orgs", "delete", "Org 2"]).exitCode == .usage)
      let several = ["orgs", "delete", "Org 2", "Org 3"]
      #expect(fleet.run(words: several, answer: "Org 2").exitCode == .failure)
      #expect(try fleet.sql("SELECT count(*) FROM organizations") == "4\n")
      #expect(fleet.run(words: several, answer: "2").exitCode == .success)
      #expect(fleet.run(words: ["orgs", "delete", "Org 4"], answer: "Org 4").exitCode == .success)
      #expect(try fleet.sql("SELECT count(*) FROM organizations") == "1\n")
    }
  }

  @Test func `deleting the default or a missing organization is refused`()
    throws
  {
    try Fleet.with(2) { fleet throws in
      let before = try fleet.sql(".dump")
      let home = fleet.run("orgs delete \(organization(2)) Home -y")
      #expect(
        home
          == Run(
            output: "",
            errorOutput:
              "error: the default organization '\(organization(1))' cannot be deleted\n",
            exitCode: .failure))
      #expect(fleet.run("orgs delete \(organization(2)) Nobody -y").exitCode == .failure)
      #expect(try fleet.sql(".dump") == before)
    }
  }

  @Test(arguments: [
    "orgs delete Nobody \(Fleet.organization(2)) Ogr Nobody -y",
    "seed preview --org Nobody --org Ogr",
  ])
  func `every unknown organization is named`(line: String) throws {
    try Fleet.with(2) { fleet throws in
      #expect(
        fleet.run(line)
          == Run(
            output: "",
            errorOutput: """
              error: no organizations named 'Nobody' or 'Ogr'
              hint: list them: everrunsctl orgs list

              """, exitCode: .failure))
    }
  }

  @Test(
    arguments: [
      ("CREATE TABLE runs (org_id INTEGER); INSERT INTO runs VALUES (2), (2), (3)", "runs", 2),
      (
        "CREATE TABLE x (h TEXT REFERENCES harnesses (id)); INSERT INTO x SELECT id FROM harnesses WHERE org_id = 2 LIMIT 1",
        "x", 1
      ),
      (
        "INSERT INTO llm_providers (id, org_id, name, provider_type) VALUES ('p', 2, 'P', 'openai'); INSERT INTO llm_models (id, org_id, provider_id, model_id) VALUES ('m', 3, 'p', 'gpt')",
        "llm_models", 1
      ),
    ])
  func `an organization that other rows refer to is kept`(
    sql: String, table: String, rows: Int
  ) throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql(sql)
      // Opening a store for writing remembers that its schema was compared.
      func dump() throws -> [Substring] {
        try fleet.sql(".dump").split(separator: "\n")
          .filter { !$0.hasPrefix("INSERT INTO store_state") }
      }
      let before = try dump()
      let refused = fleet.run("orgs delete \(organization(2)) -y")
      #expect(refused.exitCode == .failure)
      #expect(
        refused.errorOutput.hasPrefix(
          """
          error: organization 'Org 2' (\(organization(2))) cannot be deleted: \(rows) row\
          \(rows == 1 ? "" : "s") of table '\(table)' refer\(rows == 1 ? "s" : "") to it

          """))
      #expect(try dump() == before)
    }
  }

  @Test func `a harness elsewhere whose parent is deleted loses it, and seeding restores it`()
    throws
  {
    try Fleet.with(3) { fleet throws in
      try fleet.sql(
        """
        UPDATE harnesses SET parent_harness_id = (
          SELECT id FROM harnesses WHERE org_id = 2 AND name = 'base')
        WHERE org_id = 3 AND name = 'chat'
        """)
      #expect(fleet.run("orgs delete \(organization(2)) -y").exitCode == .success)
      #expect(fleet.run("orgs status -o name").output == organization(3) + "\n")
      #expect(fleet.run("seed apply -y -q").exitCode == .success)
      #expect(fleet.run("orgs status --exit-code").exitCode == .success)
    }
  }

  // MARK: list

  @Test func `the list fits 80 columns, and -v shows every setting`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql(
        "UPDATE organizations SET name = 'An organization whose name is far too long' WHERE org_id = 2"
      )
      func line(_ id: String, _ publicID: String, _ name: String, _ harness: String) -> String {
        "\(id)  \(publicID.padded(to: 36))  \(name.padded(to: 25))  \(harness)\n"
      }
      #expect(
        fleet.run("orgs list", width: 80).output
          == line("ORG_ID", "PUBLIC_ID", "NAME", "HARNESS")
          + line("     1", organization(1), "Home", "base")
          + line("     2", organization(2), "An organization whose na…", "base"))
      let titles = fleet.run("orgs list -v").output.split(separator: "\n")[0]
      #expect(
        titles.split(separator: " ") == ["ORG_ID", "PUBLIC_ID", "NAME", "HARNESS", "BASE", "MODEL"])
    }
  }
}
