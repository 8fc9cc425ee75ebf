import GRDB

extension SQLiteStore {
  /// What is in a database.
  enum Content: Equatable {
    /// Nothing, as in the file of a store before its first transaction.
    case nothing
    /// A store, with the version of its schema.
    case store(version: Int)
    /// The tables of a store without its mark, as a dump leaves it.
    case unmarkedStore

    /// What makes such a database ready to be written.
    var preparation: StorePreparation {
      switch self {
      case .nothing: .created
      case .unmarkedStore: .adopted
      case .store(let version): version < Schema.version ? .migrated(from: version) : .none
      }
    }
  }

  /// What is in a database, read in one transaction: another program may be creating the store.
  ///
  /// - Throws: ``StoreError/notAStore(_:)`` for the database of another program,
  ///   ``StoreError/newerSchema(_:found:known:)``.
  static func contentChecked(
    _ queue: DatabaseQueue, _ location: StoreLocation
  ) throws -> Content {
    try queue.inDatabase { db in
      try db.beginTransaction(.deferred)
      defer { try? db.rollback() }
      let content = try content(db, location)
      // An empty file has no pages. A file with pages but no tables belongs to another program, or
      // is damaged.
      guard try content != .nothing || pragma("page_count", db) == 0 else {
        throw StoreError.notAStore(location)
      }
      return content
    }
  }

  /// What is in a database.
  ///
  /// - Throws: ``StoreError/notAStore(_:)``, ``StoreError/newerSchema(_:found:known:)``, or an error
  ///   of the database.
  static func content(_ db: Database, _ location: StoreLocation) throws -> Content {
    let version = try pragma("user_version", db)
    guard try applicationID(db) == Schema.applicationID else {
      if try Schema.hasTables(db) { return .unmarkedStore }
      let hasTables = try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema") != nil
      guard !hasTables, version == 0, try applicationID(db) == 0 else {
        throw StoreError.notAStore(location)
      }
      return .nothing
    }
    guard version <= Schema.version else {
      throw StoreError.newerSchema(location, found: version, known: Schema.version)
    }
    return .store(version: version)
  }

  /// Refuses a database that is not a store of this version.
  static func checkContent(_ db: Database, _ location: StoreLocation) throws {
    if case .store = try content(db, location) { return }
    throw StoreError.unmarkedStore(location, applicationID: try applicationID(db))
  }

  /// The number in the header of the file that says which program it belongs to:
  /// sqlite.org/pragma.html#pragma_application_id.
  static func applicationID(_ db: Database) throws -> Int { try pragma("application_id", db) }

  private static func pragma(_ name: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0
  }
}
