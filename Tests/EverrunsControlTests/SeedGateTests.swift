import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Testing

/// What stops a run: questions, `--deny` and `--strict`.
@Suite struct SeedGateTests {
  @Test func `a value given twice is proposed once`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.writePlatform(prompt: "New.")
      let id = Fleet.organization(2)
      let next = fleet.run("seed preview --org \(id) --org \(id)").output.split(separator: "\n")
        .last
      #expect(next?.hasSuffix(" --org \(id)") == true)
      #expect(next?.ranges(of: "--org").count == 1)
    }
  }

  private func withDrift(_ body: (Fleet) throws -> Void) throws {
    try Fleet.with(4) { fleet throws in
      try fleet.sql(
        """
        UPDATE harnesses SET description = 'Ours' WHERE org_id = 2 AND name = 'base';
        UPDATE harnesses SET is_built_in = 0 WHERE org_id = 3 AND name = 'chat';
        """)
      try fleet.writePlatform(prompt: "Be brief.")
      try body(fleet)
    }
  }

  /// What a run says that leaves the row of ``withDrift(_:)`` blocked.
  private static let warning = """
    warning: 1 row is blocked; see why, and what to decide: everrunsctl seed preview

    """

  @Test(arguments: ["", " -q", " -o json", " -o jsonl", " -o yaml", " -o markdown", " -q -o json"])
  func `a run that leaves rows blocked says so on standard error`(options: String) throws {
    try withDrift { fleet throws in
      for command in ["seed apply", "seed apply", "harnesses reconcile"] {
        let run = fleet.run("\(command) -y\(options)")
        #expect(
          run == Run(output: run.output, errorOutput: Self.warning, exitCode: .blocked))
      }
    }
  }

  // MARK: --deny and --strict

  @Test(arguments: ["seed preview", "seed apply -y", "seed apply -n", "harnesses reconcile -y"])
  func `a denied outcome stops the run and is named in one line`(command: String) throws {
    try withDrift { fleet throws in
      let before = try fleet.sql(".dump")
      let isPreview = command == "seed preview"
      let denied = fleet.run("\(command) --deny overwrites_local_edit --deny delete --deny blocked")
      #expect(
        denied.errorOutput
          == """
          error: --deny forbids 1 overwrites_local_edit, 1 blocked\(isPreview ? "" : "; nothing was applied")
          hint: see these rows: everrunsctl seed preview --reason-code overwrites_local_edit --reason-code name_owned_by_org

          """)
      #expect(denied.exitCode == .blocked)
      // What would be refused is not proposed.
      let plan = fleet.run("seed preview").output.split(separator: "\n").dropLast()
      #expect(denied.output.split(separator: "\n") == (isPreview ? Array(plan) : []))
      #expect(try fleet.sql(".dump") == before)
      let allowed = fleet.run("\(command) --deny delete --deny create")
      #expect(allowed.errorOutput == (command.hasSuffix("-y") ? Self.warning : ""))
      #expect(
        !isPreview || allowed.output.hasSuffix(" --deny delete --deny create\n"),
        "the next step keeps the gate")
      #expect(
        allowed.exitCode == (command.hasSuffix("-y") ? .blocked : .success), "\(allowed)")
    }
  }

  @Test(arguments: [
    ("--deny overwrites_local_edit", "--reason-code overwrites_local_edit", 1),
    ("--deny blocked --deny update --deny delete", "--action blocked --action update", 5),
    (
      "--deny overwrites_local_edit --deny name_owned_by_org",
      "--reason-code overwrites_local_edit --reason-code name_owned_by_org", 2
    ),
    (
      "--deny name_owned_by_org --deny update",
      "--reason-code definition_changed --reason-code overwrites_local_edit "
        + "--reason-code name_owned_by_org", 5
    ),
  ])
  func `the hint shows all denied rows`(denied: String, filter: String, rows: Int) throws {
    try withDrift { fleet throws in
      let run = fleet.run("seed preview \(denied)")
      #expect(
        run.errorOutput.hasSuffix("hint: see these rows: everrunsctl seed preview \(filter)\n"),
        "\(run)")
      #expect(fleet.run("seed preview \(filter)").output.contains("\n\(rows) shown, "))
    }
  }

  @Test(arguments: [
    ("--deny update", "see these rows: ", " --action update"),
    ("--strict", "see why, and what to decide: ", ""),
  ])
  func `a hint about a saved plan has the options that it was saved with`(
    gate: String, sentence: String, filter: String
  ) throws {
    try withDrift { fleet throws in
      let options = "--org \(Fleet.organization(2)) --org \(Fleet.organization(3)) --prune release"
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      let saved = fleet.run("seed preview \(options) -q --out plan.json -p acme --grade dev")
      #expect(saved.exitCode == .success)
      let run = fleet.run("seed apply plan.json -y \(gate)")
      let next = "everrunsctl seed preview --grade dev \(options) -p acme\(filter)"
      #expect(run.errorOutput.hasSuffix("\nhint: \(sentence)\(next)\n"), "\(run)")
      let shown = fleet.run(words: next.split(separator: " ").dropFirst().map(String.init))
      #expect(shown.exitCode == .success, "\(shown)")
    }
  }

  @Test func `a denied outcome takes precedence over the exit code of differences`() throws {
    try withDrift { fleet throws in
      #expect(fleet.run("seed preview --exit-code").exitCode == .differences)
      #expect(fleet.run("seed preview --exit-code --deny update").exitCode == .blocked)
      #expect(fleet.run("seed preview --exit-code --deny create").exitCode == .differences)
    }
  }

  @Test func `an unknown outcome is refused, with a suggestion`() throws {
    try withDrift { fleet throws in
      let refused = fleet.run("seed preview --deny overwrite_local_edit")
      #expect(refused.exitCode == .usage)
      #expect(refused.errorOutput.contains("did you mean 'overwrites_local_edit'?"))
    }
  }

  @Test func `a saved plan is checked as well`() throws {
    try withDrift { fleet throws in
      #expect(fleet.run("seed preview -q --out plan.json").exitCode == .success)
      #expect(fleet.run("seed apply plan.json --deny update").exitCode == .blocked)
      #expect(fleet.run("seed apply plan.json --strict").exitCode == .blocked)
      #expect(fleet.run("seed apply plan.json --deny delete --expand").output.contains("Applied"))
    }
  }

  @Test(arguments: [
    "seed preview --strict", "seed why harness/base --strict", "seed why harness/base --expand",
    "seed why harness/base --deny update", "harnesses status --strict", "harnesses status --expand",
    "harnesses status --deny update", "seed apply --kind agent", "seed apply --exit-code",
    "harnesses reconcile --action update", "seed why harness/base --kind agent",
    "seed preview --force", "seed apply -y --force", "harnesses reconcile -y --force",
    "platform export --force", "seed catalog --schema --catalog c.yaml",
    "harnesses resolve --org org_00000000000000000000000000000001 --for chat --harness base",
  ])
  func `an option that cannot have an effect is refused`(line: String) throws {
    try Fleet.with { fleet throws in
      #expect(fleet.run(line).exitCode == .usage)
    }
  }

  // MARK: Questions

  @Test func `the question says which store and platform, and how many rows of which kind`() throws
  {
    try withDrift { fleet throws in
      let refused = fleet.run("seed apply", answer: "n")
      #expect(refused.exitCode == .failure)
      #expect(
        refused.errorOutput.contains(
          """
          Apply platform './p.yaml' to store 'FOLDER/store.db': update 4 harnesses \
          (1 overwrites a local edit); leave 1 harness blocked? [y/N]\u{20}
          """))
      let applied = fleet.run("seed apply -q", answer: "y")
      #expect(applied.output == "Applied, except 1 blocked row. The store is at serial 29.\n")
    }
  }

  @Test func `deleting rows needs the typed name of the platform, or --yes`() throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql(
        "INSERT INTO harnesses (id, org_id, name, is_built_in, seed_digest) VALUES ('old', 2, 'old', 1, 'x')"
      )
      let line = "seed apply -q --prune delete -p ./p.yaml"
      for answer in ["y", "yes", "p.yaml", ""] {
        let refused = fleet.run(line, answer: answer)
        #expect(refused.exitCode == .failure)
        #expect(
          refused.errorOutput.contains(
            """
            Apply platform './p.yaml' to store 'FOLDER/store.db': delete 1 harness? \
            Type './p.yaml' to continue:\u{20}
            """))
      }
      let token = try fleet.json("seed preview --prune delete -p ./p.yaml")["token"]?.string ?? ""
      #expect(fleet.run("\(line) --expect \(token)").exitCode == .usage)
      #expect(fleet.run(line).exitCode == .usage)
      #expect(try fleet.sql("SELECT count(*) FROM harnesses WHERE name = 'old'") == "1\n")
      #expect(fleet.run("\(line) --expect \(token)", answer: "./p.yaml").exitCode == .success)
      #expect(try fleet.sql("SELECT count(*) FROM harnesses WHERE name = 'old'") == "0\n")
    }
  }

  // MARK: Tokens

  @Test(arguments: [
    ("", "--overwrite", "without --overwrite"), ("--overwrite", "", "with --overwrite"),
    ("", "--prune delete -p ./p.yaml", "without --prune"),
    ("--prune release", "", "with --prune release"), ("", "--grade dev", "with --grade prod"),
    ("--grade poc", "", "with --grade poc"), ("-p oss", "", "with --platform oss"),
    ("-p oss --grade dev", "-p oss", "with --grade dev"),
    ("-p acme@2", "-p acme@1", "with --platform acme@2"),
    ("-p oss --grade dev", "", "with --platform oss and with --grade dev"),
    ("", "--catalog c.json", "without --catalog"),
    ("--org \(Fleet.organization(2)) --org \(Fleet.organization(3))", "", "with --org"),
    ("", "--org \(Fleet.organization(2))", "without --org"),
    (
      "--org \(Fleet.organization(3))", "--org \(Fleet.organization(2))",
      "with other values of --org"
    ),
    (
      "--org \(Fleet.organization(3)) --overwrite", "--grade dev",
      "with --grade prod and with --overwrite and with --org"
    ),
    ("--adopt */harness/chat", "", "with --adopt '*/harness/chat'"),
    ("--accept-own */harness/chat", "", "with --accept-own '*/harness/chat'"),
    ("", "--accept-own */harness/chat", "without --accept-own"),
    ("--overwrite --grade dev", "", "with --grade dev and with --overwrite"),
  ])
  func `a token of other inputs names the option that differs`(
    reviewed: String, applied: String, words: String
  ) throws {
    try Fleet.with(3) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id > 1 AND name = 'chat'")
      _ = fleet.run("platform import ./p.yaml --as acme")
      _ = fleet.run("harnesses set base -p acme description=New")
      let catalog = fleet.run("seed catalog -o json").output
      try fleet.write(
        catalog.replacing("\"Helper\"", with: "\"Aide\""), to: "c.json")
      let token = try fleet.json("seed preview \(reviewed)")["token"]?.string ?? ""
      let run = fleet.run("seed apply --expect \(token) \(applied)")
      let errors = run.errorOutput.split(separator: "\n").filter { $0.hasPrefix("error: ") }
      #expect(errors == ["error: the token '\(token)' belongs to a plan \(words)"], "\(run)")
      #expect(run.exitCode == .stale)
    }
  }

  @Test(arguments: [
    ("0123456789abcdef", "", "stock", "prod"), ("--catalog c.json", "", "stock", "prod"),
    ("", "--catalog c.json --grade dev --overwrite", "c.json", "dev"),
    ("--catalog c.json", "--catalog d.json", "d.json", "prod"),
    ("-p q.yaml", "--grade poc", "stock", "poc"),
  ])
  func `a token that nothing explains is answered with what a token depends on`(
    origin: String, applied: String, catalog: String, grade: String
  ) throws {
    try Fleet.with { fleet throws in
      let content = fleet.run("seed catalog -o json").output
      try fleet.write(content.replacing("\"Helper\"", with: "\"Aide\""), to: "c.json")
      try fleet.write(content.replacing("\"Helper\"", with: "\"Assistant\""), to: "d.json")
      _ = fleet.run("platform export ./p.yaml --to q.yaml -q")
      _ = fleet.run("harnesses set base -p ./q.yaml description=Other -q")
      let token =
        origin.hasPrefix("-") || origin.isEmpty
        ? try fleet.json("seed preview \(origin)")["token"]?.string ?? "" : origin
      let options = applied.isEmpty ? "" : " " + applied
      let run = fleet.run("seed apply --expect \(token)\(options)")
      #expect(run.exitCode == .stale)
      #expect(
        run.errorOutput.contains(
          """
          error: no plan of platform './p.yaml' with catalog '\(catalog)', grade '\(grade)' and these \
          options has the token '\(token)'; the content of platform or catalog, the grade, the options \
          or the program version differed in the preview, or the token is mistyped
          hint: create a new plan: everrunsctl seed preview
          """))
    }
  }

  @Test func `a token of an earlier revision is answered with what happened since`() throws {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      let token = try fleet.json("seed preview -p acme")["token"]?.string ?? ""
      _ = fleet.run("harnesses set base -p acme description=New -q")
      #expect(
        fleet.run("seed apply --expect \(token) -p acme").errorOutput.split(separator: "\n").last {
          $0.hasPrefix("error")
        } == """
          error: the plan changed since token '\(token)': 'acme' is now at revision 2, the store at \
          serial 8; last change: ada ran 'everrunsctl harnesses set base -p acme description=New -q'
          """)
    }
  }

  @Test func `a token of the same content under another name is not blamed on a newer revision`()
    throws
  {
    try Fleet.with { fleet throws in
      _ = fleet.run("platform create acme --from oss -q")
      let token = try fleet.json("seed preview -p oss")["token"]?.string ?? ""
      _ = fleet.run("harnesses set generic -p acme description=New -q")
      #expect(
        fleet.run("seed apply --expect \(token) -p acme").errorOutput.contains(
          "error: the token '\(token)' belongs to a plan with --platform acme@1\n"))
    }
  }

  @Test func `a token may be typed in capitals`() throws {
    try Fleet.with { fleet throws in
      let token = try fleet.json("seed preview")["token"]?.string ?? ""
      #expect(fleet.run("seed apply --expect \(token.uppercased())").exitCode == .success)
    }
  }

  @Test func `a token of a changed store and other options is not blamed on the store`() throws {
    try Fleet.with { fleet throws in
      let token = try fleet.json("seed preview --overwrite")["token"]?.string ?? ""
      try fleet.sql("UPDATE harnesses SET description = 'New'")
      #expect(
        fleet.run("seed apply --expect \(token)").errorOutput.hasPrefix(
          "error: the token '\(token)' belongs to a plan with --overwrite\n"))
    }
  }

  @Test func `a stale token is also stale under another platform, with one note`() throws {
    try Fleet.with { fleet throws in
      let other = ["EVERRUNS_PLATFORM": "oss"]
      let result = fleet.run("seed apply --expect 0123456789abcdef", environment: other)
      #expect(result.exitCode == .stale)
      #expect(
        result.errorOutput.split(separator: "\n").prefix(1)
          == ["note: the platform './p.yaml' was applied last; this is 'oss'"])
      #expect(
        result.errorOutput.split(separator: "\n").dropFirst().first?.hasPrefix("error: ") == true)
    }
  }
}
