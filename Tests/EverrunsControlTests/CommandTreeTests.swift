import CommandLineTree
import CommandLineTreeTesting
import EverrunsDocuments
import EverrunsStore
import Messages
import Testing

@testable import EverrunsControl

@Suite struct CommandTreeTests {
  @Test func `the definition of every command is sound`() {
    #expect(Control().program.tree.problems() == [])
  }

  @Test func `every command accepts the output options`() {
    #expect(
      Control().program.tree.globalOptions.map(\.specification.name) == [
        "platform", "store", "output", "grade", "quiet", "verbose", "color", "wait", "help",
        "version",
      ])
  }

  @Test func `every changing command has a dry run, a confirmation and a reason`() {
    let changing = Control().program.tree.allCommands.filter { place in
      place.command.options.contains { $0.specification.name == "dry-run" }
    }
    #expect(
      changing.map { $0.path.joined(separator: " ") } == [
        "platform create", "platform import", "platform merge", "platform upgrade",
        "platform patch", "platform use", "platform rollback", "platform delete",
        "capabilities register", "capabilities unregister", "drivers register",
        "drivers unregister",
        "providers register", "providers unregister", "harnesses add", "harnesses set",
        "harnesses rename", "harnesses remove", "harnesses reconcile", "seed apply", "orgs create",
        "orgs set", "orgs delete", "store init", "store restore",
      ])
    for place in changing {
      let names = place.command.options.map(\.specification.name)
      #expect(Set(["dry-run", "yes", "reason"]).isSubset(of: names))
    }
  }

  @Test func `every page has an example`() {
    let tree = Control().program.tree
    for place in tree.allCommands {
      #expect(tree.help(for: place.path).contains("\n\nExamples:\n"), "\(place.path)")
    }
  }

  @Test func `no line of an example is wider than 80 columns`() {
    let tree = Control().program.tree
    for path in [[]] + tree.allCommands.map(\.path) {
      let lines = tree.help(for: path).split(separator: "\n", omittingEmptySubsequences: false)
      let examples = lines.drop { $0 != "Examples:" }.prefix { !$0.isEmpty }
      #expect(examples.filter { $0.count > 80 } == [], "\(path)")
    }
  }

  @Test func `every page ends with the page of the manual`() {
    let tree = Control().program.tree
    let pages = Set(Control().manualPages.map(\.name))
    for place in tree.allCommands {
      let last = tree.help(for: place.path).split(separator: "\n").last ?? ""
      #expect(last == "Manual: man \(tree.manualName(for: place.path))")
      #expect(pages.contains(tree.manualName(for: place.path)))
    }
  }

  @Test(arguments: [
    ("capabilities get", "show"), ("capabilities ls", "list"), ("drivers describe", "show"),
    ("capabilities add", "register"), ("harnesses create", "add"),
    ("capabilities remove", "unregister"),
    ("harnesses delete", "remove"), ("orgs get", "show"), ("orgs add", "create"),
    ("seed plan", "preview"), ("plan", "seed preview"), ("platform rm", "delete"),
    ("platform register", "create"), ("store ls", "records"), ("diff", "platform diff"),
    ("orgs rename", "set ORG name=NAME"), ("orgs mv", "set ORG name=NAME"),
    ("platform mv", "create NAME --from NAME"), ("store upgrade", "init"),
    ("store migrate", "init"), ("platform migrate", "upgrade"), ("rename", "harnesses rename"),
    ("harnesses plan", "status"), ("orgs plan", "status"), ("drivers plan", "seed preview"),
    ("seed get", "preview"), ("seed ls", "preview"), ("seed describe", "why"),
    ("seed list", "preview"), ("seed show", "why"), ("store list", "records"),
    ("store show", "info"), ("list store", "store records"),
  ])
  func `a verb of another tool is answered with the noun's own`(
    line: String, verb: String
  ) {
    let result = run(words: line.split(separator: " ").map(String.init))
    #expect(result.exitCode == .usage)
    #expect(result.errorOutput.contains("hint: did you mean '\(verb)'?\n"))
  }

  @Test(arguments: ["rm", "remove", "delete", "drop", "unregister"])
  func `a verb that would remove a store is answered with its files`(verb: String) {
    func hint(_ words: String...) -> String? {
      run(words: ["store", verb] + words).errorOutput.split(separator: "\n")
        .first { $0.hasPrefix("hint: ") }.map(String.init)
    }
    #expect(
      hint("-s", "/a b/c.db")
        == "hint: a store is a file; to remove it while no program uses it: "
        + "rm -f '/a b/c.db' '/a b/c.db-journal' '/a b/c.db-wal' '/a b/c.db-shm'")
    #expect(hint()?.hasSuffix(" /nonexistent/.local/share/everruns/store.db-shm") == true)
    #expect(hint("-s", "postgres://host/db") == nil)
    // The verb may stand before its noun.
    let swapped = run(words: [verb, "store", "-s", "/a b/c.db"]).errorOutput
    #expect(swapped == run(words: ["store", verb, "-s", "/a b/c.db"]).errorOutput)
    #expect(run("store", "nonsense").errorOutput.contains("hint: ") == false)
  }

  @Test(arguments: ["list", "ls"])
  func `a verb without a noun is answered with the nouns that have it`(verb: String) {
    #expect(
      run(words: [verb]).errorOutput.contains(
        "hint: did you mean 'platform list', 'capabilities list', 'drivers list', "
          + "'providers list', 'harnesses list' or 'orgs list'?\n"))
    #expect(run(words: [verb, "orgs"]).errorOutput.contains("hint: did you mean 'orgs list'?\n"))
  }

  @Test(arguments: [
    ("orgs apply", "'seed apply'"), ("capabilities diff", "'platform diff'"),
    ("seed check", "'store check'"), ("seed delete orgs", "'orgs delete'"),
    ("providers reconcile", "'harnesses reconcile'"),
    ("remove capabilities x", "'capabilities unregister'"),
    ("delete harnesses x", "'harnesses remove'"),
    ("delete harness x", "'harnesses remove'"),
    ("delete org x", "'orgs delete'"),
  ])
  func `a verb of other nouns is answered with them`(line: String, hint: String) {
    let result = run(words: line.split(separator: " ").map(String.init))
    #expect(result.exitCode == .usage)
    #expect(result.errorOutput.contains("hint: did you mean \(hint)?\n"))
  }

  @Test(arguments: [
    ("seed rm", "seed", "'preview', 'apply', 'why' and 'catalog'"),
    ("rm seed", "seed", "'preview', 'apply', 'why' and 'catalog'"),
    ("seed drop x", "seed", nil), ("new seed", "seed", nil), ("seed lint", "seed", nil),
    ("undo drivers", "drivers", nil), ("orgs log", "orgs", nil),
    ("rename seed", "seed", nil), ("seed mv a b", "seed", nil), ("drivers rename", "drivers", nil),
  ])
  func `a verb like none of its noun is answered with the noun's commands`(
    line: String, noun: String, commands: String?
  ) {
    let words = line.split(separator: " ").map(String.init)
    let verb = words[0] == noun ? words[1] : words[0]
    let verbs = Control().program.tree.commands.first { $0.name == noun }?.subcommands ?? []
    let all = commands ?? verbs.map(\.name).joinedInQuotes
    #expect(
      run(words: words)
        == Run(
          output: "",
          errorOutput: """
            error: '\(noun)' has no command '\(verb)'
            hint: its commands are \(all)
            usage: everrunsctl \(noun) COMMAND [options]
            run 'everrunsctl \(noun) --help' for help

            """, exitCode: .usage))
  }

  @Test(arguments: [
    ("seed", ["delete", "remove", "rm", "drop", "unregister"]),
    ("seed", ["add", "new", "create", "register"]), ("driver", ["rename", "mv"]),
    ("org", ["rollback"]), ("connections", ["apply"]),
  ])
  func `verbs with one meaning have one answer, before and after a noun that has none like them`(
    noun: String, verbs: [String]
  ) {
    let answers = verbs.flatMap { verb in
      [[noun, verb], [verb, noun]].map { words in
        run(words: words).errorOutput.replacing("'\(verb)'", with: "VERB")
      }
    }
    #expect(Set(answers).count == 1, "\(answers)")
    #expect(answers[0].contains(" has no command VERB\nhint: "))
  }

  @Test func `help is data, too`() throws {
    let help = try JSONValue(json: run("help", "platform", "patch", "-o", "json").output)
    #expect(help["command"] == "everrunsctl platform patch")
    #expect(help["usage"] == "everrunsctl platform patch FILE [options]")
    #expect(
      help["arguments"] == [
        [
          "name": "FILE",
          "summary": "A JSON patch (RFC 6902), as JSON or YAML; - is standard input",
          "required": true,
          "repeatable": false, "values": [],
        ]
      ])
    let names = help["options"]?.array?.compactMap { $0["name"] }
    #expect(names == ["--dry-run", "--yes", "--reason"])
    #expect(help["exit_codes"]?.array?.contains { $0["code"] == 1 } == true)
    let program = try JSONValue(json: run("help", "-o", "json").output)
    #expect(program["commands"]?.array?.contains { $0["name"] == "orgs" } == true)
    #expect(program["options"]?.array?.contains { $0["name"] == "--wait" } == true)
    let topic = try JSONValue(json: run("help", "exit-codes", "-o", "json").output)
    #expect(topic["topic"] == "exit-codes" && topic["text"]?.string?.contains("130") == true)
    let script = try JSONValue(json: run("completions", "bash", "-o", "json").output)
    #expect(script["shell"] == "bash")
    #expect(script["script"]?.string == run("completions", "bash").output)
    #expect(run("help", "-o", "markdown").exitCode == .usage)
  }

  @Test func `the help of the program has status first, then definitions, then the store`() throws {
    let lines = Control().program.tree.help(for: []).split(separator: "\n").map(String.init)
    let heads = try ["Overview:", "Definitions:", "Store:", "More:"].map {
      try #require(lines.firstIndex(of: $0))
    }
    #expect(heads == heads.sorted())
    #expect(lines[heads[0] + 1].hasPrefix("  status "))
  }

  @Test func `the exit codes are those of the contract`() {
    #expect(
      ExitCode.allCases.map(\.rawValue) == [
        0, 1, 2, 3, 4, 64, 65, 66, 70, 73, 74, 75, 77, 130,
      ])
  }

  @Test(arguments: [["help"], ["--help"], ["-h"], []])
  func `every way to ask for help gives the same page`(words: [String]) {
    let context = TestStream()
    let expected = Control().program.tree.help(for: [])
    let result =
      switch words.first {
      case nil: run(output: context)
      case let word?: run(word, output: context)
      }
    #expect(result == Run(output: expected, errorOutput: "", exitCode: .success))
  }

  @Test func `every option's variable is in the table of variables`() {
    let tree = Control().program.tree
    let options = tree.globalOptions + tree.allCommands.flatMap(\.command.options)
    let named = Set(options.flatMap(\.specification.environment).map(\.name))
    #expect(named.isSubset(of: tree.environment.map(\.name)))
  }

  @Test func `a list emptied by a misspelled filter suggests the closest word`() {
    #expect(
      run("capabilities", "list", "--category", "Netwrok", "-o", "name")
        == Run(
          output: "",
          errorOutput: """
            note: no capability has the category 'Netwrok'; did you mean 'Network'?

            """, exitCode: .success))
  }

  @Test func `completions can ask for the addresses of a plan`() {
    let lines = run(words: ["__complete", "address", "", "-p", "oss"]).output
      .split(separator: "\n")
    #expect(lines.contains("harness/generic\tcreate: not in the store"))
  }

  @Test func `help on a command is the same in every position`() {
    for place in Control().program.tree.allCommands {
      let expected = run(words: ["help"] + place.path)
      #expect(expected.exitCode == .success && expected.errorOutput.isEmpty)
      for words in [place.path + ["--help"], ["-h"] + place.path, place.path + ["-qh", "-x"]] {
        #expect(run(words: words) == expected)
      }
    }
  }

  @Test func `help is as wide as the terminal, and 80 columns where there is none`() {
    let lengths = { (width: Int?) in
      run(
        "help", "seeding", output: TestStream(isTerminal: width != nil, width: width),
        environment: ["NO_COLOR": "1"]
      ).output.split(separator: "\n").map(\.count).max() ?? 0
    }
    #expect((70...80).contains(lengths(nil)))
    #expect((50...60).contains(lengths(60)))
    #expect((110...140).contains(lengths(140)))
  }

  @Test(arguments: ["exit-codes", "environment", "platform-references", "seeding"])
  func `every topic has a page`(topic: String) {
    let result = run("help", topic)
    #expect(result.exitCode == .success)
    #expect(result.output.count > 300)
  }
}
