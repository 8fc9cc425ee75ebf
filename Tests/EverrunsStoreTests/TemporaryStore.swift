import EverrunsDocuments
import EverrunsSeeding
import Foundation
import GRDB
import StoreTesting
import Testing

@testable import Everruns
@testable import EverrunsStore

/// A folder that is there for one test.
struct TemporaryFolder {
  let path: String

  /// The path of a file in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// The names of everything in the folder, with its content; folders have none.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      contents[name] = FileManager.default.contents(atPath: file(name)) ?? Data()
    }
    return contents
  }
}

/// Runs a test in a folder that is removed afterwards, whatever happens.
func withFolder<Value>(_ body: (TemporaryFolder) throws -> Value) throws -> Value {
  let path = FileManager.default.temporaryDirectory.path + "/everruns-store-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(TemporaryFolder(path: path))
}

/// A store that a test changes with SQL, as other programs do, and looks at as ours does.
struct TemporaryStore {
  let folder: TemporaryFolder
  var path: String { folder.file("store.db") }

  /// Executes SQL through a connection that knows nothing of us.
  ///
  /// The program that does so waits for its turn: beside readers that come and go, one that does
  /// not can be refused while a reader recovers the shared memory (sqlite.org/wal.html, section 9).
  func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
    try write { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// Writes in one transaction, as ``execute(_:_:)``.
  private func write(_ body: (Database) throws -> Void) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write(body)
    try queue.close()
  }

  /// Executes SQL without the protection of foreign keys, which not every program switches on.
  func executeWithoutForeignKeys(_ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  func open() throws -> SQLiteStore {
    try #require(try SQLiteStore.openForReading(path))
  }

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

  /// The rows of one kind, each in one line.
  func lines(
    of kind: RecordKind, _ platform: PlatformDefinition, _ catalog: SeedCatalog = Home.catalog
  ) throws -> [String] {
    try rows(platform, catalog).filter { $0.address.kind == kind }.map(\.line)
  }
}

extension SQLiteStore {
  /// How the file keeps changes that are under way.
  var journalMode: String? {
    get throws { try info().details.first { $0.key == "journal_mode" }?.value }
  }

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

/// Runs a test with a new store.
func withStore<Value>(_ body: (TemporaryStore) throws -> Value) throws -> Value {
  try withFolder { folder throws in
    let store = TemporaryStore(folder: folder)
    try newStores.put(.fixedID, at: store.path) {
      _ = try SQLiteStore.openForWriting(store.path, ids: .fixed)
    }
    return try body(store)
  }
}

/// What ``withStore(_:)`` and ``withRunningStore(limits:_:)`` start with.
let newStores = KeptStores<NewStore>()

enum NewStore {
  /// No rows, and the id ``UUIDGenerator/fixedID``.
  case fixedID
  /// An organization with a harness and a model.
  case running
}

/// A catalog of nothing but its organization, and platforms to compare stores with.
enum Home {
  static let publicID = "org_00000000000000000000000000000001"
  static let catalog = SeedCatalog(
    organization: SeedOrganization(orgID: 1, publicID: publicID, name: "Home"))

  static let base = BuiltInHarness(
    name: "base", displayName: "Base", description: "Empty.", systemPrompt: "Help.",
    tags: ["base", "built-in"], roles: [.base, .default],
    capabilities: [
      CapabilityUse("web", config: ["b": 1.asJSON, "a": ["y": 1, "x": [1, 2]]]), "time",
    ])
  static let chat = BuiltInHarness(
    name: "chat", displayName: "Chat", systemPrompt: "Chat.", parent: "base", roles: [.chat],
    capabilities: ["time"])

