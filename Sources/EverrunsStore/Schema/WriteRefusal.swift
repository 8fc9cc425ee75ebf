import GRDB

/// A trigger or a constraint of another program rejected a row.
///
/// A trigger can also ignore a write without an error (sqlite.org/lang_createtrigger.html,
/// `RAISE`).
struct WriteRefusal: Error {
  /// The table that was being written.
  let table: String
  /// The row, if it is known.
  var row: String?
  /// The database's message; `nil` if there was none.
  var cause: String?

  /// The cause if a row is no longer as it was written when everything else is written too.
  static let changedAgain = "something changed it again"
  /// The cause if an organization that stays is gone.
  static let deletedOrganization = "something deleted another organization"

  init(table: String, row: String? = nil, cause: String? = nil) {
    self.table = table
    self.row = row
    self.cause = cause
  }

  /// The refusal that an error is or indicates; `nil` if it indicates none.
  init?(_ error: any Error) {
    if let refusal = error as? WriteRefusal {
      self = refusal
      return
    }
    guard let error = error as? DatabaseError else { return nil }
    let words = (error.sql ?? "").split(whereSeparator: \.isWhitespace)
    // `INSERT INTO table`, `UPDATE table`, `DELETE FROM table`.
    let table = Schema.tables.first { table in words.prefix(3).contains { $0 == table.name } }
    switch error.resultCode {
    case .SQLITE_CONSTRAINT: break
    // The schema was compared before: what the statement does not find, a trigger looks for.
    case .SQLITE_ERROR where table != nil && words.first != "SELECT": break
    default: return nil
    }
    self.init(table: table?.name ?? "", cause: error.message)
  }

  /// Runs a body that writes one row, or the rows of one thing; a refusal then names that row.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - cause: The cause of a refusal that has none.
  ///   - body: Writes, or looks at what was written.
  /// - Returns: The result of `body`.
  /// - Throws: What `body` throws.
  static func naming<Value>(
    _ row: String, cause: String? = nil, _ body: () throws -> Value
  ) throws -> Value {
    do {
      return try body()
    } catch {
      guard var refusal = Self(error) else { throw error }
      refusal.row = refusal.row ?? row
      refusal.cause = refusal.cause ?? cause
      throw refusal
    }
  }
}
