import Foundation
import Testing

/// Documents that cannot be read: one clear error with file and place, and nothing changed.
@Suite struct BadInputTests {
  /// Expects the same refusal of a file from reading and changing commands.
  private func expectRefusal(
    of name: String, _ error: String, exit code: Int32, in sandbox: Sandbox,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try sandbox.everything()
    for line in [
      "platform show \(name)", "seed preview -p \(name)",
      "capabilities unregister a -p \(name)", "platform create copy --from \(name)",
    ] {
      try sandbox.run(line).expect(
        out: "", err: error, exit: code, sourceLocation: sourceLocation)
    }
    let after = try sandbox.everything()
    #expect(after == before, sourceLocation: sourceLocation)
  }

  static let refusedTexts: [(String, String, String)] = [
    (
      "p.json", "{\"format\": \"everruns.platform/v1\",\n  \"capabilities\": [}\n",
      "error: p.json:2:20: expected a value or ']', found '}'\n"
    ),
    ("p.json", "", "error: p.json:1:1: the document is empty\n"),
    ("p.yaml", "", "error: p.yaml:1:1: the document is empty\n"),
    (
      "p.json", #"{"format": "everruns.platform/v1", "capabilities": 5}"#,
      "error: p.json:1:52: 'capabilities' must be an array, not a number\n"
    ),
    (
      "p.yaml", "format: everruns.platform/v1\ncapabilities: 5\n",
      "error: p.yaml:2:15: 'capabilities' must be an array, not a number\n"
    ),
    (
      "p.json", #"{"format": "everruns.platform/v1", "capabilties": []}"#,
      """
      error: p.json:1:36: unknown key 'capabilties' in the platform definition
      hint: did you mean 'capabilities'?

      """
    ),
    (
      "p.yaml", "format: everruns.platform/v1\ncapabilties: []\n",
      """
      error: p.yaml:2:1: unknown key 'capabilties' in the platform definition
      hint: did you mean 'capabilities'?

      """
    ),
    (
      "p.json", "{\"capabilities\": []}",
      """
      error: p.json:1:1: the document has no key 'format', which should be 'everruns.platform/v1'
      hint: add "format": "everruns.platform/v1"

      """
    ),
    ("p.json", "[]", "error: p.json:1:1: the document must be an object, not an array\n"),
    (
      "p.json", #"{"format": "everruns.platform/v1", "format": "everruns.platform/v1"}"#,
      "error: p.json:1:36: duplicate key 'format', already given at line 1, column 2\n"
    ),
    (
      "p.json",
      #"{"format": "everruns.platform/v1", "capabilities": [{"id": "a", "name": "A"}, {"id": "a", "name": "A"}]}"#,
      "error: p.json:1:86: the capability 'a' appears twice\n"
    ),
  ]

  @Test(arguments: refusedTexts)
  func `an invalid document is refused with its place`(
    name: String, text: String, error: String
  ) throws {
    try withSandbox { sandbox in
      try sandbox.write(name, text)
      try expectRefusal(of: name, error, exit: 65, in: sandbox)
    }
  }

  @Test func `malformed YAML is refused with its place`() throws {
    try withSandbox { sandbox in
      try sandbox.write("p.yaml", "format: everruns.platform/v1\ncapabilities: [\n - a: b\n")
      let outcome = try sandbox.run("platform show p.yaml")
      outcome.expect(out: "", err: nil, exit: 65)
      #expect(outcome.err.hasPrefix("error: p.yaml:3:2: "), outcome.report)
      #expect(outcome.err.split(separator: "\n").count == 1, outcome.report)
    }
  }

