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
  /// - Throws: ``StoreError/needsRecovery(_:)`` if a log holds changes.
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
    if let log = try FileStatus.of(file.adding(suffix: "-wal")), log.size > 0 {
      throw StoreError.needsRecovery(location)
    }
    // Closing the file releases no locks, because this process holds none.
    let header = try OpenFile(file, shownAs: file, O_RDONLY).read(atMost: 100)
    return header + (try FileStatus.of(file)?.fingerprint ?? [])
  }
}
