#if PostgreSQL
  import EverrunsStore

  /// The schema `everrunsctl` beside the control plane's tables: the bookkeeping tables of every
  /// store, and the digests of harnesses.
  enum OwnSchema {
    static let name = "everrunsctl"
    /// The digests of last-applied templates, by harness.
    static let digests = "\(name).harness_digests"
    /// The version created by this program.
    static let version = 1

    /// The version of the schema in the database; `nil` if there is none or it may not be read.
    static func version(_ connection: ServerConnection) throws -> Int? {
      let isThere = try connection.first(
        """
        SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
        FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
        WHERE n.nspname = $1 AND c.relname = 'store_state'
        """, [name], { $0.bool(0) })
      guard isThere == true else { return nil }
      return try connection.first("SELECT schema_version FROM \(name).store_state", []) {
        $0.integer(0)
      }
    }

    /// Creates the schema, with no rights for other roles.
    static func create(_ connection: ServerConnection, storeID: String) throws {
      // Concurrent calls wait for each other.
      try connection.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name])
      guard try version(connection) == nil else { return }
      try connection.run("CREATE SCHEMA \(name)")
      try connection.run("REVOKE ALL ON SCHEMA \(name) FROM PUBLIC")
      for table in CopiedTable.bookkeeping {
        let columns = table.columns.map { "\($0.name) \($0.form == .integer ? "bigint" : "text")" }
        let own = table.name == "store_state" ? ["schema_version int"] : []
        let key = "PRIMARY KEY (\(table.key.joined(separator: ", ")))"
        try connection.run(
          "CREATE TABLE \(name).\(table.name) (\((columns + own + [key]).joined(separator: ", ")))")
      }
      try connection.run(
        "CREATE TABLE \(digests) (harness_id uuid PRIMARY KEY, digest text NOT NULL)")
      try connection.run(
        """
        INSERT INTO \(name).store_state (id, store_id, serial, schema_version)
        VALUES (1, $1, 0, $2)
        """, [storeID, String(version)])
    }
  }
#endif
