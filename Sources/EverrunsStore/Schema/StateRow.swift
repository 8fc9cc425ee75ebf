import GRDB

/// The one row of `store_state`.
enum StateRow {
  /// The greatest serial that leaves room for the changes of any number of runs.
  static let highestSerial = 1 << 53

  /// The condition that a column holds a serial that can be raised.
  private static func isUsable(_ column: String) -> String {
    "typeof(\(column)) = 'integer' AND \(column) BETWEEN 0 AND \(highestSerial)"
  }

  /// The serial of the row; `nil` if the row does not exist or its serial cannot be raised.
  static func usableSerial(_ db: Database) throws -> Int? {
    try Int.fetchOne(db, sql: "SELECT serial FROM store_state WHERE \(isUsable("serial"))")
  }

  /// Whether the row exists with a serial that can be raised.
  static func isSound(_ db: Database) throws -> Bool { try usableSerial(db) != nil }

  /// What is wrong with a row that is not sound, as part of a sentence.
  static let problem = "the row of store_state is missing, or its serial is not a valid number"

  /// The numbers of the row that must not become smaller.
  struct Numbers {
    let serial: Int
    let highestOrganization: Int
  }

  /// The numbers of the row; `nil` if it is not sound.
  static func numbers(_ db: Database) throws -> Numbers? {
    try usableSerial(db).map { serial in
      Numbers(
        serial: serial, highestOrganization: try OrganizationNumbers.remembered(db) ?? 0)
    }
  }

  /// Throws if the row is not sound, or a number in it is smaller than before: only triggers of
  /// other programs do that.
  static func check(_ db: Database, since before: Numbers) throws {
    guard let now = try numbers(db), now.serial >= before.serial,
      now.highestOrganization >= before.highestOrganization
    else {
      throw WriteRefusal(table: Table.storeState.name, cause: WriteRefusal.changedAgain)
    }
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
            WHERE \(isUsable("history.serial"))), -1) + 1
        WHERE NOT (\(isUsable("serial")))
          OR serial = 0 AND EXISTS (SELECT 1 FROM history WHERE history.serial > 0)
        """)
    guard try isSound(db) else { throw WriteRefusal(table: Table.storeState.name) }
  }
}
