import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// The stock platform and catalog against stores that hold little.
@Suite(.everyStore) struct StockComparisonTests {
  @Test(arguments: [
    (Grade.prod, [SeedAction.create: 75, .skip: 3]), (.preview, [.create: 75, .skip: 3]),
    (.poc, [.create: 75, .skip: 3]), (.dev, [.create: 77, .skip: 1]),
  ])
  func `a new store gets everything that its grade allows`(
    grade: Grade, counts: [SeedAction: Int]
  ) throws {
    let rows = try rows(.oss(grade: grade), grade: grade)
    #expect(summary(rows) == counts)
  }

  @Test func `rows left out in production are named with their reasons`() throws {
    #expect(
      try rows(.oss(), grade: .prod).filter { $0.action == .skip }.map(\.line) == [
        "skip auth_mode user/Admin 00000000-0000-0000-0000-000000000002 absent",
        "skip dev_only agent/python-coder 01933b5a-0000-7000-8000-000000000104 absent",
        "skip dev_only agent/web-researcher "
          + "\(try #require(SeedCatalog.stock.agents.first { $0.name == "web-researcher" }?.id)) "
          + "absent",
      ])
  }

  @Test func `without daytona the agent that needs it is left out`() throws {
    var platform = PlatformDefinition.oss()
    platform.capabilities.unregister("daytona")
    platform.connectionProviders.unregister("daytona")
    let before = try rows(.oss(), grade: .prod)
    let after = try rows(platform, grade: .prod)
    #expect(summary(after) == [.create: 74, .skip: 4])
    let changed = after.filter { !before.contains($0) }
    #expect(
      changed.map(\.reason) == [.capabilityNotRegistered(["daytona"])])
    #expect(changed.map(\.name) == ["daytona-coder"])
  }

  @Test func `kinds come in seeding order, with settings next to what they name`()
    throws
  {
    var kinds: [String] = []
    for row in try rows(.oss(), grade: .prod) {
      let kind =
        row.address.kind == .organizationSettings ? row.name : row.address.kind.rawValue
      if kinds.last != kind { kinds.append(kind) }
    }
    #expect(
      kinds == [
        "organization", "user", "llm_provider", "llm_model", "default-model", "mcp_server",
        "harness", "default-harness", "base-harness", "agent",
      ])
  }

  @Test func `a new store's harnesses have their seed ids, its settings their names`()
    throws
  {
    #expect(
      try rows(.oss(), grade: .prod).filter { row in
        row.address.kind == .harness
          || row.address.kind == .organizationSettings && row.name != "default-model"
      }.map { "\($0.line): \($0.reason.message)" } == [
        "create missing harness/base 01933b5a-0000-7000-8000-000000000601: not in the store",
        "create missing harness/generic 01933b5a-0000-7000-8000-000000000602: not in the store",
        "create missing harness/platform-chat 01933b5a-0000-7000-8000-000000000603: "
          + "not in the store",
        "create missing organization_settings/default-harness -: not set; becomes 'generic'",
        "create missing organization_settings/base-harness -: not set; becomes 'base'",
      ])
  }

  @Test func `the guide's platform provisions its chat harness without a parent and says so`()
    throws
  {
    var platform = PlatformDefinition.oss()
    platform.capabilities.unregister("daytona")
    platform.connectionProviders.unregister("daytona")
    platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
    platform.builtInHarnesses.append(
      BuiltInHarness(
        name: "minimal", displayName: "Minimal",
        description: "Small default harness for an embedded deployment.",
        systemPrompt: "You are a helpful assistant.", tags: ["minimal", "built-in"],
        roles: [.base, .default], capabilities: ["current_time"]))
    #expect(
      try rows(platform, grade: .prod).filter { row in
        row.address.kind == .harness
          || row.address.kind == .organizationSettings && row.name != "default-model"
      }.map(\.line) == [
        "create missing harness/platform-chat 01933b5a-0000-7000-8000-000000000603; "
          + "parent_unknown: without a parent: 'generic' is not in the definition",
        "create missing harness/minimal -",
        "create missing organization_settings/default-harness -",
        "create missing organization_settings/base-harness -",
      ])
  }

  @Test func `a worker's platform has no harnesses and leaves the settings unset`() throws {
    #expect(
      try rows(.worker(), grade: .prod).filter { row in
        row.address.kind == .harness
          || row.address.kind == .organizationSettings && row.name != "default-model"
      }.map { "\($0.line): \($0.reason.message)" } == [
        "skip no_harness_for_role organization_settings/default-harness - absent: "
          + "no harness has the role 'default'",
        "skip no_harness_for_role organization_settings/base-harness - absent: "
          + "no harness has the role 'base'",
      ])
  }

  @Test func `the empty platform leaves out every provider, model and agent that needs something`()
    throws
  {
    // Organization, anonymous user, MCP server, and the one agent that needs nothing else.
    #expect(summary(try rows(.empty, grade: .prod)) == [.create: 4, .skip: 71])
  }

  @Test(.onlyInFiles("a database of a server exists before it is a store"))
  func `an in-memory store compares like a missing one`() throws {
    let basis = SeedBasis(definition: .oss(), catalog: .stock, grade: .prod)
    let state = try SQLiteStore.inMemory().compare(
      basis, options: SeedOptions(), isFull: false
    ) { $0.state }
    #expect(state == .new)
  }

  private func rows(_ platform: PlatformDefinition, grade: Grade) throws -> [SeedPlanRow] {
    let basis = SeedBasis(definition: platform, catalog: .stock, grade: grade)
    let inMemory = try SQLiteStore.inMemory().rows(basis)
    try withTestedStore { store throws in
      // A store without content is like none.
      let rows = try store.open().rows(basis)
      #expect(rows == inMemory)
    }
    return inMemory
  }

  private func summary(_ rows: [SeedPlanRow]) -> [SeedAction: Int] {
    rows.reduce(into: [:]) { $0[$1.action, default: 0] += $1.organizations ?? 1 }
  }
}
