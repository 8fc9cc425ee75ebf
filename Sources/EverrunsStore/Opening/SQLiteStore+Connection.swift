import Files
import Foundation
import GRDB

extension SQLiteStore {
  /// The default wait for another program that is writing.
  static var defaultWait: LockWait { .seconds(5) }

  /// A connection to a database.
  ///
  /// - Parameters:
  ///   - file: The database; a connection that writes creates it if it is missing.
  ///   - name: The path as the user wrote it, for errors, if it is not `file`.
  ///   - readOnly: Whether SQLite refuses to write.
  ///   - wait: The wait for a lock; `nil` for none.
  ///   - isImmutable: Whether to read it without locks.
  /// - Returns: The connection, whose file is open.
  /// - Throws: `FileError` if the process cannot open enough files; ``UnusableSideFile``;
  ///   `DatabaseError` if SQLite cannot open the database.
  static func connection(
    to file: FilePath, shownAs name: FilePath? = nil, readOnly: Bool, waiting wait: LockWait?,
    isImmutable: Bool = false
  ) throws -> DatabaseQueue {
    try OpenFile.checkDescriptors(for: name ?? file)
    try UnusableSideFile.check(beside: file, shownAs: name)
    return try DatabaseQueue(
      path: file.sqliteAddress(isImmutable: isImmutable),
      configuration: configuration(readOnly: readOnly, waiting: wait, for: file))
  }

  /// A connection for reading, also after a program was killed while it changed the database.
  ///
  /// SQLite undoes what such a program left half done only for a connection that may write
  /// (sqlite.org/lockingv3.html, section 4.3).
  static func readingConnection(
    to file: FilePath, shownAs name: FilePath? = nil, waiting wait: LockWait?
  ) throws -> DatabaseQueue {
    do {
      return try connection(to: file, shownAs: name, readOnly: true, waiting: wait)
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_READONLY && file.isAccessible(W_OK)
      && file.folder.isAccessible(W_OK)
    {
      try connection(to: file, shownAs: name, readOnly: false, waiting: wait).close()
      return try connection(to: file, shownAs: name, readOnly: true, waiting: wait)
    }
  }

  /// How connections to a database are set up; the parameters are those of
  /// ``connection(to:readOnly:waiting:isImmutable:)``.
  static func configuration(
    readOnly: Bool, waiting wait: LockWait?, for file: FilePath
  ) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode =
      wait.map { .callback(BusyWait($0, for: file).callAsFunction) } ?? .immediateError
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      if !readOnly {
        try db.execute(sql: "PRAGMA synchronous = FULL")
      }
    }
    return configuration
  }

  /// Lets readers and a writer work side by side, even in a store that was restored from a backup.
  ///
  /// If two programs create a store at once, the second finds this done.
  static func useWriteAheadLog(_ queue: DatabaseQueue, _ file: FilePath) throws {
    let mode = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    guard mode != "wal" else { return }
    try setJournalMode("WAL", of: file)
  }

  /// Changes the journal mode of a database: sqlite.org/pragma.html#pragma_journal_mode.
  ///
  /// This needs exclusive access. If another program keeps the database in use, the mode stays as
  /// it is: that program may go on for hours, and the store works in any mode.
  static func setJournalMode(
    _ mode: String, of file: FilePath, shownAs name: FilePath? = nil
  ) throws {
    do {
      // Long enough for programs that create the same store to finish their transactions.
      let queue = try connection(
        to: file, shownAs: name, readOnly: false, waiting: .milliseconds(250))
      defer { try? queue.close() }
      try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = \(mode)") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
  }
}
