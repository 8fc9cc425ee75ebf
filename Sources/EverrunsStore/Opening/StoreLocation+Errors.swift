import GRDB

extension StoreLocation {
  /// Runs a body that works with the store at this location.
  ///
  /// - Throws: what the body throws, in the terms of a store.
  func translatingErrors<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, self)
    } catch let error as DamagedColumn {
      throw .damaged(self, reason: error.reason)
    } catch let error as RowDecodingError {
      throw .damaged(self, reason: "\(error)")
    } catch {
      throw .inputOutput(self, reason: "\(error)")
    }
  }
}

extension StoreError {
  /// What a failure of SQLite means to the user.
  ///
  /// The codes are those of sqlite.org/rescode.html.
  fileprivate init(_ error: DatabaseError, _ location: StoreLocation) {
    let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notAStore(location)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(location)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH: self = .permissionDenied(location)
    case .SQLITE_CANTOPEN: self = .cannotCreate(location, reason: reason)
    // An error of SQL: our statements fit the schema, and so the schema was altered.
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR: self = .damaged(location, reason: reason)
    default: self = .inputOutput(location, reason: reason)
    }
  }
}
