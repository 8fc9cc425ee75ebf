import Foundation
import Testing

/// Changing a definition: all or nothing, with what it means, and no update lost.
@Suite struct UnregisterTests {
  static let definition = """
    {
      "format": "everruns.platform/v1",
      "capabilities": [
        {"id": "a", "name": "A"}, {"id": "b", "name": "B", "dependencies": ["a"]},
        {"id": "c", "name": "C", "dependencies": ["b"]}, {"id": "d", "name": "D"}
      ],
      "built_in_harnesses": [
        {"name": "h", "display_name": "H", "system_prompt": "p",
         "capabilities": ["a", "c", "d"], "roles": ["base", "default", "chat"]}
      ]
    }
    """

  private func withDefinition(_ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.definition)
      try body(sandbox)
    }
  }

  private func capabilities(_ sandbox: Sandbox) throws -> [String] {
    try sandbox.run("capabilities list -q -o name -p p.json").lines
  }

  private func references(_ sandbox: Sandbox) throws -> JSON {
    let harness = try sandbox.run("harnesses show h -o json -p p.json").json()
    return .array(harness["capabilities"].elements.map { $0.text.map(JSON.string) ?? $0["ref"] })
  }

  @Test func `several ids are removed together`() throws {
    try withDefinition { sandbox in
      try sandbox.run("capabilities unregister d c -q -p p.json").expect()
      try #expect(capabilities(sandbox) == ["a", "b"])
    }
  }

  @Test func `an unknown id fails with a suggestion and nothing is removed`() throws {
    try withSandbox { sandbox in
      for noun in ["capabilities", "providers"] {
        try sandbox.run("\(noun) unregister daytona daytonna").expectError(
          "error: no \(noun == "providers" ? "provider" : "capability") named 'daytonna'\n"
            + "hint: did you mean 'daytona'?\n", exit: 1)
      }
      try sandbox.run("drivers unregister openia").expectError(
        "error: no driver named 'openia'\nhint: did you mean 'openai'?\n", exit: 1)
      try #expect(sandbox.everything() == [:])
    }
  }

  @Test func `--ignore-missing removes existing ids and skips the rest`() throws {
    try withDefinition { sandbox in
      try sandbox.run("capabilities unregister nope d --ignore-missing -q -p p.json").expect()
      try #expect(capabilities(sandbox) == ["a", "b", "c"])
      let text = try sandbox.read("p.json")
      try sandbox.run("capabilities unregister nope --ignore-missing -p p.json").expect(
        out: "Nothing to do: 'p.json' already matches.\n")
      try #expect(sandbox.read("p.json") == text)
    }
  }

  @Test func `nothing to do on a fresh machine creates nothing`() throws {
    try withSandbox { sandbox in
      try sandbox.run("providers unregister nope --ignore-missing").expect(
        out: "Nothing to do: 'oss' already matches.\n")
      try #expect(sandbox.everything() == [:])
    }
  }

  @Test
  func
    `without --cascade only the named ids are removed, and dangling references are warned about`()
    throws
  {
    try withDefinition { sandbox in
      let outcome = try sandbox.run("capabilities unregister a -p p.json")
      outcome.expect(
        out: """
          - capabilities/a

          Impact
            capability b: misses 'a'
            harness h: loses 'a'
            warning: the capability 'b' needs 'a', which is not registered [missing_dependency]
            warning: the harness 'h' uses the capability 'a', which is not registered [unknown_capability]

          p.json: 1 removed
          Next: everrunsctl seed preview -p p.json

          """)
      try #expect(capabilities(sandbox) == ["b", "c", "d"])
      try #expect(references(sandbox) == ["a", "c", "d"])
      try sandbox.run("platform validate p.json -q").expect(out: nil)
      let codes = try sandbox.run("platform validate p.json -o json").json().elements
        .map { $0["code"] }
      #expect(codes.contains("missing_dependency") && codes.contains("unknown_capability"))
    }
  }

  @Test func `a change shows the warnings that it causes`() throws {
    try withSandbox { sandbox in
      let warning = "the provider 'daytona' takes an API key that no capability uses"
      let text = try sandbox.run("capabilities unregister daytona -n -q")
      #expect(
        text.lines.contains("  warning: \(warning) [provider_without_capability]"), text.report)
      let json = try sandbox.run("capabilities unregister daytona -n -q -o json").json()
      #expect(json["impact"]["diagnostics"].elements.map { $0["message"] } == [.string(warning)])
    }
  }

  @Test
  func `--cascade removes what depends on them, directly or not, and references in harnesses`()
    throws
  {
    try withDefinition { sandbox in
      let outcome = try sandbox.run("capabilities unregister a --cascade -p p.json -o json")
      outcome.expect()
      let json = try outcome.json()
      #expect(json.keys == ["platform", "before", "after", "changes", "impact"])
      #expect(
        json["changes"].elements.map { [$0["op"], $0["path"]] } == [
          ["remove", "capabilities/a"], ["remove", "capabilities/b"],
          ["remove", "capabilities/c"], ["change", "built_in_harnesses/h/capabilities"],
        ])
      try #expect(capabilities(sandbox) == ["d"])
      try #expect(references(sandbox) == ["d"])
      try sandbox.run("platform validate p.json").expect(out: "'p.json' is valid.\n")
    }
  }

  @Test(
    arguments: [
      "a b c", "c b a", "b a",
    ])
  func `--cascade accepts ids that are also dependents, in any order`(ids: String) throws {
    try withDefinition { sandbox in
      try sandbox.run("capabilities unregister \(ids) --cascade -q -p p.json").expect()
      try #expect(capabilities(sandbox) == ["d"])
    }
  }

  @Test(arguments: ["capabilities", "providers"])
  func `a repeated id is removed once`(noun: String) throws {
    try withSandbox { sandbox in
      try sandbox.run("\(noun) unregister daytona daytona -q").expect()
      let names = try sandbox.run("\(noun) list -o name").lines
      #expect(!names.isEmpty && !names.contains("daytona"))
    }
  }

  @Test func `the impact names the seed rows that change, in text and JSON`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("drivers unregister openai -o json -q")
      outcome.expect()
      let json = try outcome.json()
      #expect(json["platform"] == "default")
      #expect(json["before"] == "default@1")
      #expect(json["after"] == "default@2")
      let rows = json["impact"]["seed_rows"].elements
      #expect(
        rows.first == [
          "address": "llm_provider/OpenAI", "before": "create", "after": "skip",
          "reason": [
            "code": "driver_not_registered", "message": "the driver 'openai' is not registered",
          ],
        ])
      #expect(rows.contains { $0["address"] == "organization_settings/default-model" })
      let skipped = try sandbox.run("seed preview -o json").json()["rows"].elements
        .filter { $0["action"] == "skip" }.map { $0["address"] }
      #expect(rows.allSatisfy { skipped.contains($0["address"]) })
    }
  }

  @Test func `an invalid result is refused and nothing changes`() throws {
    try withDefinition { sandbox in
      let text = #"""
        {"name": "i", "display_name": "I", "system_prompt": "p", "parent": "j"}
        """#
      let other = text.replacing("\"i\"", with: "\"k\"").replacing("\"j\"", with: "\"i\"")
      let both = "[\(text), \(other.replacing("\"k\"", with: "\"j\""))]"
      let before = try sandbox.everything()
      let outcome = try sandbox.run("harnesses add - -p p.json", input: Data(both.utf8))
      outcome.expect(out: "", err: nil, exit: 1)
      #expect(outcome.err.contains("parent cycle of harnesses: i -> j -> i"), outcome.report)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(
    arguments: ["default", "fresh"])
  func `of two concurrent changes none is lost: each succeeds or is told to retry`(
    beginning: String
  ) throws {
    try withSandbox { sandbox in
      if beginning == "default" { try sandbox.run("platform create default -q").expect() }
      let ids = try sandbox.run("capabilities list -o name").lines.prefix(8)
      let outcome = try sandbox.shell(
        """
        for id in \(ids.joined(separator: " ")); do
          { everrunsctl capabilities unregister $id >out.$id 2>err.$id; echo $? >code.$id; } &
        done; wait
        """)
      outcome.expect(out: "")
      var removed: [String] = []
      for id in ids {
        let error = try sandbox.read("err.\(id)")
        switch try sandbox.read("code.\(id)") {
        case "0\n": removed.append(id)
        case "1\n":
          #expect(error.contains("hint: review it and repeat the command\n"), "\(error)")
        default: Issue.record("\(id) ended otherwise: \(error)")
        }
      }
      #expect(!removed.isEmpty)
      let left = try sandbox.run("capabilities list -o name").lines
      #expect(Set(ids).subtracting(left) == Set(removed))
      let entry = try sandbox.run("platform list -o json").json().elements.last
      #expect(entry?["revision"] == .number(Double(1 + removed.count)))
      #expect(entry?["revisions"] == entry?["revision"])
    }
  }

  @Test func `concurrent changes of a file leave a complete document`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform export oss -q --to p.json").expect()
      let ids = try sandbox.run("capabilities list -o name").lines.prefix(6)
      try sandbox.shell(
        """
        for id in \(ids.joined(separator: " ")); do
          everrunsctl capabilities unregister $id -q -p p.json >/dev/null 2>&1 &
        done; wait
        """
      ).expect(out: "")
      try sandbox.run("platform validate p.json").expect(out: nil)
      try #expect(FileManager.default.contentsOfDirectory(atPath: sandbox.folder) == ["p.json"])
    }
  }
}
