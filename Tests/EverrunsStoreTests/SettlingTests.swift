import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// What a store remembers, so that runs cost what changed.
@Suite struct SettlingTests {
  /// A store with so many organizations that bulk writing is worth while.
  private func withMany(_ body: (TemporaryStore) throws -> Void) throws {
    try withStore { store throws in
      try store.administer(
        """
        insert into organizations (org_id, public_id, name) values (1, '\(Home.publicID)', 'Home');
        with recursive n (i) as (select 2 union all select i + 1 from n where i < 1300)
        insert into organizations (org_id, public_id, name)
          select i, printf('org_%032x', i), 'Org ' || i from n;
        """)
      try body(store)
    }
  }

  /// The platform with every kind of field changed.
  private var changed: PlatformDefinition {
    var platform = Home.platform
    platform.builtInHarnesses = platform.builtInHarnesses.map { harness in
      var harness = harness
      harness.systemPrompt += " Kindly."
      harness.tags.append("new")
      harness.parent = harness.parent == nil ? nil : .none
      harness.capabilities.removeFirst()
      return harness
    }
    return platform
  }

  private func full(_ store: TemporaryStore, _ platform: PlatformDefinition) throws -> [SeedPlanRow]
  {
    try store.open().rows(
      SeedBasis(definition: platform, catalog: Home.catalog, grade: .prod), isFull: true)
  }

