import Everruns
import EverrunsSeeding
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

/// Stores of every form that a commit gave them are brought up to date and used.
@Suite struct MigrationTests {
  /// The oldest form lacks columns that seeding reads.
  private static let unreadable = "1-first"
  private static let readable = [
    "1-remembering", "2-digest", "2-settled", "2-integer", "3", "4", "5", "6", "7", "8", "9",
    "10",
  ]

  @Test(arguments: [unreadable] + readable)
  func `a store of any version is migrated with its content`(form: String) throws {
    try withStore(of: form) { store throws in
      let opened = try SQLiteStore.openForWriting(store.path)
      let version = form.prefix(while: \.isNumber)
      let info = try opened.info()
      #expect(info.id == "store-of-version-\(version)")
      #expect(info.schemaVersion == Schema.version)
      #expect(info.counts[.harness] == 2)
      #expect(try opened.findings() == [])
      #expect(try opened.revision(of: "acme", .latest)?.definition == .empty)
      #expect(try opened.activePlatform() == "acme")
      #expect(
        try opened.history(atMost: nil).map(\.summary) == (form == "1-first" ? [] : ["2 created"]))
    }
  }

  @Test func `entries of earlier versions do not say whom they concern, migrated or not`() throws {
    try withStore(of: "9") { store throws in
      #expect(try store.open().history(atMost: nil).map(\.concerns) == [nil])
      let opened = try SQLiteStore.openForWriting(store.path)
      try opened.use("acme", saved: nil, change: .test)
      #expect(
        try opened.history(atMost: nil).map(\.concerns)
          == [ConcernedOrganizations.listed([]), nil])
    }
  }

  @Test(arguments: [unreadable] + readable)
  func `a migrated store of any version has the tables of a new one`(form: String) throws {
    try withStore(of: form) { store throws in
      _ = try SQLiteStore.openForWriting(store.path)
      let found = try store.schema()
      let expected = try withStore { try $0.schema() }
      // A column that a version of one day had is left where it is.
      let obsolete = form == "2-digest" ? ["column store_state.settled_digest TEXT"] : []
      #expect(found.subtracting(expected) == Set(obsolete))
      #expect(expected.subtracting(found) == [])
    }
  }

  @Test(arguments: [unreadable] + readable)
  func `a dump of a store of any version is adopted as the store itself is migrated`(
    form: String
  ) throws {
    try withStore(of: form) { store throws in
      if try store.query("SELECT 1 FROM sqlite_schema WHERE name = 'events'") != nil {
        // The older of the events has the greater id.
        try store.execute(
          """
          INSERT INTO sessions (id, org_id, harness_id, created_at, updated_at)
            VALUES ('s', 1, 'base-in-1', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z');
          INSERT INTO events (id, session_id, sequence, type, ts, data) VALUES
            ('b', 's', 1, 'session.started', '2026-01-02T03:04:05Z', '{}'),
            ('a', 's', 2, 'session.idled', '2026-01-02T03:04:06Z', '{}');
          """)
      }
      let restored = try store.dumped(to: "restored")
      try SQLiteStore.openForWriting(store.path).close()
      let adopted = try SQLiteStore.openForWriting(restored.path, repairs: true)
      #expect(adopted.preparation == .adopted)
      adopted.close()
      #expect(try restored.schema() == store.schema())
      #expect(try restored.content() == store.content())
      #expect(try restored.open().findings() == store.open().findings())
    }
  }

  @Test func `changes that were noted before a dump are seen after its adoption`() throws {
    try withStore { store throws in
      let first = try store.dumped(to: "first")
      _ = try SQLiteStore.openForWriting(first.path, repairs: true)
      for number in 1...2 { try first.addOrganization(number) }
      try first.apply(Home.platform)
      try first.execute("UPDATE harnesses SET description = 'Edited' WHERE id = 'base-in-2'")
      let second = try first.dumped(to: "second")
      _ = try SQLiteStore.openForWriting(second.path, repairs: true)
      #expect(
        try second.differences(Home.platform) == [
          "update overwrites_local_edit org_00000000000000000000000000000002/harness/base; description"
        ])
      #expect(
        try second.open().findings(
          against: SeedBasis(definition: Home.platform, catalog: Home.catalog, grade: .prod)) == [])
    }
  }

  @Test(arguments: [unreadable] + readable)
  func `a store of any version is previewed and applied`(form: String) throws {
    try withStore(of: form) { store throws in
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(try store.differences(Home.platform) == Self.differences)
      try store.apply(Home.platform)
      #expect(try store.differences(Home.platform) == [])
      #expect(try !store.apply(Home.platform).isApplied)
    }
  }

  @Test(arguments: readable)
  func `a store of a readable version is previewed unchanged`(form: String) throws {
    try withStore(of: form) { store throws in
      let before = try store.schema()
      #expect(try store.differences(Home.platform) == Self.differences)
      #expect(try store.schema() == before)
    }
  }

  @Test(arguments: [unreadable] + readable)
  func `a sound store of any version has nothing to repair`(form: String) throws {
    try withStore(of: form) { store throws in
      let before = try store.schema()
      #expect(try store.findingsOfAnyState() == [])
      #expect(try store.schema() == before)
    }
  }

  @Test func `a row of a store of an older version is repaired before the migration`() throws {
    try withStore(of: "7") { store throws in
      try store.administer("update organizations set name = x'00' where org_id = 2")
      let findings = try store.findingsOfAnyState()
      #expect(
        findings == [
          "values: organizations org_id = 2 name holds x'00', which is not valid text"
            + " -> UPDATE organizations SET name = 'name-2' WHERE org_id = 2"
        ])
      for line in findings { try store.paste(line) }
      #expect(try store.findingsOfAnyState() == [])
    }
  }

  @Test func `another program's table with the name of a new one is named`() throws {
    try withStore(of: "4") { store throws in
      try store.administer("create table sessions (id integer primary key, foo text)")
      let problem = """
        a table sessions of another program is in the way, and must be renamed (it has no columns \
        org_id, harness_id, created_at and updated_at)
        """
      #expect(
        throws: StoreError.incompleteSchema(
          .file(path: store.path), problems: [problem], isRepairable: false)
      ) { try SQLiteStore.openForWriting(store.path, repairs: true) }
      let finding = "schema: sessions \(problem) -> ALTER TABLE sessions RENAME TO other_sessions"
      #expect(try store.findingsOfAnyState() == [finding])
      try store.paste(finding)
      #expect(try store.findingsOfAnyState() == [])
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(try store.answer("select count(*) from other_sessions") == ["0"])
    }
  }

  @Test(arguments: ["6", "7"])
  func `another program's view that prevents a migration is named`(form: String) throws {
    try withStore(of: form) { store throws in
      try store.administer("create view \"my view\" as select x from nothere")
      #expect(throws: StoreError.self) { try SQLiteStore.openForWriting(store.path) }
      let finding = """
        schema: view 'my view' of another program prevents the migration: error in view my view: no \
        such table: main.nothere -> DROP VIEW "my view"
        """
      #expect(try store.findingsOfAnyState() == [finding])
      try store.paste(finding)
      #expect(try store.findingsOfAnyState() == [])
      _ = try SQLiteStore.openForWriting(store.path)
    }
  }

  @Test func `a store without the columns that reading needs is refused until it is migrated`()
    throws
  {
    try withStore(of: Self.unreadable) { store throws in
      #expect(
        throws: StoreError.olderSchema(.file(path: store.path), found: 1, known: Schema.version)
      ) {
        try SQLiteStore.openForReading(store.path)
      }
      _ = try SQLiteStore.openForWriting(store.path)
      _ = try store.open()
    }
  }

  @Test(arguments: ["6", "7"])
  func `events get positions in the order in which they were written`(form: String) throws {
    try withStore(of: form) { store throws in
      try store.execute(
        """
        INSERT INTO sessions (id, org_id, harness_id, created_at, updated_at, tags, capabilities,
          last_sequence, next_turn, is_activated, input_tokens, output_tokens)
        VALUES ('s', 1, 'base-in-1', '', '', '[]', '[]', 3, 1, 0, 0, 0);
        INSERT INTO events (id, session_id, sequence, type, ts, data) VALUES
          ('c', 's', 1, 'session.started', '', '{}'), ('a', 's', 2, 'session.idled', '', '{}');
        INSERT INTO events (id, session_id, sequence, type, ts, data)
        VALUES ('b', 's', 3, 'session.idled', '', '{"kept":true}');
        """)
      try SQLiteStore.openForWriting(store.path).close()
      #expect(
        try store.query("SELECT group_concat(position || id || sequence || data) FROM events")
          == "1c1{},2a2{},3b3{\"kept\":true}")
      try store.execute(
        """
        DELETE FROM events;
        INSERT INTO events (id, session_id, sequence, type, ts, data)
        VALUES ('d', 's', 4, 'session.idled', '', '{}');
        """)
      #expect(try store.query("SELECT position FROM events") == "4")
    }
  }

  @Test func `what other programs added to the events is kept when they get positions`() throws {
    try withStore(of: "7") { store throws in
      try store.administer(
        """
        insert into sessions (id, org_id, harness_id, created_at, updated_at)
          values ('s', 1, 'base-in-1', '', '');
        alter table events add column "my note" text default 'none';
        create index by_note on events ("my note");
        create table seen (id);
        create trigger see after insert on events begin insert into seen values (new.id); end;
        create trigger see_answers after insert on seed_answers begin select 1; end;
        insert into events (id, session_id, sequence, type, ts, data, "my note")
          values ('c', 's', 1, 'session.started', '', '{}', 'kept');
        """)
      try SQLiteStore.openForWriting(store.path).close()
      #expect(try store.answer("select position, id, \"my note\" from events") == ["1|c|kept"])
      #expect(try store.answer("select count(*) from seen") == ["1"])
      #expect(
        try store.answer(
          "select name from sqlite_schema where name in ('by_note', 'see', 'see_answers') order by 1"
        ) == ["by_note", "see", "see_answers"])
    }
  }

  @Test func `what other programs added to a cache is kept when it gets another form`() throws {
    try withStore(of: "7") { store throws in
      try store.administer(
        """
        drop table seed_answers;
        create table seed_answers (question text primary key, old_name text, "my note" text default 'none');
        create index by_note on seed_answers ("my note");
        create trigger see after insert on seed_answers begin select 1; end;
        pragma user_version = 6;
        """)
      try SQLiteStore.openForWriting(store.path).close()
      #expect(
        try store.answer("select name from pragma_table_info('seed_answers')")
          == ["question", "serial", "plan_rows", "seal", "old_name", "my note"])
      #expect(
        try store.answer(
          "select name from sqlite_schema where name in ('by_note', 'see') order by 1")
          == ["by_note", "see"])
    }
  }

  @Test func `a migration that fails leaves the store as it was`() throws {
    try withStore(of: "2-settled") { store throws in
      try store.execute("DROP TABLE seed_memory")
      try store.execute("CREATE VIEW seed_memory AS SELECT 1 AS kind")
      let before = try store.schema()
      #expect(throws: StoreError.self) { try SQLiteStore.openForWriting(store.path) }
      #expect(try store.schema() == before)
      #expect(try store.query("PRAGMA user_version") == "2")
    }
  }

  /// What applying the tests' platform to the fixture's rows changes.
  private static let differences = [
    "update overwrites_local_edit harness/base; system_prompt",
    "create missing org_00000000000000000000000000000002/harness/base",
    "create missing org_00000000000000000000000000000002/harness/chat",
    "create missing org_00000000000000000000000000000002/organization_settings/default-harness",
    "create missing org_00000000000000000000000000000002/organization_settings/base-harness",
  ]
}

