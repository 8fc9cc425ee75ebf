package import EverrunsSeeding

/// Why a store could not do what it was asked to.
package enum StoreError: Error, Equatable {
  /// There is a folder where the store's file should be.
  case isDirectory(StoreLocation)
  /// The file is something else than a store.
  case notAStore(StoreLocation)
  /// The file has the tables of a store and not its mark, as one that was restored from a dump.
  case unmarkedStore(StoreLocation)
  /// A newer version of the program made the store.
  case newerSchema(StoreLocation, found: Int, known: Int)
  /// An older version of the program made the store, and nothing has migrated it yet.
  case olderSchema(StoreLocation, found: Int, known: Int)
  /// Somebody else has been writing to the store for too long.
  case busy(StoreLocation)
  /// The file was changed while it was read in a way that takes no locks.
  case changedWhileRead(StoreLocation)
  /// The file or its folder may not be read or written.
  case permissionDenied(StoreLocation, reason: String)
  /// The path leads nowhere: links in a cycle, or a name that is too long.
  case unusablePath(StoreLocation, reason: String)
  /// The store has changes in a log beside it, which cannot be read without writing to its folder.
  case needsRecovery(StoreLocation)
  /// The file or its folder cannot be made.
  case cannotCreate(StoreLocation, reason: String)
  /// Reading or writing went wrong, as with a full disk.
  case inputOutput(StoreLocation, reason: String)
  /// SQLite's temporary folder is missing or full.
  case noTemporarySpace(folder: String, reason: String)
  /// The store's content contradicts itself.
  case damaged(StoreLocation, reason: String)
  /// Tables, columns or keys of the store are missing or were altered.
  ///
  /// - Parameters:
  ///   - problems: What is wrong, each as part of a sentence.
  ///   - isRepairable: Whether `store init` can put it back.
  case incompleteSchema(StoreLocation, problems: [String], isRepairable: Bool)
  /// A number that another program wrote leaves no room for a greater one.
  case numbersUsedUp(StoreLocation, column: String, number: Int)
  /// A revision of a saved definition cannot be read.
  case damagedDefinition(StoreLocation, name: String, revision: Int)
  /// What was there when the caller looked is no longer there.
  case notFound(noun: String, name: String)
  /// A trigger or a constraint of another program kept a row from being written, and nothing was.
  ///
  /// - Parameters:
  ///   - table: The table that was written to.
  ///   - row: The row; `nil` where it is not known.
  ///   - cause: What the database said; `nil` where it said nothing.
  ///   - triggers: The triggers of other programs on the table.
  case writeRefused(table: String, row: String?, cause: String?, triggers: [String])
  /// Somebody else saved a revision since the caller looked.
  case superseded(name: String, seen: Int?, latest: Int)
  /// There is an organization of that public id.
  case organizationExists(publicID: String)
  /// Rows that do not belong to an organization refer to it, or to what belongs to it.
  case organizationInUse(publicID: String, table: String, rows: Int)
  /// Another organization has the identity of the default one.
  case identityConflict(SeedIdentityConflict)
  /// No store was named, and the environment names no folder for one.
  case noLocation
  /// No kind of store that the program opens is found at such a location.
  case unsupported(StoreLocation)
  /// Code that was only reading the store, as the body of ``Store/compare(_:options:isFull:_:)``
  /// does, asked it to write.
  case writeDuringRead(StoreLocation)
  /// Somebody stopped a run, of which nothing is in the store.
  case interrupted
}
