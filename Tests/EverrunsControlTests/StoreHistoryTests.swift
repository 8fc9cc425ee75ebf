import EverrunsControl
import EverrunsDocuments
import EverrunsStore
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
      let deleted = "deleted organization 'Acme' (\(two)): 1 organization_settings, 2 harness"
      let renamed = "changed organization 'Org 2' (\(two)): name is now 'Acme'"
      #expect(
        try summaries(fleet) == [
          deleted,
          "changed organization 'Org 3' (\(Fleet.organization(3))): default-harness is now 'chat'",
          renamed,
          "seeded ./p.yaml: 15 create",
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

  @Test func `a list for one organization counts the runs over all`() throws {
    try Fleet.with(3) { fleet throws in
      _ = fleet.run(words: ["orgs", "set", "Org 2", "name=Acme"])
      let note =
        "note: 1 run over all organizations is not listed; see them: everrunsctl store history\n"
      #expect(fleet.run("store history --org Acme").errorOutput == note)
      try fleet.sql("UPDATE harnesses SET description = 'x'")
      _ = fleet.run("seed apply -y --org Acme")
      #expect(fleet.run("store history --org Acme").errorOutput == note)
      _ = fleet.run("harnesses reconcile -y")
      #expect(
        fleet.run("store history --org Acme -o json").errorOutput
          == "note: 2 runs over all organizations are not listed; see them: everrunsctl store history\n"
      )
      #expect(fleet.run("store history --org Acme -q").errorOutput == "")
      #expect(fleet.run("store history").errorOutput == "")
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
