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

  /// What some commands need that others must not find.
  private static let preparations = [
    ["platform", "create"]: "platform delete acme --yes",
    ["seed", "apply"]: "seed preview --out plan.json",
    ["store", "restore"]: "store backup everruns-backup.db",
  ]

  /// Makes what the examples name.
  private func prepare(_ bench: Workbench) throws {
    for (name, text) in Self.files { try bench.write(text, to: name) }
    bench.run("seed apply --yes")
    bench.run("orgs create Acme Beta")
    bench.run("platform export --to platform.yaml")
    bench.run("platform export --to acme.yaml")
    bench.run("platform create other --from oss")
    bench.run(
      "harnesses add -", input: #"{"name":"minimal","display_name":"M","system_prompt":"x"}"#)
    bench.run("platform create acme --from oss")
    bench.run("harnesses set generic description=New -p acme")
  }

  @Test func `the page of an example that needs a store says how to create one`() throws {
    for place in Control().program.tree.allCommands where place.command.action != nil {
      for example in place.command.examples {
        guard let words = ShellWords(example.commandLine).calls(of: "everrunsctl").first else {
          continue
        }
        try Workbench.with { bench in
          for (name, text) in Self.files { try bench.write(text, to: name) }
          guard bench.run(words: words).errorOutput.hasPrefix("error: no store at ") else { return }
          #expect(
            place.command.discussion.contains("'store init'"), "\(example.commandLine)")
          bench.run("store init")
          #expect(bench.run(words: words).exitCode == .success, "\(example.commandLine)")
        }
      }
    }
  }

  @Test func `every page has examples, and every one of them runs`() throws {
    try Workbench.with { prepared in
      try prepare(prepared)
      for place in Control().program.tree.allCommands where place.command.action != nil {
        #expect(!place.command.examples.isEmpty, "\(place.path)")
        for example in place.command.examples {
          // Only this program's part of a pipeline runs.
          guard let words = ShellWords(example.commandLine).calls(of: "everrunsctl").first else {
            continue
          }
          // Each finds what was prepared, and nothing of what another one did.
          try Workbench.with(copyOf: prepared) { bench in
            if let line = Self.preparations[place.path] { bench.run(line) }
            // Nobody answers questions here.
            let asks = place.path == ["store", "restore"]
            let result = bench.run(words: words + (asks ? ["--yes"] : []))
            #expect(result.exitCode == .success, "\(example.commandLine): \(result.errorOutput)")
          }
        }
      }
    }
  }
}
