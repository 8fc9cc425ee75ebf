import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// What seeding makes of built-in harnesses and of the settings that name them, run after run.
@Suite(.everyStore) struct HarnessSeedingTests {
  private let second = TemporaryStore.publicID(2)

  /// The platform with another prompt of its base harness.
  private var changed: PlatformDefinition {
    var platform = Home.platform
    platform.builtInHarnesses[0].systemPrompt = "Help well."
    return platform
  }

  /// The platform without its chat.
  private var withoutChat: PlatformDefinition {
    var platform = Home.platform
    platform.builtInHarnesses = [Home.base]
    return platform
  }

  /// A store in which seeding has made everything, in the default organization and others.
  private func withSeeded(
    _ organizations: Int = 2, _ platform: PlatformDefinition = Home.platform,
    _ body: (any TestedStore) throws -> Void
  ) throws {
    try withTestedStore { store throws in
      for number in 1...organizations { try store.addOrganization(number, seeded: false) }
      try store.apply(platform)
      try body(store)
    }
  }

  // MARK: Once and again

  @Test func `after an apply nothing is left to do`() throws {
    try withSeeded { store throws in
      #expect(try store.rows(Home.platform).allSatisfy { $0.reason == .matches })
    }
  }

  @Test func `a second apply writes nothing, and changes no serial`() throws {
    try withSeeded { store throws in
      let serial = try store.serial()
      let result = try store.apply(Home.platform)
      #expect(result.isApplied == false)
      #expect(result.serial == serial)
      #expect(try store.answer("select count(*) from history") == ["1"])
    }
  }

  @Test(.onlyInFiles("the files of a server are not ours"))
  func `a second apply changes no byte`() throws {
    try withStore { store throws in
      try store.apply(Home.platform)
      let before = try store.folder.contents()
      try store.apply(Home.platform)
      #expect(try store.folder.contents() == before)
    }
  }

  // MARK: Whose change it was

