public import EverrunsSeeding

/// Why a store could not do what it was asked to.
public enum StoreError: Error, Equatable {
  /// There is a folder where the store's file should be.
  case isDirectory(path: String)
  /// The file is something else than a store.
  case notAStore(path: String)
  /// A newer version of the program made the store.
  case newerSchema(path: String, found: Int, known: Int)
  /// An older version of the program made the store, and nothing has migrated it yet.
  case olderSchema(path: String, found: Int, known: Int)
  /// Somebody else has been writing to the store for too long.
  case busy(path: String)
  /// The file or its folder may not be read or written.
  case permissionDenied(path: String)
  /// The file or its folder cannot be made.
  case cannotCreate(path: String, reason: String)
  /// Reading or writing went wrong, as with a full disk.
  case inputOutput(path: String, reason: String)
  /// The store's content contradicts itself.
  case damaged(path: String, reason: String)
  /// Somebody else saved a revision since the caller looked.
  case superseded(name: String, seen: Int?, latest: Int)
  /// There is an organization of that public id.
  case organizationExists(publicID: String)
  /// Another organization has the identity of the default one.
  case identityConflict(SeedIdentityConflict)
  /// Code that was only reading the store, as the body of ``Store/compare(_:options:isFull:_:)``
  /// does, asked it to write.
  case writeDuringRead(path: String)
  /// Somebody stopped a run, of which nothing is in the store.
  case interrupted
}
