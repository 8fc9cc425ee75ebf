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

  @Test func `a failed test says what it expects, what is there and what to do`() throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss -q")
      let patch = #"[{"op":"test","path":"/drivers/0/provider_type","value":"gemini"}]"#
      #expect(
        bench.run("platform patch - -p mine", input: patch)
          == Run(
            output: "",
            errorOutput: """
              error: -: operation 1, test '/drivers/0/provider_type': expected "gemini", found "anthropic"
              hint: the patch was created from another definition: create it again with \
              'platform diff --format patch', or use 'platform merge'

              """, exitCode: .failure))
    }
  }

  @Test func `an edit with an invalid result is refused alike, also by a patch`() throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss -q")
      let patch = #"[{"op":"replace","path":"/built_in_harnesses/0/parent","value":"base"}]"#
      let result = bench.run("platform patch - -p mine", input: patch)
      #expect(result == bench.run("harnesses set base parent=base -p mine"))
      #expect(result.exitCode == .failure)
      #expect(result.errorOutput.hasPrefix("error: the definition would be invalid: parent cycle"))
    }
  }

  @Test func `a patch is not written as Markdown, nor a graph's form as JSON`() throws {
    try Workbench.with { bench in
      for (line, message) in [
        (
          "platform diff oss worker --format patch -o markdown",
          "'--format patch' and '-o markdown'"
        ),
        ("platform graph --format dot -o json", "'--format dot' and '-o json'"),
      ] {
        let result = bench.run(line)
        #expect(result.exitCode == .usage && result.output.isEmpty)
        #expect(result.errorOutput.contains("\(message) cannot be given together"))
      }
      #expect(bench.run("platform diff oss worker --format patch -o json").exitCode == .success)
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
