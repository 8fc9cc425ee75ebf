import CommandLineTree
import Testing

@Suite struct OperandParsingTests {
  @Test func aRequiredOperandIsRead() throws {
    let outcome = try parse("fruits show apple")
    #expect(outcome == .run(.show, "fruits show") { $0[Shop.fruit] = "apple" })
  }

  @Test(arguments: ["fruits show", "fruits rename -n", "fruits pick", "fruits pick --"])
  func aRequiredOperandMustBeGiven(line: String) {
    let failure = failure(line)
    #expect(failure?.error.problem == .missingOperand("FRUIT"))
  }

  @Test func anOptionalOperandMayBeLeftOut() throws {
    #expect(
      try parse("fruits rename apple")
        == .run(.rename, "fruits rename") {
          $0[Shop.fruit] = "apple"
          $0[Shop.file] = nil
        })
  }

  @Test func anOptionalOperandIsRead() throws {
    #expect(
      try parse("fruits rename apple label.json")
        == .run(.rename, "fruits rename") {
          $0[Shop.fruit] = "apple"
          $0[Shop.file] = "label.json"
        })
  }

  @Test func aHyphenIsAnOperand() throws {
    #expect(
      try parse("fruits rename apple -")
        == .run(.rename, "fruits rename") {
          $0[Shop.fruit] = "apple"
          $0[Shop.file] = "-"
        })
  }

  @Test func aListTakesAllWordsThatAreLeft() throws {
    #expect(
      try parse("fruits pick apple -n pear -q plum")
        == .run(.pick, "fruits pick") {
          $0[Shop.fruits] = ["apple", "pear", "plum"]
          $0[Shop.dryRun] = true
          $0[Shop.quiet] = true
        })
  }

  @Test func aListMayBeAllowedToBeEmpty() throws {
    #expect(
      try parse("stores price -s a")
        == .run(.price, "stores price") {
          $0[Shop.store] = "a"
          $0[Shop.numbers] = []
        })
  }

  @Test func wordsBehindTheEndOfOptionsAreOperands() throws {
    #expect(
      try parse("fruits pick -- -n --quiet -- -")
        == .run(.pick, "fruits pick") {
          $0[Shop.fruits] = ["-n", "--quiet", "--", "-"]
        })
  }

  @Test func aWordTooManyIsAnError() {
    #expect(
      failure("fruits show apple pear plum")
        == problem(.unexpectedOperand("pear"), in: "fruits show") { $0[Shop.fruit] = "apple" })
    #expect(failure("status now") == problem(.unexpectedOperand("now"), in: "status"))
  }

  @Test func anInvalidOperandIsNamedByItsPlaceholder() {
    #expect(
      failure("stores price -s a 10 ten 12 0")
        == problem(.invalidValue(.operand("PRICE"), text: "ten", .notANumber), in: "stores price") {
          $0[Shop.store] = "a"
          $0[Shop.numbers] = [10, 12]
        })
    #expect(
      failure("stores open frehs")
        == problem(
          .invalidValue(
            .operand("GRADE"), text: "frehs",
            .notAChoice(["fresh", "stale"], suggestion: "fresh")), in: "stores open"))
  }

  @Test func anEmptyOperandIsReadByTheFormat() {
    #expect(
      failure(["fruits", "show", ""])
        == problem(.invalidValue(.operand("FRUIT"), text: "", .empty), in: "fruits show"))
  }

  @Test func theOptionIsTheFirstMistakeWhenBothAreWrong() {
    #expect(
      failure("stores price ten -s")?.error.problem
        == .missingValue(option: "-s", kind: .dynamic("stores")))
  }
}
