import EverrunsSeeding
import Files
import GRDB

/// A private SQLite store with some of the rows of another database.
///
/// It lets all kinds of stores share one implementation: a store in another database loads the rows
/// that a command needs, runs the command here, and writes the changed rows back. The copy is a
/// temporary database of SQLite, which is mostly on disk (sqlite.org/inmemorydb.html, section 3).
package final class WorkingCopy {
  private let sqlite: SQLiteStore
  /// The tables whose changes are tracked.
  var noted: [CopiedTable] = []

  /// The store that runs commands.
  package var store: any Store { sqlite }

  /// Creates an empty copy.
  ///
  /// - Parameters:
  ///   - location: The location of the other database, for errors.
  ///   - hasMemory: Whether that database records what was last applied.
  ///   - ids: Creates the ids of new rows.
  /// - Throws: ``StoreError`` if the temporary database cannot be created.
  package init(
    of location: StoreLocation, hasMemory: Bool, ids: UUIDGenerator
  ) throws(StoreError) {
    sqlite = try location.translatingErrors {
      var configuration = SQLiteStore.configuration(
        readOnly: false, waiting: nil, for: FilePath(""))
      // Rows may reference rows that were not loaded.
      configuration.foreignKeysEnabled = false
      configuration.prepareDatabase { db in
        // The copy does not outlive the process.
        try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000")
      }
      let queue = try DatabaseQueue(path: "", configuration: configuration)
      try queue.write { db in
        try Schema.migrate(db, from: 0, storeID: "")
        try Self.createRepresented(db)
        // Loading rows is not a change.
        try ChangeTriggers.drop(db)
      }
      return SQLiteStore(queue, at: location, ids: ids)
    }
    sqlite.excerpt = Excerpt(hasMemory: hasMemory)
  }

  /// Closes and deletes the copy.
  package func close() { sqlite.close() }

  // MARK: Filling

  /// The number of no organization, for rows that are marked as deleted and only keep a unique name
  /// from being used.
  package static let organizationOfDeleted = Excerpt.organizationOfDeleted

  /// Loads rows into a table; existing rows are kept.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - columns: The columns, in the order of the values.
  ///   - rows: Calls its argument with the values of each row.
  /// - Throws: An error of the database, or the error that `rows` throws.
  package func fill(
    _ table: String, _ columns: [String], _ rows: (([CopiedValue?]) throws -> Void) throws -> Void
  ) throws {
    try withDatabase { db in
      // Bytes become text as they are.
      let marks = columns.map { _ in "CAST(? AS TEXT)" }.joined(separator: ", ")
      let statement = try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))
          """)
      try rows { row in
        try statement.execute(arguments: StatementArguments(row.map { $0?.argument ?? .null }))
      }
    }
  }

  /// Sets how many organizations the other database has, if not all of them are loaded.
  package func setOrganizationCount(_ count: Int) { sqlite.excerpt?.organizationCount = count }

  /// Sets columns of the state row.
  package func setState(_ values: KeyValuePairs<String, String?>) throws {
    try withDatabase { db in
      for (column, value) in values {
        try db.execute(sql: "UPDATE store_state SET \(column) = ?", arguments: [value])
      }
    }
  }

  /// The organizations in a range whose observations are known, from their own rows or from those
  /// of the one that stands for them.
  package func observedOrganizations(in range: ClosedRange<Int>) throws -> [Int] {
    try withDatabase { db in
      try Int.fetchAll(
        db,
        sql: """
          SELECT org_id FROM seed_unsettled WHERE org_id BETWEEN :first AND :last
          UNION SELECT org_id FROM \(Excerpt.represented) WHERE org_id BETWEEN :first AND :last
          """, arguments: range.arguments)
    }
  }

  /// Runs a body with the connection, in the current transaction if there is one.
  func withDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try sqlite.withDatabase(body)
    } catch let error as DatabaseError {
      throw StoreError(error, sqlite.location)
    }
  }
}
