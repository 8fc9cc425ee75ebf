import EverrunsStore
import Testing

/// What `store init` says of a store that exists.
@Suite struct StoreInitTests {
  @Test func `restored parts of the schema are named`() throws {
    try Fleet.with { fleet throws in
      try fleet.sql("drop index harnesses_by_parent; drop trigger harnesses_update_raises_serial")
      #expect(
        fleet.run("store init -q").output == """
          Repaired store 'FOLDER/store.db': index harnesses_by_parent is missing, \
          trigger harnesses_update_raises_serial is missing.

          """)
      #expect(
        fleet.run("store init -q").output
          == "Nothing to do: store 'FOLDER/store.db' already exists and is up to date.\n")
    }
  }

  @Test func `a store without an index can be copied and checked, and is refused otherwise`() throws
  {
    try Fleet.with { fleet throws in
      try fleet.sql("drop index harnesses_by_parent")
      #expect(fleet.run("store backup copy.db -q").exitCode == .success)
      #expect(fleet.run("store check -q").exitCode == .failure)
      for command in ["status", "orgs list", "seed preview", "orgs create New", "store history"] {
        let outcome = fleet.run(command)
        #expect(outcome.exitCode == .badInput, "\(command)")
        #expect(
          outcome.errorOutput.hasSuffix(
            """
            is damaged: index harnesses_by_parent is missing
            hint: restore what is missing: everrunsctl store init

            """), "\(command): \(outcome.errorOutput)")
      }
    }
  }

  @Test(arguments: [0, 7])
  func `a store of an older version is said to be migrated`(version: Int) throws {
    try Fleet.with { fleet throws in
      try fleet.sql("pragma user_version = \(version)")
      #expect(
        fleet.run("store init --dry-run").output
          == "Dry run: store 'FOLDER/store.db' would be migrated from schema version \(version).\n")
      #expect(
        fleet.run("store init -q").output.hasPrefix(
          "Migrated store 'FOLDER/store.db' from schema version \(version) to "))
    }
  }

  @Test func `an older version is noted by store check, and no damage`() throws {
    try Fleet.with { fleet throws in
      try fleet.sql("pragma user_version = 7")
      let outcome = fleet.run("store check")
      #expect(outcome.exitCode == .success)
      #expect(
        outcome.errorOutput.hasPrefix(
          """
          note: the store has schema version 7, and this program needs \
          \(StoreInfo.currentSchemaVersion); bring it up to date: everrunsctl store init

          """), "\(outcome.errorOutput)")
    }
  }

  @Test func `a damaged row is found by store check although a migration would restore it`() throws
  {
    try Fleet.with { fleet throws in
      try fleet.sql("pragma user_version = 2; DELETE FROM store_state")
      let outcome = fleet.run("store check")
      #expect(outcome.exitCode == .failure)
      #expect(
        outcome.output.contains(
          "the row of store_state is missing, or its serial is not a valid number"),
        "\(outcome.output)")
      #expect(fleet.run("store init -q").exitCode == .success)
      #expect(fleet.run("store check -q").exitCode == .success)
    }
  }

  @Test(arguments: ["sessions", "turns", "seed_unsettled"])
  func `a view in the way of a migration is refused before anything is planned`(
    table: String
  ) throws {
    try Fleet.with { fleet throws in
      try fleet.sql(
        "pragma user_version = 2; DROP TABLE \(table); CREATE VIEW \(table) AS SELECT 1 AS id")
      for command in ["seed preview", "seed apply -y", "status"] {
        let refusal = fleet.run(command)
        #expect(refusal.exitCode == .badInput)
        #expect(
          refusal.errorOutput.hasPrefix(
            "error: the store 'FOLDER/store.db' is damaged: \(table) is not a table\n"),
          "\(refusal.errorOutput)")
      }
    }
  }
}
