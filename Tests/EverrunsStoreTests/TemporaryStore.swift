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

/// A store in a file.
struct TemporaryStore: TestedStore {
  static let dialect = SQLDialect.sqlite

  let folder: TemporaryFolder
  var path: String { folder.file("store.db") }

  func execute(_ sql: String) throws { try execute(sql, []) }

  /// Executes SQL through a connection that knows nothing of us.
  ///
  /// The program that does so waits for its turn: beside readers that come and go, one that does
  /// not can be refused while a reader recovers the shared memory (sqlite.org/wal.html, section 9).
  func execute(_ sql: String, _ arguments: StatementArguments) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { try $0.execute(sql: Self.dialect.statement(sql), arguments: arguments) }
    try queue.close()
  }

  /// The answer of a query, as the `sqlite3` shell prints it, by lines.
  func answer(_ sql: String) throws -> [String] {
    try shell(path, Self.dialect.statement(sql)).output.split(separator: "\n").map(String.init)
  }

  /// Executes SQL as an administrator does: with the `sqlite3` shell, which does not watch over
  /// foreign keys unless it is told to.
  func administer(_ sql: String) throws {
    let result = try shell(path, Self.dialect.statement(sql))
    guard result.status == 0, result.error.isEmpty else { throw ShellFailure(text: result.error) }
  }

  func forgetHarnesses() throws {
    try execute("UPDATE harnesses SET seed_digest = NULL; DELETE FROM seed_templates")
  }

  func open() throws -> SQLiteStore {
    try #require(try SQLiteStore.openForReading(path))
  }

  func openForWriting() throws -> SQLiteStore { try SQLiteStore.openForWriting(path) }

  static func publicID(_ number: Int) -> String {
    number == 1 ? Home.publicID : "org_0000000000000000000000000000000\(number)"
  }

  static func id(_ harness: String, _ number: Int) -> String { "\(harness)-in-\(number)" }
}

extension SQLiteStore {
  /// How the file keeps changes that are under way.
  var journalMode: String? {
    get throws { try info().details.first { $0.key == "journal_mode" }?.value }
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
