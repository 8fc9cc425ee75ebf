import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import GRDB
import StoreTesting
import Testing

@testable import EverrunsStore

/// What a run finds by looking only at what changed is what one finds that compares everything, to
/// the byte, whatever other programs did with plain SQL in between.
@Suite struct QuickAnswerTests {
  private static let organizations = 9

  /// A definition that is like the others of a test in some things and not in others.
  private func definition(_ generator: inout RepeatableNumbers) -> PlatformDefinition {
    var platform = PlatformDefinition()
    for id in ["web", "time"] {
      platform.capabilities.replace(CapabilityDescriptor(id: id, name: id))
    }
    let prompt = generator.pick(["Help.", "Talk."])
    let configured = generator.pick([["n": 1], ["n": 2]] as [JSONObject])
    platform.builtInHarnesses = [
      BuiltInHarness(
        name: "base", displayName: "Base", systemPrompt: prompt,
        tags: generator.oneIn(3) ? ["x"] : [],
        roles: generator.oneIn(4) ? [.base] : [.base, .default],
        capabilities: [CapabilityUse("web", config: configured), "time"]),
      BuiltInHarness(
        name: "chat", displayName: "Chat", systemPrompt: "Chat.",
        parent: generator.oneIn(4) ? nil : generator.oneIn(5) ? "nowhere" : "base",
        roles: [.chat], capabilities: generator.oneIn(3) ? ["time", "gone"] : ["time"]),
    ]
    if generator.oneIn(5) {
      platform.builtInHarnesses.append(
        BuiltInHarness(name: "more", displayName: "More", systemPrompt: "More.", parent: "chat"))
    }
    if generator.oneIn(4) {
      let renamed = platform.builtInHarnesses[0].renamed(to: "base-2")
      for index in platform.builtInHarnesses.indices
      where platform.builtInHarnesses[index].parent == "base" {
        platform.builtInHarnesses[index].parent = renamed.name
      }
      platform.builtInHarnesses[0] = renamed
    }
    if generator.oneIn(4) { platform.builtInHarnesses[1].previousNames = ["more", "base"] }
    if generator.oneIn(4) { platform.builtInHarnesses.reverse() }
    return platform
  }

