import Everruns
import EverrunsDocuments
import EverrunsSeeding
import StoreTesting
import Testing

@testable import EverrunsStore

/// A store of any kind, which a test changes with SQL as other programs do.
///
/// Statements are written as ``SQLDialect`` takes them.
protocol TestedStore: Sendable {
  associatedtype Opened: Store

  static var dialect: SQLDialect { get }

  /// Executes statements.
  func execute(_ sql: String) throws

  /// Executes statements without the protection of foreign keys, as an administrator can.
  func administer(_ sql: String) throws

  /// The rows of an answer, with bars between the columns, 1 for true and nothing for NULL.
  func answer(_ sql: String) throws -> [String]

  /// Deletes what seeding remembers of harnesses.
  func forgetHarnesses() throws

  func open() throws -> Opened

  func openForWriting() throws -> Opened
}

/// Runs a test with a new store, of the kind that ``EveryStore`` asks for.
func withTestedStore<Value>(_ body: (any TestedStore) throws -> Value) throws -> Value {
  switch TestedKind.current {
  case .file: return try withStore(body)
  #if PostgreSQL
    case .server: return try withServerStore(body)
  #endif
  }
}

extension TestedStore {
  func serial() throws -> Int { try open().info().serial }

  /// The rows that seeding would consider.
  func rows(
    _ platform: PlatformDefinition, _ catalog: SeedCatalog = Home.catalog, grade: Grade = .prod,
    options: SeedOptions = SeedOptions(), listing: SeedListing = .folded
  ) throws -> [SeedPlanRow] {
    try open().rows(
      SeedBasis(definition: platform, catalog: catalog, grade: grade), options: options,
      listing: listing)
  }

  /// The rows of one kind or of all, each in one line.
  func lines(
    of kind: RecordKind? = nil, _ platform: PlatformDefinition,
    _ catalog: SeedCatalog = Home.catalog
  ) throws -> [String] {
    try rows(platform, catalog).filter { kind == nil || $0.address.kind == kind }
      .map { naming($0.line) }
  }

  /// The text with the names that statements give ids in place of these.
  func naming(_ text: String) -> String { Self.dialect.naming(text) }

  /// Makes an organization; number 1 is the default one.
  func addOrganization(_ number: Int, seeded: Bool = true) throws {
    let name = number == 1 ? "Home" : "Other \(number)"
    var sql = """
      INSERT INTO organizations (org_id, public_id, name)
      VALUES (\(number), '\(TemporaryStore.publicID(number))', '\(name)');
      """
    if seeded {
      sql += insertion(of: Home.base, to: number, parent: nil, isBuiltIn: true)
      sql += insertion(of: Home.chat, to: number, parent: "base", isBuiltIn: true)
      sql += """
        INSERT INTO organization_settings (org_id, default_harness_id, base_harness_id)
        VALUES (\(number), {id \(TemporaryStore.id("base", number))}, {id \(TemporaryStore.id("base", number))});
        """
    }
    try execute(sql)
  }

  /// Makes organizations that have nothing yet.
  func addOrganizations(_ numbers: ClosedRange<Int>) throws {
    let rows = numbers.map { number in
      let digits = String(number, radix: 16)
      let publicID = "org_" + String(repeating: "0", count: 32 - digits.count) + digits
      return "(\(number), '\(publicID)', 'Other \(number)')"
    }
    try execute(
      "INSERT INTO organizations (org_id, public_id, name) VALUES \(rows.joined(separator: ", "))")
  }

  /// Makes the row of a template, as seeding should.
  func addHarness(
    _ harness: BuiltInHarness, to number: Int, parent: String? = nil, isBuiltIn: Bool = true
  ) throws {
    try execute(insertion(of: harness, to: number, parent: parent, isBuiltIn: isBuiltIn))
  }

  private func insertion(
    of harness: BuiltInHarness, to number: Int, parent: String?, isBuiltIn: Bool
  ) -> String {
    func id(_ name: String) -> String { "{id \(TemporaryStore.id(name, number))}" }
    let texts = [harness.name, harness.displayName, harness.description, harness.systemPrompt]
      .map(Self.dialect.literal)
    let capabilities = harness.capabilities.enumerated().map { position, capability in
      let config = JSONValue.object(capability.config.sortingKeys).canonicalJSON
      return """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        VALUES (\(id(harness.name)), '\(capability.ref)', \(position), \(Self.dialect.literal(config)));
        """
    }
    return """
      INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
        parent_harness_id, tags, is_built_in, status)
      VALUES (\(id(harness.name)), \(number), \(texts.joined(separator: ", ")),
        \(parent.map(id) ?? "NULL"),
        {tags \(harness.tags.joined(separator: " "))}, \(isBuiltIn ? "{true}" : "{false}"), 'active');
      """ + capabilities.joined()
  }
}

extension Store {
  /// What is wrong with the store, a line a finding.
  func findings(against basis: SeedBasis? = nil) throws -> [String] {
    try check(against: basis, presets: ["oss"]).flatMap { check in
      check.findings.map { finding in
        ([check.name + ":"] + [finding.table, finding.row].compactMap(\.self)
          + [finding.message, "->", finding.remedy]).joined(separator: " ")
      }
    }
  }

  /// All rows that seeding would consider.
  func rows(
    _ basis: SeedBasis, options: SeedOptions = SeedOptions(), isFull: Bool = false,
    listing: SeedListing = .folded
  ) throws -> [SeedPlanRow] {
    try compare(basis, options: options, isFull: isFull) { findings in
      try listing == .folded
        ? findings.rows.collected() : findings.list(listing, SeedRowFilter()).collected()
    }
  }
}
