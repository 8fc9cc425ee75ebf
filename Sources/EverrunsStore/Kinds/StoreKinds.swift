/// The kinds of stores that a program can open.
package struct StoreKinds: Sendable {
  private let kinds: [StoreKind]

  /// Some kinds; the first that opens a location is the one that does.
  package init(_ kinds: [StoreKind]) {
    self.kinds = kinds
  }

  /// Opens a store for reading, without changing a byte; read-only media work too.
  ///
  /// - Parameters:
  ///   - location: Where it is.
  ///   - checksSchema: Whether a store that lacks tables or columns is refused; only
  ///     ``Store/check(against:presets:)`` can work with one.
  ///   - wait: How long another program that holds it is waited for.
  /// - Returns: `nil` if there is no store, or a file with nothing in it.
  /// - Throws: ``StoreError/unsupported(_:)`` for a location that none of the kinds opens.
  package func openForReading(
    _ location: StoreLocation, checksSchema: Bool = true, waiting wait: Duration = .seconds(5)
  ) throws(StoreError) -> (any Store)? {
    try opener(for: location)
      .openForReading(location, checksSchema: checksSchema, waiting: wait)
  }

  /// Opens a store to change it.
  ///
  /// One that is not there is created, readable by its owner alone, and one of an older schema is
  /// migrated.
  ///
  /// - Parameters:
  ///   - location: Where it is.
  ///   - wait: How long another program that holds it is waited for.
  /// - Throws: ``StoreError/unsupported(_:)`` for a location that none of the kinds opens.
  package func openForWriting(
    _ location: StoreLocation, waiting wait: Duration = .seconds(5)
  ) throws(StoreError) -> any Store {
    try openForWriting(location, ids: UUIDGenerator(), waiting: wait)
  }

  /// - Parameter repairs: Whether missing tables, columns, indexes and triggers are put back, and a
  ///   store that was restored from a dump gets its mark.
  package func openForWriting(
    _ location: StoreLocation, repairs: Bool = false, ids: UUIDGenerator, waiting wait: Duration
  ) throws(StoreError) -> any Store {
    try opener(for: location)
      .openForWriting(location, repairs: repairs, ids: ids, waiting: wait)
  }

  /// Finds out whether a store could be created where there is none, and creates nothing.
  ///
  /// - Throws: what opening it for writing would.
  package func checkCreation(at location: StoreLocation) throws(StoreError) {
    try opener(for: location).checkCreation(at: location)
  }

  /// A store that holds nothing: what one that is not there yet is compared as.
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
