import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages
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
          output: "", errorOutput: "error: the output cannot be written: no space left on device\n",
          exitCode: .inputOutput))
  }

  @Test func `a table is never cut where it is piped`() {
    let text = String(repeating: "long ", count: 50) + "end"
    let table = Table(heads: [.init(title: "TEXT", isShortened: true)], rows: [[text]])
    #expect(table.text(width: nil, style: .plain) == "TEXT\n\(text)\n")
  }

  @Test func `a table is cut with a mark where a terminal is too narrow`() {
    let table = Table(
      heads: [.init(title: "ID"), .init(title: "NAME", isShortened: true)],
      rows: [["a", "a name of some length"]])
    #expect(table.text(width: 20, style: .plain) == "ID  NAME\na   a name of some …\n")
  }

  @Test func `if narrower columns do not suffice, all but the first are cut, headers never`() {
    let table = Table(
      heads: [.init(title: "ID"), .init(title: "NAME", isShortened: true), .init(title: "WHERE")],
      rows: [["0123456789", "a name of some length", "somewhere else"]])
    #expect(
      table.text(width: 30, style: .plain)
        == "ID          NAME      WHERE\n0123456789  a name …  somewhe…\n")
  }

  @Test func `numbers are right-aligned`() {
    let table = Table(
      heads: [.init(title: "NAME"), .init(title: "ROWS", isNumber: true), .init(title: "X")],
      rows: [["a", "5", "y"], ["b", "12345", "z"]])
    #expect(
      table.text(width: nil, style: .plain)
        == "NAME   ROWS  X\na         5  y\nb     12345  z\n")
  }

  @Test(arguments: [
    ("short", "short"),
    ("a line of words that is too long", "a line of words that\n    is too long"),
    ("key   and a value too long", "key   and a value\n      too long"),
    ("  + plan/row  why: it is so", "  + plan/row\n      why: it is so"),
    ("key   0123456789012345", "key\n    0123456789012345"),
    ("0123456789012345678901234 and", "0123456789012345678901234\n    and"),
    ("日本語日本語日 日本語日本語", "日本語日本語日\n    日本語日本語"),
    ("\u{1B}[36mkey\u{1B}[0m  value in \u{1B}[36mcolour\u{1B}[0m", nil),
  ])
  func `a line is broken between words on a terminal`(text: String, lines: String?) {
    #expect(text.wrapped(to: 20) == lines ?? text)
  }

  @Test func `a definition's summary fits 80 columns`() {
    let shown = run(
      "platform", "show", "oss", output: TestStream(isTerminal: true, width: 80),
      environment: ["NO_COLOR": "1"]
    ).output
    #expect(shown.split(separator: "\n").allSatisfy { $0.displayLength <= 80 })
    #expect(shown.contains("\n    sha256:"))
  }

  @Test func `text is wrapped on a terminal, and never where it is piped`() {
    let words = ["harnesses", "show", "platform-chat"]
    let piped = run(words[0], words[1], words[2]).output
    #expect(piped.split(separator: "\n").contains { $0.displayLength > 200 })
    let terminal = run(
      words[0], words[1], words[2], output: TestStream(isTerminal: true, width: 80),
      environment: ["NO_COLOR": "1"]
    ).output
    #expect(terminal.split(separator: "\n").allSatisfy { $0.displayLength <= 80 })
    let plain = { (text: String) in text.split(whereSeparator: \.isWhitespace) }
    #expect(plain(terminal) == plain(piped))
  }

  @Test(
    arguments: [
      (nil, [:], true, true), ("never", [:], true, false),
      ("always", ["NO_COLOR": "1"], false, true),
      (nil, ["NO_COLOR": "1"], true, false), (nil, ["NO_COLOR": ""], true, true),
      (nil, ["CLICOLOR_FORCE": "1"], false, true), (nil, ["CLICOLOR_FORCE": "0"], false, false),
      (nil, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
      (nil, ["TERM": "dumb"], true, false), (nil, [:], false, false),
    ] as [(String?, [String: String], Bool, Bool)])
  func `color depends on option, environment and stream`(
    option: String?, environment: [String: String], isTerminal: Bool, isColored: Bool
  ) {
    let color = option.map { "--color=\($0)" } ?? "--quiet"
    // Either stream is a terminal while the other is none.
    let result = run(
      "drivers", "list", color, output: TestStream(isTerminal: isTerminal),
      errorOutput: TestStream(isTerminal: !isTerminal), environment: environment)
    #expect(result.output.contains("\u{1B}[") == isColored)
    let failure = run(
      "drivers", "show", "none", color, output: TestStream(isTerminal: !isTerminal),
      errorOutput: TestStream(isTerminal: isTerminal), environment: environment)
    #expect(failure.errorOutput.contains("\u{1B}[") == isColored)
  }

  @Test(arguments: [
    "drivers show opnai", "drivers show", "driver shw", "nothing", "seed previw --exit-code",
    "platform show none", "platform show acme@9", "drivers unregister openai -p oss",
    "platform create oss", "orgs list -s /none/store.db", "store info", "store info -s /none/a b",
    "harnesses remove generic -n", "capabilities list --risk hgih", "help nothing",
    "platform export -o name", "-p", "platform validate ./none.json", "status --grade prodd",
  ])
  func `a command in a hint can be run`(line: String) throws {
    let result = run(words: line.split(separator: " ").map(String.init))
    for line in result.errorOutput.split(separator: "\n") {
      guard line.hasPrefix("hint:") || line.hasPrefix("run '"),
        let range = line.firstRange(of: "everrunsctl ")
      else { continue }
      let command = line[range.upperBound...].prefix { $0 != "'" }
      let words = command.split(separator: " ").map(String.init)
      #expect(throws: Never.self) { try Control().program.tree.parse(words) }
    }
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
        TYPE  NAME                  KEY  URL
        x     a\\u001b[31mred\\nline  no   -

        """)
  }

  @Test func `tab-separated values are escaped for a terminal, and raw where they are piped`()
    throws
  {
    try Fleet.with { fleet throws in
      try fleet.sql("UPDATE organizations SET name = 'a' || char(27) || '[31m' || char(9) || 'red'")
      let line = "orgs list -o tsv --columns name"
      #expect(fleet.run(line).output == "a\u{1B}[31m\\tred\n")
      #expect(fleet.run(line, width: 80).output == "a\\u001b[31m\\tred\n")
    }
  }

  @Test func `an unexpected error is reported as a bug, in text and JSON`() {
    struct Surprise: Error {}
    #expect(
      run("platform", "show", "-", inputError: Surprise())
        == Run(
          output: "", errorOutput: "error: internal error (a bug): Surprise()\n",
          exitCode: .internalError))
    #expect(
      run("platform", "show", "-", "-o", "json", inputError: Surprise())
        == Run(
          output: "",
          errorOutput: """
            {
              "error": {
                "code": "internal",
                "message": "internal error (a bug): Surprise()",
                "hint": null,
                "exit_code": 70
              }
            }

            """, exitCode: .internalError))
  }

  @Test func `with -o json an error is alone on standard error, and has the notes before it`()
    throws
  {
    try Workbench.with { bench in
      let line = "harnesses show nope -s none.db"
      let note = "no store at 'FOLDER/none.db' yet; showing what a new one would get"
      let hint = "list them: everrunsctl harnesses list -s none.db"
      #expect(
        bench.run(line).errorOutput.replacing(bench.folder, with: "FOLDER")
          == "note: \(note)\nerror: no harness named 'nope'\nhint: \(hint)\n")
      let error = bench.run(line + " -o json").errorOutput.replacing(bench.folder, with: "FOLDER")
      try #expect(
        JSONValue(json: error) == [
          "error": [
            "code": "not_found", "message": "no harness named 'nope'", "hint": .string(hint),
            "exit_code": 1, "notes": [.string(note)],
          ]
        ])
      let found = bench.run("harnesses show base -s none.db -o json")
      #expect(found.exitCode == .success)
      #expect(found.errorOutput.replacing(bench.folder, with: "FOLDER") == "note: \(note)\n")
    }
  }

  @Test func `several errors are listed, each with its hint`() {
    let text = #"{"format": "everruns.platform/v1", "capabilties": [], "drivres": []}"#
    #expect(
      run("platform", "show", "-", input: text).errorOutput == """
        error: -: the document has 2 errors
          -:1:36: error: unknown key 'capabilties' in the platform definition [invalid_document]
            hint: did you mean 'capabilities'?
          -:1:55: error: unknown key 'drivres' in the platform definition [invalid_document]
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

  @Test func `prompts are compared by line`() {
    let difference = LineDifference(
      from: "first\nsecond\nthird\nfourth\nfifth", to: "first\nsecond\n3rd\nfourth\nfifth")
    #expect(
      difference.lines(style: .plain) == [
        "      @@ line 3 @@", "        second", "      - third", "      + 3rd", "        fourth",
      ])
  }

  @Test func `long prompts with nothing in common are replaced as a whole, quickly`() {
    let old = (0..<20_000).map { "old \($0)" }.joined(separator: "\n")
    let new = (0..<20_000).map { "new \($0)" }.joined(separator: "\n")
    let start = ContinuousClock.now
    let lines = LineDifference(from: "same\n\(old)\nend", to: "same\n\(new)\nend")
      .lines(style: .plain)
    #expect(lines.count == 40_003)
    #expect(lines.prefix(2) == ["      @@ line 2 @@", "        same"])
    #expect(start.duration(to: .now) < .seconds(20))
  }
}

extension Substring {
  fileprivate var displayLength: Int { String(self).displayWidth }
}
