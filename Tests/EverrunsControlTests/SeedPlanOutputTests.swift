import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import Testing

/// What people and programs see of a plan: whom it concerns, what it overwrites, and what was
/// picked of it.
@Suite struct SeedPlanOutputTests {
  /// Eight organizations, of which three edited a harness, one has its own, and one an orphan.
  private static let drift = """
    UPDATE harnesses SET description = 'Ours' WHERE org_id IN (3, 4) AND name = 'base';
    UPDATE harnesses SET description = 'x' WHERE org_id = 5 AND name = 'base';
    UPDATE harnesses SET is_built_in = 0 WHERE org_id = 6 AND name = 'chat';
    UPDATE agents SET description = 'Mine';
    INSERT INTO harnesses (id, org_id, name, is_built_in) VALUES ('old-7', 7, 'old', 1);
    """

  private func withDrift(_ body: (Fleet) throws -> Void) throws {
    try Fleet.with(8) { fleet throws in
      try fleet.sql(Self.drift)
      try fleet.writePlatform(prompt: "Be brief.")
      try body(fleet)
    }
  }

  private func organization(_ number: Int) -> String { Fleet.organization(number) }

  // MARK: Text

  @Test func `a plan names the organizations, and sets overwritten edits apart`() throws {
    try withDrift { fleet throws in
      let token = try fleet.json("seed preview")["token"]?.string ?? ""
      #expect(
        fleet.run("seed preview")
          == Run(
            output: """
              Plan for store 'FOLDER/store.db' at serial 49, platform './p.yaml', grade prod

              harness  1 blocked, 8 update (3 overwrite local edits), 1 keep, 7 unchanged
                ! \(organization(6))/harness/chat (Org 6)  name_owned_by_org: the organization has its own harness named 'chat'
                    --adopt \(organization(6))/harness/chat overwrites it with the built-in one
                    --accept-own \(organization(6))/harness/chat leaves it alone, now and in later runs
                ^ */harness/base~2 x 2 organizations  overwrites_local_edit: 'description' was edited; the definition wins
                    in Org 3 and Org 4
                    description  "Ours" -> ""
                    system_prompt  "Help." -> "Be brief."
                ^ \(organization(5))/harness/base (Org 5)  overwrites_local_edit: 'description' was edited; the definition wins
                    description  "x" -> ""
                    system_prompt  "Help." -> "Be brief."
                ~ harness/base                        definition_changed: 'system_prompt' changed since the last apply
                    system_prompt  "Help." -> "Be brief."
                ~ */harness/base~1 x 4 organizations  definition_changed: 'system_prompt' changed since the last apply
                    in Org 2, Org 6, Org 7 and 1 more
                    the same changes as harness/base
                = \(organization(7))/harness/old (Org 7)  orphaned: built-in, but no longer in the definition

              agent  1 keep
                = agent/helper  kept_local_edit: 'description' was edited; the edit is kept
                    store -> catalog:
                    description  "Mine" -> ""

              1 blocked, 8 update (3 overwrite local edits), 2 keep, 25 unchanged; 36 rows
              Next: everrunsctl seed apply --expect \(token)

              """, errorOutput: "", exitCode: .success))
      #expect(
        fleet.run("seed preview -v").output.contains("in Org 2, Org 6, Org 7 and Org 8\n"))
    }
  }

  @Test func `an organization without a name is shown by its public id in every format`() throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE organizations SET name = '' WHERE org_id = 3")
      try fleet.writePlatform(prompt: "Be brief.")
      let names = "(Org 2, \(organization(3).replacing("_", with: "\\_")))"
      let markdown = fleet.run("seed preview -o markdown").output
      #expect(markdown.contains("`*/harness/base` × 2 \(names)"), "\(markdown)")
      let text = fleet.run("seed preview").output
      #expect(text.contains("in Org 2 and \(organization(3))\n"), "\(text)")
      try fleet.sql("DELETE FROM harnesses WHERE org_id = 3 AND name = 'base'")
      try fleet.sql("UPDATE harnesses SET description = 'x' WHERE org_id = 3 AND name = 'chat'")
      let one = fleet.run("seed preview -o markdown").output
      #expect(one.contains("| `\(organization(3))/harness/chat` |"), "\(one)")
      let status = fleet.run("harnesses status -v").output
      #expect(status.contains("      in \(organization(3))\n"), "\(status)")
    }
  }

  @Test func `rows to create name their organizations too`() throws {
    try Fleet.with(6) { fleet throws in
      try fleet.sql("DELETE FROM harnesses WHERE org_id > 1 AND name = 'chat'")
      #expect(
        fleet.run("seed preview").output.contains(
          """
            + */harness/chat x 5 organizations
                in Org 2, Org 3, Org 4 and 2 more

          """))
      #expect(
        fleet.run("seed preview -v").output.contains(
          "      in Org 2, Org 3, Org 4, Org 5 and Org 6\n"))
    }
  }

  @Test func `a pattern is explained in an array, one address in an object`() throws {
    try Fleet.with(4) { fleet throws in
      func json(_ address: String) throws -> JSONValue {
        try JSONValue(json: fleet.run(words: ["seed", "why", address, "-o", "json"]).output)
      }
      #expect(try json("*/harness/base").array?.count == 1)
      #expect(try json("harness/base")["address"] == "harness/base")
      try fleet.sql("UPDATE harnesses SET tags = '[1]' WHERE org_id IN (2, 3) AND name = 'base'")
      try fleet.sql(
        "INSERT INTO organizations VALUES (9, '\(Fleet.organization(9))', 'A'), "
          + "(10, '\(Fleet.organization(10))', 'B')")
      #expect(
        try json("*/harness/base").elements.map { $0["address"]?.string } == [
          "*/harness/base~1", "\(organization(4))/harness/base", "*/harness/base~2",
        ])
      #expect(try json("*/harness/base~2")["address"] == "*/harness/base~2")
    }
  }

  @Test(arguments: ["", " -o json", " -q"])
  func `a plan that is saved to standard output is all that it has`(format: String) throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("UPDATE harnesses SET description = 'x' WHERE name = 'base'")
      #expect(fleet.run("seed preview --out plan.json -q").exitCode == .success)
      let saved = try String(contentsOfFile: fleet.folder + "/plan.json", encoding: .utf8)
      #expect(fleet.run("seed preview --out -\(format)").output == saved)
    }
  }

  @Test(arguments: ["--accept-own", "--adopt"])
  func `a row is explained with decisions about other organizations`(option: String) throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'base'")
      let own = "\(organization(2))/harness/base"
      for address in ["harness/base", "\(organization(3))/harness/base", own] {
        for decided in ["*/harness/base", own] {
          let why = fleet.run(words: ["seed", "why", address, option, decided])
          #expect(why.exitCode == .success, "\(why)")
        }
      }
    }
  }

  @Test func `seed why -v names every organization, and cuts no value`() throws {
    try Fleet.with(6) { fleet throws in
      let long = String(repeating: "long ", count: 40)
      try fleet.sql(
        "UPDATE harnesses SET description = '\(long)' WHERE org_id > 1 AND name = 'base'")
      let text = fleet.run(words: ["seed", "why", "*/harness/base", "-v"]).output
      #expect(text.contains("  Org 2, Org 3, Org 4, Org 5 and Org 6  (store, serial "))
      #expect(text.contains("  \"\(long)\" -> \"\"  (store, serial "))
      #expect(
        fleet.run(words: ["seed", "why", "*/harness/base"]).output
          .contains("  Org 2, Org 3, Org 4 and 2 more  (store, serial "))
    }
  }

  @Test func `seed why breaks only the lines that are too long for the terminal`() throws {
    try Fleet.with { fleet throws in
      let lines = fleet.run("seed why agent/helper", width: 80).output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 80 })
      #expect(lines.filter { $0.hasPrefix("      ") } == [], "\(lines)")
      let name = String(repeating: "a", count: 50)
      try fleet.write(
        """
        format: everruns.platform/v1
        capabilities:
          - {id: web, name: Web, dependencies: [\(name)]}
        """, to: "p.yaml")
      let broken = fleet.run("seed why agent/helper", width: 80).output
      #expect(
        broken.contains(
          """
            its capability is registered
                no, 'web' needs '\(name)'
                (platform './p.yaml')

          """), "\(broken)")
    }
  }

  @Test func `no rule of the stock platform is broken at 80 columns`() throws {
    try Workbench.with { bench in
      let rows = try bench.json("seed preview --expand").object?["rows"].elements ?? []
      #expect(rows.count == 78)
      for row in rows {
        let address = try #require(row["address"]?.string)
        let text = bench.run("seed why \(address)", width: 80).output
        let rules = text.split(separator: "\n").prefix { !$0.hasPrefix("  -> ") }
        #expect(!rules.contains { $0.hasPrefix("      ") }, "\(text)")
      }
    }
  }

  @Test(arguments: ["harness/base", "*/harness/base"])
  func `adopting a built-in harness is noted, accepting it as the organization's own refused`(
    address: String
  ) throws {
    try Fleet.with(3) { fleet throws in
      let adopted = fleet.run(words: ["seed", "preview", "--adopt", address])
      #expect(
        adopted.errorOutput
          == "note: '--adopt': the harness at '\(address)' is already the built-in one\n")
      #expect(adopted.exitCode == .success)
      let accepted = fleet.run(words: ["seed", "preview", "--accept-own", address])
      #expect(accepted.exitCode == .failure)
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE name = 'base'")
      #expect(fleet.run(words: ["seed", "preview", "--adopt", address]).errorOutput == "")
    }
  }

  @Test func `a harness whose column is not a number is the organization's own, and adopted`()
    throws
  {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 'x' WHERE name = 'base' AND org_id = 2")
      let address = Fleet.organization(2) + "/harness/base"
      for _ in 1...2 {
        #expect(
          fleet.run(words: ["seed", "preview", "--adopt", address]).errorOutput == "")
      }
      #expect(fleet.run(words: ["seed", "apply", "-y", "--adopt", address]).exitCode == .success)
      #expect(
        fleet.run(words: ["seed", "preview", "--adopt", address]).errorOutput
          == "note: '--adopt': the harness at '\(address)' is already the built-in one\n")
    }
  }

  @Test func `a harness without a template is not called the built-in one`() throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE harnesses SET name = 'old' WHERE name = 'chat'")
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE name = 'old' AND org_id = 2")
      for address in ["*/harness/old", "harness/old"] {
        let adopted = fleet.run(words: ["seed", "preview", "--adopt", address])
        #expect(
          adopted.errorOutput
            == "note: '--adopt': the harness at '\(address)' is no longer in the definition, "
            + "so none is adopted\n")
        #expect(adopted.exitCode == .success)
      }
      let own = Fleet.organization(2) + "/harness/old"
      for (option, address) in [
        ("--adopt", own), ("--accept-own", own), ("--accept-own", "*/harness/old"),
      ] {
        #expect(
          fleet.run(words: ["seed", "preview", option, address])
            == Run(
              output: "",
              errorOutput:
                "error: '\(option)': the definition has no template for the harness at '\(address)'\n",
              exitCode: .failure))
      }
    }
  }

  @Test func `overwritten edits have a color of their own`() throws {
    try withDrift { fleet throws in
      let output = fleet.run("seed preview --color always").output
      #expect(output.contains("\u{1B}[35m^ */harness/base~2"))
      #expect(output.contains("\u{1B}[33m~ */harness/base~1"))
    }
  }

  @Test func `a plan of only blocked rows does not suggest applying it`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'chat'")
      #expect(
        fleet.run("seed preview").output.split(separator: "\n").suffix(4) == [
          "1 blocked, 10 unchanged; 11 rows", "Nothing to apply; decide about the blocked rows.",
          "Next: everrunsctl seed apply --adopt \(organization(2))/harness/chat",
          "Or: everrunsctl seed apply --accept-own \(organization(2))/harness/chat",
        ])
      #expect(
        fleet.run("seed preview -o markdown").output.hasSuffix(
          "\n\nOr: `everrunsctl seed apply --accept-own \(organization(2))/harness/chat`\n"))
    }
  }

  @Test(arguments: [
    ("org_id > 1 AND name = 'chat'", ["'*/harness/chat'"]),
    ("name = 'chat'", ["harness/chat", "'*/harness/chat'"]),
    ("org_id > 1", ["'*/harness/chat'", "'*/harness/base'"]),
    ("1", ["ADDRESS"]),
  ])
  func `the addresses of blocked rows are proposed, unless there are many`(
    blocked: String, addresses: [String]
  ) throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE \(blocked)")
      let lines = fleet.run("seed preview").output.split(separator: "\n").map(String.init)
      let proposed = lines.filter { $0.hasPrefix("Or: ") || $0.hasPrefix("Next: ") }
      func all(_ option: String) -> String {
        addresses.map { " \(option) \($0)" }.joined()
      }
      #expect(
        proposed == [
          "Next: everrunsctl seed apply" + all("--adopt"),
          "Or: everrunsctl seed apply" + all("--accept-own"),
        ], "\(lines)")
    }
  }

  @Test func `a preview that accepts all blocked rows proposes to record that, once`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'chat'")
      let options = "--accept-own \(organization(2))/harness/chat"
      func end() -> [Substring] {
        fleet.run("seed preview \(options)").output.split(separator: "\n").suffix(3)
      }
      #expect(
        end() == [
          "1 keep, 10 unchanged; 11 rows",
          "Nothing to write but the decision: 1 organization-owned harness will be left alone.",
          "Next: everrunsctl seed apply \(options)",
        ])
      #expect(fleet.run("seed apply \(options) -y").exitCode == .success)
      #expect(end().last == "Nothing to do. 1 keep, 10 unchanged; 11 rows")
    }
  }

  @Test func `why a row is blocked ends with what can be decided about it`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'chat'")
      let address = "\(organization(2))/harness/chat"
      #expect(
        fleet.run("seed why \(address)").output.split(separator: "\n").suffix(3) == [
          "  -> name_owned_by_org: the organization has its own harness named 'chat'",
          "     --adopt \(address) overwrites it with the built-in one",
          "     --accept-own \(address) leaves it alone, now and in later runs",
        ])
    }
  }

  @Test(arguments: [("release", nil, ""), ("delete", nil, " --yes"), ("delete", "", "")])
  func `the next step of a plan that deletes works without a terminal too`(
    how: String, answer: String?, ending: String
  ) throws {
    try Fleet.with { fleet throws in
      try fleet.sql(
        """
        INSERT INTO harnesses (id, org_id, name, is_built_in, seed_digest)
          VALUES ('old', 1, 'old', 1, 'x')
        """)
      let options = "--prune \(how) -p ./p.yaml"
      let token = try fleet.json("seed preview \(options)")["token"]?.string ?? ""
      #expect(
        fleet.run("seed preview \(options)", answer: answer).output.split(separator: "\n").last
          == "Next: everrunsctl seed apply --expect \(token) --prune \(how)\(ending) -p ./p.yaml")
    }
  }

  @Test func `completion offers the addresses that --adopt accepts, each once`() throws {
    try Fleet.with(6) { fleet throws in
      // The blocked organizations are one of two groups; one more organization has its own address.
      try fleet.sql(
        """
        UPDATE harnesses SET is_built_in = 0 WHERE org_id IN (2, 3) AND name = 'chat';
        UPDATE harnesses SET is_built_in = 0 WHERE org_id = 6 AND name = 'base';
        """)
      #expect(fleet.run("seed preview --action blocked").output.contains("*/harness/chat~1"))
      let offered = fleet.run(words: ["__complete", "blocked-address", "", "seed", "apply"]).output
        .split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
      #expect(offered == ["*/harness/chat", "\(organization(6))/harness/base"])
      for address in offered {
        let result = fleet.run(words: ["seed", "preview", "--adopt", address])
        #expect(result.exitCode == .success, "\(result)")
      }
    }
  }

  // MARK: What was picked

  @Test func `rows are selected by kind, action and reason, and the others are counted`() throws {
    try withDrift { fleet throws in
      let output = fleet.run("seed preview --kind agent --kind organization --action keep").output
      let token = try fleet.json("seed preview")["token"]?.string ?? ""
      #expect(
        output.split(separator: "\n").dropFirst() == [
          "agent  1 keep",
          "  = agent/helper  kept_local_edit: 'description' was edited; the edit is kept",
          "      store -> catalog:", "      description  \"Mine\" -> \"\"", "1 shown, 35 left out",
          "1 blocked, 8 update (3 overwrite local edits), 2 keep, 25 unchanged; 36 rows",
          "Next: everrunsctl seed apply --expect \(token)",
        ])
      let whole = try fleet.json("seed preview")
      let picked = try fleet.json("seed preview --reason-code overwrites_local_edit")
      #expect(picked["filtered"] == ["shown": 3, "left_out": 33])
      #expect(
        picked["rows"].elements.map { $0["address"]?.string } == [
          "*/harness/base~2", "\(organization(5))/harness/base",
        ])
      for key in ["summary", "by_kind", "by_reason", "overwrites", "token", "options"] {
        #expect(picked[key] == whole[key])
      }
      #expect(whole["filtered"] == nil && whole["overwrites"] == 3)
      #expect(
        whole["by_kind"] == [
          "organization": ["unchanged": 1], "llm_provider": ["unchanged": 1],
          "organization_settings": ["unchanged": 16],
          "harness": ["update": 8, "unchanged": 7, "keep": 1, "blocked": 1], "agent": ["keep": 1],
        ])
      #expect(
        whole["by_reason"] == [
          "definition_changed": 5, "overwrites_local_edit": 3, "matches": 25,
          "kept_local_edit": 1, "orphaned": 1, "name_owned_by_org": 1,
        ])
    }
  }

  @Test func `-o name prints unfolded addresses, one per line`() throws {
    try withDrift { fleet throws in
      #expect(
        fleet.run("seed preview --reason-code overwrites_local_edit -o name")
          == Run(
            output: [3, 4, 5].map { "\(organization($0))/harness/base\n" }.joined(),
            errorOutput: "", exitCode: .success))
    }
  }

  @Test func `folded and expanded, a plan has one token and the same counts`() throws {
    try withDrift { fleet throws in
      let folded = try fleet.json("seed preview")
      let expanded = try fleet.json("seed preview --expand")
      for key in ["summary", "by_kind", "by_reason", "overwrites", "token", "options"] {
        #expect(expanded[key] == folded[key])
      }
      #expect(expanded["rows"].elements.count == 36)
      #expect(
        expanded["rows"].elements.first { $0["address"]?.string?.hasPrefix("org_") ?? false }?[
          "org_name"]
          == "Org 2")
    }
  }

  @Test func `a plan in JSON lines has a line per row and a last one for the rest`() throws {
    try withDrift { fleet throws in
      let plan = try fleet.json("seed preview --kind agent")
      guard case .object(var rest) = plan else { return }
      rest["rows"] = nil
      let lines = [["row": plan["rows"].elements[0]], ["plan": .object(rest)]] as [JSONValue]
      #expect(
        fleet.run("seed preview --kind agent -o jsonl")
          == Run(
            output: lines.map { $0.canonicalJSON + "\n" }.joined(), errorOutput: "",
            exitCode: .success))
    }
  }

  // MARK: Why

  @Test func `an address of all organizations explains each row of theirs, a numbered one a group`()
    throws
  {
    try withDrift { fleet throws in
      let all = try fleet.json("seed why */harness/base").elements
      #expect(
        all.map { $0["address"]?.string } == [
          "*/harness/base~1", "*/harness/base~2", "\(organization(5))/harness/base",
        ])
      let rows = try fleet.json("seed preview")["rows"].elements
      for why in all {
        #expect(rows.contains(try #require(why["row"])))
        #expect(try fleet.json("seed why \(why["address"]?.string ?? "")") == why)
      }
      #expect(
        fleet.run("seed why */harness/base~3")
          == Run(
            output: "",
            errorOutput: """
              error: no row named '*/harness/base~3'
              hint: did you mean '*/harness/base~1'?

              """, exitCode: .failure))
    }
  }

  @Test func `an address of all organizations explains the row of the only one`() throws {
    try Fleet.with(2) { fleet throws in
      let why = try fleet.json("seed why \(organization(2))/harness/base")
      #expect(try fleet.json("seed why */harness/base") == .array([why]))
    }
  }

  @Test(arguments: [
    ("Org 2/harness/base", "\(Fleet.organization(2))/harness/base"),
    (
      "Org%202/organization_settings/chat-harness",
      "\(Fleet.organization(2))/organization_settings/chat-harness"
    ),
    ("\(Fleet.organization(1))/harness/base", "harness/base"),
  ])
  func `an address that names its organization in another way is answered with the right one`(
    address: String, meant: String
  ) throws {
    try Fleet.with(2) { fleet throws in
      #expect(
        fleet.run(words: ["seed", "why", address])
          == Run(
            output: "",
            errorOutput: "error: no row named '\(address)'\nhint: did you mean '\(meant)'?\n",
            exitCode: .failure))
    }
  }

  @Test(arguments: [1, 2, 4])
  func `a mistyped address of all organizations is answered with the closest one`(
    organizations: Int
  ) throws {
    try Fleet.with(organizations) { fleet throws in
      let closest =
        switch organizations {
        case 1: "harness/base"
        default: "*/harness/base"
        }
      #expect(
        fleet.run("seed why */harness/bse").errorOutput
          == "error: no row named '*/harness/bse'\nhint: did you mean '\(closest)'?\n")
    }
    try withDrift { fleet throws in
      #expect(
        fleet.run("seed why */harness/bse").errorOutput.hasSuffix(
          "hint: did you mean '*/harness/base'?\n"))
    }
  }

  @Test func `a default model whose row stays, but is not seeded, is not said to be missing`()
    throws
  {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      bench.run("seed apply -y -q -p acme")
      let impact = bench.run("drivers unregister openai -p acme").output
      #expect(!impact.contains("does not exist"))
      let why = bench.run("seed why organization_settings/default-model -p acme").output
      #expect(why.contains("\n  the model is seeded  no, 'gpt-"))
      #expect(why.contains("'  (this plan)\n"))
      #expect(why.contains("\n  -> default_model_skipped: the model 'gpt-"))
      #expect(why.contains("' is not seeded\n"))
    }
  }

  @Test(arguments: ["--adopt", "--accept-own"])
  func `--adopt and --accept-own refuse a numbered group`(option: String) throws {
    try withDrift { fleet throws in
      #expect(
        fleet.run("seed preview \(option) */harness/chat~1")
          == Run(
            output: "",
            errorOutput: """
              error: '\(option)' does not accept '*/harness/chat~1': group numbers are valid in one plan only
              hint: name an organization's own address, or '*/harness/chat' for every organization
              usage: everrunsctl seed preview [options]
              run 'everrunsctl seed preview --help' for help

              """, exitCode: .usage))
      let decided = fleet.run("seed preview \(option) */harness/chat --action blocked -o name")
      #expect(decided == Run(output: "", errorOutput: "", exitCode: .success))
    }
  }
}
