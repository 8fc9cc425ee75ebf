import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Testing

@Suite struct PatchTests {
  @Test func `a patch for one definition never changes another component of another`() throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss")
      bench.run("capabilities unregister browserless -p mine")
      bench.run("platform create new --from oss")
      bench.run("capabilities unregister current_time -p new")
      let patch = bench.run("platform diff oss new --format patch").output
      let result = bench.run("platform patch - -p mine", input: patch)
      #expect(result.exitCode == .failure)
      #expect(result.errorOutput.contains("test '/capabilities/"))
      try #expect(bench.json("platform history mine").array?.count == 2)
    }
  }

  @Test func `a patch of a reorder moves what another document holds`() throws {
    try Workbench.with { bench in
      for (name, order) in [("a", "one two three"), ("b", "three one two")] {
        let drivers = order.split(separator: " ").map {
          #"{"provider_type": "\#($0)", "display_name": "\#($0)"}"#
        }
        try bench.write(
          #"{"format": "everruns.platform/v1", "drivers": [\#(drivers.joined(separator: ","))]}"#,
          to: name + ".json")
      }
      try bench.write(
        bench.text(of: "a.json").replacing(
          #""provider_type": "three""#, with: #""provider_type": "three", "description": "Ours""#),
        to: "c.json")
      let patch = bench.run("platform diff ./a.json ./b.json --format patch").output
      #expect(bench.run("platform patch - -p ./c.json", input: patch).exitCode == .success)
      let drivers = try bench.json("drivers list -p ./c.json --columns provider_type,description")
      #expect(
        drivers == [
          ["provider_type": "three", "description": "Ours"],
          ["provider_type": "one", "description": ""], ["provider_type": "two", "description": ""],
        ])
    }
  }

  @Test func `a test of the id precedes every operation on an array element`() throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss")
      bench.run("harnesses set generic description=New tags+=x -p mine")
      bench.run("capabilities unregister current_time -p mine")
      let patch = try bench.json("platform diff oss mine --format patch").array ?? []
      #expect(patch.count >= 6)
      for (index, operation) in patch.enumerated() where operation["op"] != "test" {
        #expect(patch[index - 1]["op"] == "test")
      }
      let result = bench.run(
        words: ["platform", "create", "again", "--from", "oss", "-q"])
      #expect(result.exitCode == .success)
      bench.run("platform patch - -p again", input: JSONValue.array(patch).canonicalJSON)
      try #expect(bench.json("platform diff again mine")["changes"] == [])
    }
  }
}
