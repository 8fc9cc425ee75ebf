import Everruns
import EverrunsDocuments
import Foundation
import Testing

/// The example of the embedding guide, as commands and as code.
@Suite struct EmbeddingGuideTests {
  private static let minimal = """
    {
      "name": "minimal",
      "display_name": "Minimal",
      "description": "Small default harness for an embedded deployment.",
      "system_prompt": "You are a helpful assistant.",
      "tags": ["minimal", "built-in"],
      "roles": ["base", "default"],
      "capabilities": ["current_time"]
    }
    """

  @Test(
    arguments: ["prod", "dev"])
  func `the guide's commands give the same document as its code`(gradeName: String)
    throws
  {
    let grade = try #require(Grade(rawValue: gradeName))
    var platform = PlatformDefinition.oss(grade: grade)
    platform.capabilities.unregister("daytona")
    platform.connectionProviders.unregister("daytona")
    platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
    platform.builtInHarnesses.append(
      BuiltInHarness(
        name: "minimal", displayName: "Minimal",
        description: "Small default harness for an embedded deployment.",
        systemPrompt: "You are a helpful assistant.", tags: ["minimal", "built-in"],
        roles: [.base, .default], capabilities: ["current_time"]))
    try withSandbox { sandbox in
      try sandbox.write("minimal.json", Self.minimal)
      for line in [
        "capabilities unregister daytona", "providers unregister daytona",
        "harnesses remove base generic --orphan", "harnesses add minimal.json",
      ] {
        try sandbox.run(line + " -q --grade", gradeName).expect()
      }
      try sandbox.run("platform export").expect(out: platform.document.prettyJSON + "\n")
      let shown = try sandbox.run("platform show -o json --grade", gradeName).json()
      #expect(shown["fingerprint"] == .string(platform.fingerprint.description))
      #expect(
        shown["roles"] == ["base": "minimal", "default": "minimal", "chat": "platform-chat"])
    }
  }

  @Test func `afterwards platform-chat has an unknown parent, which is a warning and in the plan`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.run("harnesses remove base generic --orphan -q").expect()
      try sandbox.run("harnesses add - -q", input: Data(Self.minimal.utf8)).expect()
      try sandbox.run("platform validate").expect(
        out: """
          warning: the harness 'platform-chat' has the parent 'generic', which is not in the definition [unknown_parent]
          0 errors, 1 warning

          """)
      try sandbox.run("platform validate --strict").expect(
        err: "error: 'default' has 1 warning, and --strict counts warnings as errors\n", exit: 65)
      let rows = try sandbox.run("seed preview -o json").json()["rows"].elements
      let row = rows.first { $0["address"] == "harness/platform-chat" }
      #expect(row?["action"] == "create")
      #expect(
        row?["notes"] == [
          [
            "code": "parent_unknown",
            "message": "without a parent: 'generic' is not in the definition",
          ]
        ])
      let settings = rows.filter { $0["kind"] == "organization_settings" }.map { $0["reason"] }
      #expect(
        settings == [
          ["code": "missing", "message": "not set; becomes 'gpt-5.4'"],
          ["code": "missing", "message": "not set; becomes 'minimal'"],
          ["code": "missing", "message": "not set; becomes 'minimal'"],
        ])
    }
  }

  @Test func `removing a parent without an option for its children is refused`() throws {
    try withSandbox { sandbox in
      try sandbox.run("harnesses remove base generic").expectError(
        """
        error: 'platform-chat' inherits from the harness 'generic'
        hint: choose what happens to them: --reparent NAME, --detach, --orphan or --cascade

        """, exit: 1)
      try #expect(sandbox.everything() == [:])
    }
  }

  @Test(
    arguments: [
      ("--orphan", ["platform-chat": "generic"] as [String: String?]),
      ("--detach", ["platform-chat": nil]),
      ("--reparent=base", ["platform-chat": "base", "base": nil]),
      ("--cascade", [:]),
    ])
  func `each option for the children does what it says`(
    option: String, parents: [String: String?]
  ) throws {
    try withSandbox { sandbox in
      let names = option.contains("base") ? "generic" : "generic base"
      try sandbox.run("harnesses remove \(names) -q", option).expect()
      let harnesses = try sandbox.run("harnesses list -o json").json().elements
      let found = Dictionary(
        uniqueKeysWithValues: harnesses.map { ($0["name"].text ?? "", $0["parent"].text) })
      #expect(found == parents)
    }
  }

  @Test func `harnesses add reads what harnesses show writes`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create copy --from empty").expect(out: "empty -> copy@1: created\n")
      let outcome = try sandbox.shell(
        """
        set -o pipefail
        everrunsctl harnesses show generic -p oss -o json |
          everrunsctl harnesses add - -p copy -q >/dev/null
        """)
      outcome.expect(out: "")
      try #expect(
        sandbox.run("harnesses show generic -p copy -o json").output
          == sandbox.run("harnesses show generic -p oss -o json").output)
    }
  }
}
