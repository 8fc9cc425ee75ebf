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
}
