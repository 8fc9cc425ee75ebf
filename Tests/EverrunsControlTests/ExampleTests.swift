import CommandLineTree
import EverrunsStore
import Testing

@testable import CommandLineTreeTesting
@testable import EverrunsControl

/// The examples of the help run, given the definitions and files that they name.
@Suite struct ExampleTests {
  private static let files = [
    "minimal.json": #"{"name":"plain","display_name":"Plain","system_prompt":"x"}"#,
    "capability.json": #"{"id":"c","name":"C"}"#,
    "driver.json": #"{"provider_type":"d","display_name":"D"}"#,
    "provider.json": #"{"id":"p","display_name":"P","connection_type":"oauth"}"#,
    "change.json": #"[{"op":"replace","path":"/capabilities/0/name","value":"N"}]"#,
    "prompt.md": "Help.",
  ]

  private func prepare(_ bench: Workbench, _ path: [String]) throws {
    for (name, text) in Self.files { try bench.write(text, to: name) }
    bench.run("seed apply --yes")
    bench.run("platform export --to platform.yaml")
    bench.run("platform export --to acme.yaml")
    bench.run("platform create other --from oss")
    bench.run(
      "harnesses add -", input: #"{"name":"minimal","display_name":"M","system_prompt":"x"}"#)
    if path != ["platform", "create"] {
      bench.run("platform create acme --from oss")
      bench.run("harnesses set generic description=New -p acme")
    }
  }

  @Test func `every example of the definitions runs`() throws {
    let nouns = ["status", "platform", "capabilities", "drivers", "providers", "harnesses"]
    for place in Control().program.tree.allCommands where nouns.contains(place.path[0]) {
      for example in place.command.examples {
        let commands = ShellWords(example.commandLine).commands
        guard commands.count == 1, let words = commands.first, words.first == "everrunsctl" else {
          continue
        }
        try Workbench.with { bench in
          try prepare(bench, place.path)
          let result = bench.run(words: Array(words.dropFirst()))
          #expect(result.exitCode == .success, "\(example.commandLine): \(result.errorOutput)")
        }
      }
    }
  }
}
