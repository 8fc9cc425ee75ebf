import GRDB

/// Opens stores that are SQLite files.
struct SQLiteStoreOpener: StoreOpener {
  func opens(_ location: StoreLocation) -> Bool { location.path != nil }

  func openForReading(
    _ location: StoreLocation, waiting wait: Duration
  ) throws(StoreError) -> (any Store)? {
    try SQLiteStore.openForReading(try path(location), waiting: wait)
  }

  func openForWriting(
    _ location: StoreLocation, ids: UUIDGenerator, waiting wait: Duration
  ) throws(StoreError) -> any Store {
    try SQLiteStore.openForWriting(try path(location), ids: ids, waiting: wait)
  }

  func checkCreation(at location: StoreLocation) throws(StoreError) {
    try SQLiteStore.checkCreation(at: try path(location))
  }

  func emptyStore() throws(StoreError) -> any Store {
    try SQLiteStore.inMemory()
  }

  private func path(_ location: StoreLocation) throws(StoreError) -> String {
    guard let path = location.path else { throw .unsupported(location) }
    return path
  }
}