  static let platform: PlatformDefinition = {
    var platform = PlatformDefinition(builtInHarnesses: [base, chat])
    for id in ["web", "time"] {
      platform.capabilities.replace(CapabilityDescriptor(id: id, name: id))
    }
    return platform
  }()
}

extension Int {
  fileprivate var asJSON: JSONValue { .integer(self) }
}

extension TemporaryStore {
  /// Makes an organization; number 1 is the default one.
  func addOrganization(_ number: Int, seeded: Bool = true) throws {
    try write { db in
      try db.execute(
        sql: "INSERT INTO organizations (org_id, public_id, name) VALUES (?, ?, ?)",
        arguments: [
          number, Self.publicID(number), number == 1 ? "Home" : "Other \(number)",
        ])
      guard seeded else { return }
      try addHarness(Home.base, to: number, parent: nil, isBuiltIn: true, db)
      try addHarness(Home.chat, to: number, parent: "base", isBuiltIn: true, db)
      try db.execute(
        sql: """
          INSERT INTO organization_settings (org_id, default_harness_id, base_harness_id)
          VALUES (?, ?, ?)
          """, arguments: [number, Self.id("base", number), Self.id("base", number)])
    }
  }

  /// Makes the row of a template, as seeding should.
  func addHarness(
    _ harness: BuiltInHarness, to number: Int, parent: String? = nil, isBuiltIn: Bool = true
  ) throws {
    try write { try addHarness(harness, to: number, parent: parent, isBuiltIn: isBuiltIn, $0) }
  }

  private func addHarness(
    _ harness: BuiltInHarness, to number: Int, parent: String?, isBuiltIn: Bool, _ db: Database
  ) throws {
    let id = Self.id(harness.name, number)
    try db.execute(
      sql: """
        INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
          parent_harness_id, tags, is_built_in, status)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'active')
        """,
      arguments: [
        id, number, harness.name, harness.displayName, harness.description, harness.systemPrompt,
        parent.map { Self.id($0, number) }, JSONValue.strings(harness.tags).canonicalJSON,
        isBuiltIn,
      ])
    for (position, capability) in harness.capabilities.enumerated() {
      try db.execute(
        sql: "INSERT INTO harness_capabilities VALUES (?, ?, ?, ?)",
        arguments: [
          id, capability.ref, position,
          JSONValue.object(capability.config.sortingKeys).canonicalJSON,
        ])
    }
  }

  static func publicID(_ number: Int) -> String {
    number == 1 ? Home.publicID : "org_0000000000000000000000000000000\(number)"
  }

  static func id(_ harness: String, _ number: Int) -> String { "\(harness)-in-\(number)" }
}

extension SeedPlanRow {
  /// Everything about a row but its organization, in one line.
  var line: String {
    var line = "\(action.rawValue) \(reason.code.rawValue) \(address) \(id ?? "-")"
    line += organizations.map { " x\($0)" } ?? ""
    line += exists.map { $0 ? " exists" : " absent" } ?? ""
    line += notes.map { "; \($0.code.rawValue): \($0.message)" }.joined()
    line += changes.map {
      "; \($0.field): \($0.before.canonicalJSON) -> \($0.after.canonicalJSON)"
    }.joined()
    return line
  }
}

/// Runs the `sqlite3` shell, the program with which administrators write to a store.
func shell(_ path: String, _ sql: String) throws -> (output: String, error: String, status: Int32) {
  try run("/usr/bin/env", ["sqlite3", path, sql])
}

/// Runs a program to its end.
func run(
  _ program: String, _ arguments: [String]
) throws -> (output: String, error: String, status: Int32) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let output = Pipe()
  let error = Pipe()
  process.standardOutput = output
  process.standardError = error
  try process.run()
  let texts = [output, error].map { pipe in
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
  process.waitUntilExit()
  return (texts[0], texts[1], process.terminationStatus)
}

/// Whether a program can be run.
func isInstalled(_ program: String) -> Bool {
  (try? run("/usr/bin/env", ["sh", "-c", "command -v \(program)"]))?.status == 0
}

extension UUIDGenerator {
  /// Gives the same id again and again.
  static var fixed: UUIDGenerator { UUIDGenerator { fixedID } }
  static let fixedID = {
    var random = RepeatableNumbers(state: 1)
    return UUIDVersion7(at: Date(timeIntervalSince1970: 0), using: &random)
  }()
}
