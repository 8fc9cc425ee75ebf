import Foundation
import Testing

/// Every list and every page about one thing, in every form.
@Suite struct ListAndShowTests {
  static let lists = [
    "capabilities list", "drivers list", "providers list", "harnesses list", "platform list",
    "orgs list",
  ]

  static let objects = [
    "capabilities show daytona", "capabilities show daytona skills", "capabilities resolve daytona",
    "drivers show openai", "providers show daytona github", "harnesses show generic",
    "harnesses show generic --effective", "harnesses tree", "platform show",
    "platform export", "platform validate", "seed preview", "seed catalog", "status", "version",
    "store info", "orgs show org_00000000000000000000000000000007",
  ]

  /// A store with two saved definitions and two organizations.
  private func withStore(_ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create acme -q --from worker").expect(
        out: "worker -> acme@1: created\n")
      try sandbox.run("harnesses remove platform-chat -q").expect()
      try sandbox.sql(
        """
        INSERT INTO organizations (org_id, public_id, name) VALUES
          (7, 'org_00000000000000000000000000000007', 'Seven'),
          (8, 'org_00000000000000000000000000000008', 'Eight');
        """)
      try body(sandbox)
    }
  }

  @Test(
    .enabled(if: Tool.sqlite && Tool.pythonYAML, "needs sqlite3 and python3-yaml"),
    arguments: lists + objects)
  func `JSON is one value, the same bytes each time, and the same as YAML`(line: String) throws {
    try withStore { sandbox in
      let json = try sandbox.run(line + " -o json")
      json.expect()
      _ = try json.json()
      let again = try sandbox.run(line + " -o json")
      #expect(again.output == json.output)
      let yaml = try sandbox.run(line + " -o yaml")
      yaml.expect()
      try sandbox.write("a.json", json.output)
      try sandbox.write("a.yaml", yaml.output)
      let program = """
        import json, sys, yaml
        loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)
        a, b = json.load(open('a.json')), yaml.load(open('a.yaml'), loader)
        sys.exit(0 if a == b else f'{a!r}\\n\\n{b!r}')
        """
      try sandbox.run(["/usr/bin/python3", "-c", program]).expect(out: "")
    }
  }

  @Test(arguments: lists + objects)
  func `every text output is non-empty and ends with a line break`(line: String) throws {
    try withStore { sandbox in
      let outcome = try sandbox.run(line)
      outcome.expect()
      #expect(outcome.out.hasSuffix("\n") && !outcome.out.hasSuffix("\n\n"), outcome.report)
      #expect(outcome.lines.allSatisfy { !$0.hasSuffix(" ") }, outcome.report)
      try sandbox.run(line).expect(out: outcome.out)
    }
  }

  @Test(arguments: lists)
  func `-o name prints the ids of the JSON output, one per line`(line: String) throws {
    let keys = ["drivers list": "provider_type", "orgs list": "public_id"]
    let key = keys[line] ?? (line.hasPrefix("ha") || line.hasPrefix("pl") ? "name" : "id")
    try withStore { sandbox in
      let ids = try sandbox.run(line + " -o json").json().elements.compactMap { $0[key].text }
      #expect(!ids.isEmpty)
      try sandbox.run(line + " -o name").expect(out: ids.map { $0 + "\n" }.joined())
    }
  }

  /// What is not written as an object.
  private static let listsToo = ["seed preview", "platform validate", "harnesses tree"]

  @Test(arguments: objects.filter { !listsToo.contains($0) })
  func `only lists and plans support -o name`(line: String) throws {
    try withStore { sandbox in
      let outcome = try sandbox.run(line + " -o name")
      outcome.expect(out: "", err: nil, exit: 64)
      #expect(outcome.err.contains(" does not support -o name\nhint: it supports "), outcome.report)
    }
  }

  @Test(
    arguments: ["capabilities", "drivers", "providers", "harnesses"])
  func `names of a list can be passed to show, through a real shell and xargs`(noun: String) throws
  {
    try withStore { sandbox in
      let all = try sandbox.run("\(noun) list -o json -p oss").json().elements
      let key = ["drivers": "provider_type", "harnesses": "name"][noun] ?? "id"
      let outcome = try sandbox.shell(
        """
        everrunsctl \(noun) list -p oss -o name |
          xargs "$EVERRUNSCTL" \(noun) show -p oss -o json
        """)
      outcome.expect()
      let shown = try outcome.json().elements
      #expect(shown.map { $0[key] } == all.map { $0[key] }, outcome.report)
    }
  }

  @Test func `one id gives an object, several give an array in the requested order`() throws {
    try withSandbox { sandbox in
      let one = try sandbox.run("drivers show openai -o json").json()
      let several = try sandbox.run("drivers show gemini openai -o json").json()
      #expect(several.elements.map { $0["provider_type"] } == ["gemini", "openai"])
      #expect(several.elements.last == one)
    }
  }

  @Test func `capabilities show lists the users of a capability`() throws {
    try withSandbox { sandbox in
      let all = try sandbox.run("capabilities list -o json").json().elements
      let shown = try sandbox.run("capabilities show session_storage -o json").json()
      let needing = all.filter { $0["dependencies"].elements.contains("session_storage") }
      #expect(shown["required_by"] == .array(needing.map { $0["id"] }))
      #expect(!needing.isEmpty)
      let daytona = try sandbox.run("capabilities show daytona -o json").json()
      #expect(daytona["used_by_seed_agents"] == ["daytona-coder"])
      #expect(daytona["used_by_harnesses"] == [])
    }
  }

  @Test func `capabilities resolve puts dependencies first and adds features and risk`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("capabilities resolve daytona current_time -o json")
      outcome.expect()
      try #expect(
        outcome.json() == [
          "resolved": ["session_storage", "daytona", "current_time"],
          "added": ["session_storage"], "unknown": [],
          "features": ["secrets", "key_value", "leased_resources"], "max_risk": "high",
        ], outcome.report)
    }
  }

  @Test func `capabilities resolve reports unknown ids, still prints the result, and ends with 1`()
    throws
  {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("capabilities resolve current_time nope -o json")
      outcome.expect(out: nil, err: nil, exit: 1)
      let result = try outcome.json()
      #expect(result["resolved"] == ["current_time"])
      #expect(result["unknown"] == ["nope"])
    }
  }

  @Test(
    arguments: [
      ("--status available", "status", "available"),
      ("--status=coming_soon", "status", "coming_soon"),
      ("--risk high", "risk_level", "high"), ("--category execution", "category", "Execution"),
    ])
  func `the filters of capabilities list select by properties`(
    option: String, key: String, value: String
  ) throws {
    try withSandbox { sandbox in
      let all = try sandbox.run("capabilities list -o json --grade dev").json().elements
      let some = try sandbox.run("capabilities list -o json --grade dev \(option)").json().elements
      #expect(some == all.filter { $0[key] == .string(value) })
    }
  }

  @Test func `a list without entries is an empty array, and says so on standard error`() throws {
    try withSandbox { sandbox in
      for noun in ["capabilities", "drivers", "providers", "harnesses"] {
        try sandbox.run("\(noun) list -p empty -o json").expect(out: "[]\n", err: nil)
        let text = try sandbox.run("\(noun) list -p empty")
        text.expect(out: "", err: nil)
        #expect(text.err.hasPrefix("note: "), text.report)
        try sandbox.run("\(noun) list -p empty -o name -q").expect(out: "")
        try sandbox.run("\(noun) list -p empty -q").expect(out: "")
      }
    }
  }

  @Test(
    arguments: [
      ("capability list", "capabilities list"), ("driver list", "drivers list"),
      ("provider list", "providers list"), ("connections list", "providers list"),
      ("connection-providers list", "providers list"), ("harness list", "harnesses list"),
      ("platforms list", "platform list"), ("org list", "orgs list"),
    ])
  func `nouns have their aliases`(alias: String, line: String) throws {
    try withSandbox { sandbox in
      let wanted = try sandbox.run(line)
      try sandbox.run(alias).expect(out: wanted.out, err: wanted.err)
    }
  }

  @Test func `platform list names presets and saved definitions with their counts`() throws {
    try withStore { sandbox in
      let entries = try sandbox.run("platform list -o json").json().elements
      #expect(entries.map { $0["name"] } == ["oss", "worker", "empty", "acme", "default"])
      let acme = try sandbox.run("platform show acme -o json").json()
      #expect(
        entries[3] == [
          "name": "acme", "kind": "saved", "revision": 1, "revisions": 1, "active": false,
          "fingerprint": acme["fingerprint"], "capabilities": 38, "drivers": 5,
          "connection_providers": 0, "built_in_harnesses": 0,
        ])
      #expect(entries[4]["active"] == true)
      #expect(entries[4]["revision"] == 2)
      #expect(entries[0]["revision"] == nil)
    }
  }

  @Test func `an organization is shown by its id and by its name`() throws {
    try withStore { sandbox in
      let byID = try sandbox.run("orgs show org_00000000000000000000000000000007 -o json")
      try sandbox.run("orgs show Seven -o json").expect(out: byID.out)
      try #expect(
        byID.json() == [
          "org_id": 7, "public_id": "org_00000000000000000000000000000007", "name": "Seven",
          "settings": ["default_model": nil, "default_harness": nil, "base_harness": nil],
          "counts": [
            "user": 0, "llm_provider": 0, "llm_model": 0, "organization_settings": 0,
            "mcp_server": 0, "harness": 0, "agent": 0,
          ],
        ])
      try sandbox.sql("INSERT INTO organizations VALUES (9, 'org_nine', 'Seven')")
      try sandbox.run("orgs show Seven").expectError(
        """
        error: 2 organizations are named 'Seven'
        hint: name it by its id: org_00000000000000000000000000000007, org_nine

        """, exit: 1)
      try sandbox.run("orgs show org_nin").expectError(
        """
        error: no organization named 'org_nin'
        hint: did you mean 'org_nine'?

        """, exit: 1)
    }
  }

  @Test(
    arguments: ["json", "yaml"])
  func `an exported document can be imported by its file and exports to the same bytes`(
    form: String
  ) throws {
    try withSandbox { sandbox in
      try sandbox.run("platform export oss -q --to p.\(form)").expect(out: "")
      let direct = try sandbox.run("platform export oss -o \(form)")
      try #expect(sandbox.read("p.\(form)") == direct.out)
      try sandbox.run("platform export p.\(form) -o \(form)").expect(out: direct.out)
      try sandbox.run("platform export p.\(form) -o json").expect(
        out: sandbox.run("platform export oss").out)
    }
  }

  @Test func `platform export --to does not overwrite a file without --force`() throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", "mine")
      try sandbox.run("platform export oss --to p.json").expectError(
        """
        error: the file 'p.json' already exists
        hint: overwrite it with --force

        """, exit: 1)
      try #expect(sandbox.read("p.json") == "mine")
      try sandbox.run("platform export oss --to p.json --force").expect(
        out: "", err: "note: written to 'p.json'\n")
      try #expect(sandbox.read("p.json") == sandbox.run("platform export oss").out)
    }
  }

  @Test func `platform export --to - is standard output`() throws {
    try withSandbox { sandbox in
      let wanted = try sandbox.run("platform export oss").out
      try sandbox.run("platform export oss --to - -q").expect(out: wanted)
      try #expect(sandbox.everything() == [:])
    }
  }

  @Test func `platform export --to writes into a special file without replacing it`() throws {
    try withSandbox { sandbox in
      try sandbox.run(["/usr/bin/mkfifo", sandbox.path("pipe")]).expect()
      let outcome = try sandbox.shell(
        """
        timeout 10 cat pipe > copy & reader=$!
        everrunsctl platform export empty --to pipe --force -q; echo $?
        test -p pipe && echo "still a pipe"; kill $reader 2>/dev/null; wait
        """)
      outcome.expect(out: "0\nstill a pipe\n", err: nil)
    }
  }

  @Test func `platform export --to obeys the process's mask`() throws {
    try withSandbox { sandbox in
      try sandbox.shell(
        "umask 077; everrunsctl platform export oss --to p.json -q; stat -c %a p.json"
      )
      .expect(out: "600\n")
    }
  }

  @Test func `platform export --to into a missing folder is exit code 73`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("platform export oss --to nowhere/p.json")
      outcome.expectError(
        "error: nowhere/p.json: cannot create: its folder does not exist\n", exit: 73)
    }
  }
}
