import Everruns
import EverrunsSeeding
import GRDB
import Testing

@testable import EverrunsStore

/// `store check` names what other programs added to the tables and can make a write fail.
@Suite struct OtherProgramsTests {
  /// Expects one finding, and none after its remedy.
  private func expect(
    _ finding: String, after sql: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withStore { store throws in
      try store.addOrganization(1)
      try store.apply(Home.platform)
      try store.administer(sql)
      #expect(try store.findingsOfAnyState() == [finding], sourceLocation: sourceLocation)
      try store.paste(finding)
      #expect(try store.findingsOfAnyState() == [], sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    ("insert into nothere values (new.id)", "no such table: main.nothere"),
    ("select new.nothere", "no such column: new.nothere"),
    ("select nothere(1)", "no such function: nothere"),
    ("insert into audit values (1, 2)", "table audit has 1 columns but 2 values were supplied"),
  ])
  func `a trigger that cannot run is named`(body: String, cause: String) throws {
    try expect(
      "triggers: agents trigger 'broken' of another program cannot be used: \(cause)"
        + " -> DROP TRIGGER \"broken\"",
      after: """
        create table audit (id);
        create trigger fine after insert on agents begin insert into audit values (new.id); end;
        create trigger broken after update on agents begin \(body); end;
        """)
  }

  @Test func `a trigger that a trigger fires is named`() throws {
    try expect(
      "triggers: audit trigger 'next' of another program cannot be used: no such table: main.gone"
        + " -> DROP TRIGGER \"next\"",
      after: """
        create table audit (id);
        create trigger first after update on agents begin insert into audit values (new.id); end;
        create trigger next after insert on audit begin insert into gone values (new.id); end;
        """)
  }

  @Test func `a trigger that refuses writes, or writes itself, is named`() throws {
    try expect(
      "triggers: agents trigger 'guard' of another program can refuse or ignore writes"
        + " -> DROP TRIGGER \"guard\"",
      after: "create trigger guard before update on agents begin select raise(ignore); end")
    try expect(
      "triggers: agents trigger 'again' of another program changes rows again after a write"
        + " -> DROP TRIGGER \"again\"",
      after: """
        create trigger again after update on agents
        begin update agents set description = 'x' where id = new.id; end
        """)
  }

  @Test func `triggers of other tables that triggers fire are named`() throws {
    try expect(
      "triggers: audit trigger 'second' of another program changes rows again after a write"
        + " -> DROP TRIGGER \"second\"",
      after: """
        create table audit (id);
        create trigger first after update on agents begin
          insert into audit select id from harnesses where id = new.id; end;
        create trigger second after insert on audit begin
          update or ignore harnesses set description = 'x'; end;
        """)
    try expect(
      "triggers: agents trigger 'again' of another program changes rows again after a write"
        + " -> DROP TRIGGER \"again\"",
      after: """
        create table "it's" (id);
        create trigger again after update on agents begin -- don't
          insert into "it's" values (1); /* it's */
          update [harnesses] set description = 'x'; end
        """)
    try expect(
      "triggers: audit trigger 'second' of another program can refuse or ignore writes"
        + " -> DROP TRIGGER \"second\"",
      after: """
        create table audit (id);
        create trigger first after update on agents begin delete from audit; end;
        create trigger second before delete on audit begin select raise(abort, 'no'); end;
        """)
  }

  @Test func `an index that can refuse rows is named`() throws {
    try expect(
      "triggers: harnesses index 'u' of another program can refuse rows -> DROP INDEX \"u\"",
      after: "create unique index u on harnesses (description) where name = 'generic'")
  }

