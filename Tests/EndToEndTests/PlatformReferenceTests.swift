import Foundation
import Testing

/// How to refer to a platform definition, and which may be changed.
@Suite struct PlatformReferenceTests {
  static let small = """
    {
      "format": "everruns.platform/v1",
      "capabilities": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]
    }
    """

  private func capabilities(_ sandbox: Sandbox, _ reference: String) throws -> [String] {
    let outcome = try sandbox.run("capabilities list -q -o name -p", reference)
    outcome.expect()
    return outcome.lines
  }

  @Test(arguments: ["oss", "worker", "empty"])
  func `the presets are those of platform list`(name: String) throws {
    try withSandbox { sandbox in
      let shown = try sandbox.run("platform show -o json", name).json()
      #expect(shown["platform"] == .string(name))
      #expect(shown["revision"] == nil)
      let listed = try sandbox.run("platform list -o json").json().elements
      #expect(
        listed.first { $0["name"] == .string(name) }?["fingerprint"] == shown["fingerprint"])
    }
  }

  @Test func `the worker preset has the stock capabilities and drivers, and nothing else`() throws {
    try withSandbox { sandbox in
      let worker = try sandbox.run("platform export worker").json()
      let stock = try sandbox.run("platform export oss").json()
      #expect(
        worker == [
          "format": "everruns.platform/v1", "capabilities": stock["capabilities"],
          "drivers": stock["drivers"], "connection_providers": [], "built_in_harnesses": [],
        ])
    }
  }

  @Test func `a saved name, its numbers, @latest and @previous are its revisions`() throws {
    try withSandbox { sandbox in
      try sandbox.write("small.json", Self.small)
      try sandbox.run("platform create acme -q --from small.json").expect()
      try sandbox.run("capabilities unregister a -q -p acme").expect()
      try sandbox.run("capabilities unregister b -q -p acme").expect()
      try #expect(capabilities(sandbox, "acme") == [])
      try #expect(capabilities(sandbox, "acme@latest") == [])
      try #expect(capabilities(sandbox, "acme@3") == [])
      try #expect(capabilities(sandbox, "acme@previous") == ["b"])
      try #expect(capabilities(sandbox, "acme@2") == ["b"])
      try #expect(capabilities(sandbox, "acme@1") == ["a", "b"])
      let shown = try sandbox.run("platform show acme@previous -o json").json()
      #expect(shown["revision"] == 2)
    }
  }

  @Test func `old revisions and presets are read-only, and the newest revision is not`() throws {
    try withSandbox { sandbox in
      try sandbox.write("small.json", Self.small)
      try sandbox.run("platform create acme -q --from small.json").expect()
      try sandbox.run("capabilities unregister a -q -p acme").expect()
      let before = try sandbox.everything()
      for reference in ["acme@1", "acme@previous", "oss", "worker", "empty", "-"] {
        let input = reference == "-" ? Data(Self.small.utf8) : nil
        try sandbox.run("capabilities unregister b -p", reference, input: input).expectError(
          """
          error: '\(reference)' is read-only
          hint: save a copy: everrunsctl \(
            input == nil ? "platform create NAME --from \(reference)" : "platform import FILE --as NAME")

          """, exit: 1)
      }
      try #expect(sandbox.everything() == before)
      try sandbox.run("capabilities unregister b -p acme@2").expect()
      try sandbox.run("platform create acme2 --from acme@1").expect(
        out: "acme@1 -> acme2@1: created\n")
    }
  }

  @Test func `a file is recognized by a slash or its ending, and its format by its content`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.small)
      try sandbox.write("bare", Self.small)
      let yaml =
        "format: everruns.platform/v1\ncapabilities: [{id: a, name: A}, {id: b, name: B}]\n"
      try sandbox.write("p.yaml", yaml)
      try sandbox.write("p.yml", yaml)
      try sandbox.write("bare-yaml", yaml)
      for reference in [
        "p.json", "./p.json", "p.yaml", "p.yml", "./bare", "./bare-yaml", sandbox.path("bare"),
      ] {
        try #expect(capabilities(sandbox, reference) == ["a", "b"], "\(reference)")
      }
      for input in [Self.small, yaml] {
        let outcome = try sandbox.run("capabilities list -o name -p -", input: Data(input.utf8))
        outcome.expect(out: "a\nb\n")
      }
    }
  }

  @Test func `a pipe from another program works as a file`() throws {
    try withSandbox { sandbox in
      try sandbox.shell(
        "everrunsctl capabilities list -o name -p <(everrunsctl platform export oss -o yaml) | wc -l"
      ).expect(out: "38\n")
      try sandbox.shell(
        """
        mkfifo pipe; everrunsctl platform export oss > pipe &
        everrunsctl platform show ./pipe -o json | head -n 2 | tail -n 1; wait
        """
      ).expect(out: "  \"platform\": \"./pipe\",\n")
    }
  }

  @Test(
    arguments: [
      ("os", "did you mean 'oss'?"), ("Oss", "did you mean 'oss'?"),
      ("wroker", "did you mean 'worker'?"), ("acmee", "did you mean 'acme'?"),
      ("zzzzzz", "list them: everrunsctl platform list"),
      ("a b", "list them: everrunsctl platform list"),
      ("zzzz@2", "list them: everrunsctl platform list"),
    ])
  func `an unknown name is an error, with a suggestion if one is close`(
    reference: String, hint: String
  ) throws {
    let name = reference.split(separator: "@").first ?? ""
    try withSandbox { sandbox in
      try sandbox.run("platform create acme -q --from empty").expect()
      for line in ["platform show", "capabilities list -p", "seed preview -p"] {
        try sandbox.run(line, reference).expectError(
          "error: no platform named '\(name)'\nhint: \(hint)\n", exit: 1)
      }
    }
  }

  @Test(
    arguments: [
      "acme@", "acme@7", "acme@previous", "acme@0", "acme@99999999999999999999", "acme@x",
    ])
  func `a missing revision is an error about the revision, not the name`(
    reference: String
  ) throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create acme -q --from empty").expect()
      let outcome = try sandbox.run("platform show", reference)
      outcome.expect(out: "", err: nil, exit: 1)
      #expect(!outcome.err.contains("did you mean 'acme'?"), outcome.report)
      #expect(outcome.err.contains(reference) || outcome.err.contains("revision"), outcome.report)
    }
  }

  @Test func `platform create refuses names that are in use, reserved or invalid`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create acme").expect(out: "oss -> acme@1: created\n")
      let outcome = try sandbox.run("platform create acme")
      outcome.expectError(
        """
        error: there is already a platform named 'acme'
        hint: choose another name; list them: everrunsctl platform list

        """, exit: 1)
      for preset in ["oss", "worker", "empty"] {
        try sandbox.run("platform create", preset).expectError(
          """
          error: there is already a preset named '\(preset)'
          hint: choose another name; names of presets are reserved

          """, exit: 1)
      }
      for name in ["Acme", "a_b", "-a", "a--b", "a.json", "", String(repeating: "a", count: 65)] {
        try sandbox.run("platform create --", name).expect(out: "", err: nil, exit: 64)
      }
      try sandbox.run("platform create", String(repeating: "a", count: 64)).expect()
    }
  }

  @Test func `naming the platform twice is a usage error unless it is the same`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform show oss -p worker").expectError(
        """
        error: the platform is given twice: 'oss' and 'worker'
        usage: everrunsctl platform show [REF] [options]
        run 'everrunsctl platform show --help' for help

        """, exit: 64)
      try sandbox.run("platform show oss -p oss").expect()
    }
  }

  // MARK: Files that are changed

  @Test(
    arguments: [
      ("p.json", 0o640), ("p.yaml", 0o600), ("p.yml", 0o664),
    ])
  func `a change of a file keeps its mode and leaves no side files`(name: String, mode: Int)
    throws
  {
    try withSandbox { sandbox in
      let form = name.hasSuffix("json") ? "json" : "yaml"
      try sandbox.run("platform export oss -q --to", name).expect()
      chmod(sandbox.path(name), mode_t(mode))
      let outcome = try sandbox.run("providers unregister daytona -p", name)
      outcome.expect(err: "")
      #expect(outcome.lines.contains("\(name): 1 removed"), outcome.report)
      try sandbox.run(["/usr/bin/stat", "-c", "%a", name]).expect(
        out: String(mode, radix: 8) + "\n")
      try sandbox.run("providers unregister daytona -q").expect()
      try sandbox.run("platform export -o", form).expect(out: sandbox.read(name))
      try #expect(FileManager.default.contentsOfDirectory(atPath: sandbox.folder) == [name])
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `a change by root keeps the owner`() throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.small)
      try #require(chown(sandbox.path("p.json"), 65534, 65533) == 0)
      try sandbox.run("capabilities unregister a -q -p p.json").expect()
      try sandbox.run(["/usr/bin/stat", "-c", "%u %g", "p.json"]).expect(out: "65534 65533\n")
    }
  }

  @Test func `a pipe is read-only, and stays a pipe`() throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.small)
      try sandbox.run(["/usr/bin/mkfifo", sandbox.path("pipe")]).expect()
      let outcome = try sandbox.shell(
        "timeout 10 cat p.json > pipe & everrunsctl capabilities unregister a -p ./pipe; "
          + "echo $?; test -p pipe && echo 'still a pipe'; wait")
      outcome.expect(
        out: "1\nstill a pipe\n",
        err: """
          error: './pipe' is read-only
          hint: save a copy: everrunsctl platform create NAME --from ./pipe

          """)
    }
  }

  @Test func `a change through a symbolic link changes its target and keeps the link`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.run(["/bin/mkdir", "sub"]).expect()
      try sandbox.write("sub/real.json", Self.small)
      try sandbox.run(["/bin/ln", "-s", "sub/real.json", "link.json"]).expect()
      try sandbox.run("capabilities unregister a -q -p link.json").expect()
      try sandbox.run(["/usr/bin/readlink", "link.json"]).expect(out: "sub/real.json\n")
      try #expect(capabilities(sandbox, "sub/real.json") == ["b"])
      try sandbox.run(["/bin/ls", "sub"]).expect(out: "real.json\n")
    }
  }

  @Test func `a dry run changes neither a file, nor a saved definition, nor a fresh machine`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write("p.json", Self.small)
      for line in ["-n", "--dry-run"] {
        let before = try sandbox.everything()
        let outcome = try sandbox.run("capabilities unregister a -p p.json", line)
        outcome.expect(
          out: """
            - capabilities/a

            Dry run: nothing was saved; p.json would get: 1 removed

            """)
        try sandbox.run("providers unregister daytona", line).expect(err: nil)
        try sandbox.run("platform create acme", line).expect(err: nil)
        try sandbox.run("store init", line).expect(
          out: "Dry run: store '\(sandbox.store)' would be created.\n")
        try #expect(sandbox.everything() == before)
      }
      try sandbox.run("platform create acme -q").expect()
      let before = try sandbox.everything()
      try sandbox.run("providers unregister daytona -n -p acme -o json").expect(err: "")
      try #expect(
        sandbox.run("providers unregister daytona -n -p acme -o json").json()["after"] == nil)
      try #expect(
        sandbox.everything()[".local/share/everruns/store.db"]
          == before[".local/share/everruns/store.db"])
    }
  }

  @Test func `a dry run does not claim to save`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("providers unregister daytona -n")
      #expect(!outcome.err.contains("is saved"), outcome.report)
      let json = try sandbox.run("providers unregister daytona -n -q -o json").json()
      #expect(json["before"] == "oss" && json["after"] == nil)
    }
  }

  @Test func `a document of a newer minor version is read with warnings and not rewritten`() throws
  {
    try withSandbox { sandbox in
      let text = """
        {"format": "everruns.platform/v1.4",
         "capabilities": [{"id": "a", "name": "A", "shiny": 1}], "extra": {}}
        """
      try sandbox.write("p.json", text)
      try #expect(capabilities(sandbox, "p.json") == ["a"])
      try sandbox.run("platform validate p.json").expect(
        out: """
          p.json:1:12: warning: the document has the newer format 'everruns.platform/v1.4'; this version reads 'everruns.platform/v1' [newer_format]
          p.json:2:44: warning: the key 'shiny' is ignored: format 'everruns.platform/v1.4' is newer than this version [newer_format]
          p.json:2:58: warning: the key 'extra' is ignored: format 'everruns.platform/v1.4' is newer than this version [newer_format]
          0 errors, 3 warnings

          """)
      let outcome = try sandbox.run("capabilities unregister a -p p.json")
      outcome.expect(out: "", err: nil, exit: 1)
      #expect(
        outcome.err.hasPrefix("error: 'p.json' has the newer format 'everruns.platform/v1.4'"),
        outcome.report)
      try #expect(sandbox.read("p.json") == text)
    }
  }

  @Test func `a document of a newer major version is refused`() throws {
    try withSandbox { sandbox in
      try sandbox.write("p.json", #"{"format": "everruns.platform/v2", "unheard": 1}"#)
      try sandbox.run("platform show p.json").expectError(
        """
        error: p.json:1:12: the format 'everruns.platform/v2' is not supported; this version reads 'everruns.platform/v1'
        hint: a newer version of the program may read it

        """, exit: 65)
    }
  }
}