/// Runs a test with a store of an older form.
private func withStore<Value>(of form: String, _ body: (TemporaryStore) throws -> Value) throws
  -> Value
{
  let fixtures = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
  return try withFolder { folder throws in
    let store = TemporaryStore(folder: folder)
    for name in ["Schemas/\(form).sql", "rows.sql"] {
      try store.execute(
        String(contentsOf: fixtures.appending(path: name), encoding: .utf8))
    }
    return try body(store)
  }
}

extension TemporaryStore {
  /// Restores a dump of the store, as an administrator would, in a new folder.
  fileprivate func dumped(to name: String) throws -> TemporaryStore {
    let new = TemporaryStore(folder: TemporaryFolder(path: folder.file(name)))
    try FileManager.default.createDirectory(
      atPath: new.folder.path, withIntermediateDirectories: false)
    let result = try run(
      "/usr/bin/env", ["sh", "-c", "sqlite3 '\(path)' .dump | sqlite3 -bail '\(new.path)'"])
    guard result.status == 0, result.error.isEmpty else { throw ShellFailure(text: result.error) }
    return new
  }

  /// Every row of every table, caches left out, and the marks of a store.
  fileprivate func content() throws -> [String] {
    try Schema.tables.filter { !$0.isCache }.flatMap { table in
      let columns = table.columns.filter { !$0.isCache }.map(\.name).joined(separator: ", ")
      return try answer("SELECT '\(table.name)', \(columns) FROM \(table.name)").sorted()
    }
      + answer(
        """
        SELECT highest_org_id FROM store_state;
        PRAGMA application_id; PRAGMA user_version; PRAGMA journal_mode
        """)
  }

  /// Every column, index and trigger.
  fileprivate func schema() throws -> Set<String> {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in
      try String.fetchSet(
        db,
        sql: """
          SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type
          FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type IN ('table', 'view')
          UNION ALL
          SELECT type || ' ' || name || ' ' || coalesce(replace(sql, 'IF NOT EXISTS ', ''), '')
          FROM sqlite_schema WHERE type IN ('index', 'trigger')
          """)
    }
  }
}
