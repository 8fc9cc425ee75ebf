import CommandLineTree
import Testing

@Suite struct UsageErrorTests {
  @Test(arguments: [
    ("frutis", "unknown command 'frutis'", "did you mean 'fruits'?"),
    ("fru", "unknown command 'fru'", "did you mean 'fruits'?"),
    ("prodcue", "unknown command 'prodcue'", "did you mean 'produce'?"),
    ("xyzzy", "unknown command 'xyzzy'", nil),
    ("fruit shwo", "'fruits' has no command 'shwo'", "did you mean 'show'?"),
    ("fruits delete", "'fruits' has no command 'delete'", nil),
    ("status --qiet", "unknown option '--qiet'", "did you mean '--quiet'?"),
    ("status --bogus", "unknown option '--bogus'", nil),
    (
      "status --dry-run", "'status' has no option '--dry-run'",
      "'--dry-run' is an option of 'fruits pick' and 'fruits rename'"
    ),
    ("status --output", "option '--output' needs a value", "the values are text, json and yaml"),
    ("fruits list -t", "option '-t' needs a value", nil),
    ("status --quiet=no", "option '--quiet' takes no value, but was given 'no'", nil),
    ("status -o xml", "'-o' cannot be 'xml'", "the values are text, json and yaml"),
    ("status -o yml", "'-o' cannot be 'yml'", "did you mean 'yaml'?"),
    ("stores open rotten", "GRADE cannot be 'rotten'", "the values are fresh and stale"),
    ("fruits list --limit ten", "'--limit' must be a whole number, not 'ten'", nil),
    (
      "fruits list --limit 99999999999999999999",
      "'--limit' must be at most 100, not '99999999999999999999'", nil
    ),
    ("fruits list --limit -", "'--limit' must be a whole number, not '-'", nil),
    ("fruits list --limit 101", "'--limit' must be from 1 to 100, not '101'", nil),
    ("stores price -s a 0", "PRICE must be at least 1, not '0'", nil),
    ("stores price --store=", "'--store' must not be empty", nil),
    ("stores price", "option '--store' is missing", nil),
    (
      "fruits list --limit 5 --limit=6",
      "option '--limit' takes one value, but was given '5' and '6'", nil
    ),
    (
      "fruits list -g fresh --grade stale",
      "option '--grade' takes one value, but was given 'fresh' and 'stale'", nil
    ),
    ("fruits show", "argument FRUIT is missing", nil),
    ("fruits show a b", "unexpected argument 'b'", nil),
    (
      "fruits pick a --cascade --detach",
      "options '--detach' and '--cascade' cannot be given together", nil
    ),
  ])
  func `each mistake has its message`(line: String, message: String, hint: String?) {
    let error = failure(line)?.error
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }

  @Test func `a command's own message is kept`() {
    let error = UsageError(
      .other(message: "this needs '--yes'", hint: "run it on a terminal"), commandPath: ["status"])
    #expect(error.message == "this needs '--yes'")
    #expect(error.hint == "run it on a terminal")
  }

  @Test func `a format's rule ends the sentence`() {
    let error = UsageError(
      .invalidValue(
        .option("--as"), text: "A B",
        .invalid(reason: "names have no blanks", hint: "'a-b' would do")), commandPath: [])
    #expect(error.message == "'--as' cannot be 'A B': names have no blanks")
    #expect(error.hint == "'a-b' would do")
  }

  @Test func `numbers are bounded on one side or both`() {
    func message(_ range: ClosedRange<Int>) -> String {
      UsageError(
        .invalidValue(.argument("N"), text: "7", .outOfRange(range)), commandPath: []
      ).message
    }
    #expect(message(8...9) == "N must be from 8 to 9, not '7'")
    #expect(message(8...Int.max) == "N must be at least 8, not '7'")
    #expect(message(Int.min...6) == "N must be at most 6, not '7'")
  }

  @Test func `a missing topic is asked for`() {
    let error = UsageError(.unknownTopic("exit", suggestion: "exit-codes"), commandPath: [])
    #expect(error.message == "no command or help topic 'exit'")
    #expect(error.hint == "did you mean 'exit-codes'?")
  }

  @Test func `only a few of many commands are named`() {
    let error = UsageError(
      .unknownOption(typed: "-n", suggestion: nil, elsewhere: ["a", "b", "c", "d", "e"]),
      commandPath: ["status"])
    #expect(error.hint == "'-n' is an option of 'a', 'b', 'c' and 2 more")
  }

  @Test func `a long word is cut`() {
    let word = String(repeating: "é", count: 81)
    let error = UsageError(.unexpectedArgument(word), commandPath: [])
    #expect(error.message == "unexpected argument '\(word.dropLast())…'")
  }

  @Test func `words in other scripts are shown as they are`() {
    let error = UsageError(.unexpectedArgument("Straße 東京 🍎"), commandPath: [])
    #expect(error.message == "unexpected argument 'Straße 東京 🍎'")
  }
}
