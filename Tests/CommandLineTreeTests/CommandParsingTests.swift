import CommandLineTree
import Testing

@Suite struct CommandParsingTests {
  @Test(arguments: ["fruits list", "fruit list", "produce list"])
  func `a command is found by name and alias`(line: String) throws {
    #expect(try parse(line) == .run(.list, "fruits list"))
  }

  @Test func `the path has names instead of aliases`() throws {
    let outcome = try parse("produce take apple")
    #expect(outcome == .run(.pick, "fruits pick") { $0[Shop.fruits] = ["apple"] })
  }

  @Test func `a command can be at the top`() throws {
    #expect(try parse("status") == .run(.status, "status"))
  }

  @Test func `the same verb of two nouns is two commands`() throws {
    #expect(try parse("stores list") == .run(.list, "stores list"))
  }

  @Test func `an empty command line asks for help`() throws {
    #expect(try parse("") == .help([]))
    #expect(try parse("-q --output json") == .help([]))
    #expect(try parse("--") == .help([]))
  }

  @Test(arguments: ["fruits", "fruit", "-q fruits", "fruits --grade fresh", "--limit 3 fruits"])
  func `a noun alone asks for its help`(line: String) throws {
    #expect(try parse(line) == .help(["fruits"]))
  }

  @Test func `commands cannot be abbreviated`() {
    #expect(
      failure("fruits lis")
        == problem(.unknownCommand("lis", suggestions: ["list"]), in: "fruits"))
  }

  @Test func `commands are found in lower case only`() {
    #expect(failure("Status") == problem(.unknownCommand("Status", suggestions: ["status"])))
  }

  @Test func `an empty word is not a command`() {
    #expect(failure([""]) == problem(.unknownCommand("", suggestions: [])))
    #expect(
      failure(["fruits", ""]) == problem(.unknownCommand("", suggestions: []), in: "fruits"))
  }

  @Test func `a hyphen is not a command`() {
    #expect(failure("-") == problem(.unknownCommand("-", suggestions: [])))
  }

  @Test func `the end of options may precede the command`() throws {
    #expect(try parse("-- stores list") == .run(.list, "stores list"))
  }

  @Test(arguments: [
    ("--help", []), ("-h", []), ("fruits -h", ["fruits"]), ("-h fruits", ["fruits"]),
    ("fruit list --help", ["fruits", "list"]), ("--help status", ["status"]),
    ("-qh fruits", ["fruits"]), ("-hq fruits", ["fruits"]),
  ])
  func `help is of the deepest command named`(line: String, path: [String]) throws {
    #expect(try parse(line) == .help(path))
  }

  @Test(arguments: [
    "status unexpected -h", "status --bogus -h", "-h --bogus status", "status -o bogus -h",
    "status --output -h", "status --quiet=1 -h", "-h status --output",
  ])
  func `help is shown despite other errors`(line: String) throws {
    #expect(try parse(line) == .help(["status"]))
  }

  @Test func `help on an unknown command is an error`() {
    #expect(
      failure("-h fruit lst")
        == problem(.unknownCommand("lst", suggestions: ["list"]), in: "fruits") {
          $0[Option.help] = true
        })
  }

  @Test func `help after the end of options is an argument`() throws {
    #expect(
      try parse("fruits show -- -h") == .run(.show, "fruits show") { $0[Shop.fruit] = "-h" })
  }

  @Test(arguments: [
    "--version", "--version status", "status --version", "bogus --version", "-h --version",
    "--version --bogus",
  ])
  func `the version is shown despite other words`(line: String) throws {
    #expect(try parse(line) == .version)
  }

  @Test func `the version line begins with the name`() {
    #expect(Shop.tree.versionLine == "shop 1.2.3")
  }

  @Test func `help can be asked for commands and topics`() throws {
    let tree = Shop.tree
    #expect(try tree.helpSubject(for: []) == .command([]))
    #expect(try tree.helpSubject(for: ["fruit", "take"]) == .command(["fruits", "pick"]))
    #expect(try tree.helpSubject(for: ["ripeness"]) == .topic(tree.topics[0]))
  }

  @Test(arguments: [
    (
      ["exit-code"],
      UsageError(.unknownTopic("exit-code", suggestion: "exit-codes"), commandPath: [])
    ),
    (["frutis"], UsageError(.unknownTopic("frutis", suggestion: "fruits"), commandPath: [])),
    (["ripeness", "x"], UsageError(.unexpectedArgument("x"), commandPath: [])),
    (["xyzzy"], UsageError(.unknownTopic("xyzzy", suggestion: nil), commandPath: [])),
    (
      ["fruits", "lst"],
      UsageError(.unknownCommand("lst", suggestions: ["list"]), commandPath: ["fruits"])
    ),
  ])
  func `help on an unknown subject is an error`(words: [String], error: UsageError) {
    #expect(throws: error) { try Shop.tree.helpSubject(for: words) }
  }
}
