import EverrunsStore
import Foundation
import Testing

/// Commands on a store of the first form, which lacks columns that reading needs.
@Suite struct OlderStoreTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "EverrunsStoreTests/Fixtures")

  /// Gives a body a store of the first form, which is gone afterwards.
  private func withOldStore(_ body: (Fleet) throws -> Void) throws {
    try withTemporaryFolder { folder throws in
      let fleet = Fleet(folder: folder)
      try fleet.writePlatform()
      for name in ["Schemas/1-first.sql", "rows.sql"] {
        try fleet.sql(".read '\(Self.fixtures.appending(path: name).path)'")
      }
      try fleet.sql("PRAGMA journal_mode = WAL")
      try body(fleet)
    }
  }

  @Test(arguments: [
    "seed apply -y", "seed apply -y --prune delete --backup copy.db", "harnesses reconcile -y",
    "orgs create New --id org_00000000000000000000000000000007", "orgs set Other name=New",
    "orgs delete Other -y", "platform create new --from oss", "platform use acme@1",
    "platform delete acme -y",
  ])
  func `a command that writes does what it does after the migration`(line: String) throws {
    var migrated: Run?
    try withOldStore { fleet throws in
      #expect(fleet.run("store init").exitCode == .success)
      migrated = fleet.run(line)
    }
    try withOldStore { fleet throws in
      let run = fleet.run(line)
      #expect(run == migrated)
      #expect(run.exitCode == .success)
      #expect(
        fleet.run("store init -q").output
          == "Nothing to do: store 'FOLDER/store.db' already exists and is up to date.\n")
    }
  }

  @Test func `a question about a store of the first form shows its plan`() throws {
    try withOldStore { fleet throws in
      let run = fleet.run("seed apply", answer: "y")
      #expect(run.exitCode == .success, "\(run)")
      #expect(fleet.run("seed preview --exit-code -q").exitCode == .success)
    }
  }

  @Test(arguments: ["orgs set Nobody name=x", "platform create acme", "seed apply"])
  func `a command that is refused does not migrate`(line: String) throws {
    try withOldStore { fleet throws in
      let path = URL(filePath: fleet.folder + "/store.db")
      let before = try Data(contentsOf: path)
      let run = fleet.run(line, answer: "n")
      #expect(run.exitCode != .success && !run.errorOutput.contains("store init"), "\(run)")
      #expect(try Data(contentsOf: path) == before)
    }
  }

  @Test(arguments: ["status", "orgs list", "seed apply -n", "orgs set Other name=New -n"])
  func `a command that does not write names the one that migrates`(line: String) throws {
    try withOldStore { fleet throws in
      let run = fleet.run(line)
      #expect(run.exitCode == .failure, "\(run)")
      #expect(
        run.errorOutput.hasSuffix("hint: bring it up to date: everrunsctl store init\n"), "\(run)")
    }
  }
}
