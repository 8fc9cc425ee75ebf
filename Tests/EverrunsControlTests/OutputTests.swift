import Everruns
import Testing

@testable import EverrunsControl

@Suite struct OutputTests {
  @Test func `an embedder's program has its own name and presets`() {
    let control = Control(
      name: "acmectl", version: "2.0.0",
      presets: [PlatformPreset(name: "acme", summary: "ours") { _ in .empty }])
    #expect(
      run("platform", "list", "-o", "name", control: control)
        == Run(output: "acme\n", errorOutput: "", exitCode: .success))
    #expect(
      run("--version", control: control)
        == Run(output: "acmectl 2.0.0\n", errorOutput: "", exitCode: .success))
  }

  @Test func `a closed pipe ends the program quietly`() {
    #expect(
      run("capabilities", "list", output: TestStream(failure: .closed))
        == Run(output: "", errorOutput: "", exitCode: .success))
  }

  @Test func `a full disk is an input or output error`() {
    #expect(
      run("capabilities", "list", output: TestStream(failure: .system(28)))
        == Run(
          output: "", errorOutput: "error: the output cannot be written: No space left on device\n",
          exitCode: .inputOutput))
  }

  @Test func `a table is never cut where it is piped`() {
    let table = Table(columns: [Column<String>("text", isShortened: true) { $0 }])
    let text = String(repeating: "long ", count: 50) + "end"
    #expect(table.text([text], width: nil, style: .plain) == "TEXT\n\(text)\n")
  }

  @Test func `a table is cut with a mark where a terminal is too narrow`() {
    let table = Table(
      columns: [
        Column<[String]>("id") { $0[0] }, Column("name", isShortened: true) { $0[1] },
      ])
    #expect(
      table.text([["a", "a name of some length"]], width: 20, style: .plain)
        == "ID  NAME\na   a name of some …\n")
  }

  @Test(arguments: [
    ("plain", 5), ("日本語", 6), ("e\u{301}", 1), ("👍", 2), ("❤️", 2), ("한글", 4), ("", 0),
  ])
  func `columns are counted as a terminal shows them`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test func `control characters in a list are shown escaped`() {
    let control = Control(
      presets: [
        PlatformPreset(name: "odd", summary: "odd") { _ in
          var platform = PlatformDefinition.empty
          platform.drivers.replace(
            DriverDescriptor(providerType: "x", displayName: "a\u{1B}[31mred\nline"))
          return platform
        }
      ])
    #expect(
      run("drivers", "list", control: control).output == """
        PROVIDER_TYPE  DISPLAY_NAME          REQUIRES_API_KEY  DEFAULT_BASE_URL
        x              a\\u001b[31mred\\nline  no                -

        """)
  }

  @Test func `an error that nothing expects is a bug, also told as JSON`() {
    struct Surprise: Error {}
    #expect(
      run("platform", "show", "-", inputError: Surprise())
        == Run(
          output: "", errorOutput: "error: this is a bug: Surprise()\n", exitCode: .internalError))
    #expect(
      run("platform", "show", "-", "-o", "json", inputError: Surprise())
        == Run(
          output: "",
          errorOutput: """
            {
              "error": {
                "code": "internal",
                "message": "this is a bug: Surprise()",
                "hint": null,
                "exit_code": 70
              }
            }

            """, exitCode: .internalError))
  }

  @Test func `several errors are listed, each with its hint`() {
    let text = #"{"format": "everruns.platform/v1", "capabilties": [], "drivres": []}"#
    #expect(
      run("platform", "show", "-", input: text).errorOutput == """
        error: -: the document has 2 errors
          -:1:36: error: a platform definition has no key 'capabilties' [invalid_document]
            hint: did you mean 'capabilities'?
          -:1:55: error: a platform definition has no key 'drivres' [invalid_document]
            hint: did you mean 'drivers'?

        """)
  }

  @Test(arguments: [
    ("", "''"), ("plain-1.json", "plain-1.json"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#),
    ("\u{1B}[0m\u{9B}'\\", #"$'\033[0m\302\233\'\\'"#),
  ])
  func `words are quoted for a shell without raw control characters`(word: String, quoted: String) {
    #expect(word.shellQuoted == quoted)
  }

  @Test func `prompts differ by line`() {
    let difference = LineDifference(
      from: "first\nsecond\nthird\nfourth\nfifth", to: "first\nsecond\n3rd\nfourth\nfifth")
    #expect(
      difference.lines(style: .plain) == [
        "        ...", "        second", "      - third", "      + 3rd", "        fourth",
        "        ...",
      ])
  }

  @Test func `long prompts that have nothing in common differ as a whole, at once`() {
    let old = (0..<20_000).map { "old \($0)" }.joined(separator: "\n")
    let new = (0..<20_000).map { "new \($0)" }.joined(separator: "\n")
    let start = ContinuousClock.now
    let lines = LineDifference(from: "same\n\(old)\nend", to: "same\n\(new)\nend")
      .lines(style: .plain)
    #expect(lines.count == 40_002)
    #expect(lines.first == "        same")
    #expect(start.duration(to: .now) < .seconds(20))
  }
}
