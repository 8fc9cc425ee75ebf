import EverrunsControl
import EverrunsStore
import Testing

/// What `--verbose` adds to the text of a command, and what `--quiet` takes away.
@Suite struct VerbosityTests {
  private static let home = Fleet.organization(1)

  @Test(arguments: [
    ("platform show", "capabilities web\n"),
    ("platform validate", ": 1 capability, 1 driver, 0 providers, 2 harnesses.\n"),
    ("platform diff ./p.yaml", " ./p.yaml sha256:"),
    ("capabilities show web", "used_by harness/base, agent/helper\n"),
    ("drivers show openai", "used_by llm_provider/Open%20AI\n"),
    ("platform graph", "base Base\n└── chat Chat\n"),
    ("orgs show \(home)", "rows\n llm_provider Open AI\n"),
    ("orgs create Acme", " harnesses base, chat\n"),
    ("store info", "platforms -\n"),
    ("store check", "ok parents (parents of harnesses)\n"),
    (
      "seed why org_00000000000000000000000000000002/harness/base",
      "'system_prompt' differs \"x\" -> \"Help.\" (store, serial"
    ),
    ("capabilities resolve web", "web\n"),
    ("harnesses show base", "inherited_by chat\n"),
    ("harnesses tree", "chat [chat] Chat, 0 capabilities\n"),
    ("harnesses resolve --org \(home)", " source: organization_settings\n"),
    (
      "harnesses status",
      " base overwrites_local_edit: 'system_prompt' was edited; the definition wins\n in Org 2\n"
    ),
    ("seed catalog", " helper web 00000000-0000-7000-8000-000000000004\n"),
    ("store init", "Schema version: "),
    ("store backup copy.db", "FOLDER/copy.db"),
    ("platform use oss", "Default platform is now 'oss' (before: not set)."),
    ("version", "rules "),
  ])
  func `verbose text shows more`(line: String, text: String) throws {
    try Fleet.with(2) { fleet in
      try fleet.sql("update harnesses set system_prompt = 'x' where name = 'base' and org_id = 2")
      let result = fleet.run(line + " -v")
      #expect(result.exitCode == .success)
      let shown = result.output.replacing(#/ +/#, with: " ")
      #expect(shown.contains(text), "\(result.output)")
    }
  }

  @Test(arguments: [
    ("platform validate", ""),
    ("platform diff ./p.yaml", ""),
    ("capabilities resolve web", "web\n"),
    ("harnesses resolve --org \(home)", "base\n"),
    ("store init", "Nothing to do: store 'FOLDER/store.db' already exists and is up to date.\n"),
    ("store check", ""),
    ("drivers unregister openai -n", "Dry run: nothing was saved; ./p.yaml would get: 1 removed\n"),
    ("seed apply -y", "Nothing to do: the store is up to date.\n"),
  ])
  func `quiet text is the result alone`(line: String, text: String) throws {
    try Fleet.with { fleet in
      let result = fleet.run(line + " -q")
      #expect(result.exitCode == .success)
      #expect(result.output == text)
      #expect(result.errorOutput == "")
    }
  }

  @Test func `a quiet preview names no next step`() throws {
    try Fleet.with { fleet in
      try fleet.sql("update harnesses set system_prompt = 'x' where name = 'base'")
      #expect(fleet.run("seed preview").output.contains("Next: "))
      let quiet = fleet.run("seed preview -q").output
      #expect(quiet.hasSuffix(" rows\n") && !quiet.contains("Next"))
    }
  }

  @Test func `a command that creates the store does not mention a missing one`() throws {
    try Workbench.with { bench in
      let store = ["EVERRUNS_STORE": "new.db"]
      #expect(bench.run("platform create acme --from oss", environment: store).errorOutput == "")
      let dry = bench.run(
        "platform create acme --from oss -n", environment: ["EVERRUNS_STORE": "other.db"])
      #expect(dry.errorOutput.contains("no store at"))
    }
  }
}
