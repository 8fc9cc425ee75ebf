import Testing

@Suite struct StoreHistoryTests {
  @Test func `changes of definitions are in the store's history, deletions too`() throws {
    try withSandbox { sandbox in
      for line in [
        "platform create acme", "platform use acme", "capabilities unregister daytona",
        "platform delete acme --yes",
      ] {
        try sandbox.run(line + " -q --reason trial", environment: ["USER": "ann"])
          .expect(out: nil)
      }
      let entries = try sandbox.run("store history -o json").json().elements
      #expect(
        entries.map { $0["summary"] } == [
          "deleted platform acme", "saved acme@2: - capabilities/daytona",
          "default platform is now acme", "saved acme@1: created from oss",
        ])
      #expect(entries.allSatisfy { $0["actor"] == "ann" && $0["reason"] == "trial" })
    }
  }
}
