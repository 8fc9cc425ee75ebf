import Files
import Foundation
import GRDB

/// The store that a restore replaces, whatever state it is in.
struct ReplacedStore {
  /// The path of the file itself, not of a link to it.
  let path: FilePath
  let location: StoreLocation
  /// The wait for a lock that another program holds.
  let wait: LockWait

  /// How a store can be replaced.
  enum Condition {
    /// There is none yet.
    case missing
    /// SQLite can write into it.
    case writable(UsedNumbers)
    /// SQLite cannot: the file must be moved.
    case unusable(UsedNumbers)
  }

  /// Looks at the store without changing it.
  ///
  /// - Throws: ``StoreError/notReplaced(_:)`` for the file of another program,
  ///   ``StoreError/newerSchema(_:found:known:)``, or an error of reading.
  func condition() throws -> Condition {
    switch try StoreFile.kind(of: path) {
    case .missing, .empty: return .missing
    case .folder: throw StoreError.isDirectory(location)
    case .other: throw StoreError.notReplaced(location)
    case .database: break
    }
    do {
      let queue = try SQLiteStore.readingConnection(to: path, waiting: wait)
      _ = try SQLiteStore.contentChecked(queue, location)
      let used = queue.inDatabase { db in UsedNumbers(db) }
      try queue.close()
      return try header().readOnlyVersion == nil ? .writable(used) : .unusable(used)
    } catch let error as DatabaseError where error.isOfUnusableFile {
      guard try header().mayBeOfStore(size: FileStatus.of(path)?.size ?? 0) else {
        throw StoreError.notReplaced(location)
      }
      return .unusable(UsedNumbers())
    } catch StoreError.notAStore {
      throw StoreError.notReplaced(location)
    }
  }

  private func header() throws(FileError) -> DatabaseHeader { try DatabaseHeader(of: path) }

  /// Copies the file and its log byte by byte.
  ///
  /// SQLite's own copy lacks what it cannot find in a damaged file. Call it while another connection
  /// has the store locked and nothing of its transaction is in the file.
  ///
  /// - Parameters:
  ///   - kept: The path of the copy.
  ///   - owner: The path whose temporary files those of the copy are.
  ///   - writer: Says when to stop.
  /// - Returns: The open files. Closing them would release SQLite's locks:
  ///   sqlite.org/howtocorrupt.html, section 2.2.
  /// - Throws: `FileError`.
  func copyBytes(
    to kept: FilePath, ownerOfTemporaries owner: FilePath, with writer: FileWriter
  ) throws -> [OpenFile] {
    var files: [OpenFile] = []
    var copies: [FilePath] = []
    do {
      for suffix in ["", "-wal"] {
        let source = path.adding(suffix: suffix)
        guard let size = try FileStatus.of(source)?.size, size > 0 else { continue }
        files.append(try OpenFile(source, shownAs: source, O_RDONLY))
        let temporary = try writer.temporaryFile(for: owner, kept)
        try files.last?.passOn { piece in
          try temporary.file.write(piece)
          try writer.checkInterruption()
        }
        try temporary.file.synchronize()
        let copy = kept.adding(suffix: suffix)
        try temporary.takePlace(copy, shownAs: kept)
        copies.append(copy)
      }
      return files
    } catch {
      for copy in copies { copy.remove() }
      throw error
    }
  }

  /// Moves the file with what is beside it.
  ///
  /// - Parameters:
  ///   - kept: The path to move it to.
  ///   - isBack: Whether to undo an earlier move.
  /// - Throws: `FileError`; then nothing was moved.
  func move(to kept: FilePath, back isBack: Bool = false) throws(FileError) {
    let files = zip(TemporaryFile.withSideFiles(path), TemporaryFile.withSideFiles(kept))
      .map { isBack ? ($1, $0) : ($0, $1) }
    for (index, (old, new)) in files.enumerated() {
      let code = old.renamed(to: new)
      guard code != 0, code != ENOENT else { continue }
      for (old, new) in files[..<index].reversed() { _ = new.renamed(to: old) }
      throw FileError(new, FileFailure(creating: code))
    }
  }
}

extension FilePath {
  /// Renames the file at a path: rename(2).
  ///
  /// - Returns: The system's error number, or 0.
  fileprivate func renamed(to other: FilePath) -> Int32 {
    withSystemPath { old in other.withSystemPath { rename(old, $0) == 0 ? 0 : errno } }
  }
}
