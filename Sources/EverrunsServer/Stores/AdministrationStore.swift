import EverrunsStore

/// The store of organizations, harnesses, agents and models, for requests.
///
/// It is opened lazily, and again after a failure: a store that is busy when the server starts is
/// used as soon as it is free.
actor AdministrationStore {
  nonisolated let location: StoreLocation
  private let kinds: StoreKinds
  private let executor = BlockingExecutor("everruns.administration")
  private var store: (any Store)?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(at location: StoreLocation, kinds: StoreKinds) {
    self.location = location
    self.kinds = kinds
  }

  /// Uses the store; a missing one is created, and an older one is migrated.
  func use<Value: Sendable>(
    _ body: @Sendable (any Store) throws -> Value
  ) throws -> Value {
    try body(try opened())
  }

  /// Opens the store, if it is not open yet.
  ///
  /// - Throws: ``StoreError``
  func open() throws {
    _ = try opened()
  }

  func close() {
    store?.close()
    store = nil
  }

  private func opened() throws(StoreError) -> any Store {
    if let store { return store }
    let store = try kinds.openForWriting(location)
    self.store = store
    return store
  }
}
