import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Testing

/// Characters that show nothing, in texts of definitions and of the store.
@Suite struct InvisibleTextTests {
  private static let name = "A\u{200B}b\u{A0}c"
  private static let shown = #"A\u200bb\u00a0c"#

  private func withDriver(_ body: (Workbench) throws -> Void) throws {
    try Workbench.with { bench throws in
      bench.run("platform create mine --from empty -q")
      bench.run("platform use mine -q")
      let driver = #"{"provider_type": "d", "display_name": "\#(Self.name)"}"#
      #expect(bench.run("drivers register -", input: driver).exitCode == .success)
      try body(bench)
    }
  }

  @Test(arguments: [
    "drivers list", "drivers show d", "platform diff empty mine", "drivers list -o markdown",
    "platform diff mine ./other.json", "platform diff mine ./other.json -o markdown",
  ])
  func `invisible characters are shown escaped to people`(line: String) throws {
    try withDriver { bench throws in
      try bench.write(
        #"{"format": "everruns.platform/v1", "drivers": [{"provider_type": "d", "display_name": "A"}]}"#,
        to: "other.json")
      let result = bench.run(line)
      guard result.exitCode == .success else {
        #expect(line.hasSuffix("-o markdown") && result.exitCode == .usage)
        return
      }
      #expect(!result.output.contains("\u{200B}") && !result.output.contains("\u{A0}"))
      #expect(result.output.contains(Self.shown) == (line != "platform diff empty mine"))
    }
  }

  @Test func `data keeps invisible characters`() throws {
    try withDriver { bench in
      try #expect(bench.json("drivers show d")["display_name"] == .string(Self.name))
      #expect(
        bench.run("drivers list -o tsv --columns display_name").output == Self.name + "\n")
    }
  }

  @Test(arguments: ["", " ", "\t", "\u{A0}\u{200B}", "\u{2800}", "\u{202E}"])
  func `a name that shows nothing is refused`(name: String) throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss -q")
      let json = JSONValue.string(name).canonicalJSON
      let registered = bench.run(
        "drivers register - -p mine", input: #"{"provider_type": "d", "display_name": \#(json)}"#)
      #expect(registered.exitCode == .failure)
      #expect(
        registered.errorOutput == """
          error: the definition would be invalid: 'display_name' of the driver 'd' is blank
          hint: a name needs at least one visible character

          """)
      let set = bench.run(words: ["harnesses", "set", "base", "display_name=" + name, "-p", "mine"])
      #expect(set.exitCode == .failure)
      try #expect(bench.json("platform history mine").array?.count == 1)
      try bench.write(
        #"{"format": "everruns.platform/v1", "capabilities": [{"id": "a", "name": \#(json)}]}"#,
        to: "p.json")
      let validated = bench.run("platform validate ./p.json")
      #expect(validated.exitCode == .badInput)
      #expect(validated.output.hasPrefix("./p.json:1:"))
      #expect(bench.run("platform import p.json").exitCode == .badInput)
    }
  }
}
