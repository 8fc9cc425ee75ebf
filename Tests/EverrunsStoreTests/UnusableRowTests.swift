import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// One bad row stops that row: preview foresees it, and apply does the rest.
@Suite(.everyStore) struct UnusableRowTests {
  private static func provider(_ number: Int, _ name: String) -> SeedLLMProvider {
    SeedLLMProvider(
      id: "00000000-0000-7000-8000-00000000000\(number)", name: name, providerType: "openai")
  }

  private static func agent(_ number: Int, _ name: String) -> SeedAgent {
    SeedAgent(
      id: "00000000-0000-7000-8000-0000000000a\(number)", name: name, displayName: name,
      systemPrompt: "Help.", capabilities: [])
  }

  private let catalog = SeedCatalog(
    organization: Home.catalog.organization,
    llmProviders: [provider(1, "One"), provider(2, "Two")],
    agents: [agent(1, "first"), agent(2, "second")])

  /// A catalog of agents with names, and ids that count up.
  private static func catalog(_ names: [String]) -> SeedCatalog {
    SeedCatalog(
      organization: Home.catalog.organization,
      agents: names.enumerated().map { agent($0 + 1, $1) })
  }

  private let platform: PlatformDefinition = {
    var platform = Home.platform
    platform.drivers.replace(DriverDescriptor(providerType: "openai", displayName: "OpenAI"))
    return platform
  }()

