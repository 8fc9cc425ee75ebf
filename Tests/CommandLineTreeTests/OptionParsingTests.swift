import CommandLineTree
import Testing

@Suite struct OptionParsingTests {
  // MARK: Flags

  @Test(arguments: ["status -q", "status --quiet", "-q status", "--quiet status", "status -qq"])
  func aFlagIsGivenAnywhereInEachSpelling(line: String) throws {
    #expect(try parse(line) == .run(.status, "status") { $0[Shop.quiet] = true })
  }

  @Test func anAbsentFlagIsFalse() throws {
    #expect(try parse("status") == .run(.status, "status") { $0[Shop.quiet] = false })
  }

  @Test(arguments: ["-qv status", "status -vq", "status -v -q", "-q status --verbose"])
  func switchesCanBeGrouped(line: String) throws {
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
  func aFlagTakesNoValue(line: String, typed: String, value: String) {
    #expect(failure(line) == problem(.unexpectedValue(flag: typed, value: value), in: "status"))
  }

  // MARK: Options with a value

  @Test(arguments: [
    "status --output json", "status --output=json", "status -o json", "status -ojson",
    "-o json status", "--output=json status", "status -o yaml --output json",
  ])
  func anOptionIsGivenAnywhereInEachSpelling(line: String) throws {
    #expect(try parse(line) == .run(.status, "status") { $0[Shop.output] = .json })
  }

  @Test(arguments: ["status -qo json", "status -qojson", "-qo json status"])
  func theLastOfAGroupCanHaveAValue(line: String) throws {
    let expected = Outcome.run(.status, "status") {
      $0[Shop.quiet] = true
      $0[Shop.output] = .json
    }
    #expect(try parse(line) == expected)
  }

  @Test func anAbsentOptionHasNoValue() throws {
    #expect(try parse("status") == .run(.status, "status") { $0[Shop.limit] = nil })
  }

  @Test(arguments: ["--grade fresh fruits list", "-gfresh fruits list", "fruits -g fresh list"])
  func anOptionOfTheVerbMayStandInFrontOfTheNoun(line: String) throws {
    #expect(try parse(line) == .run(.list, "fruits list") { $0[Shop.grade] = .fresh })
  }

  @Test func whatFollowsAShortOptionIsItsValueAlsoASign() throws {
    #expect(
      try parse("fruits list -t=red") == .run(.list, "fruits list") { $0[Shop.tags] = ["=red"] })
  }

