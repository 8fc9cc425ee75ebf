import Foundation
import Testing

/// What other programs read and write: differences, patches, the schema, graphs.
@Suite struct PlatformExchangeTests {
  private static let before = """
    {"format": "everruns.platform/v1",
     "capabilities": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
     "connection_providers": [{"id": "p", "display_name": "P", "connection_type": "oauth"}],
     "built_in_harnesses": [
       {"name": "h", "display_name": "H", "system_prompt": "One\\nTwo\\nThree", "tags": ["x", "y"],
        "capabilities": ["a", {"ref": "b", "config": {"n": 1.0, "m": 2}}]}]}
    """
  private static let after = """
    format: everruns.platform/v1
    capabilities:
      - {id: c, name: C}
      - {id: a, name: A, risk_level: high}
      - {id: d, name: D}
    connection_providers:
      - id: p
        display_name: P
        form_schema: {fields: [{name: k}]}
    built_in_harnesses:
      - name: h
        display_name: H
        parent: base
        tags: [y, z]
        capabilities: [{ref: b, config: {n: 1.00}}, c]
        system_prompt: |-
          One
          2
          Three
    """

  // MARK: diff

  @Test func `a difference is shown by field, prompts by line, lists by item`() throws {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      try sandbox.write("b.yaml", Self.after)
      try sandbox.run("platform diff a.json b.yaml").expect(
        out: """
          - capabilities/b
          ~ capabilities/a/risk_level  "low" -> "high"
          + capabilities/d
          ~ capabilities: other order  a after c
          ~ connection_providers/p/connection_type  "oauth" -> "api_key"
          ~ connection_providers/p/form_schema  none -> {"fields":[{"name":"k","label":"","field_type":"text","required":false,"placeholder":null,"help_text":null}],"instructions_markdown":""}
          ~ built_in_harnesses/h/system_prompt  13 -> 11 characters
                @@ line 2 @@
                  One
                - Two
                + 2
                  Three
          ~ built_in_harnesses/h/parent  none -> "base"
          ~ built_in_harnesses/h/tags  + z  - x
          ~ built_in_harnesses/h/capabilities  + c  - a
                  ~ b  {"ref":"b","config":{"m":2,"n":1.0}} -> {"ref":"b","config":{"n":1.00}}

          a.json -> b.yaml: 1 added, 1 removed, 7 changed, 1 reordered
            capabilities: 1 added, 1 removed, 1 changed, 1 reordered
            drivers: unchanged
            connection_providers: 2 changed
            built_in_harnesses: 4 changed

          """)
    }
  }

  @Test func `a difference as JSON has the changes and their counts`() throws {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      try sandbox.write("b.yaml", Self.after)
      let result = try sandbox.run("platform diff a.json b.yaml -o json").json()
      #expect(result.keys == ["changes", "summary"])
      #expect(result["summary"] == ["add": 1, "remove": 1, "change": 7, "reorder": 1])
      let changes = result["changes"].elements
      #expect(changes.map(\.keys).allSatisfy { $0 == ["op", "path", "before", "after"] })
      #expect(
        changes[1] == [
          "op": "change", "path": "capabilities/a/risk_level", "before": "low", "after": "high",
        ])
      #expect(
        changes[3] == [
          "op": "reorder", "path": "capabilities", "before": ["a", "c"], "after": ["c", "a"],
        ])
    }
  }

  @Test func `differences are exit code 2 only with --exit-code`() throws {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      try sandbox.run("platform diff a.json oss -o json").expect(exit: 0)
      try sandbox.run("platform diff a.json oss --exit-code").expect(exit: 2)
      try sandbox.run("platform diff a.json a.json --exit-code").expect(
        out: """
          a.json -> a.json: no differences
            capabilities: unchanged
            drivers: unchanged
            connection_providers: unchanged
            built_in_harnesses: unchanged

          """)
      try sandbox.run("platform diff a.json a.json -o json").expect(
        out: """
          {
            "changes": [],
            "summary": {
              "add": 0,
              "remove": 0,
              "change": 0,
              "reorder": 0
            }
          }

          """)
      try sandbox.run("platform diff oss none.json --exit-code").expect(out: "", err: nil, exit: 66)
      try sandbox.run("platform diff oss nothere --exit-code").expect(out: "", err: nil, exit: 1)
    }
  }

  @Test func `the second definition defaults to the one in use`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform diff oss --exit-code").expect(err: "")
      try sandbox.run("platform diff oss --exit-code -p worker").expect(err: "", exit: 2)
      try sandbox.run("platform diff - -", input: Data(Self.before.utf8)).expectError(
        """
        error: both definitions cannot come from standard input
        usage: everrunsctl platform diff A [B] [options]
        run 'everrunsctl platform diff --help' for help

        """, exit: 64)
      try sandbox.run("platform diff").expect(out: "", err: nil, exit: 64)
      try sandbox.run("platform diff oss worker --format patsch").expect(
        out: "", err: nil, exit: 64)
    }
  }

  @Test func `the worker has the surface of the stock platform, without providers and harnesses`()
    throws
  {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("platform diff worker oss")
      #expect(
        outcome.lines.suffix(5) == [
          "worker -> oss: 8 added", "  capabilities: unchanged", "  drivers: unchanged",
          "  connection_providers: 5 added", "  built_in_harnesses: 3 added",
        ], outcome.report)
    }
  }

  @Test func `a difference as Markdown is a diff block`() throws {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      try sandbox.write("b.json", Self.before.replacingOccurrences(of: "Two", with: "```2"))
      try sandbox.run("platform diff a.json b.json -o markdown").expect(
        out: """
          ### `a.json -> b.json`

          **1 changed**

          - `capabilities`: unchanged
          - `drivers`: unchanged
          - `connection_providers`: unchanged
          - `built_in_harnesses`: 1 changed

          ````diff
          ~ built_in_harnesses/h/system_prompt  13 -> 14 characters
          @@ line 2 @@
            One
          - Two
          + ```2
            Three
          ````

          """)
    }
  }

  // MARK: patch

  @Test func `our patches apply here, in both directions`() throws {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      try sandbox.write("b.yaml", Self.after)
      for (from, to) in [
        ("a.json", "b.yaml"), ("b.yaml", "a.json"), ("empty", "oss"), ("oss", "a.json"),
      ] {
        try sandbox.run("platform create t\(from == "empty" ? 1 : 0)x -q --from", from).expect()
        let name = "t\(from == "empty" ? 1 : 0)x"
        let patch = try sandbox.run("platform diff --format patch", from, to)
        patch.expect(err: "")
        try sandbox.run("platform patch - -q -p", name, input: patch.output).expect(err: "")
        try sandbox.run("platform export", name).expect(
          out: sandbox.run("platform export", to).out)
        try sandbox.run("platform delete -y -q", name).expect()
      }
      try sandbox.run("platform diff oss oss --format patch").expect(out: "[]\n")
    }
  }

  @Test(
    .enabled(if: Tool.pythonJSONPatch))
  func `Python's jsonpatch applies our patches with the same result`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      try sandbox.write("b.yaml", Self.after)
      let program = """
        import json, jsonpatch, sys
        a, b, p = (json.load(open(n)) for n in sys.argv[1:])
        r = jsonpatch.apply_patch(a, p)
        assert json.dumps(r, sort_keys=True) == json.dumps(b, sort_keys=True)
        """
      let references = ["a.json", "b.yaml", "oss", "worker", "empty"]
      for from in references {
        for to in references {
          try sandbox.write("from", sandbox.run("platform export", from).output)
          try sandbox.write("to", sandbox.run("platform export", to).output)
          try sandbox.write("patch", sandbox.run("platform diff --format patch", from, to).output)
          try sandbox.run(["/usr/bin/python3", "-c", program, "from", "to", "patch"]).expect(
            out: "")
        }
      }
    }
  }

  @Test(.enabled(if: Tool.pythonJSONPatch))
  func `a patch created by Python is applied here`() throws {
    try withSandbox { sandbox in
      let program = """
        import json, jsonpatch, sys
        a, b = (json.load(open(n)) for n in sys.argv[1:])
        print(jsonpatch.make_patch(a, b).to_string())
        """
      try sandbox.run("platform export oss -q --to a.json").expect()
      // Python writes numbers in a way of its own.
      try sandbox.write("x.yaml", Self.after.replacingOccurrences(of: "1.00", with: "2"))
      try sandbox.run("platform export x.yaml -q --to b.json").expect()
      let patch = try sandbox.run(["/usr/bin/python3", "-c", program, "a.json", "b.json"])
      try sandbox.run("platform patch - -q -p a.json", input: patch.output).expect(err: "")
      try #expect(sandbox.read("a.json") == sandbox.read("b.json"))
    }
  }

  private static let otherDefinition =
    "hint: the patch was created from another definition: create it again with "
    + "'platform diff --format patch', or use 'platform merge'"

  @Test func `a patch is applied as a whole or not at all`() throws {
    try withSandbox { sandbox in
      try sandbox.write("a.json", Self.before)
      let cases: [(String, String, Int32)] = [
        (
          #"[{"op":"remove","path":"/capabilities/0"},{"op":"remove","path":"/capabilities/9"}]"#,
          """
          error: -: operation 2, remove '/capabilities/9': index 9 is out of range: '/capabilities' has 2 entries
          \(Self.otherDefinition)

          """, 1
        ),
        (
          #"[{"op":"test","path":"/capabilities/0/id","value":"z"}]"#,
          """
          error: -: operation 1, test '/capabilities/0/id': expected "z", found "a"
          \(Self.otherDefinition)

          """, 1
        ),
        (
          #"[{"op":"replase","path":"/x"}]"#,
          """
          error: -:1:8: 'op' must be 'add', 'remove', 'replace', 'move', 'copy' or 'test', not 'replase'
          hint: did you mean 'replace'?

          """, 65
        ),
        (
          #"[{"op":"add","path":"/capabilities/0/nam","value":1}]"#,
          """
          error: the definition would be invalid: /capabilities/0/nam: unknown key 'nam' in the capability
          hint: did you mean 'name'?

          """, 1
        ),
        (
          #"[{"op":"replace","path":"/capabilities/0/dependencies","value":["a"]}]"#,
          "error: the definition would be invalid: dependency cycle of capabilities: a -> a\n", 1
        ),
        ("{", "", 65),
      ]
      for (patch, message, code) in cases {
        let outcome = try sandbox.run("platform patch - -p a.json", input: Data(patch.utf8))
        outcome.expect(out: "", err: message.isEmpty ? nil : message, exit: code)
        try #expect(sandbox.read("a.json") == Self.before)
      }
      let result = try sandbox.run(
        "platform patch - -p a.json -o json -n",
        input: Data(#"[{"op":"add","path":"/capabilities/-","value":{"id":"e","name":"E"}}]"#.utf8)
      ).json()
      #expect(result["changes"].elements.map { $0["path"] } == ["capabilities/e"])
      #expect(result["after"] == nil)
    }
  }

  // MARK: schema

  @Test func `the schema is valid draft 2020-12, in every way to print it`() throws {
    try withSandbox { sandbox in
      let text = try sandbox.run("platform schema")
      try #expect(sandbox.run("platform schema -o json").out == text.out)
      try #expect(text.json()["$schema"] == "https://json-schema.org/draft/2020-12/schema")
      try sandbox.run("platform schema x").expect(out: "", err: nil, exit: 64)
    }
  }

  @Test(
    .enabled(if: Tool.pythonJSONSchema))
  func
    `Python's jsonschema accepts what is exported and refuses what import refuses for its shape`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write("schema.json", sandbox.run("platform schema").output)
      try sandbox.write("check.py", Self.checker)
      try sandbox.write("b.yaml", Self.after)
      try sandbox.write("a.json", Self.before)
      var good: [String] = []
      for (index, line) in ["oss", "oss --grade dev", "worker", "empty", "b.yaml"].enumerated() {
        good.append("good\(index).json")
        try sandbox.write(good[index], sandbox.run("platform export \(line)").output)
      }
      // What import takes with defaults and bare strings is of the right shape too.
      good.append("a.json")
      try sandbox.run(["/usr/bin/python3", "check.py"] + good).expect(
        out: good.map { "\($0) valid\n" }.joined())
      var bad: [String] = []
      for (index, text) in Self.badDocuments.enumerated() {
        let name = "bad\(index).json"
        bad.append(name)
        try sandbox.write(name, text)
        try sandbox.run("platform import --as x -q", name).expect(out: "", err: nil, exit: 65)
      }
      try sandbox.run(["/usr/bin/python3", "check.py"] + bad).expect(
        out: bad.map { "\($0) invalid\n" }.joined())
    }
  }

  private static let checker = """
    import json, jsonschema, sys
    schema = json.load(open("schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in sys.argv[1:]:
        print(name, "valid" if validator.is_valid(json.load(open(name))) else "invalid")
    """

  /// Documents that are wrong in one thing each.
  private static var badDocuments: [String] {
    let capability = { (fields: String) in
      #"{"format":"everruns.platform/v1","capabilities":[{\#(fields)}]}"#
    }
    let harness = { (fields: String) in
      #"{"format":"everruns.platform/v1","built_in_harnesses":[{"name":"h","display_name":"H","system_prompt":"x"\#(fields)}]}"#
    }
    return [
      "{}", "[]", #"{"format":"everruns.platform/v2"}"#,
      #"{"format":"everruns.platform/v1","x":1}"#,
      #"{"format":"everruns.platform/v1","drivers":{}}"#,
      #"{"format":"everruns.platform/v1","drivers":[{"provider_type":"x"}]}"#,
      capability(#""id":"a""#), capability(#""name":"A""#), capability(#""id":"A","name":"A""#),
      capability(#""id":"a\n","name":"A""#), capability(#""id":"a","name":1"#),
      capability(#""id":"\#(String(repeating: "a", count: 51))","name":"A""#),
      capability(#""id":"a","name":"A","status":"gone""#),
      capability(#""id":"a","name":"A","experimental":"no""#),
      capability(#""id":"a","name":"A","dependencies":[1]"#),
      capability(#""id":"a","name":"A","description":null"#),
      harness(#","seed_id":"01933B5A-0000-7000-8000-000000000601""#),
      harness(#","roles":["king"]"#),
      harness(#","capabilities":[{"config":{}}]"#),
      harness(#","capabilities":[{"ref":"a","config":[]}]"#),
      harness(#","parent":1"#),
      #"{"format":"everruns.platform/v1","connection_providers":[{"id":"p","display_name":"P","connection_type":"oauth","form_schema":{}}]}"#,
    ]
  }

  // MARK: graph

  @Test
  func `the tree shows each capability with what it needs, and harnesses under their parents`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write(
        "g.json",
        """
        {"format": "everruns.platform/v1", "capabilities": [
          {"id": "a", "name": "A", "dependencies": ["b", "c"]},
          {"id": "b", "name": "B", "dependencies": ["d"]},
          {"id": "c", "name": "C", "dependencies": ["b", "gone"]},
          {"id": "d", "name": "D"}, {"id": "e", "name": "E"}],
         "built_in_harnesses": [
          {"name": "x", "display_name": "X", "system_prompt": ""},
          {"name": "y", "display_name": "Y", "system_prompt": "", "parent": "x"}]}
        """)
      try sandbox.run("platform graph g.json").expect(
        out: """
          capabilities
          a
          ├── b
          │   └── d
          └── c
              ├── b  (above)
              └── gone  (missing)
          unconnected: e

          harnesses
          x
          └── y

          """)
      let graph = try sandbox.run("platform graph g.json -o json").json()
      #expect(graph["nodes"].elements.count == 8)
      #expect(
        graph["edges"].elements.last == ["kind": "harness", "from": "y", "to": "x"])
      try sandbox.run("platform graph g.json --format mermaid").expect(
        out: """
          flowchart LR
            subgraph capability [capabilities]
              n0["a"]
              n1["b"]
              n2["c"]
              n3["d"]
              n4["e"]
              n5["gone"]:::missing
            end
            subgraph harness [harnesses]
              n6["x"]
              n7["y"]
            end
            n0 --> n1
            n0 --> n2
            n1 --> n3
            n2 --> n1
            n2 --> n5
            n7 --> n6
            classDef missing stroke-dasharray: 4 4

          """)
      try sandbox.run("platform graph empty").expect(out: "")
      try sandbox.run("platform graph --format png").expect(out: "", err: nil, exit: 64)
    }
  }

  @Test(.enabled(if: Tool.graphviz))
  func `Graphviz draws the graph without a warning`() throws {
    try withSandbox { sandbox in
      try sandbox.write(
        "odd.json",
        #"{"format":"everruns.platform/v1","capabilities":[{"id":"a","name":"A","dependencies":["b\"\\\n;{}<x>"]}]}"#
      )
      for reference in ["oss", "empty", "odd.json"] {
        let dot = try sandbox.run("platform graph --format dot", reference)
        let picture = try sandbox.run(["/usr/bin/dot", "-Tsvg"], input: dot.output)
        picture.expect(err: "")
        #expect(picture.out.contains("</svg>"))
      }
    }
  }

  @Test func `a fully connected graph is drawn quickly`() throws {
    try withSandbox { sandbox in
      let capabilities = (0..<120).map { number in
        let needs = (number + 1..<120).map { "\"c\($0)\"" }.joined(separator: ",")
        return #"{"id": "c\#(number)", "name": "x", "dependencies": [\#(needs)]}"#
      }
      try sandbox.write(
        "dense.json",
        #"{"format": "everruns.platform/v1", "capabilities": [\#(capabilities.joined(separator: ","))]}"#
      )
      let outcome = try sandbox.run("platform graph dense.json")
      outcome.expect(err: "")
      #expect(outcome.lines.count < 8000)
    }
  }
}
