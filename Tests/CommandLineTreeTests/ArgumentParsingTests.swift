import CommandLineTree
import Testing

@Suite struct ArgumentParsingTests {
  @Test func `a required argument is read`() throws {
    let outcome = try parse("fruits show apple")
    #expect(outcome == .run(.show, "fruits show") { $0[Shop.fruit] = "apple" })
  }

  @Test(arguments: ["fruits show", "fruits rename -n", "fruits pick", "fruits pick --"])
  func `a required argument must be given`(line: String) {
    let failure = failure(line)
    #expect(failure?.error.problem == .missingArgument("FRUIT"))
  }

  @Test func `an optional argument may be left out`() throws {
    #expect(
      try parse("fruits rename apple")
        == .run(.rename, "fruits rename") {
          $0[Shop.fruit] = "apple"
          $0[Shop.file] = nil
        })
  }

  @Test func `an optional argument is read`() throws {
    #expect(
      try parse("fruits rename apple label.json")
        == .run(.rename, "fruits rename") {
          $0[Shop.fruit] = "apple"
          $0[Shop.file] = "label.json"
        })
  }

  @Test func `a hyphen is an argument`() throws {
    #expect(
      try parse("fruits rename apple -")
        == .run(.rename, "fruits rename") {
          $0[Shop.fruit] = "apple"
          $0[Shop.file] = "-"
        })
  }

  @Test func `a list takes all words that are left`() throws {
    #expect(
      try parse("fruits pick apple -n pear -q plum")
        == .run(.pick, "fruits pick") {
          $0[Shop.fruits] = ["apple", "pear", "plum"]
          $0[Shop.dryRun] = true
          $0[Shop.quiet] = true
        })
  }

  @Test func `a list may be allowed to be empty`() throws {
    #expect(
      try parse("stores price -s a")
        == .run(.price, "stores price") {
          $0[Shop.store] = "a"
          $0[Shop.numbers] = []
        })
  }

  @Test func `words after the end of options are arguments`() throws {
    #expect(
      try parse("fruits pick -- -n --quiet -- -")
        == .run(.pick, "fruits pick") {
          $0[Shop.fruits] = ["-n", "--quiet", "--", "-"]
        })
  }

  @Test func `a surplus word is an error`() {
    #expect(
      failure("fruits show apple pear plum")
        == problem(.unexpectedArgument("pear"), in: "fruits show") { $0[Shop.fruit] = "apple" })
    #expect(failure("status now") == problem(.unexpectedArgument("now"), in: "status"))
  }

  @Test func `an invalid argument is named by its placeholder`() {
    #expect(
      failure("stores price -s a 10 ten 12 0")
        == problem(.invalidValue(.argument("PRICE"), text: "ten", .notANumber), in: "stores price")
      {
        $0[Shop.store] = "a"
        $0[Shop.numbers] = [10, 12]
      })
    #expect(
      failure("stores open frehs")
        == problem(
          .invalidValue(
            .argument("GRADE"), text: "frehs",
            .notAChoice(["fresh", "stale"], suggestion: "fresh")), in: "stores open"))
  }

  @Test func `an empty argument is read by the format`() {
    #expect(
      failure(["fruits", "show", ""])
        == problem(.invalidValue(.argument("FRUIT"), text: "", .empty), in: "fruits show"))
  }

  @Test func `the option is the first mistake when both are wrong`() {
    #expect(
      failure("stores price ten -s")?.error.problem
        == .missingValue(option: "-s", kind: .dynamic("stores")))
  }
}
