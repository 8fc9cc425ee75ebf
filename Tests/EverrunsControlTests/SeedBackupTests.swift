import EverrunsControl
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

  @Test func `a backup that took the place of a file is kept when the run is rolled back`() throws {
    try withRefusal { fleet throws in
      #expect(fleet.run("store backup copy.db").exitCode == .success)
      let failed = fleet.run("seed apply -y --backup copy.db --force")
      #expect(failed.exitCode == .failure)
      #expect(
        failed.errorOutput.contains("\nnote: nothing was applied; the backup 'copy.db' is kept\n"))
      #expect(fleet.run("store info -s copy.db").exitCode == .success)
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
