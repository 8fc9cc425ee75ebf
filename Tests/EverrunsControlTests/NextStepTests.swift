import EverrunsDocuments
import EverrunsStore
import Testing

@testable import EverrunsControl

/// The commands that messages propose: they work as they are.
@Suite struct NextStepTests {
  /// A folder with a store `s.db` that has the definitions `acme` and `b`, in two revisions each.
  private func withDefinitions(_ body: (Workbench) throws -> Void) throws {
    try Workbench.with { bench throws in
      bench.run("platform export oss --to oss.yaml -o yaml")
      for name in ["acme", "b"] {
        bench.run("platform create \(name) --from oss -s s.db -q")
        bench.run("capabilities unregister web_fetch -p \(name) -s s.db -q")
      }
      try body(bench)
    }
  }

  private func next(_ run: Run) -> String? {
    run.output.split(separator: "\n").first { $0.hasPrefix("Next: ") }.map(String.init)
  }

  // MARK: The changed definition

  @Test(arguments: [
    "platform import ./oss.yaml --as b", "platform rollback b@1", "platform rollback b@previous",
    "platform upgrade b --theirs", "capabilities unregister daytona -p b",
    "capabilities unregister daytona -p b@2",
  ])
  func `the next step after a change names the definition that was changed`(line: String) throws {
    let chosen: [(choice: String, environment: [String: String], option: String)] = [
      ("platform use acme", [:], " -p b"), ("platform use b", [:], ""),
      ("platform use b@1", [:], " -p b"), ("platform use acme", ["EVERRUNS_PLATFORM": "b"], ""),
      ("platform use b", ["EVERRUNS_PLATFORM": "acme"], " -p b"),
    ]
    for (choice, environment, option) in chosen {
      try withDefinitions { bench throws in
        bench.run(choice + " -s s.db")
        // An upgrade has something to merge if the preset has more than the base.
        let base = line.contains("upgrade") ? " --base empty" : ""
        let run = bench.run(line + base + " -s s.db", environment: environment)
        let named = line.contains("-p") && option.isEmpty ? " -p b" : option
        #expect(
          next(run) == "Next: everrunsctl seed preview -s s.db" + named, "\(choice): \(run)")
      }
    }
  }

  @Test func `the first change without a choice needs no name in the next step`() throws {
    try Workbench.with { bench throws in
      #expect(
        next(bench.run("capabilities unregister daytona")) == "Next: everrunsctl seed preview")
    }
  }

  @Test func `a grade that was given is part of the next step`() throws {
    try withDefinitions { bench throws in
      let status = bench.run("status -s s.db --grade dev").output
      #expect(status.contains("everrunsctl seed preview -s s.db --grade dev"), "\(status)")
      let preview = next(bench.run("seed preview -s s.db -p acme --grade dev"))
      #expect(preview?.hasSuffix(" -s s.db -p acme --grade dev") == true)
    }
  }

  @Test func `the next step is on one line of any terminal, so that it can be copied`() throws {
    try withDefinitions { bench throws in
      for line in ["seed preview", "harnesses set generic description=New", "status"] {
        let run = bench.run(line + " -s ./././././s.db -p b", width: 40)
        let next = run.output.split(separator: "\n").last ?? ""
        #expect(next.lowercased().hasPrefix("next"), "\(run)")
        #expect(next.hasSuffix(" -s ./././././s.db -p b"), "\(run)")
      }
    }
  }

  // MARK: Hints of errors

  @Test(arguments: [
    (
      "drivers unregister openai -p oss",
      "save a copy: everrunsctl platform create NAME --from oss -s s.db"
    ),
    (
      "drivers unregister openai -p acme@1",
      "save a copy: everrunsctl platform create NAME --from acme@1 -s s.db"
    ),
    ("platform history oss", "save it: everrunsctl platform create NAME --from oss -s s.db"),
    ("platform upgrade oss", "save it: everrunsctl platform create NAME --from oss -s s.db"),
    ("platform rollback oss@1", "save it: everrunsctl platform create NAME --from oss -s s.db"),
    (
      "platform rollback ./oss.yaml@1",
      "save it: everrunsctl platform create NAME --from ./oss.yaml -s s.db"
    ),
    (
      "platform rollback b",
      "write b@previous, or b@N; list them: everrunsctl platform history b -s s.db"
    ),
    // The name of a preset is reserved.
    (
      "platform use ./oss.yaml",
      "save it: everrunsctl platform import ./oss.yaml --as NAME -s s.db"
    ),
    ("platform use ./c.yaml", "save it: everrunsctl platform import ./c.yaml -s s.db"),
    ("platform use -", "save it: everrunsctl platform import FILE --as NAME -s s.db"),
    ("platform create b", "choose another name; list them: everrunsctl platform list -s s.db"),
    ("platform delete zzzzz -y", "list them: everrunsctl platform list -s s.db"),
    ("platform show zzzzz", "list them: everrunsctl platform list -s s.db"),
    (
      "seed preview --adopt nonsense -p acme",
      "see which rows are blocked: everrunsctl seed preview -s s.db -p acme"
    ),
    (
      "seed why zzzzz/zzzzz -p acme --grade dev",
      "list all addresses: everrunsctl seed preview -s s.db -p acme --grade dev -v"
    ),
    ("seed apply oss.json", "save a new one: everrunsctl seed preview --out FILE -s s.db"),
    (
      "seed apply oss.json -p acme",
      "the plan contains its options; save another one: "
        + "everrunsctl seed preview --out FILE -s s.db -p acme"
    ),
  ])
  func `a hint proposes a command for the store that was given`(line: String, hint: String) throws {
    try withDefinitions { bench throws in
      bench.run("platform export oss --to oss.json")
      let run = bench.run(line + " -s s.db")
      #expect(run.exitCode != .success)
      #expect(run.errorOutput.contains("\nhint: \(hint)\n"), "\(run)")
    }
  }

  @Test func `a file whose name is not one of a definition is imported under another one`() throws {
    try withDefinitions { bench throws in
      let run = bench.run(words: ["platform", "use", "./my def's.yaml"])
      #expect(
        run.errorOutput.contains(
          "\nhint: save it: everrunsctl platform import './my def'\\''s.yaml' --as NAME\n"),
        "\(run)")
    }
  }

  @Test func `a proposed command is not quoted, because it can contain quotes`() throws {
    try Workbench.with { bench throws in
      _ = bench.run(words: ["store", "init", "-s", "./a b.db"])
      for (line, hint) in [
        ("orgs show nope", "list them: everrunsctl orgs list -s './a b.db'"),
        ("seed why zz/zz", "list all addresses: everrunsctl seed preview -s './a b.db' -v"),
        (
          "seed preview --adopt nope",
          "see which rows are blocked: everrunsctl seed preview -s './a b.db'"
        ),
      ] {
        let run = bench.run(
          words: line.split(separator: " ").map(String.init) + ["-s", "./a b.db"])
        #expect(run.errorOutput.contains("\nhint: \(hint)\n"), "\(run)")
      }
    }
  }

  @Test func `the fix of a problem that a command repairs is that command, for the store`() throws {
    try Fleet.with { fleet throws in
      try fleet.sql("UPDATE harnesses SET tags = 'x' WHERE name = 'base'")
      let run = fleet.run("store check -s store.db -p ./p.yaml")
      #expect(
        run.output.contains("\n       everrunsctl seed apply -s store.db -p ./p.yaml\n"), "\(run)")
    }
  }

  @Test func `a fix that seeds names the platform that was applied last`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform import ./p.yaml --as acme")
      _ = fleet.run("harnesses set base description=New -p acme")
      _ = fleet.run("seed apply -y -q -p acme")
      try fleet.sql("UPDATE harnesses SET tags = 'x' WHERE name = 'base'")
      for (options, fix) in [
        ("", "seed apply -s store.db -p acme"),
        (" -p ./p.yaml", "seed apply -s store.db -p ./p.yaml"),
      ] {
        let run = fleet.run("store check -s store.db\(options)")
        #expect(run.output.contains("\n       everrunsctl \(fix)\n"), "\(run)")
        let findings = try fleet.json("store check -s store.db\(options)").elements
          .flatMap { $0["findings"].elements }
        #expect(findings.map { $0["remedy"] } == [.string("everrunsctl \(fix)")])
      }
      let inUse = fleet.run("store check -s store.db", environment: ["EVERRUNS_PLATFORM": "acme"])
      #expect(inUse.output.contains("\n       everrunsctl seed apply -s store.db\n"), "\(inUse)")
    }
  }

  @Test func `seeding is the fix for what the named platform has a template for`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform import ./p.yaml --as acme")
      _ = fleet.run(
        words: ["harnesses", "add", "-", "-p", "acme"],
        input: #"{"name":"extra","display_name":"E","system_prompt":"x"}"#)
      _ = fleet.run("seed apply -y -q -p acme")
      try fleet.sql("UPDATE harnesses SET tags = 'x' WHERE name = 'extra'")
      let applied = fleet.run("store check -s store.db")
      #expect(
        applied.output.contains("\n       everrunsctl seed apply -s store.db -p acme\n"),
        "\(applied)")
      let other = fleet.run("store check -s store.db -p ./p.yaml")
      #expect(other.output.contains("\n       UPDATE harnesses SET tags = '[]' WHERE "), "\(other)")
    }
  }

  @Test func `what was read from standard input is not named again`() throws {
    try withDefinitions { bench throws in
      let document = try bench.text(of: "oss.yaml")
      let edit = bench.run("drivers unregister openai -p - -s s.db", input: document)
      #expect(
        edit.errorOutput
          == """
          error: '-' is read-only
          hint: save a copy: everrunsctl platform import FILE --as NAME -s s.db

          """)
      let plan = bench.run("seed preview -p - -s s.db", input: document)
      #expect(next(plan)?.hasSuffix(" -s s.db -p - < FILE") == true, "\(plan)")
    }
  }

  @Test(arguments: ["./no.yaml", "./no.yaml@1", "./no.yaml@previous"])
  func `nothing is proposed for a file that does not exist`(word: String) throws {
    try withDefinitions { bench throws in
      let run = bench.run("platform rollback \(word) -s s.db")
      #expect(
        run
          == Run(output: "", errorOutput: "error: ./no.yaml: no such file\n", exitCode: .noInput))
    }
  }

  // MARK: Saved plans

  @Test func `a saved plan is applied as it is, with a note about a newer definition`() throws {
    try withDefinitions { bench throws in
      bench.run("seed apply -y -q -s s.db -p acme")
      bench.run("harnesses set generic description=a -p acme -s s.db -q")
      bench.run("seed preview --out p.json -s s.db -p acme")
      bench.run("harnesses set generic description=b -p acme -s s.db -q")
      let run = bench.run("seed apply p.json -q -s s.db")
      #expect(run.exitCode == .success && run.errorOutput.isEmpty)
      bench.run("seed preview --out p.json --force -s s.db -p ./oss.yaml")
      bench.run("harnesses set generic description=c -p ./oss.yaml -s s.db -q")
      #expect(
        bench.run("seed apply p.json -s s.db").errorOutput.contains(
          "note: the platform './oss.yaml' has changed since the plan was saved; "
            + "the plan is of what it was\n"))
      bench.run("seed preview --out p.json --force -s s.db -p acme")
      bench.run("harnesses set generic description=d -p acme -s s.db -q")
      #expect(
        bench.run("seed apply p.json -s s.db").errorOutput.contains(
          "note: the platform 'acme' is at revision 5 now; the plan is of revision 4\n"))
    }
  }

  @Test func `a plan that is out of date is saved again with the options it was saved with`() throws
  {
    try withDefinitions { bench throws in
      bench.run("seed apply -y -q -s s.db -p acme")
      let options = "--grade dev --prune release --overwrite"
      bench.run("seed preview --out plan.json -p b -s s.db \(options)")
      bench.run("orgs create Acme -s s.db -p acme")
      let run = bench.run("seed apply plan.json -s s.db")
      #expect(run.exitCode == .stale)
      #expect(
        run.errorOutput.hasSuffix(
          "hint: create a new plan: everrunsctl seed preview --out plan.json --force --grade dev "
            + "--prune release --overwrite -s s.db -p b\n"), "\(run)")
    }
  }
}
