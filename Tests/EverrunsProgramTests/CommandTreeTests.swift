import CommandLineTree
import CommandLineTreeTesting
import Everruns
import Testing

@testable import EverrunsProgram

/// The commands of `everruns`, and what is generated from them.
@Suite struct CommandTreeTests {
  @Test func `the definition of the program is sound`() {
    #expect(Program.tree.problems().map { "\($0)" } == [])
  }

  @Test func `the completions match the commands`() throws {
    let files = CompletionShell.allCases.map {
      ($0.fileName(for: Program.tree.name), Program.tree.completions(for: $0))
    }
    #expect(try RecordedFiles.stale(files, of: Program.tree.name, in: "completions") == [])
  }

  @Test func `the exit codes are those of the commands`() {
    let ofCommands = Set(Program.tree.allCommands.flatMap(\.command.exitCodes))
    #expect(Program.tree.exitCodes.map(\.code) == ofCommands.sorted())
  }

  @Test func `the manual matches the commands`() throws {
    let others = [ManualReference("everrunsctl", 1)]
    let pages = Program.tree.manualPages(date: PackageVersion.date, others: others)
      .map { ($0.fileName, $0.text) }
    #expect(try RecordedFiles.stale(pages, of: Program.tree.name, in: "man") == [])
  }
}
