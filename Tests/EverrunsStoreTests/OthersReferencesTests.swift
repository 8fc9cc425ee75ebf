import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// Rows of other programs' tables that refer to rows of the store stay as they are.
@Suite struct OthersReferencesTests {
  static let actions = ["", "on delete cascade", "on delete set null", "on delete restrict"]

  private let second = TemporaryStore.publicID(2)
  private let delete = SeedOptions(prune: .delete)
  private let withoutChat = {
    var platform = Home.platform
    platform.builtInHarnesses.removeLast()
    return platform
  }()

  private func withSeeded(_ body: (TemporaryStore) throws -> Void) throws {
    try withStore { store throws in
      for number in 1...2 { try store.addOrganization(number) }
      try store.apply(Home.platform)
      try body(store)
    }
  }

  /// A table of rows that refer to capabilities of harnesses.
  private func capabilityNotes(_ action: String, of harness: String, _ capability: String) -> String
  {
    """
    create table "the notes" (h text, c text, foreign key (h, c)
      references harness_capabilities (harness_id, capability_id) \(action));
    insert into "the notes" values ('\(harness)', '\(capability)'), ('nowhere', 'gone');
    """
  }

  @Test(arguments: [
    #"create table "5"" pipes" (org_id integer)"#,
    #"create table "a""b" (o int references organizations)"#,
    #"create table "c" ("o""x" text references harnesses (id))"#,
    #"alter table organizations add column "o""p" int references organizations"#,
  ])
  func `quotes in the names of other programs' tables and columns are taken as they are`(
    sql: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(sql)
      try store.administer("update harnesses set description = 'x'")
      try store.apply(Home.platform)
      try store.apply(withoutChat, options: delete)
      let writing = try store.openForWriting()
      _ = try writing.createOrganization(
        name: "New", publicID: TemporaryStore.publicID(9), basis: .home, change: .test)
      _ = try writing.delete(try writing.organizations(named: second), change: .test)
      #expect(try store.open().findings() == [])
    }
  }

  // MARK: Pruned harnesses

  @Test(arguments: actions)
  func `a harness that a row of another program refers to is not deleted, as the preview says`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        """
        create table notes (harness text references harnesses \(action), note text);
        insert into notes values ('chat-in-2', 'mine'), ('nowhere', 'lost'), (null, 'free');
        """)
      #expect(
        try store.differences(withoutChat, options: delete) == [
          "delete pruned harness/chat", "keep in_use \(second)/harness/chat",
        ])
      #expect(
        try store.rows(withoutChat, options: delete).filter { $0.action == .keep }
          .map(\.reason.message) == ["not pruned: a row of table 'notes' uses it"])
      try store.apply(withoutChat, options: delete)
      #expect(
        try store.answer("select * from notes; select id from harnesses order by 1") == [
          "chat-in-2|mine", "nowhere|lost", "|free", "base-in-1", "base-in-2", "chat-in-2",
        ])
    }
  }

  @Test(arguments: actions)
  func `a harness to whose capability a row of another program refers is not deleted`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(capabilityNotes(action, of: "chat-in-2", "time"))
      try store.apply(withoutChat, options: delete)
      #expect(
        try store.answer("select * from \"the notes\"; select id from harnesses order by 1") == [
          "chat-in-2|time", "nowhere|gone", "base-in-1", "base-in-2", "chat-in-2",
        ])
    }
  }

  // MARK: Written rows

  @Test(arguments: actions)
  func `a run that would take away the row that another program refers to is refused`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        "insert into harness_capabilities values ('base-in-2', 'extra', 9, '{}');"
          + capabilityNotes(action, of: "base-in-2", "extra"))
      for options in [SeedOptions(), delete] {
        let error = #expect(throws: StoreError.self) {
          try store.apply(Home.platform, options: options)
        }
        #expect(
          error
            == .rowInUse(
              table: "harness_capabilities",
              row: "harness_id = 'base-in-2' AND capability_id = 'extra'", by: "the notes"))
        #expect(
          error?.message == """
            nothing was changed: a row of table 'the notes' refers to a row of \
            harness_capabilities that would be deleted or renamed: harness_id = 'base-in-2' AND \
            capability_id = 'extra'
            """)
        #expect(
          try store.answer(
            """
            select count(*) from harness_capabilities where capability_id = 'extra';
            select * from "the notes"
            """) == ["1", "base-in-2|extra", "nowhere|gone"])
      }
    }
  }

  @Test(arguments: actions)
  func `a row that is written again keeps the row of another program that refers to it`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        "update harness_capabilities set config = '{}' where capability_id = 'web';"
          + capabilityNotes(action, of: "base-in-2", "web"))
      for options in [SeedOptions(), delete] {
        try store.apply(Home.platform, options: options)
        #expect(try store.differences(Home.platform, options: options) == [])
        #expect(
          try store.answer("select * from \"the notes\"") == ["base-in-2|web", "nowhere|gone"])
        try store.administer("update harness_capabilities set position = 7 - position")
      }
    }
  }

  @Test func `a key to a column that does not exist stops no run`() throws {
    try withSeeded { store throws in
      try store.administer(
        """
        create table notes (harness text references harnesses (nowhere));
        insert into notes values ('x');
        update harnesses set description = 'Edited';
        """)
      for options in [SeedOptions(), delete] {
        try store.apply(withoutChat, options: options)
      }
      #expect(
        try store.answer("select id from harnesses order by 1") == ["base-in-1", "base-in-2"])
    }
  }

  // MARK: Deleted organizations

  @Test(arguments: actions)
  func `an organization to whose parts rows of another program refer is not deleted`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(capabilityNotes(action, of: "chat-in-2", "time"))
      let writing = try SQLiteStore.openForWriting(store.path)
      let organizations = try writing.organizations(named: second)
      #expect(
        throws: StoreError.organizationInUse(organizations[0].named, table: "the notes", rows: 1)
      ) { try writing.delete(organizations, change: .test) }
    }
  }

  @Test(arguments: actions)
  func `an organization to which a column that others added to a table refers is not deleted`(
    action: String
  ) throws {
    for (table, target, value) in [
      ("organizations", "organizations (org_id)", "2"), ("users", "organizations (org_id)", "2"),
      ("users", "harnesses (id)", "'chat-in-2'"), ("harnesses", "harnesses (id)", "'chat-in-2'"),
      ("agent_capabilities", "organization_settings (org_id)", "2"),
    ] {
      try withSeeded { store throws in
        try store.administer(
          """
          insert into users (id, email, name) values ('u', 'u@example.org', 'U');
          insert into agents (id, org_id, name) values ('a', 1, 'mine');
          insert into agent_capabilities (agent_id, capability_id) values ('a', 'time');
          alter table \(table) add column extra references \(target) \(action);
          update \(table) set extra = \(value);
          """)
        let writing = try SQLiteStore.openForWriting(store.path)
        let organizations = try writing.organizations(named: second)
        let error = #expect(throws: StoreError.self) {
          try writing.delete(organizations, change: .test)
        }
        guard case .organizationInUse(_, table: table, rows: _) = error else {
          Issue.record("\(table) \(target): \(String(describing: error))")
          return
        }
      }
    }
  }

  @Test(arguments: actions)
  func `rows of a deleted organization may refer to each other by columns of others`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        """
        insert into agents (id, org_id, name) values ('a', 2, 'theirs');
        alter table agents add column extra references harnesses (id) \(action);
        alter table harness_capabilities add column extra references agents (id) \(action);
        update agents set extra = 'chat-in-2';
        update harness_capabilities set extra = 'a' where harness_id like '%-in-2';
        """)
      let writing = try store.openForWriting()
      _ = try writing.delete(try writing.organizations(named: second), change: .test)
      #expect(try store.answer("select org_id from organizations; select id from agents") == ["1"])
      #expect(try store.open().findings() == [])
    }
  }

  @Test(arguments: actions)
  func `a harness that a column of others in a table of the store refers to is not pruned`(
    action: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        """
        alter table users add column extra references harnesses (id) \(action);
        insert into users (id, email, name, extra) values ('u', 'u@example.org', 'U', 'chat-in-2');
        """)
      #expect(
        try store.differences(withoutChat, options: delete) == [
          "delete pruned harness/chat", "keep in_use \(second)/harness/chat",
        ])
      try store.apply(withoutChat, options: delete)
      #expect(try store.answer("select extra from users") == ["chat-in-2"])
    }
  }

  // MARK: Numbers

  @Test(arguments: [
    "create table notes (n, org_id as (n)); insert into notes values (77)",
    "create table notes (n references organization_settings (org_id)); insert into notes values (77)",
    "alter table users add column n references organization_settings; update users set n = 77",
  ])
  func `the number of a new organization is one that nothing refers to`(sql: String) throws {
    try withSeeded { store throws in
      try store.administer(
        "insert into users (id, email, name) values ('u', 'u@x.org', 'U'); \(sql)")
      _ = try store.openForWriting().createOrganization(
        name: "New", publicID: TemporaryStore.publicID(9), basis: .home, change: .test)
      #expect(
        try store.answer("select org_id from organizations where name = 'New'") == ["78"])
    }
  }

  // MARK: What the check finds

  @Test(arguments: [
    "create table notes (h text references harnesses); insert into notes values ('gone')",
    "create table notes (h text not null references harnesses); insert into notes values ('gone')",
    "alter table users add column h text references harnesses; update users set h = 'gone'",
  ])
  func `the check finds a reference of another program to a row that is gone, and mends it`(
    sql: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        "insert into users (id, email, name) values ('u', 'u@x.org', 'U'); \(sql)")
      let findings = try store.open().check(against: nil, presets: []).flatMap(\.findings)
      #expect(findings.map(\.row) == [#""h" = 'gone'"#])
      #expect(
        findings.map(\.message)
          == [#""h", a foreign key of another program, names a row that harnesses does not have"#])
      for finding in findings { try store.administer(finding.remedy) }
      #expect(try store.open().findings() == [])
    }
  }
}
