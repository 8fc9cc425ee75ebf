import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsControl

@Suite struct ChangeTextTests {
  private static let before = definition {
    $0.builtInHarnesses.append(
      BuiltInHarness(
        name: "old", displayName: "Old", systemPrompt: "Help.", roles: [.base], capabilities: []))
  }
  private static let after = definition {
    $0.capabilities.replace(CapabilityDescriptor(id: "web", name: "Web", riskLevel: .medium))
    $0.capabilities.unregister("time")
    $0.capabilities.replace(CapabilityDescriptor(id: "files", name: "Files"))
  }

  private static func definition(
    _ change: (inout PlatformDefinition) -> Void
  ) -> PlatformDefinition {
    var definition = PlatformDefinition.empty
    for id in ["time", "web"] {
      definition.capabilities.replace(CapabilityDescriptor(id: id, name: id))
    }
    change(&definition)
    return definition
  }

  private var changes: ShownChanges {
    ShownChanges(
      from: Self.before, to: Self.after, Self.before.changes(to: Self.after))
  }

  @Test func `changes are shown by sign and path`() {
    #expect(
      ChangeText.lines(changes, style: .plain) == [
        "- capabilities/time",
        "~ capabilities/web/name  \"web\" -> \"Web\"",
        "~ capabilities/web/risk_level  \"low\" -> \"medium\"",
        "+ capabilities/files",
        "- built_in_harnesses/old",
      ])
  }

  @Test func `the summary counts each operation`() {
    #expect(ChangeText.summary(changes) == "1 added, 2 removed, 2 changed")
    #expect(ChangeText.summary(ShownChanges(changes: [])) == "")
  }

  @Test func `the history names the first changes`() {
    #expect(
      ChangeText.names(changes)
        == "- capabilities/time, ~ capabilities/web/name, ~ capabilities/web/risk_level, 2 more")
    let first = ShownChanges(changes: Array(changes.changes.prefix(1)))
    #expect(ChangeText.names(first) == "- capabilities/time")
  }

  @Test func `a renamed template is one change, and its children do not change`() {
    let before = Self.definition {
      $0.builtInHarnesses = [
        BuiltInHarness(name: "old", displayName: "Old", systemPrompt: "Help."),
        BuiltInHarness(name: "child", displayName: "C", systemPrompt: "", parent: "old"),
      ]
    }
    var after = before
    after.builtInHarnesses[0] = after.builtInHarnesses[0].renamed(to: "new")
    after.builtInHarnesses[0].displayName = "New"
    after.builtInHarnesses[1].parent = "new"
    let shown = ShownChanges(from: before, to: after, before.changes(to: after))
    #expect(
      ChangeText.lines(shown, style: .plain) == [
        "~ built_in_harnesses/old renamed to 'new'",
        "~ built_in_harnesses/new/display_name  \"Old\" -> \"New\"",
      ])
    #expect(ChangeText.summary(shown) == "1 renamed, 1 changed")
    #expect(
      ChangeText.names(shown)
        == "~ built_in_harnesses/old renamed to 'new', ~ built_in_harnesses/new/display_name")
    // Programs see the two documents.
    #expect(
      before.changes(to: after).map(\.path) == [
        "built_in_harnesses/old", "built_in_harnesses/new", "built_in_harnesses/child/parent",
      ])
  }

  @Test func `the document counts every operation`() {
    #expect(
      ChangeText.document(changes.changes)
        == ["add": 1, "remove": 2, "change": 2, "reorder": 0])
  }
}
