package import EverrunsDocuments
package import EverrunsSeeding

/// The errors of a store.
package enum StoreError: Error, Equatable {
  /// The path of the store is a folder.
  case isDirectory(StoreLocation)
  /// The file is not a store.
  case notAStore(StoreLocation)
  /// The file is not a database, but may have been a store before its first bytes were damaged.
  case notADatabase(StoreLocation)
  /// The file is not a store, and a restore does not replace it.
  case notReplaced(StoreLocation)
  /// The file has the tables of a store but not its mark, like one that was restored from a dump.
  ///
  /// - Parameter applicationID: The mark that it has; 0 stands for none.
  case unmarkedStore(StoreLocation, applicationID: Int)
  /// A newer version of the program wrote the store.
  case newerSchema(StoreLocation, found: Int, known: Int)
  /// An older version of the program wrote the store, and it has not been migrated yet.
  case olderSchema(StoreLocation, found: Int, known: Int)
  /// Another program has held the write lock for too long.
  case busy(StoreLocation)
  /// The file changed while it was read without locks.
  case changedWhileRead(StoreLocation)
  /// The file or its folder is not readable or writable.
  case permissionDenied(StoreLocation, reason: String)
  /// The role of the connection lacks a right.
  case rightMissing(StoreLocation, MissingRight)
  /// The path cannot be resolved: a cycle of links, or a name that is too long.
  case unusablePath(StoreLocation, reason: String)
  /// A log or a journal beside the store has changes that cannot be read without writing to its
  /// folder.
  case needsRecovery(StoreLocation, sideFile: String)
  /// The file or its folder cannot be created.
  case cannotCreate(StoreLocation, reason: String)
  /// Reading or writing failed, as with a full disk.
  case inputOutput(StoreLocation, reason: String)
  /// SQLite's temporary folder is missing or full.
  case noTemporarySpace(folder: String, reason: String)
  /// The contents of the store are inconsistent.
  case damaged(StoreLocation, reason: String)
  /// What is beside the store cannot be a file of SQLite.
  case unusableSideFile(StoreLocation, UnusableSideFile)
  /// A backup that is to be restored is damaged.
  case unusableBackup(StoreLocation, reason: String)
  /// SQLite cannot open the store: its first pages or the text of its schema are damaged.
  case unreadable(StoreLocation, reason: String)
  /// Tables, columns or keys of the store are missing or were altered.
  ///
  /// - Parameters:
  ///   - problems: Each problem, as part of a sentence.
  ///   - isRepairable: Whether `store init` can repair it.
  case incompleteSchema(StoreLocation, problems: [String], isRepairable: Bool)
  /// A number that another program wrote leaves no room for a greater one.
  case numbersUsedUp(StoreLocation, column: String, number: Int)
  /// An index or a column of another program needs a collation that only that program has.
  case missingCollation(StoreLocation, reason: String)
  /// A revision of a saved definition cannot be read.
  case damagedDefinition(StoreLocation, name: String, revision: Int)
  /// Something that existed when the caller looked no longer exists.
  case notFound(noun: String, name: String)
  /// A trigger or a constraint of another program rejected a row, and nothing was written.
  ///
  /// - Parameters:
  ///   - table: The table that was being written.
  ///   - row: The row; `nil` if it is not known.
  ///   - cause: The database's message; `nil` if there was none.
  ///   - triggers: The triggers that other programs created on the table.
  case writeRefused(table: String, row: String?, cause: String?, triggers: [String])
  /// Someone else saved a revision since the caller looked.
  case superseded(name: String, seen: Int?, latest: Int)
  /// An organization with that public id already exists.
  case organizationExists(publicID: String)
  /// Rows outside the organization reference it, or something that belongs to it.
  case organizationInUse(NamedOrganization, table: String, rows: Int)
  /// A row of another program's table refers to a row that would be deleted or changed.
  ///
  /// - Parameters:
  ///   - table: The table of the row that would no longer exist.
  ///   - row: The values that are referred to, as an SQL condition.
  ///   - by: The other program's table.
  case rowInUse(table: String, row: String, by: String)
  /// Workers are running turns of an organization.
  case organizationIsRunning(NamedOrganization, turns: Int)
  /// Another organization has the identity of the default organization.
  case identityConflict(SeedIdentityConflict)
  /// No store was named, and the environment names no data folder.
  case noLocation
  /// No kind of store that the program supports matches the location.
  case unsupported(StoreLocation)
  /// The address of a server is malformed.
  case malformedAddress(StoreLocation)
  /// The server cannot be reached, or the connection to it broke.
  case unreachable(StoreLocation, reason: String)
  /// The server cannot do this now, but may be able to later.
  case serverBusy(StoreLocation, reason: String)
  /// The server has no such database.
  case noDatabase(StoreLocation, reason: String)
  /// The control plane's database has no schema of ours, which writing needs.
  case notInitialized(StoreLocation)
  /// The database has none of a control plane's tables.
  case notAControlPlane(StoreLocation, missing: [String])
  /// The control plane's tables are older or newer than those the program supports.
  ///
  /// - Parameter problems: The differences, each as part of a sentence.
  case unknownTables(StoreLocation, problems: [String])
  /// The database cannot store a value, or not read one.
  ///
  /// - Parameter reason: The server's message.
  case unacceptableValue(StoreLocation, reason: String)
  /// The database cannot store values of a document.
  ///
  /// - Parameter problems: Each value with its path.
  case unacceptableValues(StoreLocation, problems: [Diagnostic])
  /// An operation that is not available for a control plane's database.
  ///
  /// - Parameter what: The operation, as the beginning of a sentence.
  case notForControlPlanes(StoreLocation, what: String)
  /// Code that may only read, such as the body of ``Store/compare(_:options:isFull:_:)``, asked the
  /// store to write.
  case writeDuringRead(StoreLocation)
  /// The run was cancelled; nothing was written.
  case interrupted
}

/// A right that a role lacks in the database of a server.
package struct MissingRight: Sendable, Equatable {
  /// The right, as after `GRANT`: `USAGE ON SCHEMA everrunsctl`.
  package let right: String
  /// The role, as in SQL.
  package let role: String

  package init(right: String, role: String) {
    self.right = right
    self.role = role
  }
}