  /// An edit as another program may make it, with and without regard for what it breaks.
  private func edit(_ number: Int, _ generator: inout RepeatableNumbers) -> String {
    let organization = Int.random(in: 1...Self.organizations, using: &generator)
    let other = Int.random(in: 1...Self.organizations, using: &generator)
    let name = generator.pick(["base", "chat", "more"])
    let row = "org_id = \(organization) and name = '\(name)'"
    let id = "(select id from harnesses where \(row))"
    let otherID = "(select id from harnesses where org_id = \(other) order by name limit 1)"
    return generator.pick([
      "update harnesses set system_prompt = 'Edited' where \(row)",
      "update harnesses set system_prompt = 'Edited \(number)' where \(row)",
      "update harnesses set system_prompt = 'Everywhere' where name = '\(name)'",
      "update harnesses set is_built_in = 1 - is_built_in where \(row)",
      "update harnesses set status = 'archived' where \(row)",
      "update harnesses set tags = '[ \"x\" ]' where \(row)",
      "update harnesses set tags = '[broken' where \(row)",
      "update harnesses set parent_harness_id = \(otherID) where \(row)",
      "update harnesses set seed_digest = null where \(row)",
      "update harnesses set name = name || '-2' where \(row)",
      "update or ignore harnesses set org_id = \(other) where \(row)",
      "update or replace harnesses set org_id = \(other) where \(row)",
      "update or replace harnesses set id = \(otherID) where \(row) and \(otherID) is not null",
      "update or replace harnesses set rowid = (select rowid from harnesses where org_id = \(other) "
        + "limit 1) where \(row) and exists (select 1 from harnesses where org_id = \(other))",
      "insert or replace into harnesses (id, org_id, name, is_built_in) select id, \(other), "
        + "'\(name)', 1 from harnesses where \(row)",
      "insert or abort into harnesses (id, org_id, name) select 'own-\(number)', \(organization), "
        + "'\(name)' where \(id) is null",
      "delete from harnesses where \(row)",
      "delete from harness_capabilities where harness_id = \(id)",
      "update harness_capabilities set config = '{\"n\": 1 }' where harness_id = \(id)",
      "update harness_capabilities set position = 9 - position where harness_id = \(id)",
      "update harness_capabilities set position = position + 3 where harness_id = \(id)",
      "update or replace harness_capabilities set harness_id = \(otherID) where harness_id = \(id) "
        + "and \(otherID) is not null",
      "insert or replace into harness_capabilities (harness_id, capability_id) "
        + "select id, 'time' from harnesses where \(row)",
      "delete from organization_settings where org_id = \(organization)",
      "update organization_settings set base_harness_id = \(otherID) where org_id = \(organization)",
      "update organization_settings set default_harness_id = 'gone' where org_id = \(organization)",
      "insert or replace into organization_settings (org_id, base_harness_id) "
        + "values (\(organization), \(id))",
      "update organizations set public_id = 'org_z' || org_id where org_id = \(organization) and org_id <> 1",
      "delete from organizations where org_id = \(organization) and org_id <> 1",
      "insert or ignore into organizations (org_id, public_id, name) "
        + "values (\(organization), 'org_new\(organization)', 'New')",
      "insert or replace into organizations (org_id, public_id, name) "
        + "select \(organization), public_id, 'Taken' from organizations where org_id = \(other) "
        + "and org_id <> 1 and \(organization) <> 1",
      "insert or ignore into seed_accepted_harnesses (org_id, name) "
        + "select org_id, name from harnesses where \(row)",
      "delete from seed_accepted_harnesses where org_id = \(organization)",
      "delete from seed_memory",
      "delete from seed_templates",
      "vacuum",
      // What a partial restore or a merge does to the store's own tables.
      "update harnesses set description = 'Unnoted' where \(row); delete from seed_unsettled",
      "update harnesses set description = 'Unnoted' where \(row); "
        + "update seed_unsettled set org_id = org_id + 100",
      "insert or ignore into seed_unsettled (org_id) values (\(organization)), (99)",
      "update seed_answers set plan_rows = '[]'",
      "update seed_answers set serial = (select serial from store_state)",
      "update seed_answers set question = 'x'; delete from seed_answers",
      "insert or replace into seed_answers (question, serial, plan_rows, seal) "
        + "select question, serial, '[]', seal from seed_answers",
      "update harnesses set description = 'Unseen' where \(row); "
        + "update store_state set serial = serial - 1",
      "update store_state set serial = serial + 1",
      "update store_state set settled_as = replace(settled_as, 'base', 'more')",
      "update store_state set settled_schema_version = settled_schema_version + 1",
      "update store_state set applied_roles = '{\"base\":\"chat\"}'",
      "update store_state set applied_roles = '[broken', settled_triggers = 'x'",
      "update seed_templates set content = '{}'",
      "update seed_templates set content = replace(content, 'Help', 'Talk')",
      "insert or ignore into seed_templates select digest || char(0), content from seed_templates",
      """
      create temp table kept as select * from store_state;
      update harnesses set description = 'Between' where \(row);
      insert or replace into store_state select * from temp.kept
      """,
      """
      create temp table kept as select * from seed_unsettled;
      update harnesses set description = 'Between' where \(row);
      delete from seed_unsettled; insert into seed_unsettled select * from temp.kept
      """,
      "create trigger if not exists others before insert on seed_unsettled "
        + "begin select raise(ignore); end",
      "drop trigger if exists others",
      """
      drop trigger harnesses_update_raises_serial;
      update harnesses set description = 'Unseen' where \(row)
      """,
      """
      create temp table kept as select sql from sqlite_schema where name = 'harnesses_delete_raises_serial';
      drop trigger harnesses_delete_raises_serial;
      delete from harnesses where \(row);
      create trigger harnesses_delete_raises_serial AFTER DELETE ON harnesses
      BEGIN UPDATE store_state SET serial = serial + 1; END
      """,
      "create index if not exists by_status on harnesses (status)",
    ])
  }

  /// An edit of a table without any regard for what its columns mean.
  private func blindEdit(
    of table: EverrunsStore.Table, _ generator: inout RepeatableNumbers
  ) -> String {
    let column = generator.pick(table.columns).name
    let other = generator.pick(Schema.tables)
    let offset = Int.random(in: 0...5, using: &generator)
    let row = "(select \(column) from \(table.name) order by 1 limit 1 offset \(offset))"
    let theirs = generator.pick(other.columns).name
    let source = "(select \(theirs) from \(other.name) limit 1 offset \(offset))"
    let value = generator.pick([
      "null", "''", "'x'", "'base'", "0", "1", "-1", "7", "0.5", "x'ff'", "'[]'", "'{}'", "'[1]'",
      "'{\"a\": 1}'", "'a' || char(0)", "\(column) || 'x'", "9223372036854775807", source,
    ])
    return generator.pick([
      "update or ignore \(table.name) set \(column) = \(value) where \(column) is \(row)",
      "update or replace \(table.name) set \(column) = \(value) where \(column) is \(row)",
      "update or ignore \(table.name) set \(column) = \(value)",
      "delete from \(table.name) where \(column) is \(row)",
      "delete from \(table.name)",
      "insert or ignore into \(table.name) (\(column)) values (\(value))",
    ])
  }

