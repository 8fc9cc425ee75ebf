import Foundation
import Testing

/// The README, kept true: its tour is run, and its code is that of a test.
///
/// With `RECORD_README=1` in the environment their output is recorded again instead.
@Suite(.serialized) struct ReadmeTests {
  /// A command of a `console` block with the output that is shown below it.
  private struct Step {
    let command: String
    var output: String
  }

  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let readme = repository.appending(path: "README.md")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_README"] != nil

  @Test func `the commands of the README's tour print what it shows`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    var recorded = text
    try withSandbox { sandbox in
      for block in Self.blocks(of: "console", in: text) {
        let steps = Self.steps(of: block)
        guard steps.allSatisfy({ $0.command.hasPrefix("everrunsctl ") }) else { continue }
        let run = try steps.map { step in
          Step(command: step.command, output: try sandbox.shell("{ \(step.command); } 2>&1").out)
        }
        recorded = recorded.replacing(block, with: Self.text(of: run), maxReplacements: 1)
      }
    }
    if Self.isRecording {
      try recorded.write(to: Self.readme, atomically: true, encoding: .utf8)
    } else {
      #expect(recorded == text, "RECORD_README=1 records the tour's output again")
    }
  }

  @Test func `the README's picture of a preview is what the program prints`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let block = try #require(Self.blocks(of: "text", in: text).first)
    try withSandbox { sandbox in
      try sandbox.run("store init -q").expect(out: nil)
      try sandbox.addOrganizations(500)
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      for line in [
        "providers unregister daytona -q", "capabilities unregister daytona -q",
        "harnesses set generic -q description=Careful",
      ] {
        try sandbox.run(line).expect(out: nil)
      }
      try sandbox.sql(
        """
        update harnesses set description = 'Fast' where name = 'generic' and org_id in (7, 8);
        update agents set description = 'Knows our jokes' where name = 'dad-jokes-agent';
        """)
      // The last line has the plan's token, which depends on the ids of the rows.
      let preview = try sandbox.run("seed preview").out.components(separatedBy: "\n")
        .filter { !$0.hasPrefix("Next: ") }.joined(separator: "\n")
        .replacing(sandbox.home, with: "/home/ann")
      let recorded = "$ everrunsctl seed preview\n" + preview
      if Self.isRecording {
        try text.replacing(block, with: recorded, maxReplacements: 1)
          .write(to: Self.readme, atomically: true, encoding: .utf8)
      } else {
        #expect(recorded == block, "RECORD_README=1 records the preview again")
      }
    }
  }

  @Test(
    .enabled(if: Tool.curl && Program.hasServer, "curl or the server is missing"))
  func `the commands of the README's second tour lead to a conversation`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let section = try #require(
      text.components(separatedBy: "\n## A platform in one process\n").last?
        .components(separatedBy: "\n## ").first)
    let blocks = Self.blocks(of: "sh", in: section)
    #expect(blocks.count == 2)
    let start = try #require(blocks.first?.wholeMatch(of: /swift run everruns (.*) &\n/)?.1)
    try withSandbox { sandbox in
      // Another program of this machine may have the standard port.
      try sandbox.whileRunning(
        [Program.server ?? ""] + start.split(separator: " ").map(String.init),
        environment: ["HTTP_ADDR": "127.0.0.1:0"]
      ) { server in
        let address = try server.line(beginningWith: "listening on ")
        let conversation = try #require(blocks.last)
        #expect(conversation.contains("http://127.0.0.1:9000"))
        let outcome = try sandbox.shell(
          conversation.replacing("http://127.0.0.1:9000", with: address))
        #expect(outcome.exitCode == 0, "\(outcome.report)")
        #expect(outcome.out.contains("event: turn.completed"), "\(outcome.report)")
        #expect(outcome.out.contains("I'm a simulated LLM response."), "\(outcome.report)")
        #expect(server.end().code == 0)
      }
    }
  }

  @Test func `the README's Swift code is that of the tested examples`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let tested = try String(
      contentsOf: Self.repository.appending(
        path: "Tests/EmbedderExample/Sources/AcmePlatform/GuideExamples.swift"), encoding: .utf8)
    let blocks = Self.blocks(of: "swift", in: text)
    #expect(blocks.count == 1)
    for block in blocks {
      #expect(tested.contains(block))
    }
  }

  @Test func `the README names the commands of a fresh machine, each on its own line`() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let commands = Self.blocks(of: "console", in: text).flatMap(Self.steps).map(\.command)
      .filter { !$0.hasPrefix("everrunsctl ") }
    #expect(
      commands == [
        "sudo apt-get install -y libsqlite3-dev", "swift run everrunsctl seed preview",
        "swift test",
      ])
  }

  private static func blocks(of language: String, in text: String) -> [String] {
    text.components(separatedBy: "```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
  }

  private static func steps(of block: String) -> [Step] {
    block.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .reduce(into: []) { steps, line in
        if line.hasPrefix("$ ") {
          steps.append(Step(command: String(line.dropFirst(2)), output: ""))
        } else if !steps.isEmpty {
          steps[steps.count - 1].output += line + "\n"
        }
      }
  }

  private static func text(of steps: [Step]) -> String {
    steps.map { "$ \($0.command)\n\($0.output)" }.joined()
  }
}
