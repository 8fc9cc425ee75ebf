import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// The schema is compared when it changed: commands refuse what they cannot work with, and
/// initializing the store puts back what it can.
@Suite struct SchemaDamageTests {
  private func withSeeded(_ sql: String, _ body: (TemporaryStore) throws -> Void) throws {
    try withStore { store throws in
      try store.apply(Home.platform)
      _ = try SQLiteStore.openForWriting(store.path)
        .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      try store.administer(sql)
      try body(store)
    }
  }

  private func problems(_ store: TemporaryStore) -> [String] {
    for open in [
      { _ = try store.open() }, { _ = try SQLiteStore.openForWriting(store.path) },
    ] {
      do {
        try open()
      } catch StoreError.incompleteSchema(_, let problems, _) {
        return problems
      } catch {
        return ["\(error)"]
      }
    }
    return []
  }

  @Test(arguments: [
    ("alter table harnesses drop column description", "column harnesses.description is missing"),
    ("alter table agents drop column status", "column agents.status is missing"),
    ("drop table history", "table history is missing"),
    ("drop table organization_settings", "table organization_settings is missing"),
    ("drop table seed_answers", "table seed_answers is missing"),
    (
      "delete from store_state",
      "the row of store_state is missing, so a new organization may get the number of a deleted one"
    ),
    ("drop index llm_models_by_model", "index llm_models_by_model is missing"),
    (
      "drop index turns_running; create index turns_running on turns (session_id)",
      "index turns_running was altered"
    ),
    (
      "drop trigger harnesses_update_raises_serial",
      "trigger harnesses_update_raises_serial is missing"
    ),
    (
      """
      drop trigger seed_digest_update;
      create trigger seed_digest_update after update of seed_digest on harnesses
      begin select 1; end
      """, "trigger seed_digest_update was altered"
    ),
  ])
  func `restorable damage of the schema is named and repaired`(sql: String, problem: String) throws
  {
    try withSeeded(sql) { store throws in
      #expect(problems(store) == [problem])
      let findings = try #require(
        try SQLiteStore.openForReading(store.path, checksSchema: false)?.findings())
      #expect(findings.contains { $0.contains(problem) || $0.hasPrefix("state:") })
      _ = try SQLiteStore.openForWriting(store.path, repairs: true)
      try store.apply(Home.platform)
      #expect(try store.differences(Home.platform) == [])
      #expect(try store.open().findings() == [])
    }
  }

  @Test(arguments: [
    ("alter table agents rename column name to other", "column agents.name is missing"),
    (
      "drop table users; create view users as select 1 as id", "users is not a table"
    ),
    (
      """
      drop table organization_settings;
      create table organization_settings
        (org_id integer, default_model_id text, default_harness_id text, base_harness_id text)
      """, "organization_settings has no unique key (org_id)"
    ),
    (
      """
      drop table organization_members;
      create table organization_members (org_id integer not null, user_id text not null, role blob,
        primary key (org_id, user_id))
      """,
      "column organization_members.role has type 'BLOB' instead of TEXT"
    ),
  ])
  func `other damage of the schema is named and refused`(sql: String, problem: String) throws {
    try withSeeded(sql) { store throws in
      #expect(problems(store).first == problem)
      #expect(throws: StoreError.self) {
        try SQLiteStore.openForWriting(store.path, repairs: true)
      }
      let findings = try #require(
        try SQLiteStore.openForReading(store.path, checksSchema: false)?.findings())
      #expect(findings.contains { $0.contains(problem) })
    }
  }

  @Test func `what goes missing while a store is open stops the next change`() throws {
    try withSeeded("select 1") { store throws in
      let writing = try SQLiteStore.openForWriting(store.path)
      try store.administer("drop trigger harnesses_update_raises_serial")
      #expect(
        throws: StoreError.incompleteSchema(
          .file(path: store.path),
          problems: ["trigger harnesses_update_raises_serial is missing"], isRepairable: true)
      ) { try writing.use("acme", saved: nil, change: .test) }
    }
  }

  @Test func `what opening a store for writing does to it is told`() throws {
    func preparation(after sql: String) throws -> StorePreparation {
      var preparation = StorePreparation.none
      try withSeeded(sql) { store throws in
        let needed = try SQLiteStore.openForReading(store.path, checksSchema: false)?
          .neededPreparation()
        preparation = try SQLiteStore.openForWriting(store.path, repairs: true).preparation
        #expect(needed == preparation)
        #expect(try SQLiteStore.openForWriting(store.path, repairs: true).preparation == .none)
      }
      return preparation
    }
    #expect(try preparation(after: "select 1") == .none)
    #expect(try preparation(after: "create table others (x)") == .none)
    #expect(try preparation(after: "pragma user_version = 0") == .migrated(from: 0))
    #expect(try preparation(after: "pragma user_version = 7") == .migrated(from: 7))
    #expect(
      try preparation(after: "drop table history; drop trigger seed_digest_update")
        == .repaired(problems: [
          "table history is missing", "trigger seed_digest_update is missing",
        ]))
    #expect(
      try preparation(after: "update store_state set serial = 'x'")
        == .repaired(problems: [StateRow.problem]))
  }

  @Test(arguments: [0, 1, 2, -1])
  func `a wrong schema version is corrected from the tables`(
    version: Int
  ) throws {
    try withSeeded("pragma user_version = \(version)") { store throws in
      #expect(try store.differences(Home.platform) == [])
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(try store.open().info().schemaVersion == Schema.version)
      #expect(try store.open().findings() == [])
      #expect(try store.open().revision(of: "acme", .latest)?.definition == .empty)
    }
  }

  @Test func `a store restored from a dump is recognized, and adopted by initializing it`() throws {
    try withSeeded("select 1") { store throws in
      let path = store.folder.file("restored.db")
      _ = try run(
        "/usr/bin/env", ["sh", "-c", "sqlite3 '\(store.path)' .dump | sqlite3 '\(path)'"])
      #expect(throws: StoreError.unmarkedStore(.file(path: path), applicationID: 0)) {
        try SQLiteStore.openForReading(path)
      }
      #expect(throws: StoreError.unmarkedStore(.file(path: path), applicationID: 0)) {
        try SQLiteStore.openForWriting(path)
      }
      let findings = try SQLiteStore.openForReading(path, checksSchema: false)?.findings()
      #expect(
        findings == [
          "schema: '\(path)' looks like a store restored from a dump: it has no application id"
            + " -> store init"
        ])
      let adopted = try SQLiteStore.openForWriting(path, repairs: true)
      #expect(try adopted.info().id == UUIDGenerator.fixedID.text)
      #expect(try adopted.journalMode == "wal")
      #expect(try adopted.findings() == [])
    }
  }

  @Test func `a store with the mark of another program is said to have it`() throws {
    try withSeeded("pragma application_id = 5") { store throws in
      let error = #expect(throws: StoreError.self) { try store.open() }
      #expect(error == .unmarkedStore(.file(path: store.path), applicationID: 5))
      #expect(
        error?.message
          == "'\(store.path)' looks like a store, but has application id 5 of another program")
      #expect(
        try store.findingsOfAnyState() == ["schema: \(error?.message ?? "") -> store init"])
      _ = try SQLiteStore.openForWriting(store.path, repairs: true)
      #expect(try store.findingsOfAnyState() == [])
    }
  }

  @Test func `a dump in another encoding is copied before it is adopted`() throws {
    try withSeeded("select 1") { store throws in
      let (wide, narrow) = (store.folder.file("wide.db"), store.folder.file("narrow.db"))
      let dump = "sqlite3 '\(store.path)' .dump"
      _ = try run(
        "/usr/bin/env",
        ["sh", "-c", "(echo \"PRAGMA encoding='UTF-16le';\"; \(dump)) | sqlite3 '\(wide)'"])
      #expect(throws: StoreError.self) { try SQLiteStore.openForWriting(wide, repairs: true) }
      let findings = try SQLiteStore.openForReading(wide, checksSchema: false)?.findings()
      #expect(
        findings == [
          "schema: text is stored as UTF-16le instead of UTF-8 -> 'sqlite3 OLD .dump | sqlite3 NEW',"
            + " and 'store init' with the new file"
        ])
      _ = try run("/usr/bin/env", ["sh", "-c", "sqlite3 '\(wide)' .dump | sqlite3 '\(narrow)'"])
      let adopted = try SQLiteStore.openForWriting(narrow, repairs: true)
      #expect(try adopted.findings() == [])
    }
  }

  @Test func `a schema that SQLite cannot read is restored from a backup`() throws {
    try withSeeded("select 1") { store throws in
      try store.administer(
        """
        pragma writable_schema = on;
        update sqlite_master set sql = 'garbage' where name = 'harnesses_by_parent';
        """)
      for checksSchema in [true, false] {
        let error = #expect(throws: StoreError.self) {
          try SQLiteStore.openForReading(store.path, checksSchema: checksSchema)
        }
        #expect(
          error
            == .unreadable(
              .file(path: store.path), reason: "malformed database schema (harnesses_by_parent)"))
        #expect(
          error?.hint == """
            restore a backup: everrunsctl store restore FILE -s \(store.path); or recover what can be \
            read: sqlite3 \(store.path) .recover | sqlite3 NEW
            """)
      }
    }
  }

  @Test func `the schema is compared once after each change`() throws {
    try withSeeded("create table others (x)") { store throws in
      func isChecked() throws -> Bool {
        try store.query(
          "select checked_schema_version = (select schema_version from pragma_schema_version)"
            + " from store_state") == "1"
      }
      #expect(try !isChecked())
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(try isChecked())
    }
  }

  @Test func `a store that lost its write-ahead log gets it back when it is written to`() throws {
    try withSeeded("pragma journal_mode = delete") { store throws in
      #expect(try store.open().journalMode == "delete")
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(try store.open().journalMode == "wal")
    }
  }
}
