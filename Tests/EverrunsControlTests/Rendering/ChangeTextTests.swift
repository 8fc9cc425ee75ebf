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

  private var changes: [DefinitionChange] { Self.before.changes(to: Self.after) }

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
    #expect(ChangeText.summary([]) == "")
  }

  @Test func `the history names the first changes`() {
    #expect(
      ChangeText.names(changes)
        == "- capabilities/time, ~ capabilities/web/name, ~ capabilities/web/risk_level, 2 more")
    #expect(ChangeText.names(Array(changes.prefix(1))) == "- capabilities/time")
  }

  @Test func `the document counts every operation`() {
    #expect(
      ChangeText.document(changes)
        == ["add": 1, "remove": 2, "change": 2, "reorder": 0])
  }
}
