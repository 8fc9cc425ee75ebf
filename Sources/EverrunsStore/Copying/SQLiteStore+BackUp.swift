import EverrunsSeeding
import Files
import Foundation
import GRDB

extension SQLiteStore: CopyableStore {
  package func backUp(to target: CopyTarget, with writer: FileWriter) throws -> Int {
    try backUp(to: target, with: writer) { db in try self.state(db).plan.serial }
  }

  /// Copies the store to a file, as ``CopyableStore/backUp(to:with:)``.
  ///
  /// - Parameters:
  ///   - target: The destination of the copy.
  ///   - writer: Writes files.
  ///   - reading: Reads from the state that is copied.
  /// - Returns: The result of `reading`.
  /// - Throws: `FileError` about the target, ``StoreError`` about the store, or the error that
  ///   `reading` throws.
  func backUp<Value>(
    to target: CopyTarget, with writer: FileWriter, reading: (Database) throws -> Value
  ) throws -> Value {
    do {
      return try copy(to: target, writer, reading)
    } catch let error as DatabaseError {
      throw StoreError(error, location)
    }
  }

  package func backUp(
    throughFolder folder: FilePath, with writer: FileWriter, to output: ([UInt8]) throws -> Void
  ) throws {
    let temporary = try writer.temporaryFile(
      for: folder.appending(Array("everruns-backup".utf8)), folder)
    try copy(to: temporary.path, shownAs: folder, writer) { _ in }
    try temporary.file.passOn(to: output)
  }

  // MARK: Ways to copy

  private func copy<Value>(
    to target: CopyTarget, _ writer: FileWriter, _ reading: (Database) throws -> Value
  ) throws -> Value {
    // Removes what a killed program left, even if this copy is refused.
    TemporaryFile.removeLeftovers(for: target.temporaryOwner ?? target.path)
    try target.check()
    let status = try FileStatus.of(target.path)
    if status?.kind != .special { try checkSideFiles(of: target) }
    guard let status else {
      do {
        return try createFile(target, writer, reading)
      } catch let error as FileError where error.failure == .exists && target.overwriting {
        // Another program created it meanwhile.
        return try copy(to: target, writer, reading)
      }
    }
    // No file can be made beside an open file of a process.
    guard status.kind == .regular, !target.path.namesOpenFile else {
      return try writeFile(target, writer, through: FilePath.scratchFolder, reading)
    }
    return try overwriteDatabase(target, writer, reading)
      ?? writeFile(target, writer, through: target.path.folder, reading)
  }

  /// Refuses a target beside which there is something that a later reader could not use.
  private func checkSideFiles(of target: CopyTarget) throws {
    do throws(UnusableSideFile) {
      try UnusableSideFile.check(beside: target.path, shownAs: target.name)
    } catch {
      throw FileError(target.name, .cannotCreate(reason: error.reason))
    }
  }

  private func createFile<Value>(
    _ target: CopyTarget, _ writer: FileWriter, _ reading: (Database) throws -> Value
  ) throws -> Value {
    let file = try target.path.outputTarget(shownAs: target.name)
    let temporary = try writer.temporaryFile(for: target.temporaryOwner ?? file, target.name)
    let value = try copy(to: temporary.path, shownAs: target.name, writer, reading)
    try writer.checkInterruption()
    try temporary.takePlace(ofDatabase: file, shownAs: target.name)
    return value
  }

  /// Overwrites a file that is not a database, or writes into a pipe or a device, by way of a
  /// temporary copy in `folder`, or in the folder for temporary files if `folder` cannot be
  /// written.
  private func writeFile<Value>(
    _ target: CopyTarget, _ writer: FileWriter, through folder: FilePath,
    _ reading: (Database) throws -> Value
  ) throws -> Value {
    let scratch = folder.isAccessible(W_OK | X_OK) ? folder : FilePath.scratchFolder
    let place = scratch.appending(target.path.name)
    let temporary = try writer.temporaryFile(for: place, target.name)
    let value = try copy(to: temporary.path, shownAs: target.name, writer, reading)
    if try FileStatus.of(target.path)?.kind == .regular {
      try TemporaryFile.removeSideFiles(of: try target.path.followingLinks())
    }
    try writer.write(target.path, shownAs: target.name, overwriting: target.overwriting) {
      try temporary.file.passOn(to: $0)
    }
    return value
  }

