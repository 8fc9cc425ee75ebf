import GRDB

/// The one row of `store_state`.
enum StateRow {
  /// The greatest serial that leaves room for the changes of any number of runs.
  static let highestSerial = 1 << 53

  /// Whether the row exists with a serial that can be raised.
  static func isSound(_ db: Database) throws -> Bool {
    try Row.fetchOne(
      db,
      sql: """
        SELECT 1 FROM store_state
        WHERE typeof(serial) = 'integer' AND serial BETWEEN 0 AND \(highestSerial)
        """) != nil
  }

  /// Creates the row if it is missing, and repairs an invalid serial.
  static func restore(_ db: Database, storeID: String) throws {
    try db.execute(
      literal: """
        INSERT INTO store_state (id, store_id, serial) VALUES (1, \(storeID), 0)
        ON CONFLICT (id) DO NOTHING
        """)
    // A serial that plans or the history recorded must not come back with other rows.
    try db.execute(
      sql: """
        UPDATE store_state SET settled_as = NULL, serial = coalesce((
            SELECT max(history.serial) FROM history
            WHERE typeof(history.serial) = 'integer'
              AND history.serial BETWEEN 0 AND \(highestSerial)), -1) + 1
        WHERE typeof(serial) <> 'integer' OR serial NOT BETWEEN 0 AND \(highestSerial)
          OR serial = 0 AND EXISTS (SELECT 1 FROM history WHERE history.serial > 0)
        """)
  }
}
