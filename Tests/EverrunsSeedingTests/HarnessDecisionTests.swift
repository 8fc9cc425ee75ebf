import Everruns
import EverrunsSeeding
import Testing

/// The table of decisions about built-in harnesses.
@Suite struct HarnessDecisionTests {
  private let template = DesiredHarness(
    template: BuiltInHarness(
      name: "chat", displayName: "Chat", systemPrompt: "Chat.", parent: "base",
      capabilities: ["web"], seedID: "seed-1"), capabilities: ["web"], droppedCapabilities: [],
    parent: "base")

  /// What is decided about a template where an organization has these facts.
  private func decision(
    _ change: (inout ObservedHarness) -> Void, of desired: DesiredHarness? = nil
  ) -> HarnessDecision {
    var observed = ObservedHarness.exact(hasParent: (desired ?? template).parent != nil)
    change(&observed)
    var trace = DecisionTrace()
    return decide(desired ?? template, observed, trace: &trace)
  }

  // MARK: Rows that do not exist

  @Test func `a missing row is created with its parent`() {
    let decision = decision { $0.row = .missing }
    #expect(
      decision
        == HarnessDecision(reason: .missing(), write: .create, takesParent: true))
  }

  @Test func `a new row gets the seed id if it is free`() {
    let decision = decision {
      $0.row = .missing
      $0.seedID = .free
    }
    #expect(decision.takesSeedID)
    #expect(decision.notes == [])
  }

  @Test func `a new row whose seed id is in use gets a new id, with a note`() {
    let decision = decision {
      $0.row = .missing
      $0.seedID = .taken
    }
    #expect(!decision.takesSeedID)
    #expect(decision.notes == [.seedIDTaken("seed-1")])
  }

  @Test func `a new row gets no parent if that is organization-owned`() {
    let decision = decision {
      $0.row = .missing
      $0.parentRow = .own
    }
    #expect(
      decision
        == HarnessDecision(
          reason: .missing(), notes: [.parentBlocked("base")], write: .create, leavesExact: false))
  }

  // MARK: Rows of the organization

  @Test func `an organization's own harness blocks the template`() {
    #expect(
      decision { $0.row = .own }
        == HarnessDecision(
          reason: .nameOwnedByOrganization("chat"), isUsable: false, leavesExact: false,
          keepsPreviousRow: true))
  }

  @Test(arguments: [true, false])
  func `an accepted harness stays, accepted now or earlier`(isEarlier: Bool) {
    let decision = decision {
      $0.row = .own
      if isEarlier { $0.isAccepted = true } else { $0.request = .acceptOwn }
    }
    #expect(
      decision
        == HarnessDecision(
          reason: .ownHarnessAccepted, acceptance: .remember, isUsable: false, leavesExact: false))
  }

  @Test func `an adopted harness is overwritten, and its acceptance is removed`() {
    let decision = decision {
      $0.row = .own
      $0.request = .adopt
      $0.isAccepted = true
      $0.differing = [.isBuiltIn]
      $0.edited = HarnessField.allCases
    }
    #expect(
      decision
        == HarnessDecision(
          reason: .overwritesLocalEdit(fields: ["is_built_in"]), fields: [.isBuiltIn],
          write: .update, takesParent: true, acceptance: .forget))
  }

  // MARK: Built-in rows

  @Test func `an archived row is left alone, whatever its content`() {
    let decision = decision {
      $0.isArchived = true
      $0.differing = [.systemPrompt, .status]
    }
    #expect(
      decision == HarnessDecision(reason: .archived, isUsable: false, leavesExact: false))
  }

  @Test func `a row equal to its template is up to date`() {
    #expect(decision { _ in } == HarnessDecision(reason: .matches, takesParent: true))
  }

  @Test func `a matching row that was never seeded is recorded as seeded`() {
    #expect(decision { $0.lastApplied = .other }.write == .lastApplied)
  }

  @Test func `a row as last applied follows the definition`() {
    let decision = decision { $0.differing = [.systemPrompt, .tags] }
    #expect(
      decision
        == HarnessDecision(
          reason: .definitionChanged(fields: ["system_prompt", "tags"]),
          fields: [.systemPrompt, .tags], write: .update, takesParent: true))
  }

  @Test func `an edited row is overwritten`() {
    let decision = decision {
      $0.differing = [.description]
      $0.edited = [.description]
    }
    #expect(decision.reason == .overwritesLocalEdit(fields: ["description"]))
    #expect(decision.write == .update)
  }

  @Test func `of the fields that change, those that were edited are named as overwritten`() {
    let decision = decision {
      $0.differing = [.description, .systemPrompt]
      $0.edited = [.description, .tags]
    }
    #expect(decision.reason == .overwritesLocalEdit(fields: ["description"]))
    #expect(decision.fields == [.description, .systemPrompt])
  }

  @Test func `a row whose edits the definition has now follows the definition`() {
    let decision = decision {
      $0.differing = [.systemPrompt]
      $0.edited = [.description]
    }
    #expect(decision.reason == .definitionChanged(fields: ["system_prompt"]))
  }

  // MARK: Parents

  @Test(arguments: [
    (ObservedHarness.ParentRow.builtIn, ObservedHarness.ParentLink.asTemplate, false),
    (.builtIn, .none, true), (.builtIn, .other, true),
    (.missing, .none, true), (.missing, .other, true),
    (.ownToAdopt, .asTemplate, false), (.ownToAdopt, .none, true),
  ])
  func `a row gets its template's parent`(
    row: ObservedHarness.ParentRow, link: ObservedHarness.ParentLink, changes: Bool
  ) {
    let decision = decision {
      $0.parentRow = row
      $0.parentLink = link
    }
    #expect(decision.fields == (changes ? [.parent] : []))
    #expect(decision.takesParent)
    #expect(decision.leavesExact)
  }

  @Test(arguments: [
    (ObservedHarness.ParentLink.none, false), (.asTemplate, true), (.other, true),
  ])
  func `a row loses a parent that is the organization's own`(
    link: ObservedHarness.ParentLink, changes: Bool
  ) {
    let decision = decision {
      $0.parentRow = .own
      $0.parentLink = link
      $0.edited = link == .none ? [] : [.parent]
      $0.lastApplied = .templateWithoutParent
    }
    #expect(decision.fields == (changes ? [.parent] : []))
    // Nobody edited a parent that is as the template asks for.
    #expect(
      decision.reason.code
        == (link == .none ? .matches : link == .other ? .overwritesLocalEdit : .definitionChanged))
    #expect(decision.notes == [.parentBlocked("base")])
    #expect(!decision.takesParent)
    #expect(!decision.leavesExact)
  }

  @Test func `a row of a template without a parent loses any parent`() {
    let root = DesiredHarness(
      template: BuiltInHarness(name: "base", displayName: "Base", systemPrompt: ""),
      capabilities: [], droppedCapabilities: [], parent: nil)
    let decision = decision({ $0.parentLink = .other }, of: root)
    #expect(decision.fields == [.parent])
    #expect(decision.leavesExact)
  }

  // MARK: Notes and traces

  @Test func `omissions of the definition are noted and explained`() {
    let incomplete = DesiredHarness(
      template: BuiltInHarness(
        name: "chat", displayName: "Chat", systemPrompt: "", parent: "gone",
        capabilities: ["web", "gone"]), capabilities: ["web"], droppedCapabilities: ["gone"],
      parent: nil)
    var trace = DecisionTrace()
    let decision = decide(incomplete, .exact(hasParent: false), trace: &trace)
    #expect(decision.notes == [.parentUnknown("gone"), .capabilitiesDropped(["gone"])])
    #expect(
      trace.steps.map { "\($0.rule): \($0.value)" } == [
        "is in the definition: yes", "its parent is in the definition: no, 'gone'",
        "its capabilities are registered: no, not 'gone'", "is in the store: yes",
        "is archived: no", "fields that differ: none",
      ])
  }

  // MARK: Previous names

  private let renamed = DesiredHarness(
    template: BuiltInHarness(name: "new", displayName: "New", systemPrompt: "Help."),
    capabilities: [], droppedCapabilities: [], parent: nil, previousNames: ["old", "older"])

  @Test func `a row of a previous name is renamed, with or without other changes`() {
    #expect(
      decision({ $0.previousName = 1 }, of: renamed)
        == HarnessDecision(
          reason: .renamed(from: "older", fields: []), previousName: "older", write: .update))
    let changed = decision(
      {
        $0.previousName = 0
        $0.differing = [.tags]
      }, of: renamed)
    #expect(
      changed
        == HarnessDecision(
          reason: .renamed(from: "old", fields: ["tags"]), fields: [.tags], previousName: "old",
          write: .update))
  }

  @Test func `an edit lost in a rename is reported as overwritten`() {
    let decision = decision(
      {
        $0.previousName = 0
        $0.differing = [.tags]
        $0.edited = [.tags]
      }, of: renamed)
    #expect(decision.reason == .overwritesLocalEdit(fields: ["tags"], renamedFrom: "old"))
  }

  @Test func `an archived row keeps its previous name`() {
    let decision = decision(
      {
        $0.previousName = 0
        $0.isArchived = true
      }, of: renamed)
    #expect(decision == HarnessDecision(reason: .archived, isUsable: false, leavesExact: false))
  }

  // MARK: Facts

  @Test func `packed facts are read back`() {
    for row in ObservedHarness.Row.allCases {
      for link in ObservedHarness.ParentLink.allCases {
        for differing in [[], [HarnessField.displayName], HarnessField.allCases] {
          var observed = ObservedHarness()
          observed.row = row
          observed.parentLink = link
          observed.differing = differing
          observed.isAccepted = row == .own
          observed.edited = differing.reversed().prefix(3).reversed()
          observed.lastApplied = .templateWithoutParent
          observed.seedID = .taken
          observed.request = .adopt
          observed.parentRow = .builtIn
          observed.previousName = differing.isEmpty ? nil : 4_000_000
          observed.lookalike = row == .missing ? "old" : nil
          #expect(ObservedHarness(facts: observed.facts, value: "old") == observed)
        }
      }
    }
  }
}
