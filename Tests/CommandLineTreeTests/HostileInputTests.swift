import CommandLineTree
import Testing

/// Nothing on a command line can stop the program, make it slow, or reach the terminal raw.
@Suite(.timeLimit(.minutes(1))) struct HostileInputTests {
  static let megabyte = String(repeating: "q", count: 1_000_000)

  /// As many letters as a word can have with a hyphen before and another letter after them: Linux
  /// limits a word to 128 KiB with its end (execve(2), MAX_ARG_STRLEN).
  static let longestFlags = String(repeating: "q", count: 131_069)

  @Test func `a word of a megabyte is an unknown command`() {
    let failure = failure([Self.megabyte])
    #expect(failure == problem(.unknownCommand(Self.megabyte, suggestions: [])))
    #expect(failure?.error.message.count ?? 0 < 200)
  }

  @Test func `an option of a megabyte is unknown`() {
    let failure = failure(["status", "--" + Self.megabyte])
    #expect(
      failure
        == problem(
          .unknownOption(typed: "--" + Self.megabyte, suggestion: nil, elsewhere: []),
          in: "status"))
    #expect(failure?.error.message.count ?? 0 < 200)
  }

  @Test func `a word of nothing but switches is one flag`() throws {
    #expect(
      try Shop.tree.parse(["status", "-" + Self.longestFlags])
        == .run(.status, "status") { $0[Shop.quiet] = true })
  }

  @Test func `an unknown switch at the end of the longest word is reported`() {
    #expect(
      failure(["status", "-" + Self.longestFlags + "x"])
        == problem(.unknownOption(typed: "-x", suggestion: nil, elsewhere: []), in: "status") {
          $0[Shop.quiet] = true
        })
  }

  @Test func `a value of a megabyte is read`() throws {
    #expect(
      try Shop.tree.parse(["fruits", "list", "--tag=" + Self.megabyte])
        == .run(.list, "fruits list") { $0[Shop.tags] = [Self.megabyte] })
    #expect(
      failure(["fruits", "list", "--limit", Self.megabyte])?.error.problem
        == .invalidValue(.option("--limit"), text: Self.megabyte, .notANumber))
  }

  @Test func `a hundred thousand words are read`() throws {
    let words = (0..<100_000).map { "item\($0)" }
    #expect(
      try Shop.tree.parse(["fruits", "pick"] + words)
        == .run(.pick, "fruits pick") { $0[Shop.fruits] = words })
    #expect(failure(["status"] + words) == problem(.unexpectedArgument("item0"), in: "status"))
    #expect(failure(words) == problem(.unknownCommand("item0", suggestions: [])))
  }

  @Test func `a hundred thousand unknown options are one error`() {
    let words = (0..<100_000).map { "--bogus\($0)" }
    #expect(
      failure(["status"] + words)
        == problem(
          .unknownOption(typed: "--bogus0", suggestion: nil, elsewhere: []), in: "status"))
  }

  @Test(arguments: ["=\u{301}", "\u{301}", "\u{0}", "\r\n", "\u{200D}", "🏴‍☠️"])
  func `'=' is found between odd characters`(text: String) throws {
    let expected = Outcome.run(.list, "fruits list") { $0[Shop.tags] = [text] }
    #expect(try Shop.tree.parse(["fruits", "list", "--tag=\(text)"]) == expected)
    #expect(try Shop.tree.parse(["fruits", "list", "-t\(text)"]) == expected)
    #expect(try Shop.tree.parse(["fruits", "list", "-t", text]) == expected)
  }

  @Test(arguments: ["-\u{301}", "--\u{301}", "-\u{0}", "--\n", "-🏴‍☠️", "-\u{FFFD}"])
  func `odd characters are not options`(word: String) {
    let failure = failure(["status", word])
    if case .unknownOption = failure?.error.problem { return }
    Issue.record("\(word.debugDescription): \(String(describing: failure))")
  }

  @Test func `control characters are shown escaped`() {
    let failure = failure(["\u{1B}[2J\u{7}\n\u{202E}a'b\u{9B}"])
    #expect(
      failure?.error.message
        == #"unknown command '\u001b[2J\u0007\n\u202ea'b\u009b'"#)
  }

  @Test func `every short line of odd words is read or refused`() {
    let words = [
      "", "-", "--", "---", "-o", "-o=", "-=", "--=", "--output", "--output=", "-q=", "-h",
      "fruits",
      "list", "price", "status", "x", "-n", "--store",
    ]
    for first in words {
      for second in words {
        for third in words {
          for line in [[first, second, third], ["stores", "price", first, second, third]] {
            if let failure = failure(line) {
              #expect(!failure.error.message.isEmpty)
            }
          }
        }
      }
    }
  }
}
