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

  @Test func `the manual matches the commands`() throws {
    let pages = Program.tree.manualPages(date: PackageVersion.date).map { ($0.fileName, $0.text) }
    #expect(try RecordedFiles.stale(pages, of: Program.tree.name, in: "man") == [])
  }
}
