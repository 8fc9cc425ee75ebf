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
    for suffix in ["-wal", "-journal"] {
      if try holdsChanges(file.adding(suffix: suffix)) {
        throw StoreError.needsRecovery(location, sideFile: suffix)
      }
    }
    // Closing the file releases no locks, because this process holds none.
    let header = try OpenFile(file, shownAs: file, O_RDONLY).read(atMost: 100)
    return header + (try FileStatus.of(file)?.fingerprint ?? [])
  }

  /// Whether a log or a journal has content that belongs to the database.
  ///
  /// A journal without content, or whose first byte is zero, belongs to a finished transaction
  /// (sqlite.org/pragma.html#pragma_journal_mode).
  private static func holdsChanges(_ side: FilePath) throws -> Bool {
    guard let status = try FileStatus.of(side), status.size > 0 else { return false }
    guard side.word.hasSuffix("-journal") else { return true }
    // What cannot be read is not known to be finished.
    let first = try? OpenFile(side, shownAs: side, O_RDONLY | O_NONBLOCK).read(atMost: 1)
    return first != [0]
  }
}
