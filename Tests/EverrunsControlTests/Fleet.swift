import EverrunsControl
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Foundation
import StoreTesting
import Testing

/// A store of organizations in a folder of its own, with a platform and a catalog that are small
/// enough to be read: what tests of seeding commands work with.
struct Fleet {
  let folder: String

  /// Runs `body` with a seeded store, and removes the store afterwards.
  ///
  /// - Parameters:
  ///   - organizations: The number of organizations, including the default one.
  ///   - body: The test.
  /// - Throws: The error that `body` throws, or an error of preparing the store.
  static func with(_ organizations: Int = 1, _ body: (Fleet) throws -> Void) throws {
    try withTemporaryFolder { folder throws in
      let fleet = Fleet(folder: folder)
      try fleet.writePlatform()
      try stores.put(organizations, at: folder + "/store.db") {
        _ = fleet.run("store init -q")
        if organizations > 1 {
          try fleet.sql(
            """
            WITH RECURSIVE n (i) AS (
              SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < \(organizations))
            INSERT INTO organizations (org_id, public_id, name)
            SELECT i, printf('org_%032x', i), 'Org ' || i FROM n
            """)
        }
        let applied = fleet.run("seed apply -y -q")
        #expect(applied.exitCode == .success, "\(applied)")
      }
      try body(fleet)
    }
  }

  /// The stores of a number of organizations.
  private static let stores = KeptStores<Int>()

  /// The public id of an organization, by its number.
  static func organization(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "org_" + String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// A provider with a model, a server, an agent.
  static let control: Control = {
    let text = """
      {"format": "everruns.seed-catalog/v1",
       "organization": {"org_id": 1, "public_id": "\(organization(1))", "name": "Home"},
       "llm_providers": [{"id": "00000000-0000-7000-8000-000000000001", "name": "Open AI",
         "provider_type": "openai"}],
       "agents": [{"id": "00000000-0000-7000-8000-000000000004", "name": "helper",
         "display_name": "Helper", "system_prompt": "Help.", "capabilities": ["web"]}]}
      """
    // The text is part of the test; a mistake in it fails every test that uses it.
    let catalog = try? SeedCatalog(reading: JSONReader.read(text.utf8))
    return Control(catalog: catalog ?? .stock)
  }()

  /// Writes the platform of the fleet: two harnesses, a capability and a driver.
  ///
  /// - Parameters:
  ///   - prompt: The system prompt of the harness `base`.
  ///   - harnesses: More harnesses, a line of YAML each.
  /// - Throws: An error if the file cannot be written.
  func writePlatform(prompt: String = "Help.", harnesses: String = "") throws {
    try write(
      """
      format: everruns.platform/v1
      capabilities:
        - {id: web, name: Web}
      drivers:
        - {provider_type: openai, display_name: OpenAI}
      built_in_harnesses:
        - {name: chat, display_name: Chat, system_prompt: Chat., parent: base, roles: [chat]}
        - name: base
          display_name: Base
          system_prompt: \(JSONValue.string(prompt).canonicalJSON)
          roles: [base, default]
          capabilities: [web]
      \(harnesses)
      """, to: "p.yaml")
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  /// Executes SQL as an administrator does, with the `sqlite3` shell.
  ///
  /// - Returns: What it prints.
  @discardableResult
  func sql(_ statements: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sqlite3", folder + "/store.db", statements]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  // MARK: Running

  /// Runs a command line on this store and platform.
  ///
  /// - Parameters:
  ///   - line: The words, separated by blanks.
  ///   - width: The columns of the terminal that shows the output; `nil` if it is piped.
  ///   - answer: The line that is typed at a terminal; `nil` without a terminal.
  ///   - environment: More variables.
  /// - Returns: The output and the exit code.
  func run(
    _ line: String, width: Int? = nil, answer: String? = nil, environment: [String: String] = [:]
  ) -> Run {
    run(
      words: line.split(separator: " ").map(String.init), width: width, answer: answer,
      environment: environment)
  }

  /// Runs a command on this store and platform.
  func run(
    words: [String], input: String = "", width: Int? = nil, answer: String? = nil,
    environment: [String: String] = [:]
  ) -> Run {
    let environment = [
      "EVERRUNS_STORE": "store.db", "EVERRUNS_PLATFORM": "./p.yaml", "USER": "ada", "NO_COLOR": "1",
      "TERM": "dumb",
    ].merging(environment) { $1 }
    let result = EverrunsControlTests.run(
      words: words, control: Self.control,
      output: TestStream(isTerminal: width != nil, width: width),
      errorOutput: TestStream(isTerminal: answer != nil), input: input, environment: environment,
      in: folder,
      answer: answer)
    return Run(
      output: result.output.replacing(folder, with: "FOLDER"),
      errorOutput: result.errorOutput.replacing(folder, with: "FOLDER"), exitCode: result.exitCode)
  }

  /// The JSON that a command writes.
  func json(_ line: String) throws -> JSONValue {
    try JSONValue(json: run(line + " -o json").output)
  }
}

extension JSONValue? {
  /// The elements of an array; none if it is no array.
  var elements: [JSONValue] { self?.array ?? [] }
}

extension JSONValue {
  /// The elements of an array; none if it is no array.
  var elements: [JSONValue] { array ?? [] }
}
