import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// Facts about the store itself.
  func info() throws(StoreError) -> StoreInfo {
    try read { db in
      let state = try self.state(db).plan
      var info = StoreInfo(
        location: location, id: state.id ?? "",
        schemaVersion: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
        neededSchemaVersion: Schema.version,
        serial: state.serial,
        details: [
          StoreInfo.Detail(
            key: StoreInfo.Detail.journalMode,
            value: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "")
        ],
        sizeInBytes: try db.sizeInBytes,
        counts: try Self.counts(db, organization: nil),
        platformCount: try Int.fetchOne(
          db, sql: "SELECT count(DISTINCT name) FROM platform_revisions") ?? 0)
      // A store of an older version, which is read as it is, has none.
      if try db.tableExists(Table.turns.name) {
        info.sessionCount = try Int.fetchOne(db, sql: "SELECT count(*) FROM sessions") ?? 0
        info.queuedTurnCount =
          try Int.fetchOne(db, sql: "SELECT count(*) FROM turns WHERE status = 'queued'") ?? 0
      }
      return info
    }
  }
}

extension Database {
  /// The size of the database in bytes, with what is still in its log.
  var sizeInBytes: Int {
    get throws {
      try (Int.fetchOne(self, sql: "PRAGMA page_count") ?? 0) * pageSize
    }
  }

  /// The size of a page of the database in bytes.
  var pageSize: Int {
    get throws { try Int.fetchOne(self, sql: "PRAGMA page_size") ?? 0 }
  }
}
