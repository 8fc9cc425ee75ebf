import CommandLineTree
import Testing

@Suite struct OptionParsingTests {
  // MARK: Flags

  @Test(arguments: ["status -q", "status --quiet", "-q status", "--quiet status", "status -qq"])
  func `a flag is given anywhere in each spelling`(line: String) throws {
    #expect(try parse(line) == .run(.status, "status") { $0[Shop.quiet] = true })
  }

  @Test func `an absent flag is false`() throws {
    #expect(try parse("status") == .run(.status, "status") { $0[Shop.quiet] = false })
  }

  @Test(arguments: ["-qv status", "status -vq", "status -v -q", "-q status --verbose"])
  func `switches can be grouped`(line: String) throws {
    let expected = Outcome.run(.status, "status") {
      $0[Shop.quiet] = true
      $0[Shop.verbose] = true
    }
    #expect(try parse(line) == expected)
  }

  @Test(arguments: [
    ("status --quiet=1", "--quiet", "1"), ("status --quiet=", "--quiet", ""),
    ("status -q=1", "-q", "1"),
  ])
  func `a flag takes no value`(line: String, typed: String, value: String) {
    #expect(failure(line) == problem(.unexpectedValue(flag: typed, value: value), in: "status"))
  }

  // MARK: Options with a value

  @Test(arguments: [
    "status --output json", "status --output=json", "status -o json", "status -ojson",
    "-o json status", "--output=json status", "status -o yaml --output json",
  ])
  func `an option is given anywhere in each spelling`(line: String) throws {
    #expect(try parse(line) == .run(.status, "status") { $0[Shop.output] = .json })
  }

  @Test(arguments: ["status -qo json", "status -qojson", "-qo json status"])
  func `the last switch of a group can have a value`(line: String) throws {
    let expected = Outcome.run(.status, "status") {
      $0[Shop.quiet] = true
      $0[Shop.output] = .json
    }
    #expect(try parse(line) == expected)
  }

