import EverrunsControl
import EverrunsStore
import Foundation
import Testing

/// A dry run refuses what the run refuses before it writes anything, in the same words.
@Suite struct DryRunTests {
  /// Runs a command line without and with `-n` on copies of one store.
  private func expectRefusal(
    of line: String, after sql: String = "", exit code: ExitCode, saying beginning: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    preparing prepare: (Fleet) throws -> Void = { _ in }
  ) throws {
    try Fleet.with(3) { fleet throws in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      _ = fleet.run("harnesses set base description=x -p acme -q")
      _ = fleet.run("store backup copy.db -q")
      try prepare(fleet)
      if !sql.isEmpty { try fleet.sql(sql) }
      let dry = fleet.run(line + " -n")
      let note =
        "note: no store at 'FOLDER/p.yaml/store.db' yet; showing what a new one would get\n"
      let refused = Run(
        output: dry.output, errorOutput: dry.errorOutput.replacing(note, with: ""),
        exitCode: dry.exitCode)
      #expect(refused.exitCode == code, sourceLocation: sourceLocation)
      #expect(
        refused.errorOutput.hasPrefix("error: " + beginning), "\(refused)",
        sourceLocation: sourceLocation)
      #expect(refused.output == "", sourceLocation: sourceLocation)
      #expect(fleet.run(line + " -y") == refused, sourceLocation: sourceLocation)
    }
  }

  private static let second = Fleet.organization(2)

  @Test(
    arguments: [
      (
        "CREATE TABLE runs (org_id INTEGER); INSERT INTO runs VALUES (2)",
        "1 row of table 'runs' refers"
      ),
      (
        "CREATE TABLE x (h TEXT REFERENCES harnesses (id)); INSERT INTO x SELECT id FROM harnesses WHERE org_id = 2",
        "2 rows of table 'x' refer"
      ),
      (
        """
        INSERT INTO sessions (id, org_id, harness_id, last_sequence, next_turn, created_at, updated_at)
          VALUES ('s', 2, 'h', 1, 2, '2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z');
        INSERT INTO turns (id, session_id, number, input_message_id, status, step, iteration, begun,
            failures, reclaims, not_before, lease, input_tokens, output_tokens, created_at)
          VALUES ('t', 's', 1, 'm', 'running', 'reason', 1, 1, 0, 0, '2027-01-01T00:00:00.000Z', 1, 0,
            0, '2027-01-01T00:00:00.000Z')
        """, "1 turn of its sessions is running"
      ),
    ])
  func `a dry run refuses a deletion that others prevent`(sql: String, reason: String) throws {
    try expectRefusal(
      of: "orgs delete \(Self.second)", after: sql,
      exit: .failure, saying: "organization 'Org 2' (\(Self.second)) cannot be deleted: \(reason)")
  }

  @Test func `a dry run refuses a deletion before the question`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("CREATE TABLE runs (org_id INTEGER); INSERT INTO runs VALUES (2)")
      let refused = fleet.run("orgs delete \(Self.second)", answer: "Org 2")
      #expect(refused.errorOutput.hasPrefix("error: organization "), "\(refused)")
    }
  }

  @Test(
    arguments: [
      "orgs create New", "orgs set Home name=New", "orgs delete \(second)",
      "platform create new --from empty", "platform import ./p.yaml --as new",
      "platform use acme", "platform delete acme", "platform rollback acme@1",
      "platform merge empty --base empty -p acme --theirs", "harnesses rename chat site -p acme",
      "harnesses remove chat -p acme", "capabilities unregister web -p acme", "seed apply",
      "harnesses reconcile",
    ])
  func `a dry run refuses a change for which the store has no serial`(line: String) throws {
    let isMerge = line.hasPrefix("platform merge")
    try expectRefusal(
      of: isMerge ? "platform merge ./other.yaml --base acme@1 -p acme" : line,
      after: """
        UPDATE store_state SET serial = 9007199254740993;
        DELETE FROM harnesses WHERE org_id = 2
        """, exit: .failure, saying: "the store 'FOLDER/store.db' has no number after "
    ) { fleet in
      try fleet.writePlatform(prompt: "Others.")
      try FileManager.default.moveItem(
        atPath: fleet.folder + "/p.yaml", toPath: fleet.folder + "/other.yaml")
      try fleet.writePlatform()
    }
  }

  @Test(
    arguments: [
      "platform rollback acme@1", "harnesses rename chat site -p acme",
      "platform import ./p.yaml --as acme", "platform create gone --from empty",
    ])
  func `a dry run refuses a revision for which there is no number`(line: String) throws {
    try expectRefusal(
      of: line,
      after: """
        UPDATE platforms SET latest_revision = 9223372036854775807;
        INSERT INTO platforms (name, latest_revision) VALUES ('gone', 9223372036854775807)
        """, exit: .failure,
      saying: "the store 'FOLDER/store.db' has no number after 9223372036854775807 for platforms")
  }

  @Test(arguments: [("9007199254740992", "New"), ("9007199254740991", "New Other")])
  func `a dry run refuses an organization for which there is no number`(
    highest: String, names: String
  ) throws {
    try expectRefusal(
      of: "orgs create \(names)", after: "UPDATE store_state SET highest_org_id = \(highest)",
      exit: .failure, saying: "the store 'FOLDER/store.db' has no number after ")
  }

  @Test(arguments: ["copy.db", "store.db", "store.db-wal", ".", "none/copy.db"])
  func `a dry run refuses a backup that cannot be written`(file: String) throws {
    let refusals: [String: (ExitCode, String)] = [
      "copy.db": (.failure, "the file 'copy.db' already exists"),
      ".": (.cannotCreate, ".: cannot create: it is a folder"),
      "none/copy.db": (.cannotCreate, "none/copy.db: cannot create: its folder does not exist"),
    ]
    let (code, text) = refusals[file] ?? (.failure, "'\(file)' is the store in use")
    try expectRefusal(
      of: "seed apply --backup \(file)", after: "DELETE FROM harnesses WHERE org_id = 2",
      exit: code, saying: text)
  }

  @Test(
    arguments: [
      "orgs create New", "seed apply", "platform create new --from empty", "platform use empty",
      "store restore copy.db",
    ])
  func `a dry run refuses a store that cannot be created`(line: String) throws {
    try expectRefusal(
      of: line + " -s p.yaml/store.db", exit: .cannotCreate,
      saying: "the store 'FOLDER/p.yaml/store.db' cannot be opened: ")
  }

  @Test(
    arguments: [
      (
        "theirs.db", ExitCode.badInput,
        "'FOLDER/theirs.db' is not a store, and is not overwritten\n"
      ),
      ("p.yaml", .badInput, "'FOLDER/p.yaml' is not a store, and is not overwritten\n"),
      (".", .noInput, "'FOLDER/.' is a folder, not a store\n"),
      ("newer.db", .failure, "the store 'FOLDER/newer.db' has schema version 99, "),
    ])
  func `a dry run refuses a restore over what is not a store`(
    file: String, code: ExitCode, text: String
  ) throws {
    try expectRefusal(of: "store restore copy.db -s \(file)", exit: code, saying: text) { fleet in
      try fleet.sql(
        """
        ATTACH '\(fleet.folder)/theirs.db' AS theirs; CREATE TABLE theirs.t (a);
        VACUUM INTO '\(fleet.folder)/newer.db'; ATTACH '\(fleet.folder)/newer.db' AS newer;
        PRAGMA newer.user_version = 99
        """)
    }
  }

  @Test(
    arguments: [
      "ALTER TABLE harnesses RENAME TO others; CREATE VIEW harnesses AS SELECT * FROM others",
      "PRAGMA user_version = 3; ALTER TABLE harnesses RENAME TO others; CREATE VIEW harnesses AS SELECT * FROM others",
    ])
  func `a dry run refuses a repair that is not possible`(sql: String) throws {
    try expectRefusal(
      of: "store init", after: sql, exit: .badInput,
      saying: "the store 'FOLDER/store.db' is damaged: ")
  }
}
