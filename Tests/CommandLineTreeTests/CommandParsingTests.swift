import CommandLineTree
import Testing

@Suite struct CommandParsingTests {
  @Test(arguments: ["fruits list", "fruit list", "produce list"])
  func aCommandIsFoundByNameAndAlias(line: String) throws {
    #expect(try parse(line) == .run(.list, "fruits list"))
  }

  @Test func thePathHasTheNamesWhereAliasesAreTyped() throws {
    let outcome = try parse("produce take apple")
    #expect(outcome == .run(.pick, "fruits pick") { $0[Shop.fruits] = ["apple"] })
  }

  @Test func aCommandCanStandAtTheTop() throws {
    #expect(try parse("status") == .run(.status, "status"))
  }

  @Test func theSameVerbOfTwoNounsIsTwoCommands() throws {
    #expect(try parse("stores list") == .run(.list, "stores list"))
  }

  @Test func noWordsAskForHelp() throws {
    #expect(try parse("") == .help([]))
    #expect(try parse("-q --output json") == .help([]))
    #expect(try parse("--") == .help([]))
  }

  @Test(arguments: ["fruits", "fruit", "-q fruits", "fruits --grade fresh", "--limit 3 fruits"])
  func aNounAloneAsksForItsHelp(line: String) throws {
    #expect(try parse(line) == .help(["fruits"]))
  }

  @Test func commandsCannotBeAbbreviated() {
    #expect(
      failure("fruits lis")
        == problem(.unknownCommand("lis", suggestions: ["list"]), in: "fruits"))
  }

  @Test func commandsAreFoundInLowerCaseOnly() {
    #expect(failure("Status") == problem(.unknownCommand("Status", suggestions: ["status"])))
  }

  @Test func anEmptyWordIsNoCommand() {
    #expect(failure([""]) == problem(.unknownCommand("", suggestions: [])))
    #expect(
      failure(["fruits", ""]) == problem(.unknownCommand("", suggestions: []), in: "fruits"))
  }

  @Test func aHyphenIsNoCommand() {
    #expect(failure("-") == problem(.unknownCommand("-", suggestions: [])))
  }

  @Test func theEndOfOptionsMayStandInFrontOfTheCommand() throws {
    #expect(try parse("-- stores list") == .run(.list, "stores list"))
  }

  @Test(arguments: [
    ("--help", []), ("-h", []), ("fruits -h", ["fruits"]), ("-h fruits", ["fruits"]),
    ("fruit list --help", ["fruits", "list"]), ("--help status", ["status"]),
    ("-qh fruits", ["fruits"]), ("-hq fruits", ["fruits"]),
  ])
  func helpIsOfTheDeepestCommandNamed(line: String, path: [String]) throws {
    #expect(try parse(line) == .help(path))
  }

  @Test(arguments: [
    "status unexpected -h", "status --bogus -h", "-h --bogus status", "status -o bogus -h",
    "status --output -h", "status --quiet=1 -h", "-h status --output",
  ])
  func helpIsShownWhateverElseIsWrong(line: String) throws {
    #expect(try parse(line) == .help(["status"]))
  }

  @Test func helpForAnUnknownCommandIsAnError() {
    #expect(
      failure("-h fruit lst")
        == problem(.unknownCommand("lst", suggestions: ["list"]), in: "fruits") {
          $0[Option.help] = true
        })
  }

  @Test func helpBehindTheEndOfOptionsIsAnArgument() throws {
    #expect(
      try parse("fruits show -- -h") == .run(.show, "fruits show") { $0[Shop.fruit] = "-h" })
  }

  @Test(arguments: [
    "--version", "--version status", "status --version", "bogus --version", "-h --version",
    "--version --bogus",
  ])
  func theVersionIsShownWhateverElseIsThere(line: String) throws {
    #expect(try parse(line) == .version)
  }

  @Test func theVersionLineBeginsWithTheName() {
    #expect(Shop.tree.versionLine == "shop 1.2.3")
  }

  @Test func helpCanBeAskedForCommandsAndTopics() throws {
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
    (["xyzzy"], UsageError(.unknownTopic("xyzzy", suggestion: nil), commandPath: [])),
    (
      ["fruits", "lst"],
      UsageError(.unknownCommand("lst", suggestions: ["list"]), commandPath: ["fruits"])
    ),
  ])
  func helpOnNothingKnownIsAnError(words: [String], error: UsageError) {
    #expect(throws: error) { try Shop.tree.helpSubject(for: words) }
  }
}
