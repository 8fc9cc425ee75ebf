import EverrunsDocuments
import EverrunsStore
import Testing

/// What a change of the definition means for the rows of a store.
@Suite struct ImpactTests {
  /// Runs a test with organizations that have harnesses of their own: one that inherits from the
  /// built-in `base`, one that inherits from that one, and one that inherits from nothing.
  private func withOwnHarnesses(
    _ organizations: ClosedRange<Int> = 2...2, _ body: (Fleet) throws -> Void
  ) throws {
    try Fleet.with(7) { fleet throws in
      for number in organizations {
        try fleet.sql(
          """
          INSERT INTO harnesses (id, org_id, name, parent_harness_id, is_built_in)
          SELECT 'team' || org_id, org_id, 'team', id, 0 FROM harnesses
          WHERE org_id = \(number) AND name = 'base';
          INSERT INTO harnesses (id, org_id, name, parent_harness_id, is_built_in)
          VALUES ('squad\(number)', \(number), 'squad', 'team\(number)', 0),
            ('lone\(number)', \(number), 'lone', NULL, 0);
          INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
          VALUES ('lone\(number)', 'web', 0, '{}');
          """)
      }
      try body(fleet)
    }
  }

  /// The lines of the impact, without their indentation.
  private func impact(_ fleet: Fleet, _ line: String) -> [String] {
    let lines = fleet.run(line).output.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0 != "Impact" }.dropFirst().prefix { !$0.isEmpty }
      .map { String($0.trimmingPrefix { $0 == " " }) }
  }

  @Test func `the organizations' own harnesses that lose a capability are named`() throws {
    try withOwnHarnesses { fleet throws in
      let organization = Fleet.organization(2)
      #expect(
        impact(fleet, "capabilities unregister web -n").filter { $0.contains(organization) } == [
          "harness 'lone' of Org 2 (\(organization)): loses 'web'",
          "harness 'squad' of Org 2 (\(organization)): loses 'web'",
          "harness 'team' of Org 2 (\(organization)): loses 'web'",
        ])
    }
  }

  @Test func `an own harness inherits what a template gains and its prompt, through its parents`()
    throws
  {
    try withOwnHarnesses { fleet throws in
      let line = "harnesses set base system_prompt=New. -n"
      let organization = Fleet.organization(2)
      let effect = "inherits a changed prompt of 'base'"
      #expect(
        impact(fleet, line).filter { $0.contains(organization) } == [
          "harness 'squad' of Org 2 (\(organization)): \(effect)",
          "harness 'team' of Org 2 (\(organization)): \(effect)",
        ])
      let own = try fleet.json(line)["impact"]?["own_harnesses"].elements ?? []
      #expect(
        own.last == [
          "org": .string(organization), "org_name": "Org 2", "name": "team", "gains": [],
          "loses": [], "reconfigures": [],
          "parent_prompts": ["gains": [], "loses": [], "changes": ["base"]],
        ])
    }
  }

  @Test func `what inherits from the rows of a renamed or removed template stays the same`()
    throws
  {
    try withOwnHarnesses { fleet throws in
      for line in ["harnesses rename base root -n", "harnesses remove base --orphan -n"] {
        #expect(impact(fleet, line).filter { $0.contains(Fleet.organization(2)) } == [])
        try #expect(fleet.json(line)["impact"]?["own_harnesses"] == [])
      }
    }
  }

  @Test func `many own harnesses with the same effect share a line, unless -v is given`() throws {
    try withOwnHarnesses(2...6) { fleet throws in
      let line = "capabilities unregister web -n"
      let own = { (line: String) in impact(fleet, line).filter { $0.contains(" of Org ") } }
      let named = (2...6).flatMap { number in
        ["lone", "squad", "team"].map { "'\($0)' of Org \(number) (\(Fleet.organization(number)))" }
      }
      #expect(
        own(line) == [
          "harness \(named.prefix(3).joined(separator: ", ")) and 12 more: loses 'web'"
        ])
      #expect(own(line + " -v") == named.map { "harness \($0): loses 'web'" })
    }
  }

  @Test func `a change that only Unicode normalization makes is one, for rows and for children`()
    throws
  {
    let (composed, decomposed) = ("Caf\u{E9}", "Cafe\u{301}")
    try Fleet.with { fleet throws in
      try fleet.writePlatform(prompt: composed)
      #expect(fleet.run("seed apply -y -q").exitCode == .success)
      func impact(_ text: String) -> [String] {
        self.impact(fleet, "harnesses set base system_prompt=\(text) -n")
      }
      let both = [
        "harness chat: inherits a changed prompt of 'base'",
        "harness base: updated in 1 organization",
      ]
      #expect(impact(decomposed) == both)
      #expect(impact(composed) == [])
      // The row differs from either by the same length.
      try fleet.writePlatform(prompt: "Help.")
      #expect(fleet.run("seed apply -y -q").exitCode == .success)
      try fleet.writePlatform(prompt: composed)
      #expect(impact(decomposed) == both)
    }
  }

  @Test func `rows that a change does not cause are not counted`() throws {
    try Fleet.with(5) { fleet throws in
      try fleet.sql(
        """
        UPDATE harnesses SET description = 'Ours' WHERE org_id = 2 AND name = 'chat';
        UPDATE harnesses SET is_built_in = 0 WHERE org_id = 3 AND name = 'base';
        """)
      #expect(
        impact(fleet, "harnesses set base system_prompt=New. -n") == [
          "harness chat: inherits a changed prompt of 'base'",
          "harness base: updated in 4 organizations",
        ])
      #expect(
        impact(fleet, "harnesses set chat system_prompt=New. -n") == [
          "harness chat: updated in 5 organizations (1 overwrites a local edit)"
        ])
    }
  }
}
