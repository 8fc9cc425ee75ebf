import EverrunsSeeding
import GRDB

/// A private store that holds a part of a control plane's database, in which a command is carried
/// out before its changes go back.
///
/// So there is one implementation of everything that a store does, whatever database it is about:
/// another kind of store fills a working copy with the rows that a command is about, runs the command
/// in it, and writes back the rows that changed. The copy is a temporary file of SQLite's, of which
/// little is in memory (sqlite.org/inmemorydb.html, section 3).
package final class WorkingCopy {
  private let sqlite: SQLiteStore
  /// The tables whose changes are noted.
  var noted: [CopiedTable] = []

  /// The store in which commands are carried out.
  package var store: any Store { sqlite }

  /// Makes an empty copy.
  ///
  /// - Parameters:
  ///   - location: What it is a copy of, for errors.
  ///   - hasMemory: Whether what was last applied is remembered there.
  ///   - ids: Creates the ids of new rows.
  package init(
    of location: StoreLocation, hasMemory: Bool, ids: UUIDGenerator
  ) throws(StoreError) {
    sqlite = try location.translatingErrors {
      var configuration = SQLiteStore.configuration(readOnly: false, SQLiteStore.defaultWait)
      // What rows refer to may not be in the copy.
      configuration.foreignKeysEnabled = false
      configuration.prepareDatabase { db in
        // Nothing of it outlives the process.
        try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000")
      }
      let queue = try DatabaseQueue(path: "", configuration: configuration)
      try queue.write { db in
        try Schema.migrate(db, from: 0, storeID: "")
        // What is filled in is no change.
        try ChangeTriggers.drop(db)
      }
      return SQLiteStore(queue, at: location, ids: ids)
    }
    sqlite.excerpt = Excerpt(hasMemory: hasMemory)
  }

  /// Ends the use of the copy, of which nothing stays.
  package func close() { sqlite.close() }

  // MARK: Filling

  /// Puts rows into a table; rows that are there stay as they are.
  ///
  /// - Parameters:
  ///   - columns: The columns that rows have values for, in their order.
  ///   - rows: Calls its argument with each row, the values as text.
  package func fill(
    _ table: String, _ columns: [String], _ rows: (([String?]) throws -> Void) throws -> Void
  ) throws {
    try withDatabase { db in
      let marks = columns.map { _ in "?" }.joined(separator: ", ")
      let statement = try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))
          """)
      try rows { try statement.execute(arguments: StatementArguments($0)) }
    }
  }

  /// Says what the database is, and how far it has come.
  ///
  /// - Parameter values: The columns of `store_state` with their values.
  package func setState(_ values: KeyValuePairs<String, String?>) throws {
    try withDatabase { db in
      for (column, value) in values {
        try db.execute(sql: "UPDATE store_state SET \(column) = ?", arguments: [value])
      }
    }
  }

  /// The organizations of a range that are looked at.
  package func comparedOrganizations(in range: ClosedRange<Int>) throws -> [Int] {
    try withDatabase { db in
      try Int.fetchAll(
        db, sql: "SELECT org_id FROM seed_unsettled WHERE org_id BETWEEN :first AND :last",
        arguments: range.arguments)
    }
  }

  /// Runs a body with the connection, within the transaction under way if there is one.
  func withDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try sqlite.withDatabase(body)
    } catch let error as DatabaseError {
      throw StoreError(error, sqlite.location)
    }
  }
}
