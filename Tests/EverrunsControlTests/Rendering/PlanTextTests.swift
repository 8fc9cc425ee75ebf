import EverrunsSeeding
import Testing

@testable import EverrunsControl

@Suite struct PlanTextTests {
  private func text(
    _ shown: ShownPlan, isVerbose: Bool = false, isOutcomeKnown: Bool = false, end: String? = nil
  ) throws -> String {
    var text = ""
    try PlanText(storePath: "/x/store.db", style: .plain, isVerbose: isVerbose)
      .write(shown, isOutcomeKnown: isOutcomeKnown, end: { end }, to: { text += $0 })
    return text
  }

  @Test func `rows that need a decision come first, then overwritten edits, then the rest`() throws
  {
    #expect(
      try text(SamplePlan.shown(), end: "Next: seed apply") == """
        Plan for store '/x/store.db' at serial 17, platform 'acme' revision 3, grade prod

        harness  1 blocked, 7 update (1 overwrites a local edit), 1 create, 1 unchanged
          ! org_9/harness/chat (Ninth)        name_owned_by_org: the organization has its own harness named 'chat'
              --adopt org_9/harness/chat overwrites it with the built-in one
              --accept-own org_9/harness/chat leaves it alone, now and in later runs
          ^ org_9/harness/base (Ninth)        overwrites_local_edit: 'system_prompt' was edited; the definition wins
              system_prompt  16 -> 10 characters
              @@ line 1 @@
              - Be `quick`.
              + Help.
                Now.
          ~ harness/base                      definition_changed: 'tags' changed since the last apply
              tags  1 -> 2  + b
          ~ */harness/base x 5 organizations  definition_changed: 'tags' changed since the last apply
              in Acme, Be*ta, Gamma and 2 more
              the same changes as harness/base
          + harness/chat

        agent  1 skip, 1 keep
          = agent/helper  kept_local_edit: 'name' was edited; the edit is kept
              store -> catalog:
              name  "Mine" -> "Helper"
          o agent/coder   dev_only: only for grade 'dev'; the grade is 'prod'
              exists_without_prerequisite: the row still exists in the store

        1 blocked, 7 update (1 overwrites a local edit), 1 create, 1 skip, 1 keep, 1 unchanged; 12 rows
        Next: seed apply

        """)
  }

  @Test func `verbose text shows rows that are up to date and reasons of creations`() throws {
    #expect(
      try text(SamplePlan.shown([SamplePlan.created, SamplePlan.unchanged]), isVerbose: true) == """
        Plan for store '/x/store.db' at serial 17, platform 'acme' revision 3, grade prod

        harness  1 create, 1 unchanged
            harness/old   matches: up to date
          + harness/chat  missing: not in the store

        1 create, 1 unchanged; 2 rows

        """)
  }

  @Test func `a plan without differences says that there is nothing to do`() throws {
    #expect(
      try text(SamplePlan.shown([SamplePlan.unchanged], storeID: nil)) == """
        Plan for a new store at '/x/store.db', platform 'acme' revision 3, grade prod

        Nothing to do. 1 unchanged; 1 row

        """)
  }

  @Test func `many creations are counted`() throws {
    let rows = (1...12).map { number in
      SeedPlanRow(
        address: SeedAddress(.agent, ["a\(number)"]), name: "a\(number)", id: nil,
        organization: "org_1", reason: .missing())
    }
    #expect(
      try text(SamplePlan.shown(rows)).split(separator: "\n").suffix(3) == [
        "  + agent/a7", "    and 5 more to create; -v shows all", "12 create; 12 rows",
      ])
  }

  @Test(arguments: [
    SeedRowFilter(actions: [.unchanged]), SeedRowFilter(kinds: [.harness], codes: [.matches]),
  ])
  func `rows that are up to date are shown if a filter names them`(filter: SeedRowFilter) throws {
    #expect(
      try text(SamplePlan.shown(filter: filter)).split(separator: "\n").dropFirst().prefix(3) == [
        "harness  1 unchanged", "    harness/old  matches: up to date", "1 shown, 11 left out",
      ])
  }

  @Test func `rows that are up to date are counted apart from those that a filter shows`() throws {
    let shown = try SamplePlan.shown(filter: SeedRowFilter(kinds: [.harness]))
    #expect(try text(shown).contains("\n9 shown, 1 unchanged, 2 left out\n"))
    #expect(try text(shown, isVerbose: true).contains("\n10 shown, 2 left out\n"))
  }

  @Test func `a kept edit is not said to have the changes of an update`() throws {
    let kept = SeedPlanRow(
      address: SeedAddress(.harness, ["base"]), name: "base", id: "1", organization: "org_1",
      reason: .keptLocalEdit(fields: ["tags"]), changes: SamplePlan.home.changes)
    let output = try text(SamplePlan.shown([SamplePlan.folded, kept]))
    #expect(output.contains("\n      store -> catalog:\n      tags  1 -> 2  + b\n"))
  }

  @Test func `rows that a filter leaves out are counted`() throws {
    let shown = try SamplePlan.shown(
      filter: SeedRowFilter(kinds: [.agent], actions: [.keep], codes: []))
    #expect(
      try text(shown).split(separator: "\n").dropFirst().prefix(5) == [
        "agent  1 keep", "  = agent/helper  kept_local_edit: 'name' was edited; the edit is kept",
        "      store -> catalog:", "      name  \"Mine\" -> \"Helper\"", "1 shown, 11 left out",
      ])
  }
}