  private static let listings = [SeedListing.folded, .foldedNamingAll, .expanded]

  /// What a comparison says in each listing; what it cannot compare is an answer, too.
  private func answer(
    _ store: TemporaryStore, _ platform: PlatformDefinition, _ options: SeedOptions, isFull: Bool
  ) throws -> [String] {
    let basis = SeedBasis(definition: platform, catalog: Home.catalog, grade: .prod)
    do {
      return try store.open().compare(basis, options: options, isFull: isFull) { findings in
        Self.listings.flatMap { listing in
          do {
            return try lines(of: findings, in: listing).map { "\(listing): \($0)" }
          } catch {
            return ["\(listing): \(error)"]
          }
        }
      }
    } catch let error as StoreError {
      return ["\(error)"]
    }
  }

  private func lines(of findings: SeedFindings, in listing: SeedListing) throws -> [String] {
    let rows =
      try listing == .folded
      ? findings.rows.collected() : findings.list(listing, SeedRowFilter()).collected()
    #expect(try SeedPlanRows(rows).summary() == findings.summary)
    return [findings.state.serial.description] + rows.map(\.document.canonicalJSON)
  }

  @Test(arguments: RepeatableNumbers.seeds(of: 12))
  func `the quick answer equals the full one after any edits`(seed: Int) throws {
    var generator = RepeatableNumbers(state: UInt64(7_000 + seed))
    try withStore { store throws in
      for number in 1...Self.organizations { try store.addOrganization(number, seeded: false) }
      _ = try SQLiteStore.openForWriting(store.path)
        .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      var platform = definition(&generator)
      for step in 0..<12 {
        var edits = (0..<Int.random(in: 0...3, using: &generator)).map {
          edit(step * 10 + $0, &generator)
        }
        // Every table has its turn.
        if generator.oneIn(2) {
          let number = (seed * 12 + step) % Schema.tables.count
          edits.append(blindEdit(of: Schema.tables[number], &generator))
        }
        // Each on its own: some can only be made outside of a transaction, some fail.
        for edit in edits { _ = try shell(store.path, edit) }
        // Commands refuse a store without its triggers until they are put back.
        if generator.oneIn(2) { _ = try? SQLiteStore.openForWriting(store.path, repairs: true) }
        if generator.oneIn(3) { platform = definition(&generator) }
        let comment: Comment = "seed \(seed), step \(step): \(edits)"
        for scope in SeedOptions.Scope.allCases {
          let options = SeedOptions(scope: scope)
          let quick = try answer(store, platform, options, isFull: false)
          let full = try answer(store, platform, options, isFull: true)
          #expect(quick.difference(from: full).map(\.description) == [], comment)
        }
        let options = generator.pick([
          SeedOptions(), SeedOptions(), SeedOptions(scope: .harnesses),
          SeedOptions(organizations: (2...4).map(TemporaryStore.publicID)),
          SeedOptions(prune: .delete), SeedOptions(prune: .release),
          SeedOptions(acceptedOwn: [SeedAddress(.harness, ["base"], in: .folded)]),
          SeedOptions(adopted: [SeedAddress(.harness, ["chat"], in: .folded)]),
        ])
        guard !generator.oneIn(4) else { continue }
        let dangling = try store.answer("pragma foreign_key_check")
        // Without the default organization, or with another in its place, there is a conflict.
        _ = try? store.apply(platform, options: options)
        var left = try store.answer("pragma foreign_key_check")
        for line in dangling { left.firstIndex(of: line).map { _ = left.remove(at: $0) } }
        #expect(left == [], comment)
        guard options.isRun, let rows = try? store.rows(platform, options: options) else {
          continue
        }
        #expect(rows.filter { $0.action.writes }.map(\.line) == [], comment)
      }
    }
  }
}

extension SeedOptions {
  /// Whether the options are those of any run, over all organizations.
  fileprivate var isRun: Bool {
    organizations == nil && prune == nil && adopted.isEmpty && acceptedOwn.isEmpty
  }
}

extension CollectionDifference<String>.Change {
  /// The line, with a sign that says who has it.
  fileprivate var description: String {
    switch self {
    case .insert(_, let line, _): "quick alone: \(line)"
    case .remove(_, let line, _): "full alone: \(line)"
    }
  }
}
