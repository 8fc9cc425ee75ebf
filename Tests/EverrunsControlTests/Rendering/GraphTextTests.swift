import Everruns
import Testing

@testable import EverrunsControl

@Suite struct GraphTextTests {
  private let drawing: GraphText = {
    var definition = PlatformDefinition.empty
    for (id, dependencies) in [
      ("a", ["b", "c"]), ("b", ["d"]), ("c", ["b", "gone"]), ("d", []), ("e", []),
    ] {
      definition.capabilities.replace(
        CapabilityDescriptor(id: id, name: id.uppercased() + " \"1\"", dependencies: dependencies))
    }
    for (name, parent) in [("base", nil), ("chat", "base")] as [(String, String?)] {
      definition.builtInHarnesses.append(
        BuiltInHarness(
          name: name, displayName: "\(name)!", systemPrompt: "", parent: parent))
    }
    return GraphText(graph: PlatformGraph(definition))
  }()

  @Test func `a tree draws each branch once`() {
    #expect(
      drawing.tree(style: .plain) == """
        capabilities
        a
        ├── b
        │   └── d
        └── c
            ├── b  (above)
            └── gone  (missing)
        unconnected: e

        harnesses
        base
        └── chat

        """)
  }

  @Test func `a verbose tree shows display names`() {
    #expect(
      drawing.tree(style: .plain, isVerbose: true) == """
        capabilities
        a  A "1"
        ├── b  B "1"
        │   └── d  D "1"
        └── c  C "1"
            ├── b  B "1"  (above)
            └── gone  (missing)
        unconnected: e

        harnesses
        base  base!
        └── chat  chat!

        """)
  }

  @Test func `DOT has a cluster per kind and dashed nodes for missing components`() {
    #expect(
      drawing.dot == """
        digraph platform {
          rankdir=LR;
          node [shape=box];
          subgraph cluster_capability {
            label="capabilities";
            "capability a" [label="a"];
            "capability b" [label="b"];
            "capability c" [label="c"];
            "capability d" [label="d"];
            "capability e" [label="e"];
            "capability gone" [label="gone", style=dashed];
          }
          subgraph cluster_harness {
            label="harnesses";
            "harness base" [label="base"];
            "harness chat" [label="chat"];
          }
          "capability a" -> "capability b";
          "capability a" -> "capability c";
          "capability b" -> "capability d";
          "capability c" -> "capability b";
          "capability c" -> "capability gone";
          "harness chat" -> "harness base";
        }

        """)
  }

  @Test func `Mermaid numbers its nodes and marks missing components`() {
    #expect(
      drawing.mermaid == """
        flowchart LR
          subgraph capability [capabilities]
            n0["a"]
            n1["b"]
            n2["c"]
            n3["d"]
            n4["e"]
            n5["gone"]:::missing
          end
          subgraph harness [harnesses]
            n6["base"]
            n7["chat"]
          end
          n0 --> n1
          n0 --> n2
          n1 --> n3
          n2 --> n1
          n2 --> n5
          n7 --> n6
          classDef missing stroke-dasharray: 4 4

        """)
  }

  @Test func `a cycle is drawn from its first node`() {
    var definition = PlatformDefinition.empty
    for (id, dependency) in [("a", "b"), ("b", "a")] {
      definition.capabilities.replace(
        CapabilityDescriptor(id: id, name: id, dependencies: [dependency]))
    }
    #expect(
      GraphText(graph: PlatformGraph(definition)).tree(style: .plain) == """
        capabilities
        a
        └── b
            └── a  (above)

        """)
  }
}
