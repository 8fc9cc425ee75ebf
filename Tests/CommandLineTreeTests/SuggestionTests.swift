import CommandLineTree
import Testing

@Suite struct SuggestionTests {
  private func suggestions(_ line: String) -> [String]? {
    guard case .unknownCommand(_, let suggestions) = failure(line)?.error.problem else {
      return nil
    }
    return suggestions
  }

  @Test(arguments: [
    ("frutis", "fruits"), ("FRUITS", "fruits"), ("friut", "fruit"), ("sotres", "stores"),
    ("statsu", "status"), ("porduce", "produce"), ("fruits tkae", "take"), ("fruits lst", "list"),
  ])
  func `a name or alias that is close is suggested`(line: String, suggestion: String) {
    #expect(suggestions(line) == [suggestion])
  }

  @Test func `a prefix of a name is close even if its alias has it too`() {
    #expect(suggestions("fru") == ["fruits"])
    #expect(suggestions("stor") == ["store"])
  }

  @Test(arguments: ["st", "xyzzy", "fruits delete", "x"])
  func `nothing close gives no suggestion`(line: String) {
    #expect(suggestions(line) == [])
  }

  @Test func `a verb of one noun is suggested with it`() {
    #expect(suggestions("pick") == ["fruits pick"])
    #expect(suggestions("take") == ["fruits take"])
    #expect(suggestions("price -s a") == ["stores price"])
    #expect(suggestions("stores rename") == ["fruits rename"])
  }

  @Test func `a verb of two nouns is suggested with both`() {
    #expect(suggestions("list") == ["fruits list", "stores list"])
    #expect(
      failure("list")?.error.hint == "did you mean 'fruits list' or 'stores list'?")
  }

  @Test func `a verb before its noun is suggested after it`() {
    #expect(suggestions("list fruit") == ["fruits list"])
    #expect(suggestions("list -q stores") == ["stores list"])
  }

  @Test func `a verb of several nouns suggests each, or the one that follows`() {
    let nouns = ["cups", "plates", "spoons"].map { name in
      Command<Int>(
        name, summary: "Things",
        subcommands: [Command("wash", summary: "Wash them", action: 0)])
    }
    let tree = CommandTree(name: "kitchen", version: "1", summary: "Cook", commands: nouns)
    func error(_ suggestions: [String]) -> ParseFailure {
      ParseFailure(
        error: UsageError(.unknownCommand("wash", suggestions: suggestions), commandPath: []),
        arguments: Arguments())
    }
    #expect(throws: error(["cups wash", "plates wash", "spoons wash"])) { try tree.parse(["wash"]) }
    #expect(throws: error(["plates wash"])) { try tree.parse(["wash", "plates"]) }
  }

  @Test func `the options of a group's commands are close too`() {
    #expect(
      failure("fruits --dryrun")
        == problem(
          .unknownOption(typed: "--dryrun", suggestion: "--dry-run", elsewhere: []), in: "fruits"))
  }
}
