import EverrunsSeeding
import Files
import Foundation
import GRDB

extension SQLiteStore: CopyableStore {
  package func backUp(to target: CopyTarget, with writer: FileWriter) throws -> Int {
    do {
      return try copy(to: target, writer)
    } catch let error as DatabaseError {
      throw StoreError(error, location)
    }
  }

  private func copy(to target: CopyTarget, _ writer: FileWriter) throws -> Int {
    let status = try FileStatus.of(target.path)
    if let status, status.kind == .regular, !target.path.namesOpenFile {
      guard target.overwriting else { throw FileError(target.name, .exists) }
      if let serial = try overwriteDatabase(target, writer) { return serial }
    }
    guard status == nil else { return try replaceFile(target, writer) }
    let file = try target.path.followingLinks()
    let temporary = try TemporaryFile(for: file, shownAs: target.name)
    let serial = try copy(to: temporary.path, shownAs: target.name, writer)
    try writer.checkInterruption()
    try TemporaryFile.removeSideFiles(of: file)
    try temporary.takePlace(file, shownAs: target.name)
    return serial
  }

  package func backUp(
    throughFolder folder: FilePath, to output: ([UInt8]) throws -> Void
  ) throws {
    let place = folder.appending(Array("everruns-backup".utf8))
    let temporary = try TemporaryFile(for: place, shownAs: place)
    _ = try copy(to: temporary.path, shownAs: place, nil)
    try temporary.file.passOn(to: output)
  }

  // MARK: Ways to copy

  /// Overwrites a file that SQLite cannot open as a database; refuses one that must not be
  /// replaced.
  private func replaceFile(_ target: CopyTarget, _ writer: FileWriter) throws -> Int {
    let scratch = target.path.folder.isAccessible(W_OK | X_OK) ? target.path.folder : Self.scratch
    let place = scratch.appending(target.path.name)
    let temporary = try TemporaryFile(for: place, shownAs: target.name)
    let serial = try copy(to: temporary.path, shownAs: target.name, writer)
    if try FileStatus.of(target.path)?.kind == .regular {
      try TemporaryFile.removeSideFiles(of: try target.path.followingLinks())
    }
    try writer.write(target.path, shownAs: target.name, overwriting: target.overwriting) {
      try temporary.file.passOn(to: $0)
    }
    return serial
  }

  private static var scratch: FilePath {
    FilePath(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")
  }

  /// Writes over a database through SQLite.
  ///
  /// - Returns: `nil` if SQLite cannot open it.
  private func overwriteDatabase(_ target: CopyTarget, _ writer: FileWriter) throws -> Int? {
    guard try StoreFile.isDatabase(try target.path.followingLinks()) else { return nil }
    guard target.path.isAccessible(W_OK) else {
      throw FileError(target.name, FileFailure(creating: errno))
    }
    do {
      return try copy(to: target.path, shownAs: target.name, writer)
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return nil
    }
  }

  /// Copies the store into a database, taking its locks and emptying its log.
  ///
  /// - Returns: The serial of the copy.
  private func copy(
    to file: FilePath, shownAs name: FilePath, _ writer: FileWriter?
  ) throws -> Int {
    do {
      let queue = try DatabaseQueue(
        path: file.sqliteAddress(), configuration: Self.configuration(readOnly: false, wait))
      let serial = try queue.inDatabase { copy in
        // A database in WAL mode could keep its own page size, and readers of its log.
        try Self.useRollbackJournal(copy)
        let source = try committed()
        defer { if source !== self { source.close() } }
        // Most failures concern the target and must not be reported as a failure of the store.
        var failure: (any Error)?
        let serial = try source.read { db in
          do {
            try db.backup(to: copy, pagesPerStep: Self.pagesPerStep) { _ in
              try writer?.checkInterruption()
            }
          } catch {
            failure = error
          }
          return try source.state(db).plan.serial
        }
        if let failure { throw failure }
        // The header of the copy says WAL, as that of the store does.
        try Self.useRollbackJournal(copy)
        return serial
      }
      try queue.close()
      return serial
    } catch let error as DatabaseError {
      // The caller handles damage.
      if [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) { throw error }
      throw FileError(name, FileFailure(error, file))
    }
  }

  /// How many pages are copied between two checks for an interrupt.
  private static let pagesPerStep: CInt = 256

  private static func useRollbackJournal(_ db: Database) throws {
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    guard mode == "delete" else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
  }
}

extension FileFailure {
  /// Translates an SQLite error into an error about the target file.
  fileprivate init(_ error: DatabaseError, _ file: FilePath) {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
    case .SQLITE_FULL: self = .inputOutput(reason: FileFailure.reason(ENOSPC))
    default:
      switch StoreError(error, .file(path: file.word)) {
      case .permissionDenied(_, let reason): self = .permissionDenied(reason: reason)
      case .cannotCreate(_, let reason): self = .cannotCreate(reason: reason)
      case .inputOutput(_, let reason), .damaged(_, let reason): self = .inputOutput(reason: reason)
      default: self = .inputOutput(reason: error.message ?? "\(error.resultCode)")
      }
    }
  }
}