  @Test func `a store restored from a dump is compared in full`() throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      try store.apply(Home.platform)
      let anew = TemporaryStore(folder: TemporaryFolder(path: store.folder.file("anew")))
      let marks =
        "pragma application_id=\(Schema.applicationID); pragma user_version=\(Schema.version);"
      let result = try run(
        "/usr/bin/env",
        [
          "sh", "-c",
          """
          mkdir '\(anew.folder.path)'
          (sqlite3 '\(store.path)' .dump | grep -v '^INSERT INTO harness_capabilities'
           echo '\(marks)') | sqlite3 '\(anew.path)'
          """,
        ])
      #expect(result.status == 0 && result.error.isEmpty, "\(result)")
      let rows = try anew.rows(Home.platform)
      #expect(try rows == full(anew, Home.platform))
      #expect(rows.contains { $0.action == .update })
      try anew.apply(Home.platform)
      #expect(try anew.open().findings() == [])
    }
  }

  @Test func `a definition that changes everywhere is applied everywhere, and back`() throws {
    try withMany { store throws in
      try store.apply(Home.platform)
      #expect(try store.answer("select count(*) from seed_unsettled") == ["0"])
      // Another program may give a row the last number there is.
      try store.administer(
        "insert into harnesses (rowid, id, org_id, name) values (9223372036854775807, 'x', 9, 'x')")
      for platform in [changed, Home.platform] {
        try store.administer(
          "update harnesses set description = 'Mine.' where org_id in (7, 8) and name = 'base'")
        let preview = try store.rows(platform)
        #expect(preview == (try full(store, platform)))
        #expect(
          preview.contains { $0.organizations == 1297 && $0.reason.code == .definitionChanged })
        #expect(
          preview.contains { $0.organizations == 2 && $0.reason.code == .overwritesLocalEdit })
        let result = try store.apply(platform)
        #expect(try result.rows == preview)
        #expect(try full(store, platform).allSatisfy { $0.reason == .matches })
        #expect(try store.answer("pragma integrity_check") == ["ok"])
        #expect(try store.answer("pragma foreign_key_check") == [])
        #expect(try store.open().findings() == [])
      }
    }
  }

  @Test func `a run that finds nothing to do writes nothing`() throws {
    try withMany { store throws in
      try store.apply(Home.platform)
      let before = try store.folder.contents()
      let result = try store.apply(Home.platform)
      #expect(!result.isApplied)
      #expect(try store.folder.contents() == before)
    }
  }

  @Test func `another program's changes are noted, and nothing else`() throws {
    try withMany { store throws in
      try store.apply(Home.platform)
      try store.administer(
        """
        update harnesses set system_prompt = 'Edited' where org_id = 7 and name = 'base';
        delete from harness_capabilities
          where harness_id = (select id from harnesses where org_id = 9 and name = 'base');
        update organization_settings set base_harness_id = null where org_id = 11;
        insert into harnesses (id, org_id, name) values ('own', 13, 'own');
        update organizations set name = 'Renamed' where org_id = 15;
        insert or replace into harnesses (id, org_id, name)
          select id, 19, 'taken' from harnesses where org_id = 17 and name = 'chat';
        """)
      #expect(
        try store.answer("select org_id from seed_unsettled order by 1")
          == ["7", "9", "11", "13", "15", "17", "19"])
      #expect(try store.rows(Home.platform) == full(store, Home.platform))
    }
  }

  @Test(arguments: ["insert or abort", "insert or fail", "insert or rollback", "insert"])
  func `noting an organization twice causes no conflict in the noting statement`(insert: String)
    throws
  {
    try withStore { store throws in
      try store.addOrganization(1, seeded: false)
      try store.administer(
        """
        \(insert) into harnesses (id, org_id, name) values ('a', 1, 'a');
        \(insert) into harnesses (id, org_id, name) values ('b', 1, 'b');
        """)
      #expect(try store.answer("select org_id from seed_unsettled") == ["1"])
    }
  }

  @Test func `a noted organization is looked up by index, whatever its number`()
    throws
  {
    try withStore { store throws in
      let plan = try store.answer(
        """
        explain query plan select 1 from seed_unsettled u, harnesses h where u.org_id = +h.org_id;
        explain query plan select 1 from seed_unsettled u
          where u.org_id = (select org_id from harnesses);
        """)
      #expect(plan.count { $0.contains("SEARCH u USING PRIMARY KEY (org_id=?)") } == 2)
      try store.administer("insert into harnesses (id, org_id, name) values ('x', 'abc', 'n')")
      #expect(try store.answer("select org_id, typeof(org_id) from seed_unsettled") == ["abc|text"])
      try store.addOrganization(1, seeded: false)
      #expect(try store.rows(Home.platform) == full(store, Home.platform))
    }
  }

  @Test func `what changed while a trigger was gone is found once it is put back`() throws {
    try withMany { store throws in
      try store.apply(Home.platform)
      try store.administer(
        """
        drop trigger harnesses_update_raises_serial;
        update harnesses set system_prompt = 'Unseen' where org_id = 7 and name = 'base';
        """)
      #expect(throws: StoreError.self) { try store.open() }
      _ = try SQLiteStore.openForWriting(store.path, repairs: true)
      #expect(try store.rows(Home.platform).contains { $0.reason.code == .overwritesLocalEdit })
      try store.apply(Home.platform)
      #expect(try store.open().findings() == [])
      #expect(try full(store, Home.platform).allSatisfy { $0.reason == .matches })
    }
  }

  // MARK: Older stores

  /// Makes of a store what an older version of the schema had.
  private func makeOld(_ store: TemporaryStore, _ version: Int) throws {
    try store.administer(
      """
      drop table seed_answers;
      create table seed_answers (digest text primary key, serial, plan_rows) without rowid;
      alter table store_state drop column settled_triggers;
      update store_state
        set settled_schema_version = (select schema_version from pragma_schema_version);
      pragma user_version = 2;
      """)
    guard version == 1 else { return }
    let triggers = try store.answer("select name from sqlite_schema where type = 'trigger'")
    try store.administer(
      triggers.map { "drop trigger \($0);" }.joined()
        + """
        drop table seed_unsettled; drop table seed_answers;
        alter table store_state drop column settled_as;
        alter table store_state drop column settled_schema_version;
        pragma user_version = 1;
        """)
  }

  @Test(arguments: 1...2)
  func `a store of an older version is read unchanged, and migrated by writing`(
    version: Int
  ) throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number, seeded: true) }
      try store.apply(Home.platform)
      try makeOld(store, version)
      let before = try store.folder.contents()
      #expect(try store.rows(Home.platform).allSatisfy { $0.reason == .matches })
      #expect(try store.open().info().schemaVersion == version)
      #expect(try store.folder.contents()["store.db"] == before["store.db"])
      try store.administer(
        "update harnesses set system_prompt = 'Edited' where org_id = 2 and name = 'base'")
      try store.apply(Home.platform)
      #expect(try store.open().info().schemaVersion == StoreInfo.currentSchemaVersion)
      #expect(try store.open().findings() == [])
      #expect(try full(store, Home.platform).allSatisfy { $0.reason == .matches })
      #expect(try store.answer("select count(*) from seed_unsettled") == ["0"])
    }
  }
}
