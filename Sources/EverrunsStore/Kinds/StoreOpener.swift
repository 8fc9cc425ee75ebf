package import Everruns

/// Opens stores of one kind.
package protocol StoreOpener: Sendable {
  /// Whether a store at a location is of this kind.
  func opens(_ location: StoreLocation) -> Bool

  /// Opens a store for reading; it never changes a byte.
  ///
  /// - Parameters:
  ///   - checksSchema: Whether to refuse a store that lacks tables or columns; only a check can
  ///     work with one.
  ///   - wait: How long to wait for a lock that another program holds.
  /// - Returns: `nil` if there is no store.
  func openForReading(
    _ location: StoreLocation, checksSchema: Bool, waiting wait: Duration
  ) throws(StoreError) -> (any Store)?

  /// Opens a store for writing. A missing store is created, and an older one is migrated.
  ///
  /// - Parameter repairs: Whether to restore missing parts of the schema.
  func openForWriting(
    _ location: StoreLocation, repairs: Bool, ids: UUIDGenerator, waiting wait: Duration
  ) throws(StoreError) -> any Store

  /// Opens a store for a server or a worker; one that is not there is created, and an older one is
  /// migrated.
  ///
  /// - Parameters:
  ///   - limits: How far turns may go.
  ///   - wait: How long another program that is writing is waited for.
  /// - Throws: ``StoreError/unsupported(_:)`` if stores of this kind keep no sessions.
  func openForRunning(
    _ location: StoreLocation, limits: TurnLimits, waiting wait: Duration
  ) throws(StoreError) -> any RunStore

  /// Checks that a missing store could be created, without creating anything.
  ///
  /// - Throws: The error that opening it for writing would throw.
  func checkCreation(at location: StoreLocation) throws(StoreError)

  /// An empty store, for comparing with a store that does not exist yet.
  func emptyStore() throws(StoreError) -> any Store
}

extension StoreOpener {
  package func openForRunning(
    _ location: StoreLocation, limits: TurnLimits, waiting wait: Duration
  ) throws(StoreError) -> any RunStore {
    throw .unsupported(location)
  }
}
