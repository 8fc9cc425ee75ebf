import Everruns
import Files
import GRDB

/// Opens stores that are SQLite files.
struct SQLiteStoreOpener: StoreOpener {
  func opens(_ location: StoreLocation) -> Bool { location.path != nil }

  func openForReading(
    _ location: StoreLocation, checksSchema: Bool, waiting wait: LockWait,
    interruption: @escaping Interruption
  ) throws(StoreError) -> (any Store)? {
    try SQLiteStore.openForReading(
      try path(location), checksSchema: checksSchema, waiting: wait)
  }

  func openForWriting(
    _ location: StoreLocation, repairs: Bool, ids: UUIDGenerator, waiting wait: LockWait,
    interruption: @escaping Interruption
  ) throws(StoreError) -> any Store {
    try SQLiteStore.openForWriting(
      try path(location), repairs: repairs, ids: ids, waiting: wait)
  }

  func openForRunning(
    _ location: StoreLocation, limits: TurnLimits, waiting wait: Duration
  ) throws(StoreError) -> any RunStore {
    try SQLiteRunStore.open(try path(location), limits: limits, waiting: wait)
  }

  func checkCreation(
    at location: StoreLocation, interruption: @escaping Interruption
  ) throws(StoreError) {
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
