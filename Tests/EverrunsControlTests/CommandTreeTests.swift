import CommandLineTree
import Testing

@testable import EverrunsControl

@Suite struct CommandTreeTests {
  @Test func `the definition of every command is sound`() {
    #expect(Control().tree.problems() == [])
  }

  @Test func `every command takes the options that change nothing but the output`() {
    #expect(
      Control().tree.globalOptions.map(\.specification.name) == [
        "platform", "store", "output", "grade", "quiet", "verbose", "color", "help", "version",
      ])
  }

  @Test func `every command that changes something can be tried, confirmed and explained`() {
    let changing = Control().tree.allCommands.filter { place in
      place.command.options.contains { $0.specification.name == "dry-run" }
    }
    #expect(
      changing.map { $0.path.joined(separator: " ") } == [
        "platform create", "capabilities unregister", "drivers unregister",
        "providers unregister", "harnesses add", "harnesses remove", "harnesses reconcile",
        "seed apply", "orgs create", "orgs set", "store init",
      ])
    for place in changing {
      let names = place.command.options.map(\.specification.name)
      #expect(Set(["dry-run", "yes", "reason"]).isSubset(of: names))
    }
  }

  @Test func `the exit codes are those of the contract`() {
    #expect(
      ExitCode.allCases.map(\.rawValue) == [
        0, 1, 2, 3, 4, 64, 65, 66, 70, 73, 74, 75, 77, 130,
      ])
  }

  @Test(arguments: [["help"], ["--help"], ["-h"], []])
  func `help is the same however it is asked for`(words: [String]) {
    let context = TestStream()
    let expected = Control().tree.help(for: [])
    let result =
      switch words.first {
      case nil: run(output: context)
      case let word?: run(word, output: context)
      }
    #expect(result == Run(output: expected, errorOutput: "", exitCode: .success))
  }

  @Test(arguments: ["exit-codes", "environment", "platform-references", "seeding"])
  func `every topic has a page`(topic: String) {
    let result = run("help", topic)
    #expect(result.exitCode == .success)
    #expect(result.output.count > 300)
  }
}
