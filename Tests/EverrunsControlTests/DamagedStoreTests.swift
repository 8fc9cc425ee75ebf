import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import StoreTesting
import Testing

/// Stores with damaged bytes: `store check` names the damage or advises a backup, and `store
/// restore` replaces each of them.
@Suite struct DamagedStoreTests {
  /// A way to damage a file, which is the same in every run.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let apply: @Sendable (inout Data) -> Void

    init(_ description: String, _ apply: @escaping @Sendable (inout Data) -> Void) {
      testDescription = description
      self.apply = apply
    }
  }

  /// The damages of one kind, which share a store.
  struct Kind: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The damages of a file of a size in bytes.
    let damages: @Sendable (_ size: Int) -> [Damage]
  }

  private static let pageSize = 16_384

  static let kinds = [
    Kind(testDescription: "zeros in every page") { size in
      var numbers = RepeatableNumbers(state: 1)
      let length = pageSize / 4
      return stride(from: 0, to: size, by: pageSize).map { page in
        let offset = page + length * numbers.pick([0, 1, 2, 3])
        return Damage("zeros at \(offset)") { data in
          data.replaceSubrange(offset..<offset + length, with: repeatElement(0, count: length))
        }
      }
    },
    Kind(testDescription: "a page of random bytes") { size in
      stride(from: 0, to: size, by: 3 * pageSize).map { offset in
        Damage("random bytes in the page at \(offset)") { data in
          var numbers = RepeatableNumbers(state: UInt64(offset))
          numbers.fill(offset..<offset + pageSize, of: &data)
        }
      }
    },
    Kind(testDescription: "an end that is cut off") { size in
      (Array(stride(from: 65_536, to: size, by: 65_536)) + [513, 20_000, size - 700, size - 1])
        .map { length in Damage("cut at \(length)") { $0 = $0.prefix(length) } }
    },
    Kind(testDescription: "a field of the header") { _ in
      var numbers = RepeatableNumbers(state: 2)
      return (0..<100).map { offset in
        let value = numbers.pick([0xFF, 0x01] as [UInt8])
        return Damage("byte \(offset) of the header is \(value)") { $0[offset] = value }
      }
    },
    Kind(testDescription: "random bytes") { size in
      (1...30).map { seed in
        Damage("random bytes \(seed)") { data in
          var numbers = RepeatableNumbers(state: UInt64(seed))
          for _ in 0..<numbers.pick([1, 4, 40, 400]) {
            let offset = Int.random(in: 0..<size, using: &numbers)
            numbers.fill(offset..<min(offset + numbers.pick([1, 8, 100, 4096]), size), of: &data)
          }
        }
      }
    },
  ]

  /// Gives a body a store and a backup of it, once for each of the damages of a kind, or for one in
  /// so many.
  private func withEach(
    of kind: Kind, oneIn step: Int = 1, _ body: (Fleet, Data, Damage) throws -> Void
  ) throws {
    try Fleet.with(5) { fleet throws in
      _ = fleet.run("platform import ./p.yaml --as acme -q")
      _ = fleet.run("store backup copy.db -q")
      let path = fleet.folder + "/store.db"
      let intact = try Data(contentsOf: URL(filePath: path))
      for (index, damage) in kind.damages(intact.count).enumerated()
      where index.isMultiple(of: step) {
        for suffix in ["-wal", "-shm", "-journal"] {
          try? FileManager.default.removeItem(atPath: path + suffix)
        }
        var data = intact
        damage.apply(&data)
        try data.write(to: URL(filePath: path))
        try body(fleet, data, damage)
      }
    }
  }

  /// Commands that together read everything in a store.
  private static let readers = [
    "status", "orgs list", "orgs show Home", "orgs status", "platform list", "platform export acme",
    "platform history acme", "seed preview --full", "harnesses status",
    "harnesses resolve --org Home", "store history", "store info", "store records agent",
    "store records harness", "store records llm_provider",
  ]

  @Test(arguments: kinds)
  func `a check names the damage, or advises a backup`(kind: Kind) throws {
    var numbers = RepeatableNumbers(state: 3)
    try withEach(of: kind) { fleet, data, damage throws in
      let name = damage.testDescription
      let check = fleet.run("store check")
      #expect(try Data(contentsOf: URL(filePath: fleet.folder + "/store.db")) == data, "\(name)")
      switch check.exitCode {
      case .success:
        // It finds whatever makes another command fail.
        let line = numbers.pick(Self.readers)
        let result = fleet.run(line)
        #expect(result.exitCode == .success, "\(name): \(line) \(result)")
      // The version of the schema may be damaged, too.
      case .failure where check.output.isEmpty:
        #expect(isOfNewerVersion(check), "\(name): \(check)")
      case .failure:
        #expect(check.errorOutput.contains("; each is shown with its fix"), "\(name): \(check)")
      default:
        #expect(check.exitCode == .badInput && check.output.isEmpty, "\(name): \(check)")
        #expect(
          hint(of: check).contains("everrunsctl store restore FILE\n")
            || hint(of: check).contains("everrunsctl store restore FILE;"), "\(name): \(check)")
      }
    }
  }

  @Test func `a damaged page is named with its table`() throws {
    try Fleet.with { fleet throws in
      let path = fleet.folder + "/store.db"
      let pages = try fleet.sql("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0")
        .split(separator: "\n").map { $0.split(separator: "|") }
      let intact = try Data(contentsOf: URL(filePath: path))
      for page in pages {
        let number = try #require(Int(page[0]))
        var data = intact
        data.replaceSubrange(
          (number - 1) * Self.pageSize..<number * Self.pageSize,
          with: repeatElement(0, count: Self.pageSize))
        try data.write(to: URL(filePath: path))
        let integrity = try fleet.json("store check").elements
          .first { $0["check"] == "integrity" }
        let tables = (integrity?["findings"]).elements.map { $0["table"]?.string }
        #expect(
          !tables.isEmpty && tables.allSatisfy { $0 == String(page[1]) }, "\(page): \(tables)")
      }
    }
  }

  @Test(arguments: kinds)
  func `no hint names the command that was run`(kind: Kind) throws {
    try withEach(of: kind, oneIn: 10) { fleet, _, damage throws in
      for line in ["status", "seed preview", "orgs create New -n", "store init -n", "store check"] {
        let command = line.split(separator: " ").prefix(2).joined(separator: " ")
        #expect(
          !hint(of: fleet.run(line)).contains("everrunsctl \(command)"),
          "\(damage.testDescription): \(line)")
      }
    }
  }

  private func hint(of run: Run) -> String {
    run.errorOutput.split(separator: "\n").first { $0.hasPrefix("hint: ") }.map { $0 + "\n" } ?? ""
  }

  private func isOfNewerVersion(_ run: Run) -> Bool {
    hint(of: run) == "hint: use a newer version of the program\n"
  }

  @Test(arguments: kinds)
  func `a restore replaces the store, and keeps every byte of a damaged one`(kind: Kind) throws {
    try withEach(of: kind, oneIn: 6) { fleet, data, damage throws in
      let isNewer = isOfNewerVersion(fleet.run("store check"))
      let check = fleet.run("store check -o json")
      let restored = fleet.run("store restore copy.db -y -o json")
      guard !isNewer else { return #expect(restored.exitCode == .failure) }
      let name = damage.testDescription
      #expect(restored.exitCode == .success, "\(name): \(restored)")
      guard restored.exitCode == .success else { return }
      let kept = try #require(JSONValue(json: restored.output)["kept"]?.string)
        .replacing("FOLDER", with: fleet.folder)
      let found = check.exitCode == .badInput ? [] : try JSONValue(json: check.output).elements
      let isDamaged =
        found.isEmpty || found.contains { $0["check"] == "integrity" && $0["ok"] == false }
      if isDamaged {
        #expect(try Data(contentsOf: URL(filePath: kept)) == data, "\(name)")
      }
      #expect(fleet.run("store check").exitCode == .success, "\(name)")
      #expect(fleet.run("orgs list -o name").output.split(separator: "\n").count == 5, "\(name)")
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: kept + suffix)
      }
    }
  }
}

extension RepeatableNumbers {
  /// Fills a part of some data with random bytes.
  fileprivate mutating func fill(_ range: Range<Int>, of data: inout Data) {
    for index in range { data[index] = UInt8.random(in: .min ... .max, using: &self) }
  }
}
