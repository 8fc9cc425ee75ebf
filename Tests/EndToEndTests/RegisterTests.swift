import Foundation
import Testing

/// `register`, `harnesses add` and `harnesses set`.
@Suite struct RegisterTests {
  private static let platform = """
    {"format": "everruns.platform/v1",
     "capabilities": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
     "built_in_harnesses": [
       {"name": "h", "display_name": "H", "system_prompt": "One\\nTwo", "roles": ["base"],
        "tags": ["x"], "capabilities": ["a"]},
       {"name": "k", "display_name": "K", "system_prompt": "", "parent": "h"}]}
    """

  private func withPlatform(_ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.platform)
      try sandbox.run("platform import p.json --as acme -q").expect()
      try sandbox.run("platform use acme -q").expect()
      try body(sandbox)
    }
  }

  // MARK: register

  @Test func `one or several are registered, from JSON or YAML, a file or standard input`() throws {
    try withPlatform { sandbox in
      try sandbox.write("c.json", #"{"id": "c", "name": "C", "dependencies": ["a"]}"#)
      try sandbox.run("capabilities register c.json").expect(
        out: """
          + capabilities/c

          acme@1 -> acme@2: 1 added

          """)
      try sandbox.run("capabilities list -o name").expect(out: "a\nb\nc\n")
      let outcome = try sandbox.run(
        "drivers register - -o json --reason", "needed",
        input: Data(
          "- {provider_type: d, display_name: D}\n- {provider_type: e, display_name: E}\n".utf8))
      let result = try outcome.json()
      #expect(result.keys == ["platform", "before", "after", "changes", "impact"])
      #expect(result["after"] == "acme@3")
      try sandbox.run("drivers list -o name").expect(out: "d\ne\n")
      try sandbox.run(
        "providers register -", input: Data(#"{"id": "a", "display_name": "A"}"#.utf8)
      ).expect(err: "")
      try sandbox.run("providers list -o name").expect(out: "a\n")
      try sandbox.run("capabilities register -", input: Data("[]".utf8)).expect(
        out: "Nothing to do: 'acme@4' already matches.\n")
    }
  }

  @Test func `shown components can be registered`() throws {
    try withPlatform { sandbox in
      for (noun, ids) in [
        ("capabilities", "daytona web_fetch"), ("drivers", "openai gemini"),
        ("providers", "daytona"),
      ] {
        let shown = try sandbox.run("\(noun) show \(ids) -p oss -o json")
        guard noun != "capabilities" else { continue }
        try sandbox.run("\(noun) register -", input: shown.output).expect(err: "")
      }
    }
  }

  @Test func `an existing id is refused, and replaced in place with --replace`() throws {
    try withPlatform { sandbox in
      try sandbox.write("c.json", #"[{"id": "new", "name": "N"}, {"id": "a", "name": "Better"}]"#)
      try sandbox.run("capabilities register c.json").expectError(
        """
        error: there is already a capability named 'a'
        hint: replace it with --replace

        """, exit: 1)
      try sandbox.run("capabilities list -o name").expect(out: "a\nb\n")
      try sandbox.run("capabilities register c.json --replace").expect(
        out: """
          ~ capabilities/a/name  "A" -> "Better"
          + capabilities/new

          acme@1 -> acme@2: 1 added, 1 changed

          """)
      try sandbox.run("capabilities list -o name").expect(out: "a\nb\nnew\n")
    }
  }

  @Test(
    arguments: [
      (#"{"id": "C", "name": "C"}"#, "error: -:1:8: 'C' is not a valid capability id\n", 65),
      (
        #"[{"id": "c", "name": "C"}, {"id": "c", "name": "D"}]"#,
        "error: -:1:35: the capability 'c' appears twice\n", 65
      ),
      (
        #"{"id": "c", "name": "C", "riskk_level": "low"}"#,
        "error: -:1:26: unknown key 'riskk_level' in the capability\n", 65
      ),
      (
        "5", "error: -:1:1: the document must be an object or an array of objects, not a number\n",
        65
      ),
      (
        #"{"id": "c", "name": "C", "dependencies": ["c"]}"#,
        "error: the definition would be invalid: dependency cycle of capabilities: c -> c\n",
        1
      ),
    ])
  func `an invalid component is refused with its place, and nothing is registered`(
    text: String, message: String, code: Int
  ) throws {
    try withPlatform { sandbox in
      let outcome = try sandbox.run("capabilities register -", input: Data(text.utf8))
      outcome.expect(out: "", err: nil, exit: Int32(code))
      #expect(outcome.err.hasPrefix(message), outcome.report)
      try sandbox.run("platform history -o name").expect(out: "acme@1\n")
    }
  }

  @Test func `a missing file, and no file at all`() throws {
    try withPlatform { sandbox in
      try sandbox.run("drivers register none.json").expectError(
        "error: none.json: no such file\n", exit: 66)
      try sandbox.run("drivers register").expect(out: "", err: nil, exit: 64)
    }
  }

  // MARK: harnesses add

  @Test func `an existing template is refused, and replaced in place with --replace`()
    throws
  {
    try withPlatform { sandbox in
      let input = Data(#"{"name": "h", "display_name": "New", "system_prompt": "One\nTwo"}"#.utf8)
      try sandbox.run("harnesses add -", input: input).expectError(
        """
        error: there is already a harness named 'h'
        hint: replace it with --replace

        """, exit: 1)
      try sandbox.run("harnesses add - --replace -q", input: input).expect(err: "")
      try sandbox.run("harnesses list -o name").expect(out: "h\nk\n")
      try #expect(sandbox.run("harnesses show h -o json").json()["display_name"] == "New")
    }
  }

  // MARK: harnesses set

  @Test func `fields are set, lists get and lose items, all in one revision`() throws {
    try withPlatform { sandbox in
      try sandbox.write("prompt.md", "One\n2\n")
      let outcome = try sandbox.run(
        "harnesses set h system_prompt=@prompt.md capabilities+=b tags-=x tags+=y roles=base,chat",
        "description=for = all")
      outcome.expect(
        out: """
          ~ built_in_harnesses/h/description  "" -> "for = all"
          ~ built_in_harnesses/h/system_prompt  7 -> 6 characters
                @@ line 2 @@
                  One
                - Two
                + 2
                + 
          ~ built_in_harnesses/h/tags  + y  - x
          ~ built_in_harnesses/h/roles  1 -> 2  + chat
          ~ built_in_harnesses/h/capabilities  1 -> 2  + b

          Impact
            harness h: gains 'b'
            harness k: gains 'b'; inherits a changed prompt of 'h'

          acme@1 -> acme@2: 5 changed
          Next: everrunsctl seed preview

          """)
      let shown = try sandbox.run("harnesses show h -o json").json()
      #expect(shown["system_prompt"] == "One\n2\n")
      #expect(shown["capabilities"].elements.map { $0["ref"] } == ["a", "b"])
      #expect(shown["roles"] == ["base", "chat"])
    }
  }

  @Test func `parent= is null, @@ is an at sign, @- is standard input`() throws {
    try withPlatform { sandbox in
      try sandbox.run("harnesses set k parent= description=@@home -q").expect(err: "")
      try sandbox.run(
        "harnesses set k system_prompt=@- -q", input: Data("from a pipe".utf8)
      ).expect(err: "")
      let shown = try sandbox.run("harnesses show k -o json").json()
      #expect(shown["parent"] == nil)
      #expect(shown["description"] == "@home")
      #expect(shown["system_prompt"] == "from a pipe")
      try sandbox.run(
        "harnesses set k", #"capabilities+={"ref": "a", "config": {"n": 1.0}}"#, "-q"
      ).expect(err: "")
      let outcome = try sandbox.run("harnesses show k -o json")
      #expect(outcome.out.contains("\"n\": 1.0"), outcome.report)
    }
  }

  @Test func `a renamed template stays the parent of its children`() throws {
    try withPlatform { sandbox in
      try sandbox.run("harnesses set h name=better").expect(err: "")
      try sandbox.run("harnesses tree").expect(out: "better  [base]\n└── k\n")
      try sandbox.run("harnesses set better name=k").expectError(
        "error: the definition would be invalid: the harness 'k' appears twice\n", exit: 1)
    }
  }

  @Test(
    arguments: [
      ("descripton=x", "a harness has no field 'descripton'", "did you mean 'description'?", 64),
      ("tags", "'tags' is not an assignment", "write field=value, list+=item or list-=item", 64),
      ("parent+=x", "'parent' is not a list", "give it a value: parent=VALUE", 64),
      (
        "roles+=chatt", "'roles/1' must be 'base', 'default' or 'chat', not 'chatt'",
        "did you mean 'chat'?", 64
      ),
      ("tags-=xx", "there is no 'xx' in 'tags'", "", 1),
      ("capabilities-=c", "there is no 'c' in 'capabilities'", "", 1),
      (
        "parent=k",
        "the definition would be invalid: parent cycle of harnesses: h -> k -> h",
        "", 1
      ),
      (
        #"capabilities=a,{"ref":"b","config":{"x":1,"y":2}}"#,
        "'capabilities' has names and JSON between commas",
        #"write all of it as JSON: capabilities=["a", {"ref": "b"}]"#, 64
      ),
      ("system_prompt=@none.md", "none.md: no such file", "", 66),
      ("roles=@object.json", "object.json: 'roles/0' must be a string, not an object", "", 65),
    ])
  func `an impossible assignment is explained and changes nothing`(
    word: String, message: String, hint: String, code: Int
  ) throws {
    try withPlatform { sandbox in
      _ = try sandbox.write("object.json", "{\"a\": 1}")
      let outcome = try sandbox.run("harnesses set h tags+=good", word)
      outcome.expect(out: "", err: nil, exit: Int32(code))
      let lines = outcome.err.split(separator: "\n")
      #expect(lines.first == "error: \(message)", outcome.report)
      #expect(hint.isEmpty || lines.dropFirst().first == "hint: \(hint)", outcome.report)
      try sandbox.run("platform history -o name").expect(out: "acme@1\n")
    }
  }

  @Test func `a missing template, a dry run, and JSON`() throws {
    try withPlatform { sandbox in
      try sandbox.run("harnesses set hh tags=").expectError(
        "error: no harness named 'hh'\nhint: did you mean 'h'?\n", exit: 1)
      try sandbox.run("harnesses set h").expect(out: "", err: nil, exit: 64)
      let result = try sandbox.run("harnesses set h tags= -n -o json").json()
      #expect(result["after"] == nil)
      #expect(
        result["changes"].elements == [
          [
            "op": "change", "path": "built_in_harnesses/h/tags", "before": ["x"], "after": [],
          ]
        ])
      try sandbox.run("harnesses set h tags=x").expect(
        out: "Nothing to do: 'acme@1' already matches.\n")
    }
  }

  @Test func `--ignore-missing removes no dependents of a missing id`() throws {
    try withPlatform { sandbox in
      try sandbox.run(
        "capabilities register -",
        input: Data(#"{"id": "c", "name": "C", "dependencies": ["gone"]}"#.utf8)
      ).expect(err: "")
      try sandbox.run("capabilities unregister gone --ignore-missing --cascade").expect(
        out: "Nothing to do: 'acme@2' already matches.\n")
    }
  }
}
