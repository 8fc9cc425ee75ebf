import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Testing

/// `orgs status` and `harnesses status`: who is not up to date, and why.
@Suite struct FleetStatusTests {
  private func withDrift(_ body: (Fleet) throws -> Void) throws {
    try Fleet.with(5) { fleet throws in
      try fleet.sql(
        """
        UPDATE harnesses SET description = 'Ours' WHERE org_id = 2 AND name = 'base';
        UPDATE harnesses SET is_built_in = 0 WHERE org_id IN (2, 3) AND name = 'chat';
        INSERT INTO harnesses (id, org_id, name, is_built_in) VALUES ('old', 4, 'old', 1);
        """)
      try body(fleet)
    }
  }

  private func organization(_ number: Int) -> String { Fleet.organization(number) }

  @Test func `the status counts overwritten local edits in JSON too`() throws {
    try withDrift { fleet throws in
      let status = try fleet.json("status")
      #expect(status["drift"]?["update"] == 1 && status["overwrites"] == 1)
    }
  }

  @Test func `the exit code of the status of organizations is about those that are listed`() throws
  {
    try withDrift { fleet throws in
      for (filter, code) in [
        ("", ExitCode.differences), ("--kind harness", .differences), ("--kind agent", .success),
        ("--action keep", .success), ("--action blocked", .differences),
      ] {
        #expect(fleet.run("orgs status --exit-code " + filter).exitCode == code, "\(filter)")
        #expect(fleet.run("orgs status " + filter).exitCode == .success, "\(filter)")
      }
    }
  }

