import CommandLineTree
import CommandLineTreeTesting
import Testing

@Suite struct DefinitionProblemTests {
  @Test func `a sound definition has no problems`() {
    #expect(Shop.tree.problems() == [])
  }

  @Test func `names are unique and aliases shadow nothing`() {
    let commands = [command("a", aliases: ["b"]), command("b"), command("a")]
    #expect(reasons(commands) == ["": [.nameTaken("b"), .nameTaken("a")]])
  }

  @Test(arguments: ["", "A", "a_b", "-a", "a-", "a--b", "a b", "ä"])
  func `names are words`(name: String) {
    #expect(reasons([command(name)])[""] == [.malformedName(name)])
    let option = Option.flag(name, summary: "Do it")
    #expect(reasons([command("a", options: [option])])["a"] == [.malformedName(name)])
  }

  @Test(arguments: [
    ("", [DefinitionProblem.Reason.summaryMissing(of: "a")]),
    ("Do it.", [.summaryEndsWithFullStop(of: "a")]),
    ("Do\nit", [.summaryTooLong(of: "a")]),
    (String(repeating: "x", count: 81), [.summaryTooLong(of: "a")]),
  ])
  func `summaries exist and are short`(summary: String, expected: [DefinitionProblem.Reason]) {
    #expect(reasons([Command("a", summary: summary, action: 0)]) == ["a": expected])
    let option = Option.flag("a", summary: summary)
    #expect(reasons([command("b", options: [option])]) == ["b": expected])
  }

  @Test func `a summary may fill a line`() {
    #expect(reasons([Command("a", summary: String(repeating: "x", count: 80), action: 0)]) == [:])
  }

  @Test func `groups have commands`() {
    #expect(reasons([Command("a", summary: "Things", subcommands: [])]) == ["a": [.emptyGroup]])
  }

