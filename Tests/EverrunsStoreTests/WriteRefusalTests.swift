import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// A trigger or a constraint of another program that keeps a row from being written rolls the whole
/// run back, and the error names the row and the cause.
@Suite struct WriteRefusalTests {
  private func expectRefusal(
    _ table: String, _ row: String?, _ cause: String?, triggers: [String] = [],
    of body: (TemporaryStore) throws -> Void, under trigger: String, count: Int = 3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withStore { store throws in
      for number in 1...count { try store.addOrganization(number) }
      try store.apply(Home.platform)
      try store.administer(
        "update harnesses set system_prompt = 'Edited' where name = 'base' and org_id > 1")
      try store.administer(trigger)
      // Opening a store for writing remembers that its schema was compared.
      func contents() throws -> [String] {
        try store.answer(".dump").filter { !$0.hasPrefix("INSERT INTO store_state") }
      }
      let before = try contents()
      let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation) {
        try body(store)
      }
      #expect(
        error == .writeRefused(table: table, row: row, cause: cause, triggers: triggers),
        sourceLocation: sourceLocation)
      #expect(try contents() == before, sourceLocation: sourceLocation)
    }
  }

  private let second = "\(TemporaryStore.publicID(2))/harness/base"

  @Test func `a trigger that ignores a write is noticed`() throws {
    try expectRefusal(
      "harnesses", second, nil, triggers: ["freeze"], of: { _ = try $0.apply(Home.platform) },
      under: "create trigger freeze before update on harnesses begin select raise(ignore); end")
  }

  @Test(arguments: ["abort", "fail", "rollback"])
  func `a trigger that refuses a write is named with its words`(kind: String) throws {
    try expectRefusal(
      "harnesses", "\(TemporaryStore.publicID(3))/harness/base", "not this one",
      triggers: ["guard"], of: { _ = try $0.apply(Home.platform) },
      under: """
        create trigger guard after update on harnesses when new.org_id = 3
        begin select raise(\(kind), 'not this one'); end
        """)
  }

  @Test func `a trigger that takes the name of a template in a new organization is noticed`() throws
  {
    let new = TemporaryStore.publicID(9)
    try expectRefusal(
      "harnesses", "\(new)/harness/base", "a trigger created a row of that name",
      of: { store in
        _ = try store.openForWriting().createOrganization(
          name: "New", publicID: new, basis: .home, change: .test)
      },
      under: """
        create trigger own after insert on organizations begin
          insert into harnesses (id, org_id, name) values ('own', new.org_id, 'base'); end
        """)
  }

  @Test func `a trigger that undoes a write is noticed`() throws {
    try expectRefusal(
      "harnesses", second, "something changed it again", triggers: ["undo"],
      of: { _ = try $0.apply(Home.platform) },
      under: """
        create trigger undo after update of system_prompt on harnesses when new.org_id = 2
        begin update harnesses set description = 'Undone' where id = new.id; end
        """)
  }

  @Test func `an index of another program that refuses a row is named by the database`() throws {
    try expectRefusal(
      "harnesses", second,
      "UNIQUE constraint failed: harnesses.system_prompt",
      of: { _ = try $0.apply(Home.platform) },
      under: """
        update harnesses set system_prompt = id where name = 'chat';
        update harnesses set system_prompt = id where name = 'base';
        create unique index others on harnesses (system_prompt) where name = 'base';
        """)
  }

  @Test(arguments: [
    "no such table: main.nothere", "no such column: new.nothere", "no such function: nothere",
  ])
  func `a trigger that cannot run is named`(cause: String) throws {
    let body =
      switch cause {
      case "no such table: main.nothere": "insert into nothere values (new.id)"
      case "no such column: new.nothere": "select new.nothere"
      default: "select nothere(new.id)"
      }
    try expectRefusal(
      "harnesses", second, cause, triggers: ["broken"],
      of: { _ = try $0.apply(Home.platform) },
      under: "create trigger broken after update on harnesses begin \(body); end")
  }

  @Test func `a row of the catalog that is ignored is named`() throws {
    try withStore { store throws in
      try store.administer(
        "create trigger quiet before insert on organizations begin select raise(ignore); end")
      #expect(
        throws: StoreError.writeRefused(
          table: "organizations", row: "organization/Home", cause: nil, triggers: ["quiet"])
      ) { try store.apply(Home.platform) }
      #expect(try store.answer("select count(*) from seed_memory") == ["0"])
    }
  }

  @Test func `an organization that was not created is not reported as created`() throws {
    let id = TemporaryStore.publicID(9)
    try expectRefusal(
      "harnesses", "\(id)/harness/chat", "no more chats", triggers: ["limit"],
      of: { store in
        _ = try SQLiteStore.openForWriting(store.path).createOrganization(
          name: "Nine", publicID: id, basis: .home, change: .test)
      },
      under: """
        create trigger "limit" before insert on harnesses when new.name = 'chat'
        begin select raise(abort, 'no more chats'); end
        """)
  }

  @Test func `a setting that was not written is not reported as set`() throws {
    try expectRefusal(
      "organization_settings", "base-harness of \(TemporaryStore.publicID(2))", nil,
      triggers: ["still"],
      of: { store in
        let writing = try SQLiteStore.openForWriting(store.path)
        let organization = try #require(
          writing.organizations(named: TemporaryStore.publicID(2)).first)
        try writing.update(
          organization, name: nil, settings: [.baseHarness: TemporaryStore.id("chat", 2)],
          change: .test)
      },
      under: """
        create trigger still before update on organization_settings
        begin select raise(ignore); end
        """)
  }

  @Test func `a definition that was not saved is not reported as saved`() throws {
    try expectRefusal(
      "platform_revisions", nil, nil, triggers: ["closed"],
      of: { store in
        _ = try SQLiteStore.openForWriting(store.path)
          .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      },
      under: """
        create trigger closed before insert on platform_revisions begin select raise(ignore); end
        """)
  }

  @Test func `an organization that was not deleted is not reported as deleted`() throws {
    let id = TemporaryStore.publicID(2)
    try expectRefusal(
      "organizations", "organization \(id)", nil, triggers: ["keep"],
      of: { store in
        let writing = try SQLiteStore.openForWriting(store.path)
        _ = try writing.delete(try writing.organizations(named: id), change: .test)
      },
      under: """
        create trigger keep before delete on organizations begin select raise(ignore); end
        """)
  }

  @Test(arguments: ["platform_revisions", "platform_origins"])
  func `a definition that was not deleted is not reported as deleted`(table: String) throws {
    try expectRefusal(
      table, "platform acme", nil, triggers: ["keep"],
      of: { store in
        _ = try SQLiteStore.openForWriting(store.path).delete("acme", change: .test)
      },
      under: """
        insert into platform_revisions
          (name, revision, document, fingerprint, summary, actor, command, created_at)
        values ('acme', 1, '{}', '', '', '', '', '');
        insert into platform_origins (name, revision) values ('acme', 1);
        create trigger keep before delete on \(table) begin select raise(ignore); end;
        """)
  }

  @Test func `a deletion is recorded under the organization's name at that moment`() throws {
    try withStore { store throws in
      try store.addOrganization(2)
      let writing = try SQLiteStore.openForWriting(store.path)
      let found = try writing.organizations(named: TemporaryStore.publicID(2))
      try store.administer("update organizations set name = 'Renamed' where org_id = 2")
      #expect(try writing.delete(found, change: .test).map(\.name) == ["Renamed"])
      let summary = try store.answer("select summary from history order by rowid desc limit 1")
      #expect(summary.first?.hasPrefix("deleted organization 'Renamed'") == true)
    }
  }

  @Test func `triggers of other programs stay, whatever their names`() throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number, seeded: false) }
      try store.administer(
        """
        create table audit (id);
        create trigger seed_audit after update on harnesses begin insert into audit values (new.id); end;
        create trigger audit_raises_serial after insert on harnesses
        begin insert into audit values (new.id); end;
        """)
      try store.apply(Home.platform)
      #expect(
        try store.answer(
          "select name from sqlite_schema where tbl_name = 'harnesses' and "
            + "name like '%audit%' order by 1") == ["audit_raises_serial", "seed_audit"])
      #expect(try store.answer("select count(*) from audit") == ["6"])
      #expect(try store.differences(Home.platform) == [])
    }
  }
}