  @Test func `all errors of a document are reported together, in order, as text and JSON`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write(
        "p.json",
        """
        {"format": "everruns.platform/v1",
         "capabilities": {},
         "drivers": [1, {"provider_type": 5, "display_name": "x"}],
         "built_in_harnesses": [{"name": "A B", "display_name": "x", "system_prompt": "y"}],
         "capabilties": []}
        """)
      let lines = [
        "p.json:2:18: error: 'capabilities' must be an array, not an object [invalid_document]",
        "p.json:3:14: error: 'drivers/0' must be an object, not a number [invalid_document]",
        "p.json:3:35: error: 'provider_type' must be a string, not a number [invalid_document]",
        "p.json:4:34: error: 'A B' is not a valid name [invalid_id]",
        "p.json:5:2: error: unknown key 'capabilties' in the platform definition [invalid_document]",
      ]
      let outcome = try sandbox.run("platform show p.json")
      outcome.expect(out: "", err: nil, exit: 65)
      let shown = outcome.err.split(separator: "\n").map(String.init)
      #expect(shown.first == "error: p.json: the document has 5 errors", outcome.report)
      #expect(
        shown.filter { lines.contains($0.trimmingCharacters(in: .whitespaces)) }.count == 5,
        outcome.report)
      #expect(
        shown.contains { $0.contains("did you mean 'capabilities'?") },
        "the suggestion is not lost where there are several errors")
      let validated = try sandbox.run("platform validate p.json")
      validated.expect(err: "error: 'p.json' is invalid: 5 errors\n", exit: 65)
      #expect(validated.lines.filter(lines.contains) == lines, validated.report)
      #expect(validated.lines.last == "5 errors, 3 warnings", validated.report)
      let json = try sandbox.run("platform show p.json -o json").errorJSON()["error"]
      #expect(json["code"] == "invalid_document")
      #expect(json["exit_code"] == 65)
      let array = try sandbox.run("platform validate p.json -o json").json()
      #expect(json["diagnostics"] == array)
      #expect(
        array.elements.first == [
          "severity": "error", "code": "invalid_document", "path": "/capabilities",
          "message": "'capabilities' must be an array, not an object", "hint": nil,
          "file": "p.json", "line": 2, "column": 18,
        ])
    }
  }

  @Test(
    arguments: [
      ("p.json", ""), ("p.yaml", ""),
      ("p.json", #"{"format": "everruns.platform/v1", "capabilities": "#),
      ("p.yaml", "format: everruns.platform/v1\ncapabilities: "),
    ])
  func `100,000 nested arrays are refused at once`(name: String, beginning: String) throws {
    try withSandbox { sandbox in
      let depth = 100_000
      try sandbox.write(
        name,
        beginning + String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
      let outcome = try limited(sandbox, "platform show \(name)", kilobytes: 400_000, seconds: 5)
      outcome.expect(out: "", err: nil, exit: 65)
      #expect(outcome.err.contains("nested deeper than 64 levels\n"), outcome.report)
      #expect(outcome.err.hasPrefix("error: \(name):"), outcome.report)
    }
  }

  @Test func `a chain of 3,000 harnesses is shown as a tree`() throws {
    try withSandbox { sandbox in
      let harnesses = (0..<3000).map { number in
        let parent = number == 0 ? "null" : "\"h\(number - 1)\""
        return
          "{\"name\":\"h\(number)\",\"display_name\":\"H\",\"system_prompt\":\"p\",\"parent\":\(parent)}"
      }
      try sandbox.write(
        "p.json",
        "{\"format\":\"everruns.platform/v1\",\"built_in_harnesses\":[\(harnesses.joined(separator: ","))]}"
      )
      for line in ["platform validate", "seed preview", "harnesses show h2999 --effective"] {
        try sandbox.run(line + " -p p.json").expect()
      }
      for line in ["harnesses tree", "harnesses tree -o json"] {
        let outcome = try limited(sandbox, line + " -p p.json", kilobytes: 200_000, seconds: 10)
        outcome.expect(out: nil)
        #expect(outcome.out.contains("h2999"))
      }
      let line = "harnesses remove h0 --cascade -q -p p.json"
      try limited(sandbox, line, kilobytes: 400_000, seconds: 10).expect()
      try sandbox.run("harnesses list -q -o name -p p.json").expect(out: "")
    }
  }

  @Test func `YAML aliases that multiply are refused`() throws {
    try withSandbox { sandbox in
      let levels = Array("abcdefghi")
      var text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
      for (index, level) in levels.enumerated().dropFirst() {
        let aliases = Array(repeating: "*\(levels[index - 1])", count: 9).joined(separator: ",")
        text += "\(level): &\(level) [\(aliases)]\n"
      }
      try sandbox.write("p.yaml", text)
      let outcome = try limited(sandbox, "platform show p.yaml", kilobytes: 400_000, seconds: 5)
      outcome.expect(out: "", err: nil, exit: 65)
      #expect(
        outcome.err.hasSuffix("the aliases expand to too much content\n"),
        outcome.report)
    }
  }

  @Test(
    arguments: [
      "g.json", "g.yaml", "./g",
    ])
  func `100 MB of garbage are refused in bounded time and memory`(name: String) throws {
    try withSandbox { sandbox in
      let bytes = 100_000_000
      // Garbage may begin with lines of text.
      let garbage = "printf '\\377'; head -c \(bytes) /dev/urandom"
      try sandbox.run(["/bin/bash", "-c", "{ \(garbage); } > \(name)"]).expect()
      let outcome = try limited(
        sandbox, "platform show \(name)", kilobytes: 600_000, seconds: 10)
      outcome.expect(out: "", err: nil, exit: 65)
      #expect(outcome.err.hasPrefix("error: \(name):1:1:"), outcome.report)
    }
  }

  @Test(
    arguments: [
      "/dev/zero"
    ])
  func `a file without end is refused in bounded time and memory`(path: String) throws {
    try withSandbox { sandbox in
      let outcome = try limited(
        sandbox, "platform show \(path)", kilobytes: 1_000_000, seconds: 20)
      outcome.expectError("error: \(path): the document is larger than 256 MiB\n", exit: 65)
    }
  }

  @Test(arguments: ["p.json", "p.yaml"])
  func `invalid UTF-8 is refused with its place`(name: String) throws {
    try withSandbox { sandbox in
      let line = name == "p.json" ? "{\"format\":\n\"ä" : "format:\n  \"ä"
      try sandbox.write(name, Data(line.utf8) + [0xFF] + Data("\"}\n".utf8))
      let column = name == "p.json" ? 3 : 5
      try expectRefusal(
        of: name,
        """
        error: \(name):2:\(column): byte 0xff is not valid UTF-8
        hint: save the file as UTF-8

        """, exit: 65, in: sandbox)
    }
  }

  @Test func `a folder or a missing file as input is exit code 66`() throws {
    try withSandbox { sandbox in
      try FileManager.default.createDirectory(
        atPath: sandbox.path("d.json"), withIntermediateDirectories: true)
      try expectRefusal(
        of: "d.json", "error: d.json: a folder, not a file\n", exit: 66, in: sandbox)
      try expectRefusal(of: "none.json", "error: none.json: no such file\n", exit: 66, in: sandbox)
      try expectRefusal(
        of: "none/p.json", "error: none/p.json: no such file\n", exit: 66, in: sandbox)
      for line in ["harnesses add d.json", "harnesses add none"] {
        try sandbox.run(line).expect(out: "", err: nil, exit: 66)
      }
    }
  }

  @Test(
    .enabled(if: Tool.canDropPrivileges, "needs setpriv, or a user other than root"))
  func `an unreadable file is exit code 77`() throws {
    try withSandbox { sandbox in
      let copy = sandbox.root + "/everrunsctl"
      try sandbox.run(["/bin/cp", Program.path, copy]).expect()
      try sandbox.write("p.json", "{}")
      try sandbox.run("store init -q -s secret.db").expect()
      chmod(sandbox.path("p.json"), 0)
      for folder in [sandbox.root, sandbox.home, sandbox.folder] { chmod(folder, 0o755) }
      let prefix = (Tool.unprivileged ?? []) + [copy]
      if geteuid() != 0 { chmod(sandbox.path("secret.db"), 0) }
      try sandbox.run(prefix + ["platform", "show", "p.json"]).expectError(
        "error: p.json: permission denied\n", exit: 77)
      for line in ["status", "orgs list", "store init", "providers unregister daytona"] {
        try sandbox.run(prefix + line.split(separator: " ").map(String.init) + ["-s", "secret.db"])
          .expectError("error: '\(sandbox.path("secret.db"))': permission denied\n", exit: 77)
      }
    }
  }

  // MARK: Harness templates

  @Test(
    arguments: [
      (
        #"{"name": "x"}"#,
        """
        error: -: the document has 2 errors
          -:1:1: error: the harness has no 'display_name' [invalid_document]
          -:1:1: error: the harness has no 'system_prompt' [invalid_document]

        """
      ),
      (
        #"{"name": "x", "display_name": "X", "system_prompt": "p", "prompt": 1}"#,
        """
        error: -:1:58: unknown key 'prompt' in the harness
        hint: the keys are name, display_name, description, system_prompt, parent, tags, roles, capabilities, seed_id, previous_names

        """
      ),
      (
        #"{"name": "x", "display_name": "X", "system_prompt": "p", "roles": ["bsae"]}"#,
        """
        error: -:1:68: 'roles/0' must be 'base', 'default' or 'chat', not 'bsae'
        hint: did you mean 'base'?

        """
      ),
      ("5", "error: -:1:1: the document must be an object or an array of objects, not a number\n"),
    ])
  func `harnesses add refuses an invalid template, with its place`(text: String, error: String)
    throws
  {
    try withSandbox { sandbox in
      try sandbox.run("harnesses add -", input: Data(text.utf8)).expectError(error, exit: 65)
      try #expect(sandbox.everything() == [:])
    }
  }

  @Test func `harnesses add of an existing name is a conflict`() throws {
    try withSandbox { sandbox in
      let text = #"{"name": "base", "display_name": "X", "system_prompt": "p"}"#
      try sandbox.run("harnesses add -", input: Data(text.utf8)).expectError(
        """
        error: there is already a harness named 'base'
        hint: replace it with --replace

        """, exit: 1)
      try #expect(sandbox.everything() == [:])
    }
  }

  /// Runs the program and expects that it keeps within a time and a peak of memory.
  private func limited(
    _ sandbox: Sandbox, _ line: String, kilobytes: Int, seconds: Double
  ) throws -> Outcome {
    let program = """
      import os, resource, subprocess, sys, time
      start = time.monotonic()
      code = subprocess.run(sys.argv[1:]).returncode
      peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
      open('usage', 'w').write(f'{peak} {time.monotonic() - start}')
      sys.exit(code if code >= 0 else 128 - code)
      """
    guard Tool.python else { return try sandbox.run(line) }
    let outcome = try sandbox.run(
      ["/usr/bin/python3", "-c", program, Program.path]
        + line.split(separator: " ").map(String.init))
    let usage = try sandbox.read("usage").split(separator: " ").compactMap { Double($0) }
    #expect(usage[0] <= Double(kilobytes), "peak of memory, in kB")
    #expect(usage[1] <= seconds, "seconds")
    return outcome
  }

  @Test func `the deepest document is read on a small stack`() throws {
    try withSandbox { sandbox in
      let config = String(repeating: "{\"a\":", count: 58) + "1" + String(repeating: "}", count: 58)
      try sandbox.write(
        "deep.json",
        """
        {"format": "everruns.platform/v1", "capabilities": [{"id": "web", "name": "Web"}],
         "built_in_harnesses": [{"name": "h", "display_name": "H", "system_prompt": "p",
          "roles": ["base", "default", "chat"],
          "capabilities": [{"ref": "web", "config": \(config)}]}]}
        """)
      try sandbox.shell("ulimit -s 128; everrunsctl platform validate deep.json").expect(
        out: "'deep.json' is valid.\n")
    }
  }
}
