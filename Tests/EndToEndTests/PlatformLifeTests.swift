import Foundation
import Testing

/// Saved definitions through their life: import, use, history, rollback, delete.
@Suite struct PlatformLifeTests {
  private static let small = """
    {"format": "everruns.platform/v1", "capabilities": [{"id": "a", "name": "A"}]}
    """
  private static let larger = """
    {"format": "everruns.platform/v1",
     "capabilities": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]}
    """

  // MARK: import

  @Test func `import creates a definition, then revisions, and none for equal content`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.write("acme.json", Self.small)
      try sandbox.run("platform import acme.json").expect(
        out: """
          acme.json -> acme@1: created with 1 capability, 0 drivers, 0 providers, 0 harnesses

          """)
      // White space and the order of keys are no content.
      try sandbox.write(
        "acme.json", #"{"capabilities":[{"name":"A","id":"a"}],"format":"everruns.platform/v1"}"#)
      try sandbox.run("platform import acme.json").expect(
        out: "Nothing to do: 'acme@1' already matches.\n")
      try sandbox.write("acme.json", Self.larger)
      try sandbox.run("platform import acme.json --dry-run").expect(
        out: """
          + capabilities/b

          Dry run: nothing was saved; acme@1 would get: 1 added

          """)
      let outcome = try sandbox.run("platform import acme.json -o json")
      let result = try outcome.json()
      #expect(result.keys == ["platform", "before", "after", "changes", "impact"])
      #expect(result["before"] == "acme@1")
      #expect(result["after"] == "acme@2")
      #expect(result["changes"].elements.map { $0["path"] } == ["capabilities/b"])
      try sandbox.run("platform import acme.json --as other -q -o json").expect(err: "")
      try sandbox.run("platform list -o name").expect(out: "oss\nworker\nempty\nacme\nother\n")
    }
  }

  @Test func `import of a new definition lists everything as added`() throws {
    try withSandbox { sandbox in
      try sandbox.write(
        "acme.yaml", "format: everruns.platform/v1\ncapabilities: [{id: a, name: A}]\n")
      let result = try sandbox.run("platform import ./acme.yaml -o json").json()
      #expect(result["before"] == nil)
      #expect(result["after"] == "acme@1")
      #expect(result["changes"].elements.map { $0["op"] } == ["add"])
      try sandbox.run("platform import ./acme.yaml --as b -n").expect(
        out: """
          Dry run: 'b' not created from './acme.yaml' (1 capability, 0 drivers, 0 providers, 0 harnesses)

          """)
      try sandbox.run("platform list -o name").expect(out: "oss\nworker\nempty\nacme\n")
    }
  }

  @Test func `import from standard input needs a name, and a name must be one`() throws {
    try withSandbox { sandbox in
      let input = Data(Self.small.utf8)
      try sandbox.run("platform import -", input: input).expectError(
        """
        error: a document from standard input has no name
        hint: add --as NAME
        usage: everrunsctl platform import FILE [options]
        run 'everrunsctl platform import --help' for help

        """, exit: 64)
      try sandbox.run("platform import - --as acme", input: input).expect(
        out: "- -> acme@1: created with 1 capability, 0 drivers, 0 providers, 0 harnesses\n")
      try sandbox.write("My_Platform.json", Self.small)
      try sandbox.run("platform import My_Platform.json").expectError(
        """
        error: 'My_Platform' is not a valid name
        hint: add --as NAME
        usage: everrunsctl platform import FILE [options]
        run 'everrunsctl platform import --help' for help

        """, exit: 64)
      try sandbox.run("platform import My_Platform.json --as oss").expectError(
        """
        error: there is already a preset named 'oss'
        hint: choose another name; names of presets are reserved

        """, exit: 1)
      try sandbox.run("platform import none.json").expectError(
        "error: none.json: no such file\n", exit: 66)
    }
  }

  @Test func `a document with errors is refused as a whole, with every error`() throws {
    try withSandbox { sandbox in
      try sandbox.write(
        "acme.json",
        #"{"format":"everruns.platform/v1","capabilities":[{"id":"A","name":1},{"id":"b"}]}"#)
      let before = try sandbox.everything()
      try sandbox.run("platform import acme.json").expectError(
        """
        error: acme.json: the document has 3 errors
          acme.json:1:56: error: 'A' is not a valid capability id [invalid_id]
            hint: it must match [a-z][a-z0-9_]*, at most 50 characters
          acme.json:1:67: error: 'name' must be a string, not a number [invalid_document]
          acme.json:1:70: error: the capability has no 'name' [invalid_document]

        """, exit: 65)
      try #expect(sandbox.everything() == before)
      let error = try sandbox.run("platform import acme.json -o json").errorJSON()["error"]
      #expect(error["code"] == "invalid_document")
      #expect(error["diagnostics"].elements.count == 3)
    }
  }

  // MARK: use

  @Test func `the default definition is the one in use`() throws {
    try withSandbox { sandbox in
      try sandbox.write("acme.json", Self.small)
      try sandbox.run("platform import acme.json -q").expect()
      try sandbox.run("platform use acme -n").expect(
        out: "Dry run: default platform would be 'acme'.\n")
      try sandbox.run("platform show").expect(err: "")
      try #expect(sandbox.run("platform show -o json").json()["platform"] == "oss")
      try sandbox.run("platform use acme").expect(
        out: "Default platform is now 'acme'.\n")
      try sandbox.run("capabilities list -o name").expect(out: "a\n")
      try sandbox.run("platform use worker -o json").expect(
        out: """
          {
            "platform": "worker",
            "before": "acme",
            "after": "worker"
          }

          """)
      try sandbox.run("capabilities unregister daytona").expectError(
        """
        error: 'worker' is read-only
        hint: save a copy: everrunsctl platform create NAME --from worker

        """, exit: 1)
      try sandbox.run("platform use acme@1").expect()
      try sandbox.run("capabilities list -o name").expect(out: "a\n")
      let active = try sandbox.run("platform list -o json").json().elements.filter {
        $0["active"] == true
      }
      #expect(active.map { $0["name"] } == ["acme"])
      try sandbox.run("platform use acme", environment: ["EVERRUNS_PLATFORM": "oss"]).expect(
        out: "Default platform is now 'acme'.\n",
        err: "note: EVERRUNS_PLATFORM='oss' overrides this choice\n")
    }
  }

  @Test func `only presets, saved definitions and regular files can be chosen`() throws {
    try withSandbox { sandbox in
      try sandbox.write("acme.json", Self.small)
      try sandbox.run("platform use acme.json").expectError(
        """
        error: 'acme.json' is not a saved definition
        hint: save it: everrunsctl platform import acme.json
        usage: everrunsctl platform use NAME [options]
        run 'everrunsctl platform use --help' for help

        """, exit: 64)
      try sandbox.run("platform use os").expectError(
        "error: no platform named 'os'\nhint: did you mean 'oss'?\n", exit: 1)
      try sandbox.run("platform use").expect(out: "", err: nil, exit: 64)
      try #expect(sandbox.everything(below: sandbox.home).isEmpty)
    }
  }

  // MARK: history and rollback

  @Test func `the history has actor, time, command and reason`() throws {
    try withSandbox { sandbox in
      let who = ["USER": "ann", "TZ": "Asia/Tokyo"]
      try sandbox.write("acme.json", Self.small)
      try sandbox.run("platform import acme.json -q", environment: who).expect()
      try sandbox.run(
        "capabilities unregister a -p acme --reason", "not ours", environment: who
      ).expect()
      let entries = try sandbox.run("platform history acme -o json").json().elements
      #expect(
        entries.map(\.keys)
          == Array(
            repeating: [
              "revision", "created_at", "actor", "reason", "command", "fingerprint", "summary",
              "rolled_back_to",
            ], count: 2))
      #expect(entries.map { $0["revision"] } == [2, 1])
      #expect(entries.map { $0["actor"] } == ["ann", "ann"])
      #expect(entries.map { $0["reason"] } == ["not ours", nil])
      #expect(entries.map { $0["summary"] } == ["- capabilities/a", "imported from acme.json"])
      #expect(
        entries[0]["command"]
          == "everrunsctl capabilities unregister a -p acme --reason 'not ours'")
      let created = try #require(entries[1]["created_at"].text)
      #expect(created.hasSuffix("Z"))
      try #expect(
        entries[0]["fingerprint"] == sandbox.run("platform show acme -o json").json()["fingerprint"]
      )
      let outcome = try sandbox.run("platform history acme", environment: who)
      #expect(outcome.lines[0].hasPrefix("REV  TIME"), outcome.report)
      #expect(outcome.lines[2].contains("  ann    imported from acme.json"), outcome.report)
      try sandbox.run("platform history acme -o name").expect(out: "acme@2\nacme@1\n")
    }
  }

  @Test func `an unsaved definition has no history`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform history").expect(err: "note: no saved definitions yet\n")
      try sandbox.run("platform history -q -o json").expect(out: "[]\n")
      try sandbox.run("platform history oss").expectError(
        """
        error: 'oss' is not a saved definition, so it has no revisions
        hint: save it: everrunsctl platform create NAME --from oss

        """, exit: 1)
      try sandbox.run("platform history acme").expectError(
        """
        error: no platform named 'acme'
        hint: list them: everrunsctl platform list

        """, exit: 1)
    }
  }

  @Test func `a rollback is a new revision equal to the old one`() throws {
    try withSandbox { sandbox in
      try sandbox.write("acme.json", Self.larger)
      try sandbox.run("platform import acme.json -q").expect()
      try sandbox.run("capabilities unregister a -p acme -q").expect()
      try sandbox.run("platform rollback acme@1 --dry-run").expect(
        out: """
          + capabilities/a

          Dry run: nothing was saved; acme@2 would get: 1 added

          """)
      try sandbox.run("platform rollback acme@previous").expect()
      let entries = try sandbox.run("platform history acme -o json").json().elements
      #expect(entries.count == 3)
      #expect(entries[0]["fingerprint"] == entries[2]["fingerprint"])
      #expect(entries[0]["summary"] == "back to acme@1: + capabilities/a")
      try sandbox.run("platform rollback acme@3").expect(
        out: "Nothing to do: 'acme@3' already matches.\n")
      try sandbox.run("platform rollback acme@9").expectError(
        """
        error: the platform 'acme' has no revision '9'
        hint: the latest is 'acme@3'

        """, exit: 1)
      try sandbox.run("platform rollback acme").expect(out: "", err: nil, exit: 64)
      try sandbox.run("platform rollback oss").expect(out: "", err: nil, exit: 1)
      try sandbox.run("platform rollback acme.json").expect(out: "", err: nil, exit: 1)
    }
  }

  // MARK: delete

  @Test func `delete needs --yes without a terminal`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create acme -q").expect()
      try sandbox.run("platform delete acme").expectError(
        """
        error: 'platform delete' needs confirmation, and standard input is not a terminal
        hint: pass --yes
        usage: everrunsctl platform delete NAME [options]
        run 'everrunsctl platform delete --help' for help

        """, exit: 64)
      try sandbox.run("platform delete acme -n").expect(
        out: "Dry run: 'acme' not deleted (1 revision)\n")
      try sandbox.run("platform delete acme --yes").expect(
        out: "Deleted 'acme' (1 revision).\n")
      try sandbox.run("platform delete acme --yes").expectError(
        """
        error: no saved platform named 'acme'
        hint: list them: everrunsctl platform list

        """, exit: 1)
      try sandbox.run("platform delete oss --yes").expect(out: "", err: nil, exit: 1)
    }
  }

  @Test func `the revision numbers of a deleted definition are not reused`() throws {
    try withSandbox { sandbox in
      try sandbox.write("acme.json", Self.larger)
      try sandbox.run("platform import acme.json -q").expect()
      try sandbox.run("capabilities unregister a -p acme -q").expect()
      try sandbox.run("platform use acme").expect()
      try sandbox.run("platform delete acme -y -o json").expect(
        out: """
          {
            "platform": "acme",
            "before": "acme@2",
            "after": null,
            "revisions": 2,
            "deleted": true
          }

          """, err: "note: the default platform is now 'oss'\n")
      try sandbox.run("platform list -o name").expect(out: "oss\nworker\nempty\n")
      try sandbox.run("platform show acme@1").expect(out: "", err: nil, exit: 1)
      try sandbox.run("platform create acme --from empty").expect(out: "empty -> acme@3: created\n")
      try sandbox.run("platform history acme -o name").expect(out: "acme@3\n")
      try sandbox.run("platform create default -q").expect()
      try sandbox.run("platform delete default -y -q").expect()
      let result = try sandbox.run("providers unregister daytona -o json").json()
      #expect(result["before"] == "default@2")
      #expect(result["after"] == "default@3")
    }
  }

  // MARK: Two people at once

  @Test func `of many concurrent changes none is lost: each is saved or reported as failed`() throws
  {
    try withSandbox { sandbox in
      let ids = (0..<8).map { "c\($0)" }
      let capabilities = ids.map { #"{"id": "\#($0)", "name": "x"}"# }.joined(separator: ",")
      let text = #"{"format": "everruns.platform/v1", "capabilities": [\#(capabilities)]}"#
      try sandbox.write("acme.json", text)
      try sandbox.run("platform import acme.json -q").expect()
      for reference in ["acme", "acme.json"] {
        let outcome = try sandbox.shell(
          """
          for id in \(ids.joined(separator: " ")); do
            { everrunsctl capabilities unregister $id -q -p \(reference) > /dev/null 2> $id.err
              echo $id $? > $id.code; } &
          done
          wait; cat c?.code
          """)
        var kept = ids
        for line in outcome.lines {
          let parts = line.split(separator: " ").map(String.init)
          if parts[1] == "0" {
            kept.removeAll { $0 == parts[0] }
          } else {
            #expect(parts[1] == "1", outcome.report)
            let error = try sandbox.read(parts[0] + ".err")
            #expect(
              error.contains("is at revision") || error.contains("was changed by somebody else"),
              "\(error)")
          }
        }
        #expect(outcome.lines.count == 8)
        #expect(kept.count < 8)
        // Edits of a saved definition are made again on the newest revision.
        if reference == "acme" { #expect(kept == []) }
        let left = try sandbox.run("capabilities list -q -o name -p", reference).lines
        #expect(left == kept, "\(reference)")
      }
    }
  }

  // MARK: Files

  @Test
  func `a change of a file leaves everything else alone, or says that the file was rewritten`()
    throws
  {
    try withSandbox { sandbox in
      let plain = """
        format: everruns.platform/v1
        capabilities: [{id: a, name: A}]
        built_in_harnesses:
          - name: h
            display_name: H
            roles: [base, default, chat]
            system_prompt: |
              # Heading
              Text # no comment

        """
      try sandbox.write("p.yaml", plain)
      try sandbox.run("harnesses set h tags+=x -p p.yaml").expect(err: "")
      #expect(try sandbox.read("p.yaml") == plain + "    tags:\n      - x\n")
      let anchored = "# ours\n" + plain.replacing("display_name: H", with: "display_name: &h H")
      try sandbox.write("p.yaml", anchored)
      try sandbox.run("harnesses set h tags+=x -p p.yaml").expect(err: "")
      #expect(try sandbox.read("p.yaml") == anchored + "    tags:\n      - x\n")
      try sandbox.run("harnesses set h display_name=I -p p.yaml").expect(err: "")
      #expect(try sandbox.read("p.yaml").contains("display_name: &h I"))
      let capability = #"{"id": "b", "name": "B"}"#
      let commented = plain.replacing("[{id: a", with: "[ # ours\n  {id: a")
      try sandbox.write("p.yaml", commented)
      try sandbox.run("capabilities register - -n -p p.yaml", input: Data(capability.utf8)).expect(
        err: """
          note: 'p.yaml' cannot be edited in place and would be rewritten; comments, order and \
          layout are lost

          """)
      #expect(try sandbox.read("p.yaml") == commented)
      try sandbox.run("capabilities register - -p p.yaml", input: Data(capability.utf8)).expect(
        err: """
          note: 'p.yaml' cannot be edited in place and is rewritten; comments, order and layout \
          are lost

          """)
      try #expect(!sandbox.read("p.yaml").contains("ours"))
      // A byte-order mark and line ends are no layout.
      let mark = Data([0xEF, 0xBB, 0xBF])
      let foreign = commented.replacing("\n", with: "\r\n")
      try sandbox.write("p.yaml", mark + Data(foreign.utf8))
      _ = try sandbox.run("capabilities register - -p p.yaml", input: Data(capability.utf8))
      let bytes = try Data(contentsOf: URL(filePath: sandbox.path("p.yaml")))
      #expect(bytes.starts(with: mark))
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      #expect(lines.count > 10 && lines.dropLast().allSatisfy { $0.last == UInt8(ascii: "\r") })
    }
  }
}