  /// Writes over a database through SQLite.
  ///
  /// - Returns: `nil` if SQLite cannot open it.
  private func overwriteDatabase<Value>(
    _ target: CopyTarget, _ writer: FileWriter, _ reading: (Database) throws -> Value
  ) throws -> Value? {
    guard target.path.isAccessible(W_OK) else {
      throw FileError(target.name, FileFailure(creating: errno))
    }
    do {
      return try copy(to: target.path, shownAs: target.name, writer, reading)
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return nil
    }
  }

  /// Copies the store into a database, taking its locks.
  ///
  /// The log of the database is removed once the copy is complete, so that the copy is one file. If
  /// another program has the database open, the log stays. A copy that fails or is interrupted
  /// leaves the database as it was.
  private func copy<Value>(
    to file: FilePath, shownAs name: FilePath, _ writer: FileWriter,
    _ reading: (Database) throws -> Value
  ) throws -> Value {
    var size = 0
    var losesLog = false
    do {
      losesLog = try hasLogForOtherPages(file, shownAs: name)
      if losesLog { try Self.setJournalMode("DELETE", of: file, shownAs: name) }
      let queue = try Self.connection(to: file, shownAs: name, readOnly: false, waiting: wait)
      let value = try queue.inDatabase { copy in
        let source = try committed()
        defer { if source !== self { source.close() } }
        // Most failures concern the target and must not be reported as a failure of the store.
        var failure: (any Error)?
        let value = try source.read { db in
          // The first read fixes the snapshot that the transaction sees and the backup copies.
          let value = try reading(db)
          size = try db.sizeInBytes
          do {
            try db.backup(to: copy, pagesPerStep: Self.pagesPerStep) { _ in
              try writer.checkInterruption()
            }
          } catch {
            failure = error
          }
          return value
        }
        if let failure { throw failure }
        return value
      }
      try queue.close()
      // The copy says that it has a log, as the store does.
      try Self.setJournalMode("DELETE", of: file, shownAs: name)
      return value
    } catch {
      // The failure of the copy is what matters, and the database works in any mode.
      if losesLog { try? Self.setJournalMode("WAL", of: file, shownAs: name) }
      guard let error = error as? DatabaseError else { throw error }
      switch error.resultCode {
      // Damage is for the caller to judge.
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: throw error
      // Another program has the database open, so that it kept its log.
      case .SQLITE_READONLY where file.isAccessible(W_OK): throw FileError(name, .locked)
      default: throw FileError(name, FileFailure(error, file, writing: size))
      }
    }
  }

  /// Whether a database cannot take the pages of this store because it has a log: with one it keeps
  /// the size of its pages (sqlite.org/c3ref/backup_finish.html).
  private func hasLogForOtherPages(_ file: FilePath, shownAs name: FilePath) throws -> Bool {
    let queue = try Self.connection(to: file, shownAs: name, readOnly: false, waiting: wait)
    defer { try? queue.close() }
    return try queue.inDatabase { db in
      guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" else { return false }
      return try db.pageSize != read { try $0.pageSize }
    }
  }

  /// How many pages are copied between two checks for an interrupt.
  private static let pagesPerStep: CInt = 256
}

extension FileFailure {
  /// Translates an SQLite error into an error about the target file.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - file: The file.
  ///   - size: The size in bytes of what was to be written.
  fileprivate init(_ error: DatabaseError, _ file: FilePath, writing size: Int) {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
    case .SQLITE_FULL: self = .inputOutput(reason: FileFailure.reason(ENOSPC))
    default:
      switch StoreError(error, .file(path: file.word), writing: size) {
      case .permissionDenied(_, let reason): self = .permissionDenied(reason: reason)
      case .cannotCreate(_, let reason): self = .cannotCreate(reason: reason)
      case .inputOutput(_, let reason), .damaged(_, let reason): self = .inputOutput(reason: reason)
      default: self = .inputOutput(reason: error.message ?? "\(error.resultCode)")
      }
    }
  }
}
