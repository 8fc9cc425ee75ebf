import Everruns
import EverrunsDocuments
import Testing

@Suite struct PlatformGraphTests {
  @Test func `nodes are the components and the missing ones, edges their requirements`() throws {
    let platform = PlatformDefinition(
      capabilities: try CapabilityRegistry([
        CapabilityDescriptor(id: "a", name: "A", dependencies: ["b", "gone"]),
        CapabilityDescriptor(id: "b", name: "B"),
      ]),
      builtInHarnesses: [
        BuiltInHarness(name: "a", displayName: "A", systemPrompt: "", parent: "root")
      ])
    #expect(
      PlatformGraph(platform).document.canonicalJSON
        == #"{"nodes":[{"kind":"capability","name":"a","missing":false},"#
        + #"{"kind":"capability","name":"b","missing":false},"#
        + #"{"kind":"capability","name":"gone","missing":true},"#
        + #"{"kind":"harness","name":"a","missing":false},"#
        + #"{"kind":"harness","name":"root","missing":true}],"#
        + #""edges":[{"kind":"capability","from":"a","to":"b"},"#
        + #"{"kind":"capability","from":"a","to":"gone"},"#
        + #"{"kind":"harness","from":"a","to":"root"}]}"#)
  }

  @Test func `an empty platform has an empty graph`() {
    #expect(PlatformGraph(.empty).nodes.isEmpty)
    #expect(PlatformGraph(.empty).edges.isEmpty)
  }
}
