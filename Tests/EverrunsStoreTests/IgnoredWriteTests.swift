import Everruns
import EverrunsSeeding
import GRDB
import Testing

@testable import EverrunsStore

/// A trigger of another program that ignores a write of any of the store's tables: the change is
/// refused with the trigger's name, or nothing of it is missing.
@Suite struct IgnoredWriteTests {
  /// A change of a store by one command.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable (TemporaryStore, SQLiteStore) throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (TemporaryStore, SQLiteStore) throws -> Void) {
      testDescription = name
      self.run = run
    }
  }

  private static let changed: PlatformDefinition = {
    var platform = Home.platform
    platform.builtInHarnesses[0].systemPrompt = "Help more."
    platform.builtInHarnesses[1].capabilities = ["web"]
    platform.builtInHarnesses.append(
      BuiltInHarness(name: "more", displayName: "More", systemPrompt: "More.", parent: "base"))
    return platform
  }()

  private static let fewer: PlatformDefinition = {
    var platform = Home.platform
    platform.builtInHarnesses.removeLast()
    return platform
  }()

  private static let catalog = {
    var catalog = Home.catalog
    let provider = SeedLLMProvider(
      id: "00000000-0000-7000-8000-000000000001", name: "Open AI", providerType: "openai")
    catalog.users = [
      SeedUser(
        id: "00000000-0000-7000-8000-000000000005", email: "ann@example.org", name: "Ann")
    ]
    catalog.llmProviders = [provider]
    catalog.llmModels = [
      SeedLLMModel(
        id: "00000000-0000-7000-8000-000000000002", providerID: provider.id, modelID: "gpt",
        displayName: "GPT")
    ]
    catalog.agents = [
      SeedAgent(
        id: "00000000-0000-7000-8000-000000000004", name: "helper", displayName: "Helper",
        systemPrompt: "Help.", capabilities: [CapabilityUse("web")])
    ]
    return catalog
  }()

  static let changes = [
    Change("seed apply") { try $0.apply(changed, in: $1) },
    Change("seed apply with a catalog") { try $0.apply(Home.platform, catalog, in: $1) },
    Change("seed apply --prune release") {
      try $0.apply(fewer, options: SeedOptions(prune: .release), in: $1)
    },
    Change("seed apply --prune delete") {
      try $0.apply(fewer, options: SeedOptions(prune: .delete), in: $1)
    },
    Change("seed apply --accept-own") { store, writing in
      try store.apply(
        Home.platform,
        options: SeedOptions(
          acceptedOwn: [SeedAddress(.harness, ["chat"], in: .organization(Self.id(3)))]),
        in: writing)
    },
    Change("orgs create") {
      _ = try $1.createOrganization(name: "New", publicID: id(9), basis: .home, change: .test)
    },
    Change("orgs set") {
      let organization = try #require(try $1.organizations(named: id(2)).first)
      try $1.update(
        organization, name: "Apex", settings: [.baseHarness: TemporaryStore.id("chat", 2)],
        change: .test)
    },
    Change("orgs delete") {
      _ = try $1.delete(try $1.organizations(named: id(2)), change: .test)
    },
    Change("platform create") {
      _ = try $1.save(
        [(.empty, "made")], as: "new", after: nil,
        origin: .replace(PlatformOrigin(preset: "oss", grade: .dev, definition: .empty)),
        change: .test)
    },
    Change("platform use") {
      try $1.use("acme", saved: ("acme", .latest), change: .test)
    },
    Change("platform delete") { _ = try $1.delete("acme", change: .test) },
  ]

  private static func id(_ number: Int) -> String { TemporaryStore.publicID(number) }

  private static let edit = "update harnesses set description = 'Edited' where name = 'base'"

  private func withSeeded(_ body: (TemporaryStore) throws -> Void) throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      try store.apply(Home.platform)
      let writing = try SQLiteStore.openForWriting(store.path)
      _ = try writing.save(
        [(.empty, "made")], as: "acme", after: nil,
        origin: .replace(PlatformOrigin(preset: "oss", grade: .dev, definition: .empty)),
        change: .test)
      try writing.use("acme@1", saved: nil, change: .test)
      try store.administer(
        """
        update harnesses set is_built_in = 0, seed_digest = null where id = 'chat-in-3';
        insert into sessions (id, org_id, harness_id, created_at, updated_at)
          values ('s', 2, 'base-in-2', '', '');
        insert into events (id, session_id, sequence, type, ts, data)
          values ('e', 's', 1, 'session.started', '', '{}');
        """)
      try body(store)
    }
  }

  /// The rows of each table, without caches and without serials, which only have to grow.
  private func contents(_ store: TemporaryStore) throws -> [String: [String]] {
    let queue = try DatabaseQueue(path: store.path)
    defer { try? queue.close() }
    return try queue.read { db in
      try Schema.tables.filter { !$0.isCache }.reduce(into: [:]) { contents, table in
        let columns = table.columns.filter { !$0.isCache && $0.name != "serial" }.map(\.name)
        contents[table.name] = try Row.fetchAll(
          db, sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table.name) ORDER BY 1, 2"
        ).map(\.description)
      }
    }
  }

  @Test(arguments: changes)
  func `a change whose writes are ignored is refused, or complete`(_ change: Change) throws {
    var expected: [String: [String]] = [:]
    var written: Set<String> = [Table.storeState.name]
    try withSeeded { store throws in
      let before = try contents(store)
      try change.run(store, SQLiteStore.openForWriting(store.path, ids: .fixed))
      expected = try contents(store)
      written.formUnion(expected.keys.filter { expected[$0] != before[$0] })
    }
    #expect(written.count > 1)
    for table in written.sorted() {
      for event in ["insert", "update", "delete"] {
        try withSeeded { store throws in
          try store.administer(
            """
            create trigger swallow before \(event) on \(table)
            begin select raise(ignore); end
            """)
          let writing = try SQLiteStore.openForWriting(store.path, ids: .fixed)
          let before = try contents(store)
          let serial = try store.serial()
          do {
            try change.run(store, writing)
            #expect(try contents(store) == expected, "\(event) of \(table)")
            if table == Table.storeState.name, change.testDescription != "platform create" {
              #expect(try store.serial() > serial, "\(event) of \(table)")
            }
          } catch StoreError.writeRefused(let refused, _, _, let triggers) {
            #expect(refused == table || table == Table.harnessCapabilities.name)
            #expect(triggers == ["swallow"], "\(event) of \(table)")
            #expect(try contents(store) == before, "\(event) of \(table)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("orgs create", "insert on organizations", "update organizations set name = name || '!'"),
    (
      "orgs set", "update on organization_settings",
      "update organization_settings set base_harness_id = null where org_id = new.org_id"
    ),
    ("orgs set", "insert on history", "delete from history where id = new.id"),
    ("platform use", "insert on history", "update history set actor = 'someone'"),
    (
      "platform create", "insert on platform_revisions",
      "update platform_revisions set document = '{}' where name = new.name"
    ),
    ("platform create", "insert on platform_origins", "delete from platform_origins"),
    // What is written last.
    ("seed apply", "insert on history", edit), ("seed apply", "update on store_state", edit),
    ("seed apply", "insert on seed_answers", edit),
    ("seed apply --prune delete", "insert on history", edit),
    ("orgs create", "insert on history", "delete from organizations where org_id > 3"),
    ("orgs create", "insert on history", edit + " and org_id > 3"),
    ("orgs set", "insert on history", "update organizations set name = 'Zeta' where org_id = 2"),
    (
      "orgs set", "insert on history",
      "update organization_settings set base_harness_id = null where org_id = 2"
    ),
    (
      "orgs delete", "insert on history",
      "insert into organizations (org_id, public_id, name) values (2, 'org_2', 'Back')"
    ),
    ("platform create", "insert on history", "update platform_revisions set document = '{}'"),
    ("platform use", "insert on history", "update store_state set active_platform = null"),
    (
      "platform delete", "insert on history",
      """
      insert into platform_revisions
        (name, revision, document, fingerprint, summary, actor, command, created_at)
      values ('acme', 1, '{}', '', '', '', '', '')
      """
    ),
    // Rows that are then taken for rows that somebody removed or edited.
    ("seed apply with a catalog", "insert on agents", "delete from agents"),
    ("seed apply with a catalog", "insert on agents", "update agents set name = 'mine'"),
    ("seed apply with a catalog", "insert on agent_capabilities", "delete from agent_capabilities"),
    ("seed apply with a catalog", "insert on users", "delete from users"),
    ("seed apply with a catalog", "insert on history", "update users set name = 'x'"),
    (
      "seed apply --prune release", "update on harnesses",
      "update harnesses set is_built_in = 1 where id = new.id and not new.is_built_in"
    ),
    ("seed apply", "update on harnesses", "delete from organizations where org_id = 3"),
    ("orgs create", "insert on history", "delete from organizations where org_id = 3"),
    ("orgs delete", "insert on history", "delete from organizations where org_id = 3"),
    // What the store must not lose.
    ("orgs create", "insert on history", "delete from store_state"),
    ("orgs create", "insert on history", "update store_state set serial = 1"),
    ("orgs create", "insert on history", "update store_state set highest_org_id = 2"),
    ("platform use", "insert on history", "update store_state set serial = 'x'"),
  ])
  func `a change of a row that a trigger changes again is refused`(
    change: String, event: String, statement: String
  ) throws {
    try withSeeded { store throws in
      try store.administer("create trigger again after \(event) begin \(statement); end")
      let writing = try SQLiteStore.openForWriting(store.path)
      let before = try contents(store)
      let run = try #require(Self.changes.first { $0.testDescription == change }).run
      let error = #expect(throws: StoreError.self) { try run(store, writing) }
      guard case .writeRefused(_, _, _, let triggers) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(triggers == ["again"])
      #expect(try contents(store) == before)
    }
  }

  @Test func `a number whose use cannot be recorded is not given to an organization`() throws {
    try withSeeded { store throws in
      try store.administer(
        """
        create trigger swallow before update of highest_org_id on store_state
        begin select raise(ignore); end
        """)
      let writing = try SQLiteStore.openForWriting(store.path)
      let error = #expect(throws: StoreError.self) {
        try writing.createOrganization(
          name: "New", publicID: Self.id(9), basis: .home, change: .test)
      }
      #expect(
        error
          == .writeRefused(
            table: "store_state", row: "organization \(Self.id(9))", cause: nil,
            triggers: ["swallow"]))
    }
  }

  @Test(arguments: [
    ("delete", "events"), ("delete", "harness_capabilities"), ("update", "organization_settings"),
  ])
  func `a trigger that keeps a row of a deleted organization is named`(
    event: String, table: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        """
        update organization_settings set base_harness_id = 'chat-in-2' where org_id = 2;
        create trigger keep before \(event) on \(table) begin select raise(ignore); end
        """)
      let writing = try SQLiteStore.openForWriting(store.path)
      let found = try writing.organizations(named: Self.id(2))
      #expect(
        throws: StoreError.writeRefused(
          table: table, row: "organization \(Self.id(2))", cause: nil, triggers: ["keep"])
      ) { try writing.delete(found, change: .test) }
    }
  }
}
