import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import Testing

/// What commands that change a definition say about it.
@Suite struct EditOutputTests {
  @Test(arguments: ["acme", "./p.json"], [(59, true), (58, false)])
  func `a definition that could not be read back is not saved`(
    platform: String, size: (levels: Int, isRefused: Bool)
  ) throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss")
      bench.run("platform export acme --to p.json")
      let before = bench.run("platform export \(platform)")
      let value =
        String(repeating: "[", count: size.levels) + String(repeating: "]", count: size.levels)
      for option in [["-n"], []] {
        let result = bench.run(
          words: [
            "harnesses", "set", "generic",
            #"capabilities+={"ref": "web_fetch", "config": {"d": \#(value)}}"#, "-p", platform,
          ] + option)
        #expect(result.exitCode == (size.isRefused ? .failure : .success), "\(result)")
        if size.isRefused {
          #expect(
            result.errorOutput
              == "error: the definition would be invalid: nested deeper than 64 levels\n")
        }
      }
      let after = bench.run("platform export \(platform)")
      #expect(after.exitCode == .success)
      #expect((after == before) == size.isRefused)
    }
  }

  @Test func `a dry run without a chosen definition names the one that would be saved`() throws {
    try Workbench.with { bench in
      let result = bench.run("drivers unregister gemini -n -q")
      #expect(result.output == "Dry run: nothing was saved; default would get: 1 removed\n")
    }
  }

  @Test(arguments: ["", " --dry-run"])
  func `every format shows a warning with its suggestion`(option: String) throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss")
      let line = "harnesses set platform-chat parent=genric -p mine" + option
      let json = try bench.json(line)
      #expect(
        json["impact"]?["diagnostics"]?.array?.first?["hint"] == "did you mean 'generic'?")
      bench.run("harnesses set platform-chat parent=generic -p mine")
      let text = bench.run(line)
      #expect(text.exitCode == .success)
      #expect(text.output.contains("  warning: "))
      #expect(text.output.contains("hint: did you mean 'generic'?"))
    }
  }

  @Test func `a file can be edited if the store is unreadable, with a note`() throws {
    try Workbench.with { bench in
      try bench.write("this is not a store", to: "bad.db")
      bench.run("platform export oss --to p.yaml -o yaml")
      let result = bench.run("providers unregister daytona -p ./p.yaml -s bad.db")
      #expect(result.exitCode == .success)
      #expect(result.errorOutput.contains("note: the impact on the store is unknown: "))
      #expect(bench.run("providers show daytona -p ./p.yaml").exitCode == .failure)
    }
  }

  @Test(arguments: [
    ("0", "wait for it with --wait 30s"), ("1ms", "waited 1ms; wait longer with --wait 60s"),
  ])
  func `a locked file says how long it was waited for`(wait: String, hint: String) throws {
    try Workbench.with { bench throws in
      bench.run("platform export oss --to p.json -q")
      let file = try #require(FileHandle(forReadingAtPath: bench.folder + "/p.json"))
      #expect(flock(file.fileDescriptor, LOCK_EX) == 0)
      #expect(
        bench.run("drivers unregister openai -p ./p.json -q --wait " + wait)
          == Run(
            output: "",
            errorOutput: """
              error: ./p.json: another program has locked the file
              hint: \(hint), or try again when it is done

              """, exitCode: .busy))
    }
  }

  private static let anchored = """
    # Acme
    format: everruns.platform/v1
    built_in_harnesses:
      - name: one
        display_name: One
        system_prompt: &p |
          Be kind.
        tags: &t [a, b] # shared
        roles: [base, default, chat]
      - name: two   # the second
        display_name: Two
        system_prompt: *p
        tags: *t
      - name: three
        display_name: Three
        system_prompt: *p
        tags: *t # as well
    """ + "\n"

  @Test(
    arguments: [
      (
        "set two display_name=Second",
        [("display_name: Two", "display_name: Second")], nil
      ),
      (
        "set two tags+=c", [("tags: *t\n  - name: three", "tags: [a, b, c]\n  - name: three")],
        "'*t' is written out"
      ),
      (
        "set one tags=z",
        [
          ("&t [a, b] # shared", "[z] # shared"),
          ("tags: *t\n  - name: three", "tags: &t [a, b]\n  - name: three"),
        ], "'*t' is written out"
      ),
      (
        "remove one",
        [
          (
            "  - name: one\n    display_name: One\n    system_prompt: &p |\n      Be kind.\n    tags: &t [a, b] # shared\n"
              + "    roles: [base, default, chat]\n", ""
          ),
          (
            "system_prompt: *p\n    tags: *t\n",
            "system_prompt: &p |\n      Be kind.\n    tags: &t [a, b]\n"
          ),
        ], "'*p' and '*t' are written out"
      ),
    ] as [(String, [(old: String, new: String)], String?)])
  func `a file with anchors is edited in place, and a note names those that are written out`(
    change: String, edits: [(old: String, new: String)], lost: String?
  ) throws {
    try Workbench.with { bench in
      try bench.write(Self.anchored, to: "p.yaml")
      let start = "note: './p.yaml' cannot keep all of its anchors and aliases: "
      func notes(_ result: Run) -> [String] {
        result.errorOutput.split(separator: "\n").map(String.init)
          .filter { $0.contains("anchors") || $0.contains("rewritten") }
      }
      let dry = bench.run("harnesses \(change) -n -p ./p.yaml")
      let written = lost?.replacing(/(is|are) written/, with: "would be written")
      #expect(notes(dry) == (written.map { [start + $0] } ?? []), "\(dry)")
      let result = bench.run("harnesses \(change) -p ./p.yaml")
      #expect(result.exitCode == .success)
      #expect(notes(result) == (lost.map { [start + $0] } ?? []), "\(result)")
      var expected = Self.anchored
      for edit in edits {
        #expect(expected.contains(edit.old))
        expected = expected.replacing(edit.old, with: edit.new, maxReplacements: 1)
      }
      #expect(try bench.text(of: "p.yaml") == expected)
    }
  }

  @Test func `a file that is rewritten as a whole is said to lose its anchors`() throws {
    try Workbench.with { bench in
      try bench.write(
        Self.anchored.replacing("tags: *t # as well", with: "tags: [ # list\n      x]"),
        to: "p.yaml")
      let result = bench.run("harnesses set three tags+=c -p ./p.yaml")
      #expect(result.exitCode == .success)
      #expect(
        result.errorOutput.hasPrefix(
          "note: './p.yaml' cannot be edited in place and is rewritten; comments, anchors, order "
            + "and layout are lost\n"), "\(result)")
    }
  }

  @Test func `U+0000 in an operand is refused with its place`() throws {
    try Workbench.with { bench in
      bench.run("platform create acme --from oss -q")
      let refused = bench.run(
        words: ["harnesses", "set", "generic", #"tags=["a\u0000b"]"#, "-p", "acme"])
      #expect(refused.exitCode == .badInput && refused.output.isEmpty)
      #expect(refused.errorOutput == "error: tags:1:4: U+0000 is not allowed in a text\n")
    }
  }

  @Test func `a missing dependency is a warning, and no heading is empty`() throws {
    try Workbench.with { bench in
      let result = bench.run(
        "capabilities register -", input: #"{"id":"a1","name":"D","dependencies":["a2"]}"#)
      #expect(result.output.contains("[missing_dependency]"))
      let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where line == "Impact" {
        #expect(lines[index + 1].hasPrefix("  "))
      }
    }
  }

  @Test func `saving a definition from a file shows its warnings`() throws {
    try Workbench.with { bench in
      try bench.write(
        """
        format: everruns.platform/v1
        built_in_harnesses:
          - {name: a, display_name: A, system_prompt: x, parent: b, roles: [base, default, chat]}
        """, to: "mine.yaml")
      let result = bench.run("platform import mine.yaml --dry-run")
      #expect(result.exitCode == .success)
      #expect(result.output.contains("mine.yaml:3:58: warning: "))
      #expect(result.output.contains("[unknown_parent]"))
    }
  }

  @Test(arguments: [
    ("capabilities show daytona", "capabilities unregister daytona", "capabilities register -"),
    ("drivers show openai", "drivers unregister openai", "drivers register -"),
    ("providers show daytona", "providers unregister daytona", "providers register -"),
    ("harnesses show platform-chat", "harnesses remove platform-chat", "harnesses add -"),
    (
      "harnesses show generic --effective", "harnesses remove generic --orphan", "harnesses add -"
    ),
  ])
  func `the output of show can be registered again`(show: String, remove: String, add: String)
    throws
  {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss")
      let object = bench.run(show + " -p mine -o json").output
      bench.run(remove + " -p mine")
      let result = bench.run(add + " -p mine", input: object)
      #expect(result == Run(output: result.output, errorOutput: "", exitCode: .success))
    }
  }

  @Test(arguments: ["platform show", "platform validate", "platform import"])
  func `every command shows the hint of a diagnostic`(command: String) throws {
    try Fleet.with { fleet in
      try fleet.writePlatform(
        harnesses: "  - {name: extra, display_name: Extra, system_prompt: Hi., parent: bsae}")
      let run = fleet.run("\(command) ./p.yaml")
      #expect(run.output.contains(" [unknown_parent]\n"), "\(run)")
      #expect(run.output.contains("  hint: did you mean 'base'?\n"), "\(run)")
    }
  }

  @Test(arguments: [
    // The target has it, the definition in use has it, none has it.
    ("platform use empty", " -p mine"), ("capabilities list", " -p mine"),
    ("harnesses remove platform-chat -p mine", ""),
    ("harnesses remove platform-chat -p mine | platform use empty", " -p REF"),
  ])
  func `a merged template is shown from a definition that has it`(
    preparation: String, option: String
  ) throws {
    try Workbench.with { bench throws in
      bench.run("platform create mine --from oss")
      let merged = bench.run("harnesses show platform-chat --effective -p oss -o json").output
      for line in preparation.components(separatedBy: " | ") {
        #expect(bench.run(line).exitCode == .success)
      }
      let refused = bench.run("harnesses add - -p mine", input: merged)
      #expect(
        refused.errorOutput.contains(
          "everrunsctl harnesses show platform-chat -o json\(option); or set"), "\(refused)")
    }
  }

  @Test func `a template that was shown merged with its parent is not added with that parent`()
    throws
  {
    try Workbench.with { bench in
      bench.run("platform create mine --from oss")
      let merged = bench.run("harnesses show platform-chat --effective -p mine -o json").output
      let refused = bench.run("harnesses add - --replace -p mine", input: merged)
      #expect(
        refused
          == Run(
            output: "",
            errorOutput: """
              error: -: 'platform-chat' is merged with its parent, whose prompt it would repeat
              hint: write it without --effective: everrunsctl harnesses show platform-chat -o json -p mine; or set its parent to null

              """, exitCode: .badInput))
      var object = try JSONValue(json: merged).object ?? [:]
      object["parent"] = .null
      let added = bench.run(
        "harnesses add - --replace -p mine", input: JSONValue.object(object).prettyJSON)
      #expect(added.exitCode == .success)
    }
  }

  @Test func `the impact counts the settings of every organization`() throws {
    try Fleet.with(5) { fleet throws in
      _ = fleet.run(words: ["orgs", "set", "Org 4", "default-harness=chat"])
      let line = "harnesses set base roles-=default -n"
      let reason = "no harness has the role 'default'"
      let own = "\(Fleet.organization(4))/organization_settings/default-harness"
      #expect(
        fleet.run(line).output.contains(
          """
            organization_settings/default-harness: unchanged -> skip, \(reason); the row stays
            */organization_settings/default-harness x 3 organizations (Org 2, Org 3 and Org 5): unchanged -> skip, \(reason); the rows stay
            \(own) (Org 4): keep -> skip, \(reason); the row stays

          """))
      let rows = try fleet.json(line)["impact"]?["seed_rows"].elements ?? []
      #expect(rows.map { $0["orgs"] } == [nil, 3, nil])
      #expect(rows.map { $0["org_name"] } == [nil, nil, "Org 4"])
      #expect(
        rows.map { $0["examples"].elements.map { $0["name"] } } == [
          [], ["Org 2", "Org 3", "Org 5"], [],
        ])
      #expect(
        rows.map { $0["address"]?.string } == [
          "organization_settings/default-harness", "*/organization_settings/default-harness", own,
        ])
    }
  }

  @Test func `many rows with the same impact share a line, unless -v is given`() throws {
    try Workbench.with { bench in
      let line = "drivers unregister openai -n"
      func models(_ run: Run) -> [Substring] {
        run.output.split(separator: "\n").filter { $0.hasPrefix("  llm_model/") }
      }
      let all = models(bench.run(line + " -v"))
      #expect(all.count > 20)
      let folded = models(bench.run(line))
      #expect(folded.count == 1)
      #expect(
        folded.first?.hasSuffix(
          " and \(all.count - 3) more: create -> skip, the driver 'openai' is not registered")
          == true)
    }
  }

  @Test(arguments: [
    ("capabilities show nope daytona nada", "no capabilities named 'nope' or 'nada'"),
    ("drivers unregister opnai gemni", "no drivers named 'opnai' or 'gemni'"),
    ("harnesses show one two three", "no harnesses named 'one', 'two' or 'three'"),
    ("harnesses remove one two", "no harnesses named 'one' or 'two'"),
    ("providers show nothing", "no provider named 'nothing'"),
  ])
  func `every unknown id is listed`(line: String, message: String) throws {
    try Workbench.with { bench in
      bench.run("platform create default --from oss")
      let result = bench.run(line)
      #expect(result.exitCode == .failure)
      #expect(result.errorOutput.hasPrefix("error: \(message)\n"))
    }
  }

  @Test func `each of several unknown ids gets its suggestion`() throws {
    try Workbench.with { bench in
      #expect(
        bench.run("drivers show opnai gemni").errorOutput == """
          error: no drivers named 'opnai' or 'gemni'
          hint: for 'opnai', did you mean 'openai'? for 'gemni', did you mean 'gemini'?

          """)
    }
  }

  @Test(arguments: [
    "drivers unregister openai --cascade", "providers unregister daytona --cascade",
  ])
  func `only capabilities have --cascade`(line: String) throws {
    try Workbench.with { bench in
      #expect(bench.run(line).exitCode == .usage)
    }
  }

  @Test func `an agent that loses a dependency of its capabilities is named`() throws {
    try Fleet.with { fleet throws in
      let platform = try String(contentsOfFile: fleet.folder + "/p.yaml", encoding: .utf8)
      try fleet.write(
        platform.replacing(
          "- {id: web, name: Web}",
          with: "- {id: net, name: Net}\n  - {id: web, name: Web, dependencies: [net]}"),
        to: "p.yaml")
      try #expect(
        fleet.json("capabilities unregister net -n")["impact"]?["agents"] == [
          [
            "org": .string(Fleet.organization(1)), "org_name": "Home", "name": "helper",
            "loses": ["net"],
          ]
        ])
    }
  }

  @Test func `rows that a template leaves to another one with their name are part of the impact`()
    throws
  {
    try Fleet.with(3) { fleet throws in
      #expect(fleet.run("harnesses remove chat -q").exitCode == .success)
      let renamed = try fleet.json("harnesses rename base chat")
      #expect(
        renamed["impact"]?["harnesses"]?.array?.map { [$0["name"], $0["op"], $0["organizations"]] }
          == [["base", "remove", ["keep": 3]], ["chat", "change", ["update": 3]]])
    }
  }
}
