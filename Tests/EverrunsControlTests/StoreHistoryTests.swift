import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import Testing

/// `store history`: what was done, and what of it is listed.
@Suite struct StoreHistoryTests {
  private func summaries(_ fleet: Fleet, _ options: String = "") throws -> [String] {
    try fleet.json("store history" + options).elements.compactMap { $0["summary"]?.string }
  }

  @Test func `entries are listed by organization, time and number, the latest first`() throws {
    try Fleet.with(3) { fleet throws in
      let two = Fleet.organization(2)
      _ = fleet.run(words: ["orgs", "set", "Org 2", "name=Acme"])
      _ = fleet.run(words: ["orgs", "set", "Org 3", "default-harness=chat"])
      _ = fleet.run(words: ["orgs", "delete", "Acme", "-y"])
      let deleted = "deleted organization 'Acme': 1 setting, 2 harnesses (\(two))"
      let renamed = "changed organization 'Org 2': name is now 'Acme' (\(two))"
      #expect(
        try summaries(fleet) == [
          deleted,
          "changed organization 'Org 3': default-harness is now 'chat' (\(Fleet.organization(3)))",
          renamed,
          "seeded ./p.yaml: 15 create: organization/Home, llm_provider/Open%20AI, "
            + "harness/chat and 12 more",
        ])
      #expect(try summaries(fleet, " --org \(two)") == [deleted, renamed])
      #expect(try summaries(fleet, " --org Acme") == [deleted, renamed])
      #expect(try summaries(fleet, " --org Home") == [])
      let unknown = fleet.run("store history --org Hom")
      #expect(unknown.exitCode == .failure && unknown.output.isEmpty)
      #expect(
        unknown.errorOutput
          == "error: no organization named 'Hom'\nhint: did you mean 'Home'?\n")
      #expect(try summaries(fleet, " --limit 1") == [deleted])
      #expect(try summaries(fleet, " --since 2027-01-15").count == 4)
      #expect(try summaries(fleet, " --since 2027-01-16") == [])
      #expect(try summaries(fleet, " --since 2027-01-15T08:00:01Z") == [])
      #expect(try summaries(fleet, " --since 1s").count == 4)
      #expect(try summaries(fleet, " --since 999999999w").count == 4)
      #expect(try summaries(fleet, " --since 0d").count == 4)
    }
  }

  @Test func `an entry concerns the organization of its summary, not of its command`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("orgs create Acme Beta")
      #expect(
        try summaries(fleet, " --org Beta").map { $0.prefix(27) } == ["created organization 'Beta'"]
      )
      _ = fleet.run("seed apply -y --full --overwrite --org Acme")
      _ = fleet.run(words: ["orgs", "set", "Beta", "name=Gamma"])
      #expect(try summaries(fleet, " --org Acme").count == 1)
    }
  }

  @Test func `a list for one organization counts the entries about all`() throws {
    try Fleet.with(3) { fleet throws in
      _ = fleet.run(words: ["orgs", "set", "Org 2", "name=Acme"])
      let note =
        "note: 1 entry about all organizations is not listed; see it: everrunsctl store history\n"
      #expect(fleet.run("store history --org Acme").errorOutput == note)
      try fleet.sql("UPDATE harnesses SET description = 'x'")
      _ = fleet.run("seed apply -y --org Acme")
      #expect(fleet.run("store history --org Acme").errorOutput == note)
      _ = fleet.run("harnesses reconcile -y")
      #expect(
        fleet.run("store history --org Acme -o json").errorOutput
          == "note: 2 entries about all organizations are not listed; see them: everrunsctl store history\n"
      )
      #expect(fleet.run("store history --org Acme -q").errorOutput == "")
      #expect(fleet.run("store history").errorOutput == "")
    }
  }

  @Test func `an entry about seeding names the rows that were written, and the organizations`()
    throws
  {
    try Fleet.with(5) { fleet throws in
      try fleet.sql("UPDATE harnesses SET description = 'x' WHERE name = 'chat' AND org_id < 5")
      _ = fleet.run(words: ["seed", "apply", "-y", "--org", "Org 2"])
      #expect(
        try summaries(fleet, " --limit 1") == [
          "seeded ./p.yaml in organization 'Org 2': 1 update (1 overwrites a local edit): "
            + "harness/chat"
        ])
      try fleet.sql("UPDATE harnesses SET description = 'x' WHERE name = 'base' AND org_id = 5")
      let words = (2...5).flatMap { ["--org", "Org \($0)"] }
      _ = fleet.run(words: ["harnesses", "reconcile", "-y"] + words)
      #expect(
        try summaries(fleet, " --limit 1") == [
          "seeded ./p.yaml in organizations 'Org 2', 'Org 3', 'Org 4' and 1 more: "
            + "3 update (3 overwrite local edits): */harness/chat "
            + "and \(Fleet.organization(5))/harness/base (Org 5)"
        ])
      for number in 2...5 {
        #expect(fleet.run(words: ["store", "history", "--org", "Org \(number)"]).output != "")
      }
      _ = fleet.run("seed apply -y")
      #expect(
        try summaries(fleet, " --limit 1")
          == ["seeded ./p.yaml: 1 update (1 overwrites a local edit): harness/chat"])
    }
  }

  @Test func `only the first entry of a command, and no revision, holds a long line in full`()
    throws
  {
    try Fleet.with { fleet throws in
      let names = (1...300).map { "Organization \($0)" }
      let reason = String(repeating: "r", count: 900)
      _ = fleet.run(words: ["orgs", "create", "--reason", reason] + names)
      func lengths(_ column: String, of table: String = "history") throws -> [Substring] {
        try fleet.sql("SELECT length(\(column)) FROM \(table) ORDER BY 1 DESC")
          .split(separator: "\n")
      }
      let commands = try lengths("command")
      #expect(commands.prefix(2) == ["6525", "526"])
      #expect(commands.count == 301 && commands.dropFirst().allSatisfy { $0.count <= 3 })
      #expect(try lengths("reason").prefix(2) == ["900", "525"])
      let ids = try fleet.json("orgs list").elements.compactMap { $0["public_id"]?.string }
      _ = fleet.run(words: ["orgs", "delete", "-y"] + ids.dropFirst())
      #expect(try lengths("command").filter { $0.count > 3 }.count == 2)
      _ = fleet.run("platform create ours --from ./p.yaml")
      _ = fleet.run(
        words: [
          "harnesses", "set", "chat", "-p", "ours",
          "system_prompt=" + String(repeating: "p", count: 5000),
        ])
      #expect(try lengths("command", of: "platform_revisions").first == "526")
      #expect(try lengths("command").filter { $0.count > 3 }.count == 3)
      let command = try fleet.json("platform history ours").elements.first?["command"]?.string
      #expect(command?.hasSuffix("ppp... (4553 more characters)") == true)
    }
  }

  @Test func `entries of earlier versions are found by organization`() throws {
    try Fleet.with(2) { fleet throws in
      let two = Fleet.organization(2)
      try fleet.sql(
        """
        UPDATE history SET summary = 'seeded ./p.yaml: 9 create', concerns = NULL;
        INSERT INTO history (created_at, actor, command, summary, serial) VALUES
          ('2027-01-15T08:00:00Z', 'ada', 'everrunsctl orgs delete Gone Late -y',
            'deleted organization ''Gone'' (\(two)): 1 harness', 90),
          ('2027-01-15T08:00:00Z', 'ada', 'everrunsctl orgs delete Gone Late -y',
            'deleted organization ''Late'' (org_1): 1 harness', 91)
        """)
      #expect(
        try summaries(fleet, " --org Gone") == ["deleted organization 'Gone' (\(two)): 1 harness"])
      #expect(
        fleet.run("store history --org Gone").errorOutput
          == "note: 1 entry about all organizations is not listed; see it: everrunsctl store history\n"
      )
    }
  }

  /// What `seed apply` says of a run that mends the description of one harness.
  private func seeding(_ place: String) -> String {
    "seeded ./p.yaml\(place): 1 update (1 overwrites a local edit): harness/chat"
  }

  private func spoilChat(of name: String, _ fleet: Fleet) throws {
    try fleet.sql(
      """
      UPDATE harnesses SET description = 'x' WHERE name = 'chat'
        AND org_id = (SELECT org_id FROM organizations WHERE name = '\(name)')
      """)
  }

  @Test func `a renamed organization has the entries under all of its names`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("orgs create Ren Ann")
      try spoilChat(of: "Ren", fleet)
      _ = fleet.run("seed apply -y --org Ren")
      _ = fleet.run("orgs set Ren name=Ren2")
      let id = try fleet.sql("SELECT public_id FROM organizations WHERE name = 'Ren2'")
        .trimmingCharacters(in: .newlines)
      let entries = [
        "changed organization 'Ren': name is now 'Ren2' (\(id))",
        seeding(" in organization 'Ren'"), "created organization 'Ren' (\(id))",
      ]
      for word in ["Ren2", id, "Ren"] {
        #expect(try summaries(fleet, " --org \(word)") == entries)
      }
      let note =
        "note: 1 entry about all organizations is not listed; see it: everrunsctl store history\n"
      #expect(fleet.run("store history --org Ren2").errorOutput == note)
      #expect(
        fleet.run("store history --org Ren").errorOutput
          == "note: 'Ren' is a former name of 'Ren2' (\(id))\n" + note)
    }
  }

  @Test func `an organization with another's former name has only its own entries`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("orgs create Ren")
      try spoilChat(of: "Ren", fleet)
      _ = fleet.run("seed apply -y --org Ren")
      _ = fleet.run("orgs set Ren name=Ren2")
      _ = fleet.run("orgs create Ren")
      let id = try fleet.sql("SELECT public_id FROM organizations WHERE name = 'Ren'")
        .trimmingCharacters(in: .newlines)
      #expect(try summaries(fleet, " --org Ren") == ["created organization 'Ren' (\(id))"])
      #expect(try summaries(fleet, " --org Ren2").count == 3)
      let former = try fleet.sql("SELECT public_id FROM organizations WHERE name = 'Ren2'")
        .trimmingCharacters(in: .newlines)
      let note = "note: 'Ren' is also a former name of"
      #expect(
        fleet.run("store history --org Ren").errorOutput.hasPrefix("\(note) 'Ren2' (\(former))\n"))
      _ = fleet.run("orgs delete Ren2 -y")
      #expect(
        fleet.run("store history --org Ren").errorOutput.hasPrefix(
          "\(note) a deleted organization (\(former))\n"))
      #expect(
        fleet.run("store history --org Ren22").errorOutput.contains("did you mean 'Ren2'?"))
    }
  }

  @Test func `a deleted organization has its entries under its names and its id`() throws {
    try Fleet.with(2) { fleet throws in
      let two = Fleet.organization(2)
      try spoilChat(of: "Org 2", fleet)
      _ = fleet.run("seed apply -y --org \(two)")
      _ = fleet.run(words: ["orgs", "set", two, "name=Acme"])
      _ = fleet.run("orgs delete Acme -y")
      let entries = [
        "deleted organization 'Acme': 1 setting, 2 harnesses (\(two))",
        "changed organization 'Org 2': name is now 'Acme' (\(two))",
        seeding(" in organization 'Org 2'"),
      ]
      for word in [two, "Acme", "Org 2"] {
        let outcome = fleet.run(words: ["store", "history", "--org", word, "-o", "json"])
        #expect(
          try JSONValue(json: outcome.output).elements.compactMap { $0["summary"]?.string }
            == entries)
      }
      let later = fleet.run("store history --org Acme --since 2027-01-16")
      #expect(later.exitCode == .success && later.errorOutput == "note: no entries\n")
    }
  }

  @Test func `every organization of a run has its entry`() throws {
    try Fleet.with(5) { fleet throws in
      try fleet.sql("UPDATE harnesses SET description = 'x' WHERE name = 'chat'")
      _ = fleet.run(
        words: ["harnesses", "reconcile", "-y"]
          + (2...5).flatMap { ["--org", Fleet.organization($0)] })
      for number in 2...5 {
        _ = fleet.run(words: ["orgs", "set", "Org \(number)", "name=New\(number)"])
        #expect(try summaries(fleet, " --org New\(number)").count == 2)
      }
      #expect(try summaries(fleet, " --org Home") == [])
    }
  }

  @Test func `a restored store says so to every organization`() throws {
    try Fleet.with(2) { fleet throws in
      _ = fleet.run("store backup copy.db")
      _ = fleet.run("store restore copy.db -y")
      let outcome = fleet.run(words: ["store", "history", "--org", "Org 2"])
      #expect(
        outcome.errorOutput.hasSuffix(
          "note: 2 entries about all organizations are not listed; see them: everrunsctl store history\n"
        ), "\(outcome)")
    }
  }

  @Test func `a name of several organizations is refused with their ids`() throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE organizations SET name = 'Twin' WHERE org_id > 1")
      let outcome = fleet.run("store history --org Twin")
      #expect(outcome.exitCode == .failure)
      #expect(outcome.errorOutput.contains(Fleet.organization(3)))
    }
  }

  @Test func `an entry without a valid time is not listed with --since, and a note counts it`()
    throws
  {
    try Fleet.with(2) { fleet throws in
      _ = fleet.run(words: ["orgs", "set", "Org 2", "name=Acme"])
      try fleet.sql("UPDATE history SET created_at = 'yesterday' WHERE summary LIKE 'changed%'")
      let note =
        "note: 1 entry without a valid time is not listed; find it: everrunsctl store check\n"
      let since = fleet.run("store history --since 2027-01-15 -o json")
      #expect(try JSONValue(json: since.output).elements.count == 1)
      #expect(since.errorOutput == note)
      #expect(fleet.run("store history --since 2027-01-15 --org Acme").errorOutput.hasSuffix(note))
      #expect(!fleet.run("store history --since 2027-01-15 --org Home").errorOutput.contains(note))
      #expect(fleet.run("store history --since 2027-01-15 -q").errorOutput == "")
      let all = fleet.run("store history -o json")
      #expect(try JSONValue(json: all.output).elements.count == 2 && all.errorOutput.isEmpty)
      let check = fleet.run("store check")
      #expect(check.exitCode == .failure && check.output.contains("created_at holds 'yesterday'"))
    }
  }

  @Test func `the column of reasons appears if an entry has one`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("orgs create Acme")
      #expect(!fleet.run("store history").output.contains("REASON"))
      #expect(fleet.run("store history --columns serial,reason").output.contains("REASON"))
      _ = fleet.run("orgs create Beta --reason audit")
      #expect(fleet.run("store history").output.contains("REASON"))
    }
  }

  @Test(
    arguments: [
      "--limit 0", "--limit x", "--since yesterday", "--since 2027-13-01", "--since 2026-11-31",
      "--since 2026-11-26T25:00:00Z", "--since 2026-11-26T23:60:00Z",
      "--since 2026-01-31T08:00:00+99:99",
      "--since 1", "--since h", "--since -1h", "--since 1.5h", "--since 1H", "--since 9999999999s",
    ])
  func `an invalid number or time is refused`(option: String) throws {
    try Fleet.with { fleet throws in
      #expect(fleet.run("store history \(option)").exitCode == .usage)
    }
  }

  @Test func `a saved definition says what changed, and a rollback names its target`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform create ours --from ./p.yaml")
      _ = fleet.run("drivers unregister openai -p ours")
      _ = fleet.run("platform rollback ours@1")
      let latest = try summaries(fleet)
      #expect(latest[0].hasPrefix("saved ours@3: back to ours@1"))
      #expect(latest[1].hasPrefix("saved ours@2: "))
      for history in ["store history", "platform history ours"] {
        let entries = try fleet.json(history).elements
        #expect(entries.prefix(2).map { $0["rolled_back_to"] } == ["ours@1", .null])
      }
    }
  }

  @Test func `the list fits 80 columns`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run(
        words: [
          "orgs", "create", "An organization whose name is rather long", "--reason",
          "because somebody asked",
        ])
      let lines = fleet.run("store history", width: 80).output.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines.allSatisfy { $0.count <= 80 })
      #expect(lines[0].hasPrefix("SERIAL  TIME              ACTOR  SUMMARY"))
    }
  }
}