  /// Applies the catalog to a store after some edits, and compares what was shown with what was
  /// done and what is left.
  private func expect(
    _ expected: [String], after sql: String, isSeeded: Bool = true,
    options: SeedOptions = SeedOptions(), sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withTestedStore { store throws in
      if isSeeded { try store.apply(platform, catalog) }
      try store.administer(sql)
      let preview = try store.rows(platform, catalog, options: options)
      #expect(
        preview.filter { [.llmProvider, .agent].contains($0.address.kind) }.map(\.lineWithoutID)
          == expected, sourceLocation: sourceLocation)
      let result = try store.apply(platform, catalog, options: options)
      #expect(try result.rows == preview, sourceLocation: sourceLocation)
      let left = try store.rows(platform, catalog, options: options)
      #expect(left.filter { $0.action.writes }.map(\.line) == [], sourceLocation: sourceLocation)
      #expect(
        left.filter { $0.action == .blocked }.map(\.line)
          == preview.filter { $0.action == .blocked }.map(\.line),
        sourceLocation: sourceLocation)
    }
  }

  @Test func `an id used by a row of another name is not reused`() throws {
    try expect(
      [
        "keep kept_local_edit llm_provider/One; base_url",
        "create missing llm_provider/Two; seed_id_taken",
        "unchanged matches agent/first", "unchanged matches agent/second",
      ],
      after: """
        delete from llm_providers where name = 'One';
        update llm_providers set name = 'One', base_url = 'x' where name = 'Two';
        delete from seed_memory;
        """)
  }

  @Test func `a row whose name is in use is blocked, the rest is applied`() throws {
    try expect(
      [
        "create missing llm_provider/One", "create missing llm_provider/Two",
        "keep kept_local_edit agent/first; name; display_name; description; system_prompt",
        "blocked unusable_row agent/second",
      ],
      after: """
        insert into organizations (org_id, public_id, name) values (1, '\(Home.publicID)', 'Home');
        insert into agents (id, org_id, name)
          values ('\(Self.agent(1, "first").id)', 1, 'second');
        """, isSeeded: false)
  }

  @Test func `a name released by an earlier row of the plan is free`() throws {
    try expect(
      [
        "create missing llm_provider/One", "create missing llm_provider/Two",
        "update overwrites_local_edit agent/first; name; display_name; description; system_prompt",
        "create missing agent/second",
      ],
      after: """
        insert into organizations (org_id, public_id, name) values (1, '\(Home.publicID)', 'Home');
        insert into agents (id, org_id, name)
          values ('\(Self.agent(1, "first").id)', 1, 'second');
        """, isSeeded: false, options: SeedOptions(overwrites: true))
  }

  @Test(arguments: [
    // Chains in both orders of the catalog, exchanges, and a name that goes to a new row.
    ["new", "first", "second"], ["second", "third", "new"], ["second", "first", "third"],
    ["third", "first", "second"], ["new", "second", "third", "first"],
  ])
  func `names that rows of a catalog pass on are changed in one run`(names: [String]) throws {
    try withTestedStore { store throws in
      try store.apply(platform, Self.catalog(["first", "second", "third"]))
      let renamed = Self.catalog(names)
      let preview = try store.rows(platform, renamed)
      #expect(preview.filter { $0.action == .blocked }.map(\.line) == [])
      #expect(try store.apply(platform, renamed).rows == preview)
      #expect(try store.answer("SELECT name FROM agents ORDER BY id") == names)
      #expect(try store.rows(platform, renamed).filter { $0.action.writes }.map(\.line) == [])
    }
  }

  @Test(arguments: [0, 2])
  func `a row of a catalog that gets another id stays the row of what was applied`(
    position: Int
  ) throws {
    try withTestedStore { store throws in
      try store.apply(platform, Self.catalog(["first", "second"]))
      let moved = SeedCatalog(
        organization: Home.catalog.organization,
        agents: [
          SeedAgent(
            id: Self.agent(7, "first").id, name: "first", displayName: "First",
            systemPrompt: "Help more.", capabilities: []), Self.agent(2, "second"),
        ])
      #expect(
        try store.differences(platform, moved)
          == ["update definition_changed agent/first; display_name; system_prompt"])
      try store.apply(platform, moved)
      #expect(try store.differences(platform, moved) == [])
      // The former id is free for another row, which nobody deleted.
      var more = moved
      more.agents.append(Self.agent(1, "third"))
      #expect(
        try store.differences(platform, more) == ["create missing agent/third; seed_id_taken"])
      try store.apply(platform, more)
      #expect(try store.differences(platform, more) == [])
    }
  }

  @Test func `a row that was deleted stays deleted when the catalog gives it another id`() throws {
    try withTestedStore { store throws in
      try store.apply(platform, Self.catalog(["first", "second"]))
      try store.administer("DELETE FROM agents WHERE name = 'first'")
      let moved = SeedCatalog(
        organization: Home.catalog.organization,
        agents: [Self.agent(7, "first"), Self.agent(2, "second")])
      #expect(try store.differences(platform, moved) == ["skip removed_locally agent/first"])
    }
  }

  @Test func `a row keeps a name that another waits for, if it was edited`() throws {
    try withTestedStore { store throws in
      try store.apply(platform, Self.catalog(["first", "second", "third"]))
      try store.administer("UPDATE agents SET name = 'mine' WHERE name = 'second'")
      let renamed = Self.catalog(["mine", "first", "second"])
      #expect(
        try store.differences(platform, renamed) == [
          "blocked unusable_row agent/mine", "keep kept_local_edit agent/first; name; display_name",
          "update definition_changed agent/second; name; display_name",
        ])
      try store.apply(platform, renamed)
      #expect(
        try store.answer("SELECT name FROM agents ORDER BY id") == ["first", "mine", "second"])
    }
  }

  @Test(
    .onlyInFiles("a server's ids are UUIDs"),
    arguments: ["x'00'", "'\(agent(1, "first").id)' || char(0)", "cast(x'ff' as text)"])
  func `a row whose id is not text is blocked`(id: String) throws {
    try expect(
      [
        "unchanged matches llm_provider/One", "unchanged matches llm_provider/Two",
        "blocked unusable_row agent/first", "unchanged matches agent/second",
      ], after: "update agents set id = \(id) where name = 'first'")
  }

  @Test(
    .onlyInFiles("a server's columns have types"),
    arguments: ["x'42'", "'Base' || char(0)", "cast(x'42ff' as text)", "17", "null"])
  func `any content of a built-in harness is overwritten`(value: String) throws {
    for column in ["display_name", "description", "system_prompt", "tags"]
    where value != "null" || column != "tags" {
      try withTestedStore { store throws in
        try store.apply(platform)
        try store.administer("update harnesses set \(column) = \(value) where name = 'base'")
        #expect(
          try store.differences(platform)
            == ["update overwrites_local_edit harness/base; \(column)"], "\(column)")
        try store.apply(platform)
        #expect(try store.differences(platform) == [], "\(column)")
      }
    }
  }

  @Test(.onlyInFiles("a server's columns have types"))
  func `capabilities that are not text are drift of their harness`() throws {
    try withTestedStore { store throws in
      try store.apply(platform)
      try store.administer(
        """
        update harness_capabilities set config = x'7b7d' where capability_id = 'time';
        insert into harness_capabilities (harness_id, capability_id, config)
          select id, 'web' || char(0), '{}' || char(0) from harnesses where name = 'chat';
        """)
      #expect(
        try store.differences(platform) == [
          "update overwrites_local_edit harness/base; capabilities",
          "update overwrites_local_edit harness/chat; capabilities",
        ])
      try store.apply(platform)
      #expect(try store.differences(platform) == [])
    }
  }

  @Test func `leftovers of a deleted harness are replaced by the new one`() throws {
    try withTestedStore { store throws in
      try store.apply(platform)
      try store.administer("delete from harnesses")
      try store.apply(platform)
      #expect(try store.differences(platform) == [])
    }
  }

  @Test(arguments: [
    "rowid", "harness_id", "finding", "note", "facts", "harness_row", "id2", "value",
  ])
  func `columns of other programs may have any name`(column: String) throws {
    try withTestedStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      try store.apply(platform, catalog)
      // Some tables are not in every kind of store, and some have a column of that name.
      for table in Table.controlPlane + Table.bookkeeping {
        try? store.administer("alter table \(table.name) add column \(column) text")
      }
      try store.administer(
        "update harnesses set system_prompt = 'Edited', is_built_in = {true} where org_id < 3")
      for options in [
        SeedOptions(), SeedOptions(prune: .delete), SeedOptions(overwrites: true),
      ] {
        try store.apply(platform, catalog, options: options)
        for listing in [SeedListing.folded, .expanded] {
          #expect(
            try store.rows(platform, catalog, options: options, listing: listing)
              .allSatisfy { !$0.action.writes })
        }
      }
      #expect(try store.open().findings() == [])
    }
  }
}