  @Test func `a default organization that does not exist yet is listed, but not by name`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql(
        """
        DELETE FROM harnesses; DELETE FROM organization_members; DELETE FROM organization_settings;
        DELETE FROM agents; DELETE FROM llm_models; DELETE FROM llm_providers;
        DELETE FROM mcp_servers; DELETE FROM organizations WHERE org_id = 1
        """)
      #expect(
        try fleet.json("orgs status").elements.map { $0["public_id"]?.string }
          == [organization(1), organization(2)])
      let names = fleet.run("orgs status -o name")
      #expect(names.output == organization(2) + "\n")
      #expect(
        names.errorOutput == """
          note: the default organization, '\(organization(1))', does not exist yet; 'everrunsctl seed \
          apply' makes it

          """)
    }
  }

  /// The value of a line of `status`.
  private func line(
    _ title: String, of fleet: Fleet, _ environment: [String: String] = [:]
  ) -> String? {
    fleet.run("status", environment: environment).output.split(separator: "\n").first {
      $0.hasPrefix(title + " ")
    }
    .map { String($0.dropFirst(title.count).drop { $0 == " " }) }
  }

  @Test func `without drift, the status counts the rows as the preview does`() throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql(
        """
        UPDATE agents SET description = 'Ours' WHERE name = 'helper';
        UPDATE harnesses SET status = 'archived' WHERE org_id = 2 AND name = 'chat';
        DELETE FROM llm_providers;
        """)
      let preview = fleet.run("seed preview").output.split(separator: "\n")
      let counts = try #require(preview.first { $0.hasPrefix("Nothing to do. ") })
        .dropFirst("Nothing to do. ".count).prefix { $0 != ";" }
      #expect(counts == "1 skip, 2 keep, 12 unchanged")
      #expect(line("drift", of: fleet) == "none; 1 skip, 2 keep, 12 unchanged")
      #expect(line("next", of: fleet) == "everrunsctl platform show")
    }
  }

  @Test func `with drift the next step is the preview, whatever the warnings`() throws {
    try Fleet.with { fleet throws in
      try fleet.writePlatform(
        harnesses: "  - {name: lone, display_name: Lone, system_prompt: x, parent: gone}")
      #expect(line("diagnostics", of: fleet) == "1 warning")
      #expect(line("next", of: fleet) == "everrunsctl seed preview")
      _ = fleet.run("seed apply -y -q")
      #expect(line("next", of: fleet) == "everrunsctl platform validate")
    }
  }

  @Test func `errors of the definition come before drift`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      // Earlier versions saved blank names.
      try fleet.sql(
        """
        UPDATE platform_revisions
        SET document = replace(document, '"display_name":"Base"', '"display_name":" "')
        """)
      let options = ["EVERRUNS_PLATFORM": "acme"]
      #expect(line("diagnostics", of: fleet, options) == "1 error")
      #expect(line("next", of: fleet, options) == "everrunsctl platform validate")
      #expect(line("drift", of: fleet, options)?.contains("1 update") == true)
    }
  }

  @Test(arguments: ["harnesses reconcile -y", "harnesses status"])
  func `a default organization that does not exist yet is noted`(line: String) throws {
    try Fleet.with { fleet throws in
      let note = """
        note: the default organization does not exist yet; create it: everrunsctl seed apply

        """
      #expect(fleet.run(line).errorOutput == "")
      try fleet.sql("DELETE FROM organizations")
      _ = fleet.run("orgs create Acme -q")
      #expect(fleet.run(line).errorOutput == note)
      #expect(fleet.run(line + " --org Acme").errorOutput == "")
      #expect(
        fleet.run(line + " --org \(organization(1))").errorOutput
          == note.replacing("apply", with: "apply --org \(organization(1))"))
      #expect(fleet.run(line + " -q").errorOutput == "")
    }
  }

  @Test func `what the default organization would get is counted before it exists`() throws {
    try Fleet.with(2) { fleet throws in
      let counts = { (create: Int, unchanged: Int) in
        "chat\t\(create)\t\(unchanged)\nbase\t\(create)\t\(unchanged)\n"
      }
      let line = "harnesses status --columns name,create,unchanged -o tsv --exit-code"
      let empty = fleet.run(line + " -s new.db")
      #expect(empty.output == counts(1, 0))
      #expect(empty.exitCode == .differences)
      #expect(fleet.run(line).output == counts(0, 2))
      for table in ["harnesses", "organization_settings", "organizations"] {
        try fleet.sql("DELETE FROM \(table) WHERE org_id = 1")
      }
      #expect(fleet.run(line).output == counts(1, 1))
      #expect(
        fleet.run("harnesses status --exit-code --org \(organization(2))").exitCode == .success)
      let rows = fleet.run(
        "harnesses status --org \(organization(1)) --columns address,action -o tsv"
      ).output
      #expect(
        rows == """
          harness/chat\tcreate
          harness/base\tcreate
          organization_settings/default-harness\tcreate
          organization_settings/base-harness\tcreate

          """)
    }
  }

  @Test func `several organizations are shown together`() throws {
    try Fleet.with(3) { fleet throws in
      let ids = [3, 2].map(organization)
      let shown = try fleet.json("orgs show \(ids.joined(separator: " "))").elements
      #expect(shown == (try ids.map { try fleet.json("orgs show \($0)") }))
      #expect(
        fleet.run("orgs show \(ids[0]) nope none").errorOutput.hasPrefix(
          "error: no organizations named 'nope' or 'none'\n"))
    }
  }

  @Test func `organizations that are not up to date are listed with the reasons`() throws {
    try withDrift { fleet throws in
      #expect(
        fleet.run("orgs status")
          == Run(
            output: """
              PUBLIC_ID                             NAME   ROWS  WHY
              \(organization(2))  Org 2     2  name_owned_by_org, overwrites_local_edit
              \(organization(3))  Org 3     1  name_owned_by_org

              """, errorOutput: "", exitCode: .success))
      let owned: JSONValue = [
        "address": .string("\(organization(3))/harness/chat"), "action": "blocked",
        "reason": [
          "code": "name_owned_by_org",
          "message": "the organization has its own harness named 'chat'",
        ],
      ]
      let last = try fleet.json("orgs status").elements.last
      #expect(
        last == [
          "public_id": .string(organization(3)), "name": "Org 3", "rows": [owned],
        ])
      #expect(
        fleet.run("orgs status -v").output == """
          \(organization(2))  Org 2
            blocked \(organization(2))/harness/chat  name_owned_by_org: the organization has its own harness named 'chat'
            update \(organization(2))/harness/base  overwrites_local_edit: 'description' was edited; the definition wins

          \(organization(3))  Org 3
            blocked \(organization(3))/harness/chat  name_owned_by_org: the organization has its own harness named 'chat'

          """)
    }
  }

  @Test(
    arguments: [
      ("--reason-code name_owned_by_org", [2, 3]), ("--action update", [2]),
      ("--action update --action keep", [2, 4]), ("--kind agent", []), ("--kind harness", [2, 3]),
      ("--action unchanged --kind organization", [1]), ("--org \(Fleet.organization(3))", [3]),
    ] as [(String, [Int])])
  func `organizations are picked by kind, action and reason`(options: String, numbers: [Int]) throws
  {
    try withDrift { fleet throws in
      let result = fleet.run("orgs status \(options) -o name")
      #expect(result.output == numbers.map { organization($0) + "\n" }.joined())
    }
  }

  @Test func `an empty list says so, and --exit-code reports differences`() throws {
    try Fleet.with(2) { fleet throws in
      #expect(
        fleet.run("orgs status --exit-code")
          == Run(
            output: "", errorOutput: "note: every organization is up to date\n",
            exitCode: .success))
      try fleet.sql("DELETE FROM harnesses WHERE org_id = 2 AND name = 'chat'")
      #expect(fleet.run("orgs status --exit-code").exitCode == .differences)
      #expect(fleet.run("orgs status").exitCode == .success)
      #expect(fleet.run("harnesses status --exit-code").exitCode == .differences)
    }
  }

  @Test func `the organizations are a list with columns`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("DELETE FROM harnesses WHERE org_id = 2 AND name = 'chat'")
      #expect(
        fleet.run("orgs status -o tsv --columns name,rows")
          == Run(
            output:
              "Org 2\t[{\"address\":\"\(organization(2))/harness/chat\",\"action\":\"create\","
              + "\"reason\":{\"code\":\"missing\",\"message\":\"not in the store\"}}]\n",
            errorOutput: "", exitCode: .success))
    }
  }

  @Test func `each template and each orphan has its counts`() throws {
    try withDrift { fleet throws in
      #expect(
        fleet.run("harnesses status")
          == Run(
            output: """
              NAME  CREATE  UPDATE  OVERWRITE  UNCHANGED  KEEP  BLOCKED
              chat       0       0          0          3     0        2
              base       0       1          1          4     0        0
              old        0       0          0          0     1        0

              """, errorOutput: "", exitCode: .success))
      let base = try fleet.json("harnesses status").elements[1]
      #expect(
        base == [
          "name": "base", "create": 0, "update": 1, "overwrite": 1, "unchanged": 4, "keep": 0,
          "release": 0, "delete": 0, "blocked": 0,
        ])
    }
  }

  @Test func `the templates are a list with columns, and so are the rows of an organization`()
    throws
  {
    try withDrift { fleet throws in
      #expect(
        fleet.run("harnesses status -o tsv").output
          == "chat\t0\t0\t0\t3\t0\t2\nbase\t0\t1\t1\t4\t0\t0\nold\t0\t0\t0\t0\t1\t0\n")
      #expect(
        fleet.run("harnesses status -v --columns name,release").output
          == "NAME  RELEASE\nchat        0\nbase        0\nold         0\n")
      #expect(
        fleet.run("harnesses status --org \(organization(2)) -o tsv --columns name,action").output
          == """
          chat\tblocked
          base\tupdate
          default-harness\tunchanged
          base-harness\tunchanged

          """)
    }
  }
}
