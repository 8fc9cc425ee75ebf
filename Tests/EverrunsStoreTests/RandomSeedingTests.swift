import Everruns
import EverrunsDocuments
import EverrunsSeeding
import StoreTesting
import Testing

@testable import EverrunsStore

/// Random definitions and random edits by plain SQL: whatever they are, an apply converges, and
/// nothing that an organization owns is changed by it.
@Suite struct RandomSeedingTests {
  private static let names = ["a", "b", "c", "d", "e"]
  private static let capabilities = ["web", "time", "files", "gone"]

  private func definition(_ generator: inout RepeatableNumbers) -> PlatformDefinition {
    var platform = PlatformDefinition()
    for id in Self.capabilities.dropLast() {
      platform.capabilities.replace(CapabilityDescriptor(id: id, name: id))
    }
    var placed: [String] = []
    var harnesses: [BuiltInHarness] = []
    for name in Self.names.shuffled(using: &generator).prefix(
      Int.random(in: 0...5, using: &generator))
    {
      let parent = (placed + ["nowhere"]).randomElement(using: &generator)
      harnesses.append(
        BuiltInHarness(
          name: name, displayName: name.uppercased(),
          systemPrompt: ["Help.", "Talk.", ""].randomElement(using: &generator) ?? "",
          parent: Bool.random(using: &generator) ? parent : nil,
          tags: Bool.random(using: &generator) ? ["x"] : [],
          roles: HarnessRole.allCases.filter { _ in Bool.random(using: &generator) },
          capabilities: Self.capabilities.shuffled(using: &generator)
            .prefix(Int.random(in: 0...3, using: &generator)).map {
              CapabilityUse($0, config: Bool.random(using: &generator) ? ["n": 1] : [:])
            },
          previousNames: Self.names.shuffled(using: &generator)
            .prefix(Int.random(in: 0...2, using: &generator)).map(\.self)))
      placed.append(name)
    }
    // Parents stand before their children and after them.
    platform.builtInHarnesses = harnesses.shuffled(using: &generator)
    return platform
  }

  /// An edit as an administrator or another program may make it.
  private func edit(_ number: Int, _ generator: inout RepeatableNumbers) -> String {
    let organization = Int.random(in: 1...6, using: &generator)
    let other = Int.random(in: 1...6, using: &generator)
    let name = Self.names.randomElement(using: &generator) ?? ""
    let row = "org_id = \(organization) and name = '\(name)'"
    let ids = "(select id from harnesses where \(row))"
    return [
      "update harnesses set system_prompt = 'Edited \(number)' where \(row)",
      "update harnesses set is_built_in = 1 - is_built_in where \(row)",
      "update harnesses set status = 'archived' where \(row)",
      "update harnesses set status = 'active' where org_id = \(organization)",
      "update harnesses set tags = '[broken' where \(row)",
      "update harnesses set parent_harness_id = null where \(row)",
      "update harnesses set parent_harness_id = (select id from harnesses where org_id = \(other) "
        + "limit 1) where \(row)",
      "delete from harnesses where \(row)",
      "delete from harness_capabilities where harness_id in \(ids)",
      "update harness_capabilities set config = '{\"edited\": \(number)}' where harness_id in \(ids)",
      "update harness_capabilities set position = 9 - position where harness_id in \(ids)",
      "insert or ignore into harnesses (id, org_id, name, system_prompt) "
        + "values ('own-\(number)', \(organization), '\(name)', 'Own')",
      "delete from organization_settings where org_id = \(organization)",
      "update organization_settings set default_harness_id = (select id from harnesses "
        + "where org_id = \(other) limit 1) where org_id = \(organization)",
      "update organization_settings set base_harness_id = 'gone' where org_id = \(organization)",
      "update organization_settings set base_harness_id = \(ids) where org_id = \(organization)",
      "insert or replace into harnesses (id, org_id, name, is_built_in) "
        + "values ('replaced-\(number)', \(organization), '\(name)', 1)",
    ].randomElement(using: &generator) ?? ""
  }