  @Test func `the same value may be given twice`() throws {
    #expect(
      try parse("fruits list --limit 5 --limit=5")
        == .run(.list, "fruits list") { $0[Shop.limit] = 5 })
  }

  @Test func `an absent option has no value`() throws {
    #expect(try parse("status") == .run(.status, "status") { $0[Shop.limit] = nil })
  }

  @Test(arguments: ["--grade fresh fruits list", "-gfresh fruits list", "fruits -g fresh list"])
  func `an option of the verb may precede the noun`(line: String) throws {
    #expect(try parse(line) == .run(.list, "fruits list") { $0[Shop.grade] = .fresh })
  }

  @Test func `whatever follows a short option is its value, even '='`() throws {
    #expect(
      try parse("fruits list -t=red") == .run(.list, "fruits list") { $0[Shop.tags] = ["=red"] })
  }

  @Test func `a value may contain '=' and be empty`() throws {
    #expect(
      try Shop.tree.parse(["fruits", "list", "--tag=a=b", "--tag=", "-t", "", "-t", "-"])
        == .run(.list, "fruits list") { $0[Shop.tags] = ["a=b", "", "", "-"] })
  }

  @Test(arguments: ["-x", "--bogus", "-5", "--bogus=1"])
  func `a word that is not an option is a value, even with a hyphen`(word: String) throws {
    #expect(
      try parse("fruits list --tag \(word)")
        == .run(.list, "fruits list") {
          $0[Shop.tags] = [word]
        })
  }

  @Test(arguments: ["", " -q", " --quiet", " --output=json", " -ojson", " -- x", " -qv"])
  func `a value is missing at the end and before an option`(rest: String) {
    let failure = failure("fruits list --tag" + rest)
    #expect(
      failure?.error
        == UsageError(.missingValue(option: "--tag", kind: .text), commandPath: ["fruits", "list"]))
  }

  @Test func `words after a missing value are understood`() {
    #expect(
      failure("status -qo -v")
        == problem(
          .missingValue(option: "-o", kind: ValueFormat.choice(Shop.Format.self).kind), in: "status"
        ) {
          $0[Shop.quiet] = true
          $0[Shop.verbose] = true
        })
  }

  @Test func `an invalid value names the option as typed`() {
    let choices = ["text", "json", "yaml"]
    #expect(
      failure("status -o jsn")
        == problem(
          .invalidValue(
            .option("-o"), text: "jsn", .notAChoice(choices, suggestion: "json")), in: "status"))
    #expect(
      failure("status --output=bogus")
        == problem(
          .invalidValue(
            .option("--output"), text: "bogus", .notAChoice(choices, suggestion: nil)),
          in: "status"))
  }

  @Test func `an invalid value is an error even if a valid one follows`() {
    #expect(
      failure("fruits list --limit 0 --limit 5")
        == problem(
          .invalidValue(.option("--limit"), text: "0", .outOfRange(1...100)), in: "fruits list"
        ) { $0[Shop.limit] = 5 })
  }

  // MARK: Lists

  @Test func `each repetition of a list adds a value`() throws {
    #expect(
      try parse("-t red fruits --tag=sweet list -tround")
        == .run(.list, "fruits list") { $0[Shop.tags] = ["red", "sweet", "round"] })
  }

  @Test func `an absent list is empty`() throws {
    #expect(try parse("fruits list") == .run(.list, "fruits list") { $0[Shop.tags] = [] })
  }

  // MARK: Required and exclusive options

  @Test(arguments: ["stores price --store a", "-sa stores price", "stores price -s a -s a"])
  func `a required option has a value`(line: String) throws {
    #expect(try parse(line) == .run(.price, "stores price") { $0[Shop.store] = "a" })
  }

  @Test func `a required option must be given`() {
    #expect(failure("stores price") == problem(.missingOption("--store"), in: "stores price"))
  }

  @Test func `a required option without a value is not missing`() {
    #expect(
      failure("stores price --store=")
        == problem(.invalidValue(.option("--store"), text: "", .empty), in: "stores price"))
  }

  @Test(arguments: ["--detach --cascade", "--cascade --detach"])
  func `exclusive options conflict in both orders`(options: String) {
    #expect(
      failure("fruits pick apple \(options)")
        == problem(.conflictingOptions("--detach", "--cascade"), in: "fruits pick") {
          $0[Shop.fruits] = ["apple"]
          $0[Shop.detach] = true
          $0[Shop.cascade] = true
        })
  }

  @Test func `one of exclusive options may be repeated`() throws {
    #expect(
      try parse("fruits pick apple --detach --detach")
        == .run(.pick, "fruits pick") {
          $0[Shop.fruits] = ["apple"]
          $0[Shop.detach] = true
        })
  }

  // MARK: Options that need another one

  private static let printing: CommandTree<Int> = {
    let file = Option.optional("file", short: "f", .file(), summary: "Print to this file")
    let force = Option.flag("force", summary: "Overwrite it")
    return CommandTree(
      name: "prog", version: "1", summary: "Print",
      commands: [
        Command(
          "print", summary: "Print", options: [file, force],
          dependentOptions: [(force, needs: file)], action: 0)
      ])
  }()

  @Test func `an option that has no effect without another one is refused without it`() {
    func problem(_ words: String...) -> UsageError.Problem? {
      do throws(ParseFailure) {
        _ = try Self.printing.parse(words)
        return nil
      } catch {
        return error.error.problem
      }
    }
    #expect(problem("print", "--force") == .ineffectiveOption("--force", without: "--file"))
    for words in [["-f", "x", "--force"], ["--force", "--file=x"], ["-f", "x"], []] {
      #expect(throws: Never.self) { try Self.printing.parse(["print"] + words) }
    }
  }

  @Test func `the help and the manual name the option that another one needs`() {
    #expect(
      Self.printing.help(for: ["print"]).contains("--force      Overwrite it [needs --file]\n"))
    let pages = Self.printing.manualPages(date: "January 31, 2026")
    #expect(pages.contains { $0.text.contains("Overwrite it.\nNeeds \\-\\-file.\n") })
  }

  // MARK: Unknown options

  @Test(arguments: [
    ("status --quite", "--quite", "--quiet"), ("status --qui", "--qui", "--quiet"),
    ("status --OUTPUT=json", "--OUTPUT", "--output"), ("status --verbse", "--verbse", "--verbose"),
    ("status -verbose", "-verbose", "--verbose"),
  ])
  func `an unknown option gets a suggestion`(line: String, typed: String, meant: String) {
    #expect(
      failure(line)?.error
        == UsageError(
          .unknownOption(typed: typed, suggestion: meant, elsewhere: []), commandPath: ["status"]))
  }

  @Test(arguments: [
    ("status --bogus", "--bogus"), ("status -x", "-x"), ("status --bogus=1", "--bogus"),
    ("status --=1", "--=1"), ("status ---", "---"),
  ])
  func `an option without a close match gets no suggestion`(line: String, typed: String) {
    #expect(
      failure(line)
        == problem(.unknownOption(typed: typed, suggestion: nil, elsewhere: []), in: "status"))
  }

  @Test func `an unknown letter of a group is named alone`() {
    #expect(
      failure("status -qxv")
        == problem(.unknownOption(typed: "-x", suggestion: nil, elsewhere: []), in: "status") {
          $0[Shop.quiet] = true
        })
  }

  @Test func `an option of other commands is named with them`() {
    #expect(
      failure("status -n")
        == problem(
          .unknownOption(
            typed: "-n", suggestion: nil, elsewhere: ["fruits pick", "fruits rename"]),
          in: "status"))
    #expect(
      failure("stores --grade fresh")
        == problem(
          .unknownOption(typed: "--grade", suggestion: nil, elsewhere: ["fruits list"]),
          in: "stores"))
  }

  @Test func `an unknown option before a word is the first mistake`() {
    #expect(
      failure("--outptu json status -q")
        == problem(.unknownOption(typed: "--outptu", suggestion: "--output", elsewhere: [])) {
          $0[Shop.quiet] = true
        })
  }

  @Test func `options after an unknown command are understood`() {
    #expect(
      failure("bogus --grade fresh -o json --bogus")
        == problem(.unknownCommand("bogus", suggestions: [])) { $0[Shop.output] = .json })
  }

  @Test func `options after an error are understood`() {
    #expect(
      failure("status --bogus -o json")
        == problem(.unknownOption(typed: "--bogus", suggestion: nil, elsewhere: []), in: "status") {
          $0[Shop.output] = .json
        })
  }
}
