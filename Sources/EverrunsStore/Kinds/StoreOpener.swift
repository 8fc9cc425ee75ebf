package import Everruns
package import Files

/// Throws ``StoreError/interrupted`` once the user wants to stop; called while waiting for a server.
package typealias Interruption = () throws(StoreError) -> Void

/// Opens stores of one kind.
package protocol StoreOpener: Sendable {
  /// Whether a store at a location is of this kind.
  func opens(_ location: StoreLocation) -> Bool

  /// Opens a store for reading, as ``StoreKinds/openForReading(_:checksSchema:waiting:interruption:)``.
  func openForReading(
    _ location: StoreLocation, checksSchema: Bool, waiting wait: LockWait,
    interruption: @escaping Interruption
  ) throws(StoreError) -> (any Store)?

  /// Opens a store for writing, as ``StoreKinds/openForWriting(_:repairs:ids:waiting:interruption:)``.
  func openForWriting(
    _ location: StoreLocation, repairs: Bool, ids: UUIDGenerator, waiting wait: LockWait,
    interruption: @escaping Interruption
  ) throws(StoreError) -> any Store

  /// Opens a store for a server or a worker, as ``StoreKinds/openForRunning(_:limits:waiting:)``.
  func openForRunning(
    _ location: StoreLocation, limits: TurnLimits, waiting wait: Duration
  ) throws(StoreError) -> any RunStore

  /// Checks that a missing store could be created, without creating anything.
  ///
  /// - Throws: The error that opening it for writing would throw.
  func checkCreation(
    at location: StoreLocation, interruption: @escaping Interruption
  ) throws(StoreError)

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
