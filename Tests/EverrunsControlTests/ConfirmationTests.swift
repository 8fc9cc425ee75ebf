import CommandLineTree
import EverrunsStore
import Foundation
import Testing

@testable import EverrunsControl

@Suite struct ConfirmationTests {
  private struct Result: Equatable {
    var error: String
    var isConfirmed: Bool
  }

  @Test(
    arguments: [
      ("y", true), ("Y", true), ("yes", true), ("YES", true), ("", false), ("n", false),
      ("yy", false),
      (nil, false),
    ] as [(String?, Bool)])
  func `on a terminal only 'y' or 'yes' confirms`(answer: String?, isConfirmed: Bool) {
    let result = ask(isTerminal: true, answer: answer)
    // What is typed ends the line of the question; what follows the end of the input does not.
    let end = answer == nil ? "\n" : ""
    #expect(result == Result(error: "Delete it? [y/N] \(end)", isConfirmed: isConfirmed))
  }

  @Test func `a question fits the terminal, and the answer follows it`() {
    let result = ask(isTerminal: true, answer: "y", width: 12)
    #expect(result == Result(error: "Delete it?\n    [y/N] ", isConfirmed: true))
  }

  @Test func `deleting a definition needs its name`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform create ours --from ./p.yaml")
      let refused = fleet.run("platform delete ours", answer: "y")
      #expect(refused.exitCode == .failure)
      #expect(
        refused.errorOutput.contains(
          "Delete 'ours' with 1 revision from store 'FOLDER/store.db'? Type 'ours' to continue"))
      #expect(fleet.run("platform delete ours", answer: "ours").exitCode == .success)
    }
  }

  @Test func `without a terminal --yes is required`() {
    #expect(ask(isTerminal: false, answer: "y") == Result(error: "", isConfirmed: false))
    #expect(
      ask(isTerminal: false, answer: nil, isAnswered: true)
        == Result(error: "", isConfirmed: true))
  }

  @Test func `times are shown in local time`() throws {
    let tokyo = try #require(TimeZone(identifier: "Asia/Tokyo"))
    let time = Date(timeIntervalSince1970: 1_769_889_605)
    #expect(Timestamp.local(time, in: tokyo) == "2026-02-01 05:00:05 +0900")
    #expect(Timestamp.local(time, in: .gmt) == "2026-01-31 20:00:05 +0000")
  }

  private func ask(
    isTerminal: Bool, answer: String?, isAnswered: Bool = false, width: Int? = nil
  ) -> Result {
    let errorOutput = TestStream(isTerminal: isTerminal, width: width)
    let context = Context(
      output: TestStream(), errorOutput: errorOutput, readInput: { _ in [] },
      environment: { _ in nil },
      workingDirectory: "/nonexistent", now: { Date() }, userID: 1, isInputTerminal: isTerminal,
      readLine: { answer })
    var arguments = Arguments()
    arguments[MutationOptions.yes] = isAnswered
    let session = Session(
      Control().program, context, words: [], path: ["platform", "delete"], arguments: arguments)
    let isConfirmed = (try? session.confirm("Delete it?")) != nil
    return Result(error: errorOutput.text, isConfirmed: isConfirmed)
  }
}
