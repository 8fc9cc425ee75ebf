#if PostgreSQL
  import EverrunsSeeding
  import EverrunsStore

  extension PostgreSQLStore {
    /// Facts about the database.
    func info() throws(StoreError) -> StoreInfo {
      let plain = try inCopy({ try $0.state() }, { try $0.info() })
      return try location.translatingFailures {
        try read {
          StoreInfo(
            location: location, id: plain.id, schemaVersion: schemaVersion,
            neededSchemaVersion: OwnSchema.version, serial: plain.serial,
            details: [
              StoreInfo.Detail(
                key: "server_version",
                value: try connection.first("SHOW server_version", []) { $0.text(0) ?? "" } ?? "")
            ],
            sizeInBytes: try connection.first(
              "SELECT pg_database_size(current_database())", []
            ) { $0.integer(0) } ?? 0,
            counts: try counts(organization: nil),
            platformCount: hasSchema
              ? try connection.first(
                "SELECT count(DISTINCT name) FROM \(OwnSchema.name).platform_revisions", []
              ) { $0.integer(0) } ?? 0 : 0)
        }
      }
    }
  }
#endif