  @Test func `constraints that can refuse rows are named`() throws {
    try withStore { store throws in
      try store.administer(
        """
        drop table users;
        create table users (id text primary key not null, email text unique, name text not null
          unique check (name <> ''), roles text not null default '[]', email_verified integer not null
          default 0, auth_provider text, theirs text not null);
        """)
      _ = try SQLiteStore.openForWriting(store.path, repairs: true)
      let remedy = "restore a backup, or create the table again without it"
      #expect(
        try store.findingsOfAnyState()
          == [
            "triggers: users column theirs of another program, which has no default, can refuse rows",
            "triggers: users the unique key (name) can refuse rows",
            "triggers: users a CHECK constraint can refuse rows",
          ].map { "\($0) -> \(remedy)" })
    }
  }

  @Test func `an index with a collation that SQLite does not have is named`() throws {
    try withStore { store throws in
      try store.administer("create index i on harnesses (name)")
      try store.administer(
        """
        pragma writable_schema = on;
        update sqlite_master set sql = 'CREATE INDEX i ON harnesses (name COLLATE nothere)'
          where name = 'i';
        """)
      let findings = try store.findingsOfAnyState()
      #expect(
        findings.contains(
          "triggers: harnesses index 'i' of another program cannot be used: no such collation"
            + " sequence: nothere -> DROP INDEX \"i\""), "\(findings)")
      // The file is sound.
      let integrity = try #require(
        try store.open().check(against: nil, presets: []).first { $0.name == "integrity" })
      #expect(
        integrity
          == StoreCheck(
            name: "integrity", subject: "the pages and indexes of the file",
            summary: "this check could not be finished",
            findings: [
              StoreFinding(
                unfinishedBecause: "no such collation sequence: nothere", isExplained: true)
            ]))
      for line in findings where line.contains("DROP INDEX") { try store.paste(line) }
      #expect(try store.findingsOfAnyState() == [])
    }
  }

  @Test func `a missing collation is not damage`() {
    let location = StoreLocation.file(path: "store.db")
    let error = DatabaseError(
      resultCode: .SQLITE_ERROR_MISSING_COLLSEQ, message: "no such collation sequence: x")
    #expect(
      StoreError(error, location)
        == .missingCollation(location, reason: "no such collation sequence: x"))
  }

  @Test func `a table with a collation that SQLite does not have is named`() throws {
    try withStore { store throws in
      try store.administer(
        """
        pragma writable_schema = on;
        update sqlite_master set sql = replace(sql, 'description TEXT', 'description TEXT COLLATE nothere')
          where name = 'harnesses';
        """)
      let cause = "no such collation sequence: nothere"
      #expect(
        try store.findingsOfAnyState() == [
          "triggers: harnesses rows cannot be read or written: \(cause) -> restore a backup, or create"
            + " the table again without the cause",
          "values: cannot be checked: \(cause) -> fix what the other checks found, and check again",
        ])
    }
  }

  @Test(arguments: [
    ("harnesses", "  name TEXT", "nocase", "name"),
    ("seed_templates", "digest TEXT", "NOCASE", "digest"),
    ("users", "name TEXT", "rtrim", "name"),
  ])
  func `a column that takes different texts for equal is refused, and named`(
    table: String, declaration: String, collation: String, column: String
  ) throws {
    try withStore { store throws in
      try store.administer(
        """
        alter table agents add column theirs text collate nocase;
        pragma writable_schema = on;
        update sqlite_master set sql = replace(sql, '\(declaration)', '\(declaration) collate \(collation)')
          where name = '\(table)';
        pragma schema_version = 999;
        """)
      #expect(
        try store.findingsOfAnyState() == [
          "schema: \(table) column \(table).\(column) has a collation (COLLATE), so that different "
            + "texts are equal -> restore a backup, or create the table again"
        ])
      #expect(throws: StoreError.self) { try store.openForWriting() }
    }
  }

  @Test(arguments: ["text", "text as (name) virtual"])
  func `a column that hides the numbers of rows is refused, and named`(type: String) throws {
    try withStore { store throws in
      try store.administer("alter table harnesses add column _ROWID_ \(type)")
      let findings = try store.findingsOfAnyState()
      #expect(
        findings == [
          "schema: harnesses a column harnesses._rowid_ of another program is in the way, and must "
            + "be renamed -> ALTER TABLE harnesses RENAME COLUMN _rowid_ TO other_rowid"
        ])
      #expect(throws: StoreError.self) { try store.openForWriting() }
      try store.paste(findings[0])
      // The triggers now name the renamed column.
      for finding in try store.findingsOfAnyState() { try store.paste(finding) }
      #expect(try store.open().findings() == [])
    }
  }

  @Test(arguments: ["", "text"])
  func `a column of others that cannot be computed stops nothing, and is named`(type: String)
    throws
  {
    try withStore { store throws in
      try store.addOrganization(1)
      try store.addOrganization(2)
      try store.apply(Home.platform)
      try store.administer(
        """
        update harnesses set tags = 'not json' where id = 'base-in-2';
        alter table harnesses add column first \(type)
          generated always as (json_extract(tags, '$[0]')) virtual;
        alter table organizations add column initial \(type)
          generated always as (json_extract(name, '$')) virtual;
        """)
      let findings = try store.findingsOfAnyState()
      #expect(
        findings == [
          "triggers: organizations column 'initial' of another program cannot be computed: malformed"
            + #" JSON -> ALTER TABLE organizations DROP COLUMN "initial""#,
          "triggers: harnesses column 'first' of another program cannot be computed: malformed JSON"
            + #" -> ALTER TABLE harnesses DROP COLUMN "first""#,
          "values: harnesses id = 'base-in-2' tags does not hold a JSON array -> seed apply",
        ])
      #expect(try store.open().records(.harness, organization: nil).count == 4)
      try store.apply(Home.platform)
      #expect(try store.differences(Home.platform) == [])
      for finding in findings.prefix(2) { try store.paste(finding) }
      #expect(try store.open().findings() == [])
    }
  }

  @Test func `an entry of the history with the greatest number is found, and others follow`() throws
  {
    try withStore { store throws in
      try store.addOrganization(1, seeded: false)
      try store.apply(Home.platform)
      try store.administer("update history set id = 9223372036854775807")
      for number in 7...9 {
        _ = try store.openForWriting().createOrganization(
          name: "New \(number)", publicID: TemporaryStore.publicID(number), basis: .home,
          change: .test)
      }
      #expect(
        try store.answer("select id from history order by id") == [
          "1", "2", "3", "9223372036854775807",
        ])
      let findings = try store.open().findings()
      #expect(findings.count == 1)
      #expect(
        findings[0].hasPrefix("values: history id = 9223372036854775807 id holds 92233720"))
      try store.paste(findings[0])
      #expect(try store.open().findings() == [])
    }
  }

  @Test func `what does not touch a write is not reported`() throws {
    try withStore { store throws in
      try store.administer(
        """
        create table audit (id unique, check (id <> ''));
        alter table agents add column theirs text;
        create index by_theirs on agents (theirs);
        create view broken as select * from gone;
        create trigger log after update on agents begin
          insert into audit select id from agents where id = new.id; end;
        create trigger own after insert on audit begin
          select 'update harnesses'; -- update harnesses
        end;
        create table apart (id);
        create trigger refuse before insert on apart begin select raise(ignore); end;
        """)
      #expect(try store.findingsOfAnyState() == [])
    }
  }
}
