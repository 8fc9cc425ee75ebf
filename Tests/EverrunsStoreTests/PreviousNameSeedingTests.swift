import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// What seeding makes of built-in harnesses that have a previous name of a template.
@Suite(.everyStore) struct PreviousNameSeedingTests {
  private let second = TemporaryStore.publicID(2)

  /// The platform with its base harness under another name, which its child follows.
  private let renamed: PlatformDefinition = {
    var platform = Home.platform
    platform.builtInHarnesses[0] = Home.base.renamed(to: "root")
    platform.builtInHarnesses[1].parent = "root"
    return platform
  }()

  /// A platform of templates that differ in nothing but their names.
  private func platform(_ templates: [(name: String, previousNames: [String])])
    -> PlatformDefinition
  {
    PlatformDefinition(
      builtInHarnesses: templates.map { template in
        BuiltInHarness(
          name: template.name, displayName: template.name, systemPrompt: "Help.",
          previousNames: template.previousNames)
      })
  }

  /// A store in which seeding has created everything, in the default organization and another.
  private func withSeeded(
    _ platform: PlatformDefinition = Home.platform, _ body: (any TestedStore) throws -> Void
  ) throws {
    try withTestedStore { store throws in
      for number in 1...2 { try store.addOrganization(number, seeded: false) }
      try store.apply(platform)
      try body(store)
    }
  }

  /// The rows of harnesses in a store, with what refers to them.
  private let rows = """
    select h.org_id, h.name, h.id, (select p.name from harnesses p where p.id = h.parent_harness_id),
      h.is_built_in from harnesses h order by 1, 2;
    select s.org_id, h.name from organization_settings s
      join harnesses h on h.id = s.default_harness_id order by 1;
    """

