import EverrunsStore
import Synchronization

/// The store of sessions, for requests.
///
/// It is opened lazily, and again after a failure.
final class RunStoreAccess: Sendable {
  private let current = Mutex<(any RunStore)?>(nil)
  private let opening: Opening

  /// - Parameter open: Opens the store.
  init(_ open: @escaping @Sendable () throws -> any RunStore) {
    opening = Opening(open)
  }

  /// The store.
  func opened() async throws -> any RunStore {
    if let store = current.withLock({ $0 }) { return store }
    let store = try await opening.opened()
    current.withLock { $0 = store }
    return store
  }

  func close() async {
    current.withLock { $0 = nil }
    await opening.close()
  }
}

/// Opens a store once, on its own thread: opening may wait for another program.
private actor Opening {
  private let executor = BlockingExecutor("everruns.opening")
  private let open: @Sendable () throws -> any RunStore
  private var store: (any RunStore)?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ open: @escaping @Sendable () throws -> any RunStore) {
    self.open = open
  }

  func opened() throws -> any RunStore {
    if let store { return store }
    let store = try open()
    self.store = store
    return store
  }

  func close() async {
    await store?.close()
    store = nil
  }
}
