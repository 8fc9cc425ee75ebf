import Foundation
import Testing

@Suite struct StoreCheckTests {
  @Test("a store that nobody has broken passes every check")
  func sound() throws {
    try withSandbox { sandbox in
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      try sandbox.run("store check").expect(
        out: """
          ok integrity
          ok foreign_keys
          ok triggers
          ok json
          ok settings
          ok parents
          ok revisions

          """)
    }
  }

  @Test("what other programs broke is found, each in its place", .enabled(if: Tool.sqlite))
  func broken() throws {
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
      outcome.expect(exit: 1)
      #expect(
        try outcome.json() == [
          ["check": "integrity", "ok": true, "findings": []],
          [
            "check": "foreign_keys", "ok": false,
            "findings": ["organization_settings refers to harnesses"],
          ],
          [
            "check": "triggers", "ok": false,
            "findings": ["agents_insert_raises_serial is missing"],
          ],
          [
            "check": "json", "ok": false,
            "findings": ["harnesses.tags of 01933b5a-0000-7000-8000-000000000601"],
          ],
          ["check": "settings", "ok": false, "findings": ["base-harness of organization 1"]],
          ["check": "parents", "ok": true, "findings": []],
          ["check": "revisions", "ok": false, "findings": ["acme@1 is not what was saved"]],
        ])
    }
  }

  @Test("a backup is a store of its own with the same rows, readable by its owner alone")
  func backup() throws {
    try withSandbox { sandbox in
      try sandbox.run("seed apply --yes -q").expect(out: nil)
      try sandbox.run("store backup copy.db").expect(
        out: "Copied the store at serial 113 to 'copy.db'.\n")
      let rows = try sandbox.run("store records agent -o json").out
      try sandbox.run("store records agent -o json -s copy.db").expect(out: rows)
      try sandbox.run("store check -s copy.db").expect(out: nil)
      let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.path("copy.db"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("a backup overwrites a file only with --force")
  func backupOverFile() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init").expect(out: nil)
      try sandbox.write("copy.db", "mine")
      try sandbox.run("store backup copy.db").expectError(
        "error: there is already a file named 'copy.db'\nhint: overwrite it with --force\n",
        exit: 1)
      #expect(try sandbox.read("copy.db") == "mine")
      try sandbox.run("store backup copy.db --force").expect(
        out: "Copied the store at serial 0 to 'copy.db'.\n")
    }
  }
}
