import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsControl

@Suite struct HarnessTreeTests {
  private func harness(
    _ name: String, parent: String? = nil, roles: [HarnessRole] = []
  ) -> BuiltInHarness {
    BuiltInHarness(name: name, displayName: name, systemPrompt: "", parent: parent, roles: roles)
  }

  @Test func `templates appear below their parent, in order`() {
    let tree = HarnessTree([
      harness("b", parent: "a"), harness("a", roles: [.base, .default]),
      harness("z", parent: "none"),
      harness("c", parent: "a"), harness("d", parent: "b"), harness("e", parent: "b"),
      harness("f", parent: "c"),
    ])
    #expect(
      tree.text(isVerbose: false, style: .plain) == """
        a  [base, default]
        ├── b
        │   ├── d
        │   └── e
        └── c
            └── f
        z

        """)
    #expect(
      JSONValue.array(tree.entries.map { .object($0.document) }).canonicalJSON == "["
        + #"{"name":"a","parent":null,"depth":0,"roles":["base","default"]},"#
        + #"{"name":"b","parent":"a","depth":1,"roles":[]},"#
        + #"{"name":"d","parent":"b","depth":2,"roles":[]},"#
        + #"{"name":"e","parent":"b","depth":2,"roles":[]},"#
        + #"{"name":"c","parent":"a","depth":1,"roles":[]},"#
        + #"{"name":"f","parent":"c","depth":2,"roles":[]},"#
        + #"{"name":"z","parent":"none","depth":0,"roles":[]}]"#)
  }

  @Test func `the tree of an invalid definition is finite`() {
    let tree = HarnessTree([harness("a"), harness("a", parent: "a"), harness("b", parent: "b")])
    #expect(tree.text(isVerbose: false, style: .plain) == "a\n└── a\n")
  }

  @Test func `a long chain is indented up to a limit and shows its levels`() {
    let tree = HarnessTree(
      (0..<50_000).map { harness("h\($0)", parent: $0 == 0 ? nil : "h\($0 - 1)") })
    let lines = tree.text(isVerbose: false, style: .plain).split(separator: "\n")
    #expect(lines.count == 50_000)
    #expect(lines[32] == String(repeating: " ", count: 4 * 31) + "└── h32")
    #expect(lines[33] == String(repeating: " ", count: 4 * 32) + "└── h33  (level 33)")
    #expect(lines[49_999] == String(repeating: " ", count: 4 * 32) + "└── h49999  (level 49999)")
  }
}