  @Test func `options of a command are unique`() {
    let options: [any CommandOption] = [
      Option.flag("all", short: "a", summary: "Do all"),
      Option.flag("any", short: "a", summary: "Do any"),
      Option.flag("any", short: "a", summary: "Do any"),
      Option.flag("help", short: "h", summary: "Help"),
    ]
    #expect(
      reasons([command("x", options: options)]) == [
        "x": [
          .shortTaken("a"), .repeatedDefinition("any"), .shortTaken("a"),
          .repeatedDefinition("help"), .shortTaken("h"), .inconsistentShort("a"),
          .inconsistentShort("a"),
        ]
      ])
  }

  @Test(arguments: ["1", "-", "=", "é"] as [Character])
  func `short options are letters`(short: Character) {
    let option = Option.flag("all", short: short, summary: "Do all")
    #expect(reasons([command("a", options: [option])]) == ["a": [.malformedShort(short)]])
  }

  @Test func `options are the same kind everywhere`() {
    let commands = [
      command("a", options: [Option.flag("force", short: "f", summary: "Do it")]),
      command("b", options: [Option.flag("force", summary: "Do it")]),
      command("c", options: [Option.optional("force", short: "f", .text, summary: "Do it")]),
      command("d", options: [Option.flag("fill", short: "f", summary: "Do it")]),
      command("e", options: [Option.flag("force", short: "f", summary: "Do it in another way")]),
    ]
    #expect(
      reasons(commands) == [
        "b": [.inconsistentOption("force")], "c": [.inconsistentOption("force")],
        "d": [.inconsistentShort("f")],
      ])
  }

  @Test func `names of values are in capitals`() {
    let option = Option.optional("to", .text, valueName: "path", summary: "Where to")
    let argument = Argument.required("a file", .text, summary: "What")
    #expect(
      reasons([command("a", arguments: [argument], options: [option])])
        == ["a": [.malformedValueName("path"), .malformedValueName("a file")]])
  }

  @Test func `arguments can all be given`() {
    let one = Argument.required("ONE", .text, summary: "One")
    let maybe = Argument.optional("MAYBE", .text, summary: "Perhaps one")
    let many = Argument.list("MANY", .text, summary: "Many")
    #expect(reasons([command("a", arguments: [one, maybe])]) == [:])
    #expect(reasons([command("a", arguments: [one, many])]) == [:])
    #expect(
      reasons([command("a", arguments: [maybe, one])]) == ["a": [.unreachableArgument("ONE")]])
    #expect(
      reasons([command("a", arguments: [many, one])]) == ["a": [.unreachableArgument("ONE")]])
    #expect(
      reasons([command("a", arguments: [maybe, many])]) == ["a": [.unreachableArgument("MANY")]])
    #expect(
      reasons([command("a", arguments: [one, one])]) == ["a": [.repeatedDefinition("ONE")]])
  }

  @Test func `options that exclude or need each other are the command's`() {
    let commands = [
      Command(
        "a", summary: "Do it", exclusiveOptions: [[Shop.detach, Option.help]],
        dependentOptions: [(Option.help, needs: Shop.cascade)], action: 0)
    ]
    #expect(
      reasons(commands) == [
        "a": [.unknownRelatedOption("detach"), .unknownRelatedOption("cascade")]
      ])
  }

  @Test func `examples work and show their command`() {
    let lines = ["prog a", "prog a -x", "prog b", "jq .", "echo a | prog a && prog b"]
    let commands = [
      Command("a", summary: "Do it", examples: lines.map { Example("Do it", $0) }, action: 0),
      command("b"),
    ]
    #expect(
      reasons(commands) == [
        "a": [
          .invalidExample("prog a -x", message: "unknown option '-x'"),
          .misplacedExample("prog b"), .misplacedExample("jq ."),
        ]
      ])
  }

  @Test func `exit codes are listed once`() {
    let tree = CommandTree(
      name: "prog", version: "1", summary: "Do things",
      commands: [Command("a", summary: "Do it", exitCodes: [0, 7], action: 0)],
      exitCodes: [ExitCodeDescription(0, "done"), ExitCodeDescription(0, "done again")])
    #expect(
      tree.problems() == [
        DefinitionProblem("a", .exitCode(7)), DefinitionProblem("", .exitCode(0)),
      ])
  }

  @Test func `topics are named unlike commands`() {
    let tree = CommandTree(
      name: "prog", version: "1", summary: "Do things", commands: [command("a")],
      topics: [
        HelpTopic("a", summary: "Things", text: ""), HelpTopic("B", summary: "Things.", text: ""),
      ])
    #expect(
      tree.problems() == [
        DefinitionProblem("a", .nameTaken("a")),
        DefinitionProblem("B", .summaryEndsWithFullStop(of: "B")),
        DefinitionProblem("B", .malformedName("B")),
      ])
  }

  @Test func `a problem is a sentence that begins with its place`() {
    #expect(
      DefinitionProblem("fruits list", .summaryMissing(of: "grade")).description
        == "fruits list: 'grade' has no summary")
    #expect(DefinitionProblem("", .nameTaken("a")).description == "two things are named 'a'")
  }

  /// Two commands whose options of one name are of different kinds, which no sound tree has.
  private var contradiction: CommandTree<Int> {
    CommandTree(
      name: "prog", version: "1", summary: "",
      commands: [
        command("a", options: [Option.required("force", short: "f", .text, summary: "")]),
        command("b", options: [Option.flag("force", short: "f", summary: "")]),
      ])
  }

  @Test(arguments: [["a"], ["a", "--force"], ["a", "-f"], ["b", "-f", "x"], ["b", "--force=x"]])
  func `an unsound definition stops nothing`(words: [String]) {
    #expect(throws: ParseFailure.self) { try contradiction.parse(words) }
  }

  @Test func `an option is read as its command declares it`() throws {
    guard case .run(let a) = try contradiction.parse(["--force=x", "a"]),
      case .run(let b) = try contradiction.parse(["b", "-f"])
    else {
      Issue.record("neither is help")
      return
    }
    #expect(a.path == ["a"] && b.path == ["b"])
  }

  // MARK: Short ways to define a program

  private func command(
    _ name: String, aliases: [String] = [], arguments: [any CommandArgument] = [],
    options: [any CommandOption] = []
  ) -> Command<Int> {
    Command(
      name, aliases: aliases, summary: "Do it", arguments: arguments, options: options, action: 0)
  }

  private func reasons(_ commands: [Command<Int>]) -> [String: [DefinitionProblem.Reason]] {
    let tree = CommandTree(name: "prog", version: "1", summary: "Do things", commands: commands)
    return Dictionary(grouping: tree.problems(), by: \.place).mapValues { $0.map(\.reason) }
  }
}
