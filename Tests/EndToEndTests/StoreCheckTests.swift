import Foundation
import Testing

@Suite struct StoreCheckTests {
  @Test func `an undamaged store passes every check`() throws {
    try withSandbox { sandbox in
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      try sandbox.run("store check").expect(
        out: """
          ok integrity
          ok schema
          ok triggers
          ok state
          ok foreign_keys
          ok values
          ok settings
          ok parents
          ok models
          ok revisions
          ok memory
          ok sessions

          """)
    }
  }

  @Test(.enabled(if: Tool.sqlite))
  func `a store without a write-ahead log is noted`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q").expect(out: nil)
      try sandbox.sql("PRAGMA journal_mode = DELETE")
      try sandbox.run("store check").expect(
        out: nil,
        err: """
          note: the journal mode is 'delete' instead of 'wal', so readers and writers block each other; \
          the next command that writes sets it

          """)
      try sandbox.run("store init -q").expect(out: nil)
      try sandbox.run("store check").expect(out: nil)
    }
  }

  @Test(.enabled(if: Tool.sqlite))
  func `damage by other programs is found, each in its place`() throws {
    try withSandbox { sandbox in
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      try sandbox.run("platform create acme -q").expect(out: nil)
      try sandbox.sql(
        """
        DROP TRIGGER agents_insert_raises_serial;
        UPDATE harnesses SET tags = '[x' WHERE name = 'base';
        UPDATE organization_settings SET base_harness_id = 'gone';
        UPDATE platform_revisions SET document = '{}';
        """)
      let outcome = try sandbox.run("store check -o json")
      outcome.expect(out: nil, err: nil, exit: 1)
      #expect(outcome.err.contains("the store has 4 problems"), outcome.report)
      let base = "id = '01933b5a-0000-7000-8000-000000000601'"
      let revision = "name = 'acme' AND revision = 1"
      func finding(_ table: JSON, _ row: JSON, _ message: String, _ remedy: String) -> JSON {
        .object([
          "table": table, "row": row, "message": .string(message), "remedy": .string(remedy),
        ])
      }
      func passed(_ check: String) -> JSON {
        .object(["check": .string(check), "ok": true, "findings": []])
      }
      func failed(_ check: String, _ finding: JSON) -> JSON {
        .object(["check": .string(check), "ok": false, "findings": .array([finding])])
      }
      #expect(
        try outcome.json()
          == .array([
            passed("integrity"), passed("schema"),
            failed(
              "triggers",
              finding(
                .null, .null, "trigger agents_insert_raises_serial is missing",
                "everrunsctl store init")),
            passed("state"), passed("foreign_keys"),
            failed(
              "values",
              finding(
                "harnesses", .string(base), "tags does not hold a JSON array",
                "everrunsctl seed apply")),
            failed(
              "settings",
              finding(
                "organization_settings", "org_id = 1",
                "base_harness_id names 'gone', which its organization does not have",
                "everrunsctl seed apply")),
            passed("parents"), passed("models"),
            failed(
              "revisions",
              finding(
                "platform_revisions", .string(revision),
                "definition 'acme@1' cannot be read, and 'platform import' can save another revision",
                "DELETE FROM platform_revisions WHERE \(revision)"
              )),
            passed("memory"), passed("sessions"),
          ]))
    }
  }

  @Test(.enabled(if: Tool.sqlite))
  func `an index in an order that only another program knows is not damage of the file`() throws {
    try withSandbox { sandbox in
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      try sandbox.sql(
        """
        CREATE INDEX ix ON organizations (name);
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE INDEX ix ON organizations (name COLLATE icu_de)'
          WHERE name = 'ix';
        """)
      let check = try sandbox.run("store check -q")
      check.expect(
        out: """
          !! integrity: this check could not be finished
               cannot be checked: no such collation sequence: icu_de
                 fix what the other checks found, and check again
          !! triggers: triggers that count changes are missing or altered, or other programs restrict \
          writes
               organizations: index 'ix' of another program cannot be used: no such collation sequence: \
          icu_de
                 DROP INDEX "ix"

          """, err: nil, exit: 1)
      let apply = try sandbox.run("seed apply --yes -o json")
      apply.expect(out: "", err: nil, exit: 1)
      try #expect(apply.errorJSON()["error"]["code"] == "refused", apply.report)
    }
  }

  @Test func `a backup is a store of its own with the same rows, readable by its owner alone`()
    throws
  {
    try withSandbox { sandbox in
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      try sandbox.run("store backup copy.db").expect(
        out: "Copied the store at serial 113 to 'copy.db'.\n")
      let rows = try sandbox.run("store records agent -o json").out
      try sandbox.run("store records agent -o json -s copy.db").expect(out: rows)
      // The note says that a copy has no log.
      try sandbox.run("store check -s copy.db").expect(out: nil, err: nil)
      let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.path("copy.db"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `a backup overwrites a file only with --force`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init").expect(out: nil)
      try sandbox.write("copy.db", "mine")
      try sandbox.run("store backup copy.db").expectError(
        "error: the file 'copy.db' already exists\nhint: overwrite it with --force\n",
        exit: 1)
      #expect(try sandbox.read("copy.db") == "mine")
      try sandbox.run("store backup copy.db --force").expect(
        out: "Copied the store at serial 0 to 'copy.db'.\n")
    }
  }
}
