import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import Testing

/// `--backup` of a run that fails, or has nothing to write.
@Suite struct SeedBackupTests {
  /// Runs `body` with a store whose rows refuse to change.
  private func withRefusal(_ body: (Fleet) throws -> Void) throws {
    try Fleet.with(2) { fleet throws in
      try fleet.writePlatform(prompt: "New.")
      try fleet.sql(
        """
        CREATE TRIGGER theirs BEFORE UPDATE ON harnesses WHEN new.org_id = 2
        BEGIN SELECT RAISE(ABORT, 'no'); END
        """)
      try body(fleet)
    }
  }

  private func files(_ fleet: Fleet) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fleet.folder)
  }

  @Test(arguments: ["seed apply", "harnesses reconcile"])
  func `the backup of a run that is rolled back is removed`(command: String) throws {
    try withRefusal { fleet throws in
      let before = try fleet.sql("SELECT * FROM harnesses")
      for _ in 1...2 {
        let failed = fleet.run("\(command) -y --backup copy.db")
        #expect(failed.exitCode == .failure)
        #expect(
          failed.errorOutput.contains(
            "\nnote: nothing was applied, so the backup 'copy.db' was removed\n"))
        #expect(try !files(fleet).contains { $0.hasPrefix("copy.db") })
      }
      #expect(try fleet.sql("SELECT * FROM harnesses") == before)
      try fleet.sql("DROP TRIGGER theirs")
      #expect(fleet.run("\(command) -y --backup copy.db").exitCode == .success)
      #expect(try files(fleet).contains("copy.db"))
    }
  }

  /// SQLite's own files beside the store come and go.
  private func filesBesideTheStore(_ fleet: Fleet) throws -> [String] {
    try files(fleet).filter { !$0.hasPrefix("store.db") }.sorted()
  }

  /// What shows that a file was replaced or changed, and its bytes.
  private func file(_ name: String, _ fleet: Fleet) throws -> [String] {
    let path = fleet.folder + "/" + name
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return [.systemFileNumber, .posixPermissions, .modificationDate, .referenceCount].map {
      (key: FileAttributeKey) in "\(key.rawValue) \(attributes[key] ?? "")"
    } + [try Data(contentsOf: URL(filePath: path)).base64EncodedString()]
  }

  @Test(arguments: ["", "text", String(repeating: "text", count: 1000), nil])
  func `a file that a backup replaced is as it was when the run is rolled back`(text: String?)
    throws
  {
    try withRefusal { fleet throws in
      if let text {
        try fleet.write(text, to: "copy.db")
      } else {
        _ = fleet.run("store backup copy.db")
      }
      chmod(fleet.folder + "/copy.db", 0o640)
      symlink("copy.db", fleet.folder + "/link.db")
      let before = try file("copy.db", fleet)
      let names = try filesBesideTheStore(fleet)
      let failed = fleet.run("seed apply -y --backup link.db --force")
      #expect(failed.exitCode == .failure)
      #expect(
        failed.errorOutput.contains(
          "\nnote: nothing was applied, so 'link.db' is the file that it was before\n"))
      #expect(try file("copy.db", fleet) == before)
      #expect(try filesBesideTheStore(fleet) == names)

      try fleet.sql("DROP TRIGGER theirs")
      let serial = try fleet.json("store info")["serial"]
      #expect(fleet.run("seed apply -y --backup link.db --force").exitCode == .success)
      #expect(try fleet.json("store info -s copy.db")["serial"] == serial)
      #expect(try file("copy.db", fleet)[1] == before[1])
      #expect(try filesBesideTheStore(fleet) == names)
    }
  }

  @Test func `a run that accepts nothing new leaves the file that its backup would replace`() throws
  {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'chat'")
      let line =
        "seed apply -y --accept-own \(Fleet.organization(2))/harness/chat --backup copy.db --force"
      #expect(fleet.run(line).exitCode == .success)
      let before = try file("copy.db", fleet)
      let again = fleet.run(line)
      #expect(again.exitCode == .success)
      #expect(
        again.errorOutput.hasSuffix(
          "\nnote: nothing was applied, so 'copy.db' is the file that it was before\n"))
      #expect(try file("copy.db", fleet) == before)
    }
  }

  @Test func `a backup that was written in place is kept when the run is rolled back`() throws {
    try withRefusal { fleet throws in
      #expect(fleet.run("store backup copy.db").exitCode == .success)
      #expect(link(fleet.folder + "/copy.db", fleet.folder + "/other.db") == 0)
      let failed = fleet.run("seed apply -y --backup copy.db --force")
      #expect(failed.exitCode == .failure)
      #expect(
        failed.errorOutput.contains("\nnote: nothing was applied; the backup 'copy.db' is kept\n"))
      #expect(fleet.run("store info -s other.db").exitCode == .success)
    }
  }

  @Test func `a run that is refused leaves a file as it was`() throws {
    try withRefusal { fleet throws in
      try fleet.write("mine", to: "copy.db")
      #expect(fleet.run("seed apply -y --backup copy.db").exitCode == .failure)
      #expect(
        fleet.run("seed apply -y --backup copy.db --force --deny update").exitCode == .blocked)
      #expect(try String(contentsOfFile: fleet.folder + "/copy.db", encoding: .utf8) == "mine")
    }
  }

  @Test func `the backup of a run that accepts nothing new is removed`() throws {
    try Fleet.with(2) { fleet throws in
      try fleet.sql("UPDATE harnesses SET is_built_in = 0 WHERE org_id = 2 AND name = 'chat'")
      let line = "seed apply -y --accept-own \(Fleet.organization(2))/harness/chat --backup "
      #expect(fleet.run(line + "one.db").errorOutput.hasSuffix(" to 'one.db'\n"))
      let again = fleet.run(line + "two.db")
      #expect(again.exitCode == .success)
      #expect(
        again.errorOutput.hasSuffix(
          "\nnote: nothing was applied, so the backup 'two.db' was removed\n"))
      #expect(
        try files(fleet).filter { $0.hasSuffix("o.db") || $0.hasSuffix("e.db") }.sorted()
          == ["one.db", "store.db"])
    }
  }
}