  @Test func aValueMayHaveSignsAndBeEmpty() throws {
    #expect(
      try Shop.tree.parse(["fruits", "list", "--tag=a=b", "--tag=", "-t", "", "-t", "-"])
        == .run(.list, "fruits list") { $0[Shop.tags] = ["a=b", "", "", "-"] })
  }

  @Test(arguments: ["-x", "--bogus", "-5", "--bogus=1"])
  func aWordThatIsNoOptionIsAValueAlsoWithAHyphen(word: String) throws {
    #expect(
      try parse("fruits list --tag \(word)")
        == .run(.list, "fruits list") {
          $0[Shop.tags] = [word]
        })
  }

  @Test(arguments: ["", " -q", " --quiet", " --output=json", " -ojson", " -- x", " -qv"])
  func aValueIsMissingAtTheEndAndInFrontOfAnOption(rest: String) {
    let failure = failure("fruits list --tag" + rest)
    #expect(
      failure?.error
        == UsageError(.missingValue(option: "--tag", kind: .text), commandPath: ["fruits", "list"]))
  }

  @Test func whatFollowsAMissingValueIsUnderstood() {
    #expect(
      failure("status -qo -v")
        == problem(
          .missingValue(option: "-o", kind: ValueFormat.choice(Shop.Format.self).kind), in: "status"
        ) {
          $0[Shop.quiet] = true
          $0[Shop.verbose] = true
        })
  }

  @Test func anInvalidValueNamesTheOptionAsTyped() {
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

  @Test func anInvalidValueIsAnErrorAlsoWhenAValidOneFollows() {
    #expect(
      failure("fruits list --limit 0 --limit 5")
        == problem(
          .invalidValue(.option("--limit"), text: "0", .outOfRange(1...100)), in: "fruits list"
        ) { $0[Shop.limit] = 5 })
  }

  // MARK: Lists

  @Test func eachRepetitionOfAListAddsAValue() throws {
    #expect(
      try parse("-t red fruits --tag=sweet list -tround")
        == .run(.list, "fruits list") { $0[Shop.tags] = ["red", "sweet", "round"] })
  }

  @Test func anAbsentListIsEmpty() throws {
    #expect(try parse("fruits list") == .run(.list, "fruits list") { $0[Shop.tags] = [] })
  }

  // MARK: Required and exclusive options

  @Test(arguments: ["stores price --store a", "-sa stores price", "stores price -s b -s a"])
  func aRequiredOptionHasAValue(line: String) throws {
    #expect(try parse(line) == .run(.price, "stores price") { $0[Shop.store] = "a" })
  }

  @Test func aRequiredOptionMustBeGiven() {
    #expect(failure("stores price") == problem(.missingOption("--store"), in: "stores price"))
  }

  @Test func aRequiredOptionWithoutAValueIsNotMissing() {
    #expect(
      failure("stores price --store=")
        == problem(.invalidValue(.option("--store"), text: "", .empty), in: "stores price"))
  }

  @Test(arguments: ["--detach --cascade", "--cascade --detach"])
  func exclusiveOptionsContradictEachOtherInBothOrders(options: String) {
    #expect(
      failure("fruits pick apple \(options)")
        == problem(.conflictingOptions("--detach", "--cascade"), in: "fruits pick") {
          $0[Shop.fruits] = ["apple"]
          $0[Shop.detach] = true
          $0[Shop.cascade] = true
        })
  }

  @Test func oneOfExclusiveOptionsMayBeRepeated() throws {
    #expect(
      try parse("fruits pick apple --detach --detach")
        == .run(.pick, "fruits pick") {
          $0[Shop.fruits] = ["apple"]
          $0[Shop.detach] = true
        })
  }

  // MARK: Unknown options

  @Test(arguments: [
    ("status --quite", "--quite", "--quiet"), ("status --qui", "--qui", "--quiet"),
    ("status --OUTPUT=json", "--OUTPUT", "--output"), ("status --verbse", "--verbse", "--verbose"),
    ("status -verbose", "-verbose", "--verbose"),
  ])
  func anUnknownOptionGetsASuggestion(line: String, typed: String, meant: String) {
    #expect(
      failure(line)?.error
        == UsageError(
          .unknownOption(typed: typed, suggestion: meant, elsewhere: []), commandPath: ["status"]))
  }

  @Test(arguments: [
    ("status --bogus", "--bogus"), ("status -x", "-x"), ("status --bogus=1", "--bogus"),
    ("status --=1", "--=1"), ("status ---", "---"),
  ])
  func anOptionThatIsCloseToNoneGetsNoSuggestion(line: String, typed: String) {
    #expect(
      failure(line)
        == problem(.unknownOption(typed: typed, suggestion: nil, elsewhere: []), in: "status"))
  }

  @Test func anUnknownLetterOfAGroupIsNamedAlone() {
    #expect(
      failure("status -qxv")
        == problem(.unknownOption(typed: "-x", suggestion: nil, elsewhere: []), in: "status") {
          $0[Shop.quiet] = true
        })
  }

  @Test func anOptionOfOtherCommandsIsNamedWithThem() {
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

  @Test func anUnknownOptionInFrontOfAWordIsTheFirstMistake() {
    #expect(
      failure("--outptu json status -q")
        == problem(.unknownOption(typed: "--outptu", suggestion: "--output", elsewhere: [])) {
          $0[Shop.quiet] = true
        })
  }

  @Test func optionsBehindAnUnknownCommandAreUnderstood() {
    #expect(
      failure("bogus --grade fresh -o json --bogus")
        == problem(.unknownCommand("bogus", suggestions: [])) { $0[Shop.output] = .json })
  }

  @Test func optionsBehindAnErrorAreUnderstood() {
    #expect(
      failure("status --bogus -o json")
        == problem(.unknownOption(typed: "--bogus", suggestion: nil, elsewhere: []), in: "status") {
          $0[Shop.output] = .json
        })
  }
}
