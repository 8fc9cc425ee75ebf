/// Opens stores of one kind.
package protocol StoreOpener: Sendable {
  /// Whether a store at a location is of this kind.
  func opens(_ location: StoreLocation) -> Bool

  /// Opens a store without ever changing it.
  ///
  /// - Parameters:
  ///   - checksSchema: Whether a store that lacks tables or columns is refused; only a check can
  ///     work with one.
  ///   - wait: How long another program that holds it is waited for.
  /// - Returns: `nil` if there is none.
  func openForReading(
    _ location: StoreLocation, checksSchema: Bool, waiting wait: Duration
  ) throws(StoreError) -> (any Store)?

  /// Opens a store to change it; one that is not there is created, and an older one is migrated.
  ///
  /// - Parameter repairs: Whether missing parts of the schema are put back.
  func openForWriting(
    _ location: StoreLocation, repairs: Bool, ids: UUIDGenerator, waiting wait: Duration
  ) throws(StoreError) -> any Store

  /// Finds out whether a store could be created where there is none, and creates nothing.
  ///
  /// - Throws: what opening it for writing would.
  func checkCreation(at location: StoreLocation) throws(StoreError)

  /// A store that holds nothing: what one that is not there yet is compared as.
  func emptyStore() throws(StoreError) -> any Store
}
