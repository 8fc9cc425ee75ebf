package import Everruns
package import Files

/// The kinds of stores that a program can open.
package struct StoreKinds: Sendable {
  private let kinds: [StoreKind]

  /// A list of kinds; the first one that supports a location opens it.
  package init(_ kinds: [StoreKind]) {
    self.kinds = kinds
  }

  /// Opens a store for reading, without changing a byte; works on read-only media too.
  ///
  /// - Parameters:
  ///   - location: The location of the store.
  ///   - checksSchema: Whether to refuse a store that has a damaged schema; only
  ///     ``Store/check(against:presets:)`` can work with one.
  ///   - wait: The wait for a lock that another program holds.
  ///   - interruption: Called while waiting for a server; throws to give up.
  /// - Returns: `nil` if there is no store, or only an empty file.
  /// - Throws: ``StoreError/unsupported(_:)`` if no kind supports the location.
  package func openForReading(
    _ location: StoreLocation, checksSchema: Bool = true, waiting wait: LockWait = .seconds(5),
    interruption: @escaping Interruption = {}
  ) throws(StoreError) -> (any Store)? {
    try opener(for: location).openForReading(
      location, checksSchema: checksSchema, waiting: wait, interruption: interruption)
  }

  /// Opens a store for writing.
  ///
  /// A missing store is created, readable only by its owner, and one with an older schema is
  /// migrated.
  ///
  /// - Parameters:
  ///   - location: The location of the store.
  ///   - wait: The wait for a lock that another program holds.
  /// - Returns: The open store, whose schema is up to date.
  /// - Throws: ``StoreError/unsupported(_:)`` if no kind supports the location.
  package func openForWriting(
    _ location: StoreLocation, waiting wait: LockWait = .seconds(5)
  ) throws(StoreError) -> any Store {
    try openForWriting(location, ids: UUIDGenerator(), waiting: wait)
  }

  /// Opens a store for writing, as ``openForWriting(_:waiting:)``.
  ///
  /// - Parameters:
  ///   - location: The location of the store.
  ///   - repairs: Whether to restore missing tables, columns, indexes and triggers, and to mark a
  ///     store that was restored from a dump.
  ///   - ids: Creates the ids of a new store and of new rows.
  ///   - wait: The wait for a lock that another program holds.
  ///   - interruption: Called while waiting for a server; throws to give up.
  /// - Returns: The open store, whose schema is up to date.
  /// - Throws: ``StoreError/unsupported(_:)`` if no kind supports the location.
  package func openForWriting(
    _ location: StoreLocation, repairs: Bool = false, ids: UUIDGenerator, waiting wait: LockWait,
    interruption: @escaping Interruption = {}
  ) throws(StoreError) -> any Store {
    try opener(for: location).openForWriting(
      location, repairs: repairs, ids: ids, waiting: wait, interruption: interruption)
  }

  /// Opens a store for a server or a worker; a missing one is created, and an older one is
  /// migrated.
  ///
  /// - Parameters:
  ///   - location: The location of the store.
  ///   - limits: How far turns may go.
  ///   - wait: How long to wait for another program that is writing: long enough for a large
  ///     seeding.
  /// - Returns: The open store, whose schema is up to date.
  /// - Throws: ``StoreError/unsupported(_:)`` if stores of this kind have no sessions.
  package func openForRunning(
    _ location: StoreLocation, limits: TurnLimits = TurnLimits(),
    waiting wait: Duration = .seconds(15)
  ) throws(StoreError) -> any RunStore {
    try opener(for: location).openForRunning(location, limits: limits, waiting: wait)
  }

  /// Checks that a missing store could be created, without creating anything.
  ///
  /// - Parameters:
  ///   - location: The location of the store.
  ///   - interruption: Called while waiting for a server; throws to give up.
  /// - Throws: The error that opening it for writing would throw.
  package func checkCreation(
    at location: StoreLocation, interruption: @escaping Interruption = {}
  ) throws(StoreError) {
    try opener(for: location).checkCreation(at: location, interruption: interruption)
  }

  /// An empty store, for comparing with a store that does not exist yet.
  package func emptyStore(at location: StoreLocation) throws(StoreError) -> any Store {
    try opener(for: location).emptyStore()
  }

  private func opener(for location: StoreLocation) throws(StoreError) -> any StoreOpener {
    guard let kind = kinds.first(where: { $0.opener.opens(location) }) else {
      throw .unsupported(location)
    }
    return kind.opener
  }
}
