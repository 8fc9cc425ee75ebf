import GRDB

extension SQLiteStore {
  /// Copies the store to a file while others go on using it.
  ///
  /// The copy is made beside its place and takes it when it is complete.
  func backUp(to path: String) throws(StoreError) {
    let temporary = path + ".\(UInt32.random(in: .min ... .max)).tmp"
    try StoreFile.create(temporary)
    do {
      try StoreLocation.file(path: path).translatingErrors {
        let copy = try DatabaseQueue(path: temporary)
        try read { db in try copy.inDatabase { try db.backup(to: $0) } }
        try copy.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
        try copy.close()
      }
      try StoreFile.move(temporary, to: path)
    } catch {
      StoreFile.remove(temporary)
      throw error
    }
  }
}