  @Test func `a row gets its template's new name, and keeps its id and references`() throws {
    try withSeeded { store throws in
      let before = try store.answer(rows)
      #expect(
        try store.harnessDifferences(renamed) == [
          "update renamed harness/root; name", "update renamed \(second)/harness/root; name",
        ])
      try store.apply(renamed)
      #expect(
        try store.answer(rows).sorted()
          == before.map {
            $0.replacing("|base|", with: "|root|").replacing(#/\|base$/#, with: "|root")
          }
          .sorted())
      #expect(try store.rows(renamed).allSatisfy { $0.reason == .matches })
      #expect(try store.open().findings(against: renamed.basis) == [])
    }
  }

  @Test func `other changes of the definition are named next to the new name`() throws {
    try withSeeded { store throws in
      var platform = renamed
      platform.builtInHarnesses[0].systemPrompt = "Help well."
      let rows = try store.rows(platform).filter { $0.name == "root" }
      #expect(
        rows.map(\.reason) == [
          SeedReason.renamed(from: "base", fields: ["system_prompt"]),
          SeedReason.renamed(from: "base", fields: ["system_prompt"]),
        ])
      #expect(
        rows.map { $0.changes.map(\.field) } == [
          ["name", "system_prompt"], ["name", "system_prompt"],
        ])
      try store.apply(platform)
      #expect(try store.harnessDifferences(platform) == [])
    }
  }

  @Test func `a renamed row that loses an edit says so`() throws {
    try withSeeded { store throws in
      try store.administer("update harnesses set tags = {tags} where name = 'base' and org_id = 2")
      #expect(
        try store.harnessDifferences(renamed) == [
          "update renamed harness/root; name",
          "update overwrites_local_edit \(second)/harness/root; name; tags",
        ])
      try store.apply(renamed)
      #expect(try store.harnessDifferences(renamed) == [])
    }
  }

  @Test func `a row that seeding never applied is renamed as well`() throws {
    try withSeeded { store throws in
      try store.forgetHarnesses()
      #expect(
        try store.harnessDifferences(renamed) == [
          "update renamed harness/root; name", "update renamed \(second)/harness/root; name",
        ])
    }
  }

  @Test func `the first previous name with a row is used, the others are orphans`() throws {
    try withSeeded(platform([("b", []), ("c", [])])) { store throws in
      let platform = platform([("new", ["a", "c", "b"])])
      #expect(
        try store.harnessDifferences(platform) == [
          "update renamed harness/new; name; display_name",
          "update renamed \(second)/harness/new; name; display_name",
          "keep orphaned harness/b", "keep orphaned \(second)/harness/b",
        ])
    }
  }

  @Test func `the first of two templates that claim a name gets it`() throws {
    try withSeeded(platform([("old", [])])) { store throws in
      #expect(
        try store.harnessDifferences(platform([("x", ["old"]), ("y", ["old"])])) == [
          "update renamed harness/x; name; display_name",
          "update renamed \(second)/harness/x; name; display_name",
          "create missing harness/y", "create missing \(second)/harness/y",
        ])
    }
  }

  @Test func `a template's current name is not another one's previous name`() throws {
    try withSeeded(platform([("a", [])])) { store throws in
      #expect(
        try store.harnessDifferences(platform([("b", ["a", "b"]), ("a", [])])) == [
          "create missing harness/b", "create missing \(second)/harness/b",
        ])
    }
  }

  @Test func `an existing row of the new name leaves the old one orphaned`() throws {
    try withSeeded(platform([("old", []), ("new", [])])) { store throws in
      let platform = platform([("new", ["old"])])
      #expect(
        try store.harnessDifferences(platform) == [
          "keep orphaned harness/old", "keep orphaned \(second)/harness/old",
        ])
      #expect(
        try store.harnessDifferences(platform, options: SeedOptions(prune: .delete)) == [
          "delete pruned harness/old", "delete pruned \(second)/harness/old",
        ])
    }
  }

  @Test(arguments: [nil] + SeedOptions.Prune.allCases)
  func `an organization's own harness of the new name blocks, and the old row stays`(
    prune: SeedOptions.Prune?
  ) throws {
    try withSeeded { store throws in
      try store.administer(
        "insert into harnesses (id, org_id, name, system_prompt) values ({id own}, 2, 'root', 'Own.')"
      )
      let options = SeedOptions(prune: prune)
      let left = [
        "blocked name_owned_by_org \(second)/harness/root",
        "keep orphaned \(second)/harness/base",
      ]
      #expect(
        try store.harnessDifferences(renamed, options: options) == [
          "update renamed harness/root; name", left[0],
          "update definition_changed \(second)/harness/chat; parent_blocked; parent", left[1],
        ])
    }
  }

  @Test func `an organization's own harness of a previous name is left alone`() throws {
    try withSeeded { store throws in
      try store.administer(
        "update harnesses set is_built_in = {false} where name = 'base' and org_id = 2")
      #expect(
        try store.harnessDifferences(renamed).contains("create missing \(second)/harness/root"))
    }
  }

  @Test func `an archived row is left alone under its previous name`() throws {
    try withSeeded { store throws in
      try store.administer("update harnesses set status = 'archived' where name = 'base'")
      try store.apply(renamed)
      #expect(
        try store.answer(
          "select distinct name, status from harnesses where parent_harness_id is null")
          == ["base|archived"])
    }
  }

  // MARK: Undeclared

  @Test func `an undeclared rename is noticed by content or seed id`() throws {
    var old = platform([("old", [])])
    old.builtInHarnesses[0].seedID = "0194a000-0000-7000-8000-000000000001"
    var new = platform([("new", [])])
    new.builtInHarnesses[0].seedID = old.builtInHarnesses[0].seedID
    try withSeeded(old) { store throws in
      // The other organization's row has an id of its own, and no longer the same content.
      #expect(
        try store.harnessDifferences(new) == [
          "create missing harness/new; seed_id_taken; looks_renamed",
          "create missing \(second)/harness/new",
          "keep orphaned harness/old", "keep orphaned \(second)/harness/old",
        ])
      new.builtInHarnesses[0].displayName = "old"
      let rows = try store.rows(new).filter { $0.action == .create }
      #expect(
        rows.map { $0.notes.last } == [
          SeedNote.looksRenamed("new", from: "old"), SeedNote.looksRenamed("new", from: "old"),
        ])
    }
  }
}

extension TestedStore {
  /// The rows of harnesses that are not up to date.
  fileprivate func harnessDifferences(
    _ platform: PlatformDefinition, options: SeedOptions = SeedOptions()
  ) throws -> [String] {
    try differences(platform, options: options).filter { $0.contains("harness/") }
  }
}

extension PlatformDefinition {
  /// What decides a run from this definition.
  fileprivate var basis: SeedBasis {
    SeedBasis(definition: self, catalog: Home.catalog, grade: .prod)
  }
}