  @Test func `a changed definition is told from an edited row`() throws {
    try withSeeded { store throws in
      #expect(
        try store.differences(changed) == [
          "update definition_changed harness/base; system_prompt",
          "update definition_changed \(second)/harness/base; system_prompt",
        ])
      try store.administer("update harnesses set tags = {tags} where name = 'base' and org_id = 2")
      #expect(
        try store.differences(changed) == [
          "update definition_changed harness/base; system_prompt",
          "update overwrites_local_edit \(second)/harness/base; system_prompt; tags",
        ])
    }
  }

  @Test func `only the fields that were edited are named as overwritten`() throws {
    var changed = changed
    changed.builtInHarnesses[0].displayName = "Basis"
    try withSeeded(3) { store throws in
      try store.administer(
        """
        update harnesses set description = 'Ours.' where name = 'base' and org_id = 2;
        update harnesses set display_name = 'Basis' where name = 'base' and org_id = 3
        """)
      #expect(
        try store.differences(changed) == [
          "update definition_changed harness/base; display_name; system_prompt",
          "update overwrites_local_edit \(second)/harness/base; display_name; description; "
            + "system_prompt",
          "update definition_changed \(TemporaryStore.publicID(3))/harness/base; system_prompt",
        ])
      let reasons = try store.rows(changed).filter { $0.action == .update }.map(\.reason)
      let expected: [SeedReason] = [
        .definitionChanged(fields: ["display_name", "system_prompt"]),
        .overwritesLocalEdit(fields: ["description"]),
        .definitionChanged(fields: ["system_prompt"]),
      ]
      #expect(reasons == expected)
    }
  }

  @Test func `a row whose last seeding is unknown counts as edited in all that differs`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.forgetHarnesses()
      let row = try #require(try store.rows(changed).first { $0.action == .update })
      #expect(row.reason == .overwritesLocalEdit(fields: ["system_prompt"]))
    }
  }

  @Test(arguments: [
    ("update harnesses set parent_harness_id = null where name = 'chat'", "parent"),
    ("update harnesses set description = 'x' where name = 'chat'", "description"),
    (
      """
      update harness_capabilities set config = '{"a": 1}'
      where harness_id in (select id from harnesses where name = 'chat')
      """, "capabilities"
    ),
  ])
  func `an edit by plain SQL is overwritten and reported as such`(sql: String, field: String) throws
  {
    try expectOverwritten(sql, field)
  }

  @Test(.onlyInFiles("a server's column holds nothing but the words of a status"))
  func `an unknown status is overwritten and reported as such`() throws {
    try expectOverwritten(
      "update harnesses set status = 'disabled' where name = 'chat'", "status")
  }

  @Test(
    .onlyInFiles("a server's column holds nothing but truth values"),
    arguments: ["base", "chat"], ["'yes'", "x'00'", "2", "0.5"])
  func `a seeded harness stays the platform's whatever 'is_built_in' holds but 0`(
    name: String, value: String
  ) throws {
    try expectOverwritten(
      "update harnesses set is_built_in = \(value) where name = '\(name)'", "is_built_in",
      harness: name)
  }

  private func expectOverwritten(_ sql: String, _ field: String, harness: String = "chat") throws {
    try withSeeded { store throws in
      try store.administer(sql)
      #expect(
        try store.differences(Home.platform) == [
          "update overwrites_local_edit harness/\(harness); \(field)",
          "update overwrites_local_edit \(second)/harness/\(harness); \(field)",
        ])
      try store.apply(Home.platform)
      #expect(try store.differences(Home.platform) == [])
    }
  }

  @Test(arguments: [
    ("prompt", "system_prompt"), ("tags", "tags"), ("order of keys", ""),
    ("config", "capabilities"),
    ("order", "capabilities"), ("capability", "capabilities"), ("parent", "parent"),
    ("description", "description"), ("display name", "display_name"), ("roles", ""),
  ])
  func `each field of a template counts as its content`(what: String, field: String) throws {
    try withSeeded(1) { store throws in
      var platform = Home.platform
      var chat = Home.chat
      var base = Home.base
      switch what {
      case "prompt": chat.systemPrompt = "Talk."
      case "tags": chat.tags = ["new"]
      case "order of keys":
        base.capabilities[0] = CapabilityUse(
          "web", config: ["a": ["x": [1, 2], "y": 1], "b": 1])
      case "config": chat.capabilities = [CapabilityUse("time", config: ["zone": "UTC"])]
      case "order": base.capabilities.reverse()
      case "capability": chat.capabilities = ["time", "web"]
      case "parent": chat.parent = nil
      case "description": chat.description = "For all."
      case "display name": chat.displayName = "Talk"
      default: chat.roles = []
      }
      platform.builtInHarnesses = [base, chat]
      let name = what == "order" ? "base" : "chat"
      #expect(
        try store.differences(platform)
          == (field.isEmpty ? [] : ["update definition_changed harness/\(name); \(field)"]))
      try store.apply(platform)
      #expect(try store.differences(platform) == [])
    }
  }

  @Test func `a parent may follow its child`() throws {
    var platform = Home.platform
    platform.builtInHarnesses.reverse()
    try withSeeded(2, platform) { store throws in
      #expect(
        try store.answer(
          """
          select c.name, p.name, c.org_id = p.org_id from harnesses c
          join harnesses p on p.id = c.parent_harness_id order by c.org_id
          """) == ["chat|base|1", "chat|base|1"])
    }
  }

  // MARK: Names, roles and ids

  @Test func `a template renamed together with its seed id leaves an orphan and gets a new id`()
    throws
  {
    let seedID = "01933b5a-0000-7000-8000-000000000601"
    var platform = Home.platform
    platform.builtInHarnesses = [Home.base]
    platform.builtInHarnesses[0].seedID = seedID
    try withSeeded(1, platform) { store throws in
      var renamed = platform
      renamed.builtInHarnesses[0].name = "root"
      let rows = try store.rows(renamed).filter { $0.address.kind == .harness }.map(\.line)
      #expect(
        rows == [
          "create missing harness/root -; seed_id_taken: gets a new id; seed id '\(seedID)' is in use"
            + "; looks_renamed: looks like a renamed 'base'; 'harnesses rename' in "
            + "the definition keeps that row",
          "keep orphaned harness/base \(seedID)",
        ])
      try store.apply(renamed)
      #expect(
        try store.answer("select name, id = '\(seedID)', is_built_in from harnesses order by name")
          == ["base|1|1", "root|0|1"])
    }
  }

  @Test func `a moved role keeps the settings, with a note`() throws {
    try withSeeded { store throws in
      var moved = Home.platform
      moved.builtInHarnesses[0].roles = [.base]
      moved.builtInHarnesses[1].roles = [.chat, .default]
      let kept = [
        "keep kept_org_choice organization_settings/default-harness; role_moved",
        "keep kept_org_choice \(second)/organization_settings/default-harness; role_moved",
      ]
      #expect(try store.differences(moved) == kept)
      // The choice of somebody is none of a role that moved.
      try store.administer("update organization_settings set base_harness_id = default_harness_id")
      try store.apply(moved, options: SeedOptions(overwrites: true))
      #expect(
        try store.answer(
          """
          select s.org_id, h.name from organization_settings s
          join harnesses h on h.id = s.default_harness_id order by 1
          """) == ["1|chat", "2|chat"])
      #expect(try store.differences(moved, options: SeedOptions(overwrites: true)) == [])
    }
  }

  // MARK: Pruning

  /// A query of harnesses that are not deleted: a server keeps the row of one that is.
  private func present(_ columns: String) -> String {
    "select \(columns) from harnesses where status <> 'deleted'"
  }

  @Test func `a harness that left the definition is an orphan until it is pruned`() throws {
    try withSeeded { store throws in
      #expect(
        try store.differences(withoutChat) == [
          "keep orphaned harness/chat", "keep orphaned \(second)/harness/chat",
        ])
      let delete = SeedOptions(prune: .delete)
      #expect(
        try store.differences(withoutChat, options: delete) == [
          "delete pruned harness/chat", "delete pruned \(second)/harness/chat",
        ])
      try store.apply(withoutChat, options: delete)
      #expect(try store.answer(present("name")) == ["base", "base"])
      #expect(try store.differences(withoutChat, options: delete) == [])
    }
  }

  @Test func `a released harness is organization-owned from then on`() throws {
    try withSeeded { store throws in
      let release = SeedOptions(prune: .release)
      #expect(
        try store.differences(withoutChat, options: release) == [
          "release pruned harness/chat", "release pruned \(second)/harness/chat",
        ])
      try store.apply(withoutChat, options: release)
      #expect(
        try store.answer("select distinct name, is_built_in from harnesses order by 1")
          == ["base|1", "chat|0"])
      #expect(try store.differences(withoutChat, options: release) == [])
    }
  }

  @Test func `a harness that a setting names is not deleted`() throws {
    try withSeeded { store throws in
      try store.administer(
        """
        update organization_settings set default_harness_id =
          (select id from harnesses where name = 'chat' and org_id = 2) where org_id = 2
        """)
      let delete = SeedOptions(prune: .delete)
      #expect(
        try store.differences(withoutChat, options: delete) == [
          "delete pruned harness/chat", "keep in_use \(second)/harness/chat",
          "keep kept_org_choice \(second)/organization_settings/default-harness",
        ])
      try store.apply(withoutChat, options: delete)
      #expect(
        try store.answer(present("org_id, name") + " order by 1, 2")
          == ["1|base", "2|base", "2|chat"])
    }
  }

  @Test(arguments: [
    // Its own child, and an archived built-in that seeding leaves as it is.
    """
    insert into harnesses (id, org_id, name, parent_harness_id)
    select {id mine}, 2, 'mine', id from harnesses where name = 'chat' and org_id = 2
    """,
    """
    update harnesses set status = 'archived',
      parent_harness_id = (select id from harnesses where name = 'chat' and org_id = 2)
    where name = 'base' and org_id = 2
    """,
  ])
  func `a harness that is the parent of a row that stays is not deleted`(sql: String) throws {
    try withSeeded { store throws in
      try store.administer(sql)
      let delete = SeedOptions(organizations: [second], prune: .delete)
      try store.apply(withoutChat, options: delete)
      #expect(
        try store.differences(withoutChat, options: delete).contains(
          "keep in_use \(second)/harness/chat"))
    }
  }

  @Test func `a harness that seeding did not create is not pruned`() throws {
    try withSeeded(1) { store throws in
      try store.administer(
        "insert into harnesses (id, org_id, name, is_built_in) values ({id x}, 1, 'theirs', {true})"
      )
      #expect(
        try store.differences(Home.platform, options: SeedOptions(prune: .delete))
          == ["keep orphaned harness/theirs"])
    }
  }

  @Test func `orphans that inherit from each other are deleted together`() throws {
    try withSeeded { store throws in
      var empty = Home.platform
      empty.builtInHarnesses = []
      try store.administer(
        "update organization_settings set default_harness_id = null, base_harness_id = null")
      try store.apply(empty, options: SeedOptions(prune: .delete))
      #expect(try store.answer(present("count(*)")) == ["0"])
    }
  }

  // MARK: The organization's own

  /// Makes the second organization's base harness its own.
  private let disown = """
    update harnesses set is_built_in = {false}, system_prompt = 'Mine.' where name = 'base' and org_id = 2
    """

  @Test func `an organization's own harness blocks its row only`() throws {
    try withSeeded { store throws in
      try store.administer(disown + "; delete from harnesses where name = 'chat'")
      #expect(
        try store.differences(Home.platform) == [
          "blocked name_owned_by_org \(second)/harness/base", "create missing harness/chat",
          "create missing \(second)/harness/chat; parent_blocked",
          "keep kept_org_choice \(second)/organization_settings/default-harness",
          "keep kept_org_choice \(second)/organization_settings/base-harness",
        ])
      try store.apply(Home.platform)
      #expect(
        try store.answer(
          "select system_prompt from harnesses where name = 'base' and org_id = 2") == ["Mine."])
      #expect(
        try store.answer(
          "select name, parent_harness_id is null from harnesses where org_id = 2 order by 1")
          == ["base|1", "chat|1"])
    }
  }

  @Test(arguments: ["*/harness/base", "\(TemporaryStore.publicID(2))/harness/base"])
  func `an adopted harness becomes the built-in one, and its child regains its parent`(
    address: String
  ) throws {
    try withSeeded { store throws in
      try store.administer(disown)
      try store.apply(Home.platform)
      let adopt = SeedOptions(adopted: [try #require(SeedAddress(address))])
      #expect(
        try store.differences(Home.platform, options: adopt) == [
          "update overwrites_local_edit \(second)/harness/base; system_prompt; is_built_in",
          "update definition_changed \(second)/harness/chat; parent",
        ])
      try store.apply(Home.platform, options: adopt)
      #expect(try store.differences(Home.platform) == [])
    }
  }

  @Test func `an accepted harness stays in later runs until it is adopted`() throws {
    try withSeeded { store throws in
      try store.administer(disown)
      let accept = SeedOptions(acceptedOwn: [
        SeedAddress(.harness, ["base"], in: .organization(second))
      ])
      let result = try store.apply(Home.platform, options: accept)
      #expect(result.acceptances == 1)
      let kept = try store.differences(Home.platform)
      #expect(kept.first == "keep own_harness_accepted \(second)/harness/base")
      #expect(try store.apply(Home.platform, options: accept).acceptances == 0)
      try store.apply(
        Home.platform,
        options: SeedOptions(adopted: [SeedAddress(.harness, ["base"], in: .organization(second))]))
      #expect(try store.answer("select count(*) from seed_accepted_harnesses") == ["0"])
    }
  }

  @Test func `an address of one organization takes precedence over one of every organization`()
    throws
  {
    let all = SeedAddress(.harness, ["base"], in: .folded)
    let one = SeedAddress(.harness, ["base"], in: .organization(second))
    for (options, reason) in [
      (SeedOptions(adopted: [all], acceptedOwn: [one]), "keep own_harness_accepted"),
      (SeedOptions(adopted: [one], acceptedOwn: [all]), "update overwrites_local_edit"),
    ] {
      try withSeeded { store throws in
        try store.administer(disown)
        let rows = try store.apply(Home.platform, options: options).rows.map(\.lineWithoutID)
        #expect(rows.contains { $0.hasPrefix("\(reason) \(second)/harness/base") })
      }
    }
  }

  @Test func `one organization with a conflict leaves fifty others alone`() throws {
    try withTestedStore { store throws in
      try store.addOrganizations(2...51)
      try store.administer(
        """
        insert into harnesses (id, org_id, name, system_prompt)
          values ({id mine}, 20, 'base', 'Mine.')
        """)
      let result = try store.apply(Home.platform)
      #expect(
        try result.rows.map(\.lineWithoutID) == [
          "create missing organization/Home", "create missing harness/base",
          "create missing */harness/base x49",
          "blocked name_owned_by_org org_00000000000000000000000000000014/harness/base",
          "create missing harness/chat", "create missing */harness/chat x49",
          "create missing org_00000000000000000000000000000014/harness/chat; parent_blocked",
          "create missing organization_settings/default-harness",
          "create missing */organization_settings/default-harness x49",
          "skip no_harness_for_role org_00000000000000000000000000000014/"
            + "organization_settings/default-harness",
          "create missing organization_settings/base-harness",
          "create missing */organization_settings/base-harness x49",
          "skip no_harness_for_role org_00000000000000000000000000000014/"
            + "organization_settings/base-harness",
        ])
      #expect(
        try store.answer(
          "select name, is_built_in, count(*) from harnesses group by 1, 2 order by 1, 2")
          == ["base|0|1", "base|1|50", "chat|1|51"])
    }
  }

  // MARK: Some organizations only

  @Test func `a run for one organization between two full ones does not make others count as done`()
    throws
  {
    try withSeeded(3) { store throws in
      try store.apply(
        changed, as: "changed", options: SeedOptions(organizations: [second]))
      #expect(try store.open().appliedPlatform()?.ref == "home")
      #expect(
        try store.differences(changed) == [
          "update definition_changed harness/base; system_prompt",
          "update definition_changed \(TemporaryStore.publicID(3))/harness/base; system_prompt",
        ])
      try store.apply(changed, as: "changed")
      #expect(try store.open().appliedPlatform()?.ref == "changed")
      #expect(try store.differences(changed) == [])
    }
  }

  @Test func `an organization that plain SQL inserts gets harnesses and settings`() throws {
    try withSeeded(1) { store throws in
      try store.administer(
        "insert into organizations (org_id, public_id, name) values (2, '\(second)', 'New')")
      #expect(
        try store.differences(Home.platform) == [
          "create missing \(second)/harness/base", "create missing \(second)/harness/chat",
          "create missing \(second)/organization_settings/default-harness",
          "create missing \(second)/organization_settings/base-harness",
        ])
      try store.apply(Home.platform)
      #expect(
        try store.answer(
          """
          select d.name, d.org_id, b.name, b.org_id from organization_settings s
          join harnesses d on d.id = s.default_harness_id
          join harnesses b on b.id = s.base_harness_id where s.org_id = 2
          """) == ["base|2|base|2"])
    }
  }

  @Test func `a setting that names another organization's harness is replaced`() throws {
    try withSeeded { store throws in
      try store.administer(
        """
        update organization_settings set default_harness_id =
          (select id from harnesses where name = 'base' and org_id = 1) where org_id = 2
        """)
      #expect(
        try store.differences(Home.platform) == [
          "create missing \(second)/organization_settings/default-harness; setting_dangling"
        ])
      try store.apply(Home.platform)
      #expect(try store.differences(Home.platform) == [])
    }
  }

  @Test func `expanded rows add up to the folded ones`() throws {
    try withSeeded(9) { store throws in
      try store.administer(
        """
        update harnesses set tags = {tags 1} where name = 'base' and org_id in (3, 4, 5);
        delete from harnesses where name = 'chat' and org_id in (5, 6)
        """)
      let folded = try store.rows(Home.platform)
      let listed = try store.rows(Home.platform, listing: .expanded)
      #expect(try SeedPlanRows(folded).summary() == SeedPlanRows(listed).summary())
      #expect(listed.allSatisfy { $0.organizations == nil && $0.address.scope != .folded })
      #expect(Set(listed.map(\.address)).count == listed.count)
      for row in folded {
        let alike = listed.count { other in
          other.address.kind == row.address.kind && other.name == row.name
            && (other.address.scope == .defaultOrganization)
              == (row.address.scope == .defaultOrganization)
            && other.reason == row.reason && other.changes == row.changes
        }
        #expect(alike == row.organizations ?? 1)
      }
    }
  }

  @Test func `reconciling harnesses does not create the default organization`() throws {
    try withTestedStore { store throws in
      let options = SeedOptions(scope: .harnesses)
      #expect(try store.rows(Home.platform, options: options) == [])
      try store.addOrganization(2, seeded: false)
      try store.apply(Home.platform, options: options)
      #expect(try store.answer("select org_id from organizations") == ["2"])
      #expect(try store.differences(Home.platform, options: options) == [])
    }
  }
}
