import Testing

@testable import Everruns

@Suite struct HarnessRemovalTests {
  /// What remains of a family after its root was removed, each template with its parent.
  @Test(arguments: [
    (ChildrenOfRemoved.keepParent, ["child: root", "grandchild: child", "other: -"]),
    (.detach, ["child: -", "grandchild: child", "other: -"]),
    (.reparent("other"), ["child: other", "grandchild: child", "other: -"]),
    (.remove, ["other: -"]),
  ])
  func `children of a removed template get the requested parent`(
    children: ChildrenOfRemoved, remaining: [String]
  ) throws {
    var definition = family
    try definition.removeHarnesses(["root"], children: children)
    #expect(lines(definition) == remaining)
  }

  @Test func `a template with children is removed only with an option for them`() {
    var definition = family
    let error = #expect(throws: HarnessWithChildren.self) {
      try definition.removeHarnesses(["root", "other"], children: .refuse)
    }
    #expect(error == HarnessWithChildren(name: "root", children: ["child"]))
    #expect(definition == family)
  }

  @Test func `a template can be removed together with all its children`() throws {
    var definition = family
    try definition.removeHarnesses(["root", "child", "grandchild"], children: .refuse)
    #expect(lines(definition) == ["other: -"])
  }

  @Test func `templates that inherit from each other are removed together`() throws {
    var definition = PlatformDefinition(builtInHarnesses: [
      harness("a", parent: "b"), harness("b", parent: "a"), harness("c"),
    ])
    try definition.removeHarnesses(["a"], children: .remove)
    #expect(lines(definition) == ["c: -"])
  }

  private var family: PlatformDefinition {
    PlatformDefinition(builtInHarnesses: [
      harness("root"), harness("child", parent: "root"), harness("grandchild", parent: "child"),
      harness("other"),
    ])
  }

  private func harness(_ name: String, parent: String? = nil) -> BuiltInHarness {
    BuiltInHarness(name: name, displayName: name, systemPrompt: "", parent: parent)
  }

  private func lines(_ definition: PlatformDefinition) -> [String] {
    definition.builtInHarnesses.map { "\($0.name): \($0.parent ?? "-")" }
  }
}
