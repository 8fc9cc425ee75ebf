import Foundation
import Testing

/// Applying what was previewed: asked, saved, expected.
@Suite struct SeedApplyTests {
  private let with = "-p ./p.yaml --catalog c.yaml"

  private func withSeeded(_ organizations: Int = 1, _ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.seed(organizations)
      try body(sandbox)
    }
  }

  // MARK: Preview, apply, preview

  @Test
  func `after preview and apply a second preview finds nothing, and a second apply does nothing`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      let preview = try sandbox.run("seed preview \(with)")
      let next = try #require(preview.lines.last)
      #expect(next.hasPrefix("Next: everrunsctl seed apply --expect "), preview.report)
      let words = next.dropFirst("Next: everrunsctl ".count)
      let applied = try sandbox.run(String(words))
      applied.expect(out: nil)
      #expect(applied.lines.last?.hasPrefix("Applied. The store is at serial ") == true)
      try sandbox.run("seed preview --exit-code \(with)").expect(
        out: """
          Plan for store '\(sandbox.store)' at serial 12, platform './p.yaml', grade prod

          Nothing to do. 10 unchanged; 10 rows

          """)
      let before = try sandbox.everything()
      try sandbox.run("seed apply \(with)").expect(
        out: """
          Plan for store '\(sandbox.store)' at serial 12, platform './p.yaml', grade prod

          10 unchanged; 10 rows
          Nothing to do: the store is up to date.

          """)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test func `the command that a preview prints repeats every relevant option`() throws {
    try withSeeded { sandbox in
      let other = Sandbox.organization(1)
      try sandbox.sql("update harnesses set tags = '[1]'")
      let preview = try sandbox.run(
        "seed preview \(with) --org \(other) --prune release --overwrite --expand --grade poc")
      let command = try #require(
        preview.lines.last.map { $0.dropFirst("Next: everrunsctl ".count) })
      try sandbox.run(String(command)).expect(out: nil)
      try #expect(sandbox.differences() == [])
    }
  }

  @Test func `the JSON of an apply is the plan with applied and serial`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      let plan = try sandbox.run("seed preview -o json \(with)").json()
      let applied = try sandbox.run("seed apply -y -o json \(with)").json()
      #expect(applied.keys == plan.keys.union(["applied", "serial"]))
      #expect(applied["applied"] == true)
      #expect(applied["serial"] == 12)
      #expect(applied["summary"] == plan["summary"])
      try #expect(sandbox.run("seed apply -y -o json \(with)").json()["applied"] == false)
    }
  }

  @Test func `a dry run changes nothing and says so`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      let outcome = try sandbox.run("seed apply -n -p ./p.yaml")
      outcome.expect(out: nil)
      #expect(outcome.lines.last == "Dry run: nothing was changed.", outcome.report)
      try #expect(sandbox.everything(below: sandbox.home) == [:])
    }
  }

  // MARK: Asking

  @Test(
    arguments: ["seed", "harnesses"])
  func `without a terminal apply names the ways to confirm`(noun: String) throws {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]'")
      let before = try sandbox.everything()
      let command = noun == "seed" ? "seed apply" : "harnesses reconcile"
      let outcome = try sandbox.run("\(command) \(with)")
      outcome.expect(out: "", err: nil, exit: 64)
      #expect(outcome.err.contains("'\(command)' needs confirmation"), outcome.report)
      #expect(outcome.err.contains("--yes"), outcome.report)
      #expect(outcome.err.contains("--expect") == (noun == "seed"), outcome.report)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(
    .enabled(if: Tool.python), arguments: [("y", 0), ("n", 1), ("", 1), ("\\x03", 130)])
  func `on a terminal apply shows the plan and asks`(answer: String, code: Int32) throws {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]'")
      let outcome = try sandbox.onTerminal(
        ["seed", "apply", "-p", "./p.yaml", "--catalog", "c.yaml"],
        script: """
          text = b''
          answered = False
          while True:
              try: data = os.read(fd, 4096)
              except OSError: break
              if not data: break
              text += data
              if b'[y/N]' in text and not answered:
                  answered = True
                  os.write(fd, b'\(answer)\\n')
          sys.stdout.buffer.write(text)
          sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
          """)
      outcome.expect(out: nil, exit: code)
      let parts = outcome.out.components(
        separatedBy: "Apply platform './p.yaml' to store '\(sandbox.store)': "
          + "update 2 harnesses (2 overwrite local edits)? [y/N]")
      #expect(parts.count == 2, outcome.report)
      #expect(parts[0].contains("overwrites_local_edit"), outcome.report)
      try #expect(sandbox.differences().isEmpty == (code == 0), outcome.report)
    }
  }

  // MARK: Saved plans

  @Test func `a saved plan is carried out without a question`() throws {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]' where name = 'base'")
      let preview = try sandbox.run("seed preview --out plan.json \(with)")
      #expect(preview.lines.last == "Next: everrunsctl seed apply plan.json", preview.report)
      // The definition and the catalog are in the plan.
      try FileManager.default.removeItem(atPath: sandbox.path("p.yaml"))
      try FileManager.default.removeItem(atPath: sandbox.path("c.yaml"))
      let applied = try sandbox.run("seed apply plan.json")
      applied.expect(out: nil)
      #expect(applied.lines.last?.hasPrefix("Applied.") == true, applied.report)
      try #expect(sandbox.query("select tags from harnesses where name = 'base'") == "[]\n")
      try sandbox.run("seed apply plan.json").expect(out: "", err: nil, exit: 4)
    }
  }

  @Test func `a stale plan is refused, with the rows that changed`() throws {
    try withSeeded(4) { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]' where name = 'base'")
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      try sandbox.sql("update harnesses set tags = '[2]' where name = 'chat' and org_id = 3")
      let before = try sandbox.everything()
      try sandbox.run("seed apply plan.json").expectError(
        """
        error: plan 'plan.json' is out of date; rows that changed: */harness/chat, \
        \(Sandbox.organization(3))/harness/chat (Org 3)
        hint: create a new plan: everrunsctl seed preview --out plan.json --force --catalog c.yaml -p ./p.yaml

        """, exit: 4)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(arguments: [
    ("org_000000000000000000000000000000ff", "1 more organization"),
    ("org_00000000000000000000000000000000", "1 more organization ('New')"),
  ])
  func `a plan that is stale by an organization says so in one line`(id: String, words: String)
    throws
  {
    try withSeeded(6) { sandbox in
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      try sandbox.run("orgs create New --id \(id) -q -p ./p.yaml").expect(out: nil)
      let next = "seed preview --out plan.json --force --catalog c.yaml -p ./p.yaml"
      try sandbox.run("seed apply plan.json").expectError(
        """
        error: plan 'plan.json' is out of date; \(words)
        hint: create a new plan: everrunsctl \(next)

        """, exit: 4)
      try sandbox.run("seed preview --out plan.json --force \(with)").expect(out: nil)
      try sandbox.run("orgs delete New -y -q").expect(out: nil)
      try sandbox.run("seed apply plan.json").expectError(
        """
        error: plan 'plan.json' is out of date; 1 fewer organization
        hint: create a new plan: everrunsctl \(next)

        """, exit: 4)
    }
  }

  @Test func `a plan is stale even if only the second of two folded rows changed`()
    throws
  {
    try withSeeded(8) { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]' where name = 'base' and org_id in (2, 3)")
      try sandbox.sql("update harnesses set tags = '[2]' where name = 'base' and org_id in (4, 5)")
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      try sandbox.sql("update harnesses set tags = '[2]' where name = 'base' and org_id in (6)")
      let outcome = try sandbox.run("seed apply plan.json")
      outcome.expect(out: "", err: nil, exit: 4)
      #expect(outcome.err.contains("changed: */harness/base~2, */harness/base~3\n"), outcome.report)
    }
  }

  @Test func `a plan of another store is stale`() throws {
    try withSeeded { sandbox in
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      try sandbox.run("store init -q -s other.db").expect(out: nil)
      let outcome = try sandbox.run("seed apply plan.json -s other.db")
      outcome.expect(out: "", err: nil, exit: 4)
      #expect(outcome.err.contains("'plan.json' was saved for another store"), outcome.report)
    }
  }

  @Test func `a plan for a missing store is stale once the store exists`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.run("seed preview --out plan.json -p ./p.yaml").expect(out: nil)
      try sandbox.run("store init -q").expect(out: nil)
      let outcome = try sandbox.run("seed apply plan.json")
      outcome.expect(out: "", err: nil, exit: 4)
      #expect(
        outcome.err.contains("'plan.json' was saved before the store existed"), outcome.report)
    }
  }

  @Test func `a plan for a missing store creates it`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      try sandbox.run("seed apply plan.json").expect(out: nil)
      try #expect(sandbox.differences() == [])
    }
  }

  @Test(
    arguments: [
      ("edited", "the plan was edited after it was saved"), ("printed", "printed, not saved"),
      ("truncated", "has no end"), ("other", "not a saved plan (format"),
      ("list", "not a saved plan"),
      ("newer", "not a saved plan (format 'everruns.seed-plan/v1')"),
    ])
  func `an invalid or altered plan is invalid input`(kind: String, message: String)
    throws
  {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]'")
      try sandbox.run("seed preview --out saved.json \(with)").expect(out: nil)
      let saved = try sandbox.read("saved.json")
      switch kind {
      case "edited":
        try sandbox.write("plan.json", saved.replacing("\"tags\"", with: "\"status\""))
      case "printed":
        try sandbox.write("plan.json", sandbox.run("seed preview -o json \(with)").output)
      case "truncated": try sandbox.write("plan.json", String(saved.prefix(saved.count / 2)))
      case "other": try sandbox.write("plan.json", sandbox.run("platform export oss").output)
      case "newer":
        try sandbox.write("plan.json", saved.replacing("seed-plan/v1", with: "seed-plan/v2"))
      default: try sandbox.write("plan.json", "[]")
      }
      let before = try sandbox.everything()
      let outcome = try sandbox.run("seed apply plan.json")
      outcome.expect(out: "", err: nil, exit: 65)
      #expect(outcome.err.contains(message), outcome.report)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test func `a missing plan file is a missing input`() throws {
    try withSeeded { sandbox in
      try sandbox.run("seed apply nowhere.json").expectError(
        "error: nowhere.json: no such file\n", exit: 66)
    }
  }

  @Test(.enabled(if: Tool.python))
  func `a plan of an older version of the rules is stale`() throws {
    try withSeeded { sandbox in
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      // The digest is over the canonical JSON, with sorted keys, of everything else and of each
      // row.
      try sandbox.run([
        "/usr/bin/python3", "-c",
        """
        import hashlib, json
        plan = json.load(open('plan.json'))
        plan['rules'] = 0
        frame = {key: value for key, value in plan.items() if key not in ('digest', 'rows')}
        text = ''.join(
            json.dumps(part, separators=(',', ':'), ensure_ascii=False, sort_keys=True)
            for part in [frame, *plan['rows']])
        plan['digest'] = 'sha256:' + hashlib.sha256(text.encode()).hexdigest()
        json.dump(plan, open('plan.json', 'w'))
        """,
      ]).expect()
      try sandbox.run("seed apply plan.json").expectError(
        """
        error: 'plan.json' was saved with version 0 of the seeding rules; this program has version 4
        hint: create a new plan: everrunsctl seed preview --out plan.json --force --catalog c.yaml -p ./p.yaml

        """, exit: 4)
    }
  }

  @Test(
    arguments: [
      "--overwrite", "--prune release", "--expect 0123456789abcdef", "-p oss", "--grade dev",
      "--catalog c.yaml", "--org x",
    ])
  func `options that change decisions are refused with a saved plan`(option: String) throws {
    try withSeeded { sandbox in
      try sandbox.run("seed preview --out plan.json \(with)").expect(out: nil)
      let outcome = try sandbox.run("seed apply plan.json \(option)")
      outcome.expect(out: "", err: nil, exit: 64)
      #expect(outcome.err.contains("cannot be given with a saved plan"), outcome.report)
    }
  }

  // MARK: Tokens

  @Test func `a wrong token is stale, with the serial and the changes since`() throws {
    try withSeeded { sandbox in
      try sandbox.sql("update harnesses set tags = '[1]'")
      let token = try #require(
        try sandbox.run("seed preview -o json \(with)").json()["token"].text)
      try sandbox.sql("update harnesses set tags = '[2]' where name = 'base'")
      let outcome = try sandbox.run(
        "seed apply --expect \(token) \(with)", environment: ["USER": "ann"])
      outcome.expect(out: "", err: nil, exit: 4)
      #expect(
        outcome.err.hasPrefix(
          "error: the plan changed since token '\(token)': the store is now at serial 15, "
            + "changed by another program since "),
        outcome.report)
      try #expect(sandbox.query("select tags from harnesses where name = 'base'") == "[2]\n")
    }
  }

  // MARK: Blocked rows

  private func block(_ sandbox: Sandbox) throws {
    try sandbox.sql(
      """
      update harnesses set is_built_in = 0, system_prompt = 'Mine.'
        where name = 'base' and org_id = 20;
      update harnesses set tags = '[1]' where name = 'base' and org_id <> 20
      """)
  }

  @Test func `one conflict among fifty organizations blocks only its row`() throws {
    try withSeeded(50) { sandbox in
      try block(sandbox)
      let outcome = try sandbox.run("seed apply -y \(with)")
      let warning = """
        warning: 1 row is blocked; see why, and what to decide: everrunsctl seed preview --catalog c.yaml -p ./p.yaml

        """
      outcome.expect(out: nil, err: warning, exit: 3)
      // What somebody has to decide about comes before what is done, with how to decide it.
      let address = Sandbox.organization(20) + "/harness/base"
      let blocked = try #require(outcome.lines.firstIndex { $0.hasPrefix("  ! \(address)") })
      #expect(
        Array(outcome.lines[(blocked + 1)...].prefix(2)) == [
          "      --adopt \(address) overwrites it with the built-in one",
          "      --accept-own \(address) leaves it alone, now and in later runs",
        ], outcome.report)
      #expect(
        outcome.lines.last?.hasPrefix("Applied, except 1 blocked row. The store is at serial")
          == true, outcome.report)
      try #expect(
        sandbox.query("select tags, count(*) from harnesses where name = 'base' group by 1")
          == "[]|50\n")
      try #expect(
        sandbox.query("select system_prompt from harnesses where name = 'base' and org_id = 20")
          == "Mine.\n")
      let again = try sandbox.run("seed apply \(with)")
      again.expect(out: nil, err: warning, exit: 3)
      #expect(again.lines.last == "Nothing was applied: 1 row is blocked.", again.report)
    }
  }

  @Test func `with --strict a blocked row stops everything`() throws {
    try withSeeded(50) { sandbox in
      try block(sandbox)
      let before = try sandbox.everything()
      try sandbox.run("seed apply -y --strict \(with)").expectError(
        """
        error: 1 row is blocked; nothing was applied
        hint: see why, and what to decide: everrunsctl seed preview --catalog c.yaml -p ./p.yaml

        """, exit: 3)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test func `an accepted harness no longer blocks, now and later`() throws {
    try withSeeded(50) { sandbox in
      try sandbox.sql("update harnesses set is_built_in = 0 where name = 'base' and org_id = 20")
      let address = Sandbox.organization(20) + "/harness/base"
      // Once the base harness is not the built-in one, its child is led away from it.
      try sandbox.run("seed apply -y \(with)").expect(out: nil, err: nil, exit: 3)
      let outcome = try sandbox.run("seed apply -y --accept-own \(address) \(with)")
      outcome.expect(out: nil)
      #expect(
        outcome.lines.last == "Accepted: 1 organization-owned harness will be left alone.",
        outcome.report)
      try sandbox.run("seed apply -y --strict \(with)").expect(out: nil)
      try #expect(
        sandbox.query("select count(*) from history where command like '%--accept-own%'") == "1\n")
    }
  }

  @Test(arguments: [true, false])
  func `an adopted harness becomes the built-in one`(isFolded: Bool) throws {
    try withSeeded(3) { sandbox in
      try sandbox.sql("update harnesses set is_built_in = 0 where name = 'base' and org_id <> 1")
      let addresses =
        isFolded ? ["*/harness/base"] : [2, 3].map { Sandbox.organization($0) + "/harness/base" }
      let options = addresses.map { "--adopt \($0)" }.joined(separator: " ")
      let notes = addresses.map {
        "note: '--adopt': the harness at '\($0)' is already the built-in one\n"
      }
      for err in ["", notes.joined()] {
        try sandbox.run("seed apply -y \(options) \(with)").expect(out: nil, err: err)
      }
      try #expect(sandbox.differences() == [])
    }
  }

  @Test(
    arguments: ["harness/bsae", "org_0/harness/bsae", "*/harness/bsae"],
    ["--adopt", "--accept-own"])
  func `--adopt and --accept-own of a harness without a template are refused`(
    address: String, option: String
  ) throws {
    try withSeeded(2) { sandbox in
      try sandbox.run("seed apply -y \(option) \(address) \(with)").expectError(
        """
        error: '\(option)': the definition has no template for the harness at '\(address)'
        hint: did you mean 'base'?

        """, exit: 1)
    }
  }

  @Test(
    arguments: ["org_0/harness/base", "nonsense", "agent/helper"], ["--adopt", "--accept-own"])
  func `--adopt and --accept-own of a missing harness are refused`(
    address: String, option: String
  ) throws {
    try withSeeded(2) { sandbox in
      try sandbox.run("seed apply -y \(option) \(address) \(with)").expectError(
        """
        error: '\(option)': no organization has its own harness at '\(address)'
        hint: see which rows are blocked: everrunsctl seed preview --catalog c.yaml -p ./p.yaml

        """, exit: 1)
    }
  }

  // MARK: Two definitions

  @Test
  func `a platform other than the last applied one is noted, and prunes only if named`()
    throws
  {
    try withSeeded { sandbox in
      try sandbox.write("q.yaml", "format: everruns.platform/v1\n")
      let note = "note: the platform './p.yaml' was applied last; this is './q.yaml'\n"
      try sandbox.run("seed preview -p ./q.yaml --catalog c.yaml").expect(out: nil, err: note)
      let unnamed = try sandbox.run(
        "seed apply -y --prune delete --catalog c.yaml",
        environment: ["EVERRUNS_PLATFORM": "./q.yaml"])
      unnamed.expect(out: "", err: nil, exit: 64)
      #expect(unnamed.err.contains("name the platform with -p"), unnamed.report)
      // Saved plans keep that the platform was named.
      try sandbox.run(
        "seed preview -p ./q.yaml --catalog c.yaml --prune release --out plan.json"
      ).expect(out: nil, err: note)
      try sandbox.run("seed apply plan.json").expect(out: nil, err: note)
      try #expect(sandbox.query("select distinct is_built_in from harnesses") == "0\n")
    }
  }

  // MARK: At once, and killed

  @Test func `two concurrent applies have the result of one`() throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      try sandbox.run("store init -q").expect(out: nil)
      try sandbox.addOrganizations(200)
      let outcome = try sandbox.shell(
        """
        everrunsctl seed apply -y -q \(with) >a 2>&1 & first=$!
        everrunsctl seed apply -y -q \(with) >b 2>&1; echo $?
        wait $first; echo $?
        """)
      // The second to come finds what it saw gone, or nothing left to do.
      #expect(Set(outcome.lines).isSubset(of: ["0", "4"]), outcome.report)
      #expect(outcome.lines.contains("0"), outcome.report)
      try #expect(sandbox.differences() == [])
      try #expect(sandbox.query("select count(*) from history") == "1\n")
    }
  }

  @Test(arguments: [0.2, 0.5])
  func `an interrupted apply says that nothing changed`(after seconds: Double) throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      try sandbox.run("store init -q").expect(out: nil)
      try sandbox.addOrganizations(12_000)
      let outcome = try sandbox.run(
        ["/usr/bin/timeout", "--preserve-status", "-s", "INT", String(seconds), Program.path]
          + "seed apply -y -q \(with)".split(separator: " ").map(String.init))
      let count = try sandbox.query("select count(*) from harnesses")
      if outcome.exitCode == 0 {
        #expect(count == "24000\n")
      } else {
        #expect(outcome.exitCode == 130 && count == "0\n", outcome.report)
        // Before the work begins, a signal ends the program as it ends others.
        #expect(
          ["", "error: interrupted; nothing was written\n"].contains(outcome.err))
      }
      try #expect(sandbox.query("pragma integrity_check") == "ok\n")
      try sandbox.run("seed apply -y -q \(with)").expect(out: nil)
      try #expect(sandbox.differences() == [])
    }
  }

  @Test
  func `a plan with more rows than memory holds is written row by row`()
    throws
  {
    try withSeeded { sandbox in
      // More than the 500 rows that stay in memory.
      try sandbox.addOrganizations(150)
      let preview = try sandbox.run("seed preview --expand -o json \(with)").json()
      // Two harnesses and two settings in each organization.
      let rows = preview["rows"].elements
      #expect(rows.count { $0["action"] == "create" } == 149 * 4)
      let text = try sandbox.run("seed preview --expand -v \(with)")
      #expect(text.lines.count { $0.hasPrefix("  + org_") } == 149 * 4)
      let applied = try sandbox.run("seed apply -y --expand -o json \(with)").json()
      #expect(applied["rows"].elements == rows)
      #expect(applied["applied"] == true && applied["token"] == preview["token"])
      try #expect(sandbox.differences() == [])
    }
  }

  @Test(arguments: [0.05, 0.2, 0.45, 0.9])
  func `a killed apply leaves all or nothing`(after seconds: Double) throws {
    try withSandbox { sandbox in
      try sandbox.writePlatform()
      try sandbox.writeCatalog()
      try sandbox.run("store init -q").expect(out: nil)
      try sandbox.addOrganizations(5000)
      // In the foreground it waits until the program is gone.
      let outcome = try sandbox.run(
        ["/usr/bin/timeout", "--foreground", "-s", "KILL", String(seconds), Program.path]
          + "seed apply -y -q \(with)".split(separator: " ").map(String.init))
      #expect([0, 124, 137].contains(outcome.exitCode), outcome.report)
      let count = try sandbox.query("select count(*) from harnesses")
      #expect(["0\n", "10000\n"].contains(count))
      try #expect(
        sandbox.query("select count(*) from history") == (count == "0\n" ? "0\n" : "1\n"))
      try #expect(sandbox.query("pragma integrity_check") == "ok\n")
      try sandbox.run("seed apply -y -q \(with)").expect(out: nil)
      try #expect(sandbox.differences() == [])
    }
  }
}