  /// What belongs to organizations: their own harnesses, and the settings that name something of
  /// theirs.
  private let owned = """
    select id, name, system_prompt, tags, status, parent_harness_id, is_built_in from harnesses
      where not is_built_in order by id;
    select c.* from harness_capabilities c join harnesses h on h.id = c.harness_id
      where not h.is_built_in order by 1, 2;
    select s.org_id, default_harness_id from organization_settings s
      join harnesses h on h.id = default_harness_id and h.org_id = s.org_id order by 1;
    select s.org_id, base_harness_id from organization_settings s
      join harnesses h on h.id = base_harness_id and h.org_id = s.org_id order by 1;
    """

  @Test(arguments: RepeatableNumbers.seeds(of: 12))
  func `an apply leaves nothing to do, and owned rows unchanged`(seed: Int) throws {
    var generator = RepeatableNumbers(state: UInt64(seed))
    try withStore { store throws in
      for number in 1...6 { try store.addOrganization(number, seeded: false) }
      for step in 0..<8 {
        let platform = definition(&generator)
        let edits = (0..<Int.random(in: 0...6, using: &generator)).map {
          edit(step * 10 + $0, &generator)
        }
        try store.administer(edits.joined(separator: ";\n"))
        let before = try store.answer(owned)
        let options = SeedOptions(
          prune: Bool.random(using: &generator)
            ? SeedOptions.Prune.allCases.randomElement(using: &generator) : nil)
        let comment: Comment = "seed \(seed), step \(step): \(edits)"
        let result = try store.apply(platform, options: options)
        let after = try store.answer(owned)
        // What was released is owned from now on, and settings that named nothing are set; nothing
        // else is new.
        #expect(Set(before).subtracting(after).isEmpty, comment)
        let serial = try store.serial()
        let again = try store.apply(platform, options: options)
        #expect(!again.isApplied && again.serial == serial, comment)
        let left = try again.rows
        #expect(left.filter { $0.action.writes }.map(\.line) == [], comment)
        let blocked = try result.findings.rows.filter { $0.action == .blocked }
        #expect(left.filter { $0.action == .blocked }.count == blocked.count, comment)
        #expect(try store.answer("pragma integrity_check") == ["ok"], comment)
      }
    }
  }

  @Test(arguments: RepeatableNumbers.seeds(of: 6))
  func `an apply with --overwrite leaves nothing to do`(seed: Int) throws {
    var generator = RepeatableNumbers(state: UInt64(1000 + seed))
    try withStore { store throws in
      for number in 1...6 { try store.addOrganization(number, seeded: false) }
      for step in 0..<8 {
        let platform = definition(&generator)
        let edits = (0..<Int.random(in: 0...6, using: &generator)).map {
          edit(step * 10 + $0, &generator)
        }
        try store.administer(edits.joined(separator: ";\n"))
        let options = SeedOptions(
          organizations: Bool.random(using: &generator)
            ? (2...4).map(TemporaryStore.publicID) : nil,
          prune: SeedOptions.Prune.allCases.randomElement(using: &generator), overwrites: true,
          adopted: Bool.random(using: &generator)
            ? [
              SeedAddress(.harness, ["a"], in: .folded), SeedAddress(.harness, ["b"], in: .folded),
            ] : [],
          acceptedOwn: Bool.random(using: &generator)
            ? [SeedAddress(.harness, ["c"], in: .folded)] : [])
        try store.apply(platform, options: options)
        let serial = try store.serial()
        let again = try store.apply(platform, options: options)
        #expect(!again.isApplied && again.serial == serial, "seed \(seed), step \(step)")
        let left = try again.rows.filter { $0.action.writes }
        #expect(left.map(\.line) == [], "seed \(seed), step \(step)")
      }
    }
  }
}
