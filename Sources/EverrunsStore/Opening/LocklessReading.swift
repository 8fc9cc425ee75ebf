import Files
import Foundation

/// Detects changes of a store's file while it is read without locks.
struct LocklessReading {
  private let file: FilePath
  private let location: StoreLocation
  private let before: [UInt8]

  /// Records the current state of a file.
  ///
  /// - Parameters:
  ///   - file: The file itself, not a link to it: SQLite's log is beside the file.
  ///   - location: The location of the store, for errors.
  /// - Throws: ``StoreError/needsRecovery(_:sideFile:)`` if a log or a journal holds changes.
  init(of file: FilePath, at location: StoreLocation) throws {
    self.file = file
    self.location = location
    before = try Self.look(at: file, location)
  }

  /// - Throws: ``StoreError/changedWhileRead(_:)`` if the file changed.
  func check() throws {
    guard try Self.look(at: file, location) == before else {
      throw StoreError.changedWhileRead(location)
    }
  }

  /// The header, whose change counter every transaction increments, and the file's attributes:
  /// sqlite.org/fileformat.html, section 1.3.
  private static func look(at file: FilePath, _ location: StoreLocation) throws -> [UInt8] {
    if try FileStatus.of(file.adding(suffix: "-wal"))?.size ?? 0 > 0 {
      throw StoreError.needsRecovery(location, sideFile: "-wal")
    }
    if try isUnfinished(file.adding(suffix: "-journal")) {
      throw StoreError.needsRecovery(location, sideFile: "-journal")
    }
    // Closing the file releases no locks, because this process holds none.
    let header = try OpenFile(file, shownAs: file, O_RDONLY).read(atMost: 100)
    return header + (try FileStatus.of(file)?.fingerprint ?? [])
  }

  /// Whether a journal belongs to a transaction that has not finished.
  ///
  /// That of a finished one has no content, or zero as its first byte
  /// (sqlite.org/pragma.html#pragma_journal_mode).
  private static func isUnfinished(_ journal: FilePath) throws -> Bool {
    guard let status = try FileStatus.of(journal), status.size > 0 else { return false }
    // What cannot be read is not known to be finished.
    let first = try? OpenFile(journal, shownAs: journal, O_RDONLY | O_NONBLOCK).read(atMost: 1)
    return first != [0]
  }
}
