import Foundation

/// A temporary file next to its target.
///
/// It is locked while in use, so that a leftover of a killed program can be distinguished from a
/// file that another program is writing. It is deleted with this object, unless it was moved to its
/// target.
package final class TemporaryFile {
  /// The path of the temporary file.
  package let path: FilePath
  /// The file, open for writing.
  package let file: OpenFile
  private var isGone = false

  /// Creates a file that only its owner can read.
  ///
  /// Removes leftovers for the same target.
  ///
  /// - Parameters:
  ///   - target: The path of the target.
  ///   - name: The target as the user wrote it.
  ///   - mode: The mode of the file, subject to the umask.
  /// - Throws: A `FileError` with `name` if the file cannot be created in the target's folder.
  package init(
    for target: FilePath, shownAs name: FilePath, mode: UInt32 = 0o600
  ) throws(FileError) {
    Self.removeLeftovers(for: target)
    while true {
      let random = UInt32.random(in: .min ... .max)
      let path = target.folder.appending(Self.prefix(for: target))
        .adding(suffix: String(random, radix: 36))
      // A signal may come as soon as the file exists.
      RemovalOnSignal.add(path)
      let file: OpenFile
      do throws(FileError) {
        file = try OpenFile(path, shownAs: name, O_CREAT | O_EXCL | O_RDWR, mode: mode)
      } catch {
        RemovalOnSignal.remove(path)
        throw error
      }
      // Another program may have removed the file as a leftover before it was locked.
      _ = file.tryLock()
      guard let status = FileStatus(of: file.descriptor), status.status.st_nlink > 0 else {
        RemovalOnSignal.remove(path)
        continue
      }
      self.path = path
      self.file = file
      return
    }
  }

  deinit {
    remove()
  }

  /// Moves the file to its target, replacing any existing file.
  ///
  /// - Returns: The system's error number, or 0.
  package func move(to target: FilePath) -> Int32 {
    let code = path.withSystemPath { path in
      target.withSystemPath { rename(path, $0) == 0 ? 0 : errno }
    }
    if code == 0 { forget() }
    return code
  }

  /// Moves the file to its target unless that exists.
  ///
  /// - Parameters:
  ///   - target: The path to move to.
  ///   - name: The target as the user wrote it, for errors.
  /// - Throws: A `FileError` if the target exists or cannot be created.
  package func takePlace(_ target: FilePath, shownAs name: FilePath) throws(FileError) {
    var code = path.withSystemPath { path in
      target.withSystemPath { link(path, $0) == 0 ? 0 : errno }
    }
    switch code {
    case 0: remove()
    // A file system without hard links.
    case EPERM, ENOTSUP, EOPNOTSUPP: code = move(to: target)
    default: break
    }
    guard code == 0 else { throw FileError(name, FileFailure(creating: code)) }
    target.synchronizeFolder()
  }

  /// Moves the file to its target, a new database, after the logs were deleted that SQLite would
  /// take for its own.
  ///
  /// Meanwhile the folder is locked: another program that creates the database must not have its
  /// log deleted.
  ///
  /// - Parameters:
  ///   - target: The path to move to.
  ///   - name: The target as the user wrote it, for errors.
  /// - Throws: A `FileError` if the target exists or cannot be created.
  package func takePlace(
    ofDatabase target: FilePath, shownAs name: FilePath
  ) throws(FileError) {
    let folder = try? OpenFile(target.folder, shownAs: name, O_RDONLY | O_DIRECTORY)
    defer { withExtendedLifetime(folder) {} }
    // Whoever locks folders for other reasons is not waited for long.
    for _ in 0..<200 {
      if folder?.tryLock() ?? true { break }
      usleep(5_000)
    }
    guard try FileStatus.of(target) == nil else { throw FileError(name, .exists) }
    try Self.removeSideFiles(of: target)
    try takePlace(target, shownAs: name)
  }

  /// Deletes the logs that SQLite would take for those of the new database.
  package static func removeSideFiles(of path: FilePath) throws(FileError) {
    for suffix in sideSuffixes {
      let side = path.adding(suffix: suffix)
      guard side.withSystemPath({ unlink($0) }) == 0 || [ENOENT, ENOTDIR].contains(errno) else {
        throw FileError(side, FileFailure(creating: errno))
      }
    }
  }

  /// Deletes the file and those that SQLite may have created beside it.
  package func remove() {
    guard !isGone else { return }
    for path in Self.withSideFiles(path) { path.remove() }
    forget()
  }

  private func forget() {
    isGone = true
    RemovalOnSignal.remove(path)
  }

  // MARK: Names

  /// The suffixes of the files that SQLite may create beside a database: sqlite.org/tempfiles.html.
  package static let sideSuffixes = ["-journal", "-wal", "-shm"]

  /// A database and the files that SQLite may create beside it.
  package static func withSideFiles(_ path: FilePath) -> [FilePath] {
    [path] + sideSuffixes.map(path.adding(suffix:))
  }

  /// The prefix of the names of temporary files for a target.
  ///
  /// It is short, so that a target's name may be as long as the system allows, and distinguishes
  /// targets.
  private static func prefix(for target: FilePath) -> [UInt8] {
    // 64-bit FNV-1a: www.isthe.com/chongo/tech/comp/fnv.
    let hash = target.name.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return Array(".everruns-\(String(hash, radix: 36))-".utf8)
  }

  /// Deletes leftovers of killed programs for the same target.
  package static func removeLeftovers(for target: FilePath) {
    let prefix = prefix(for: target)
    guard let folder = target.folder.withSystemPath({ opendir($0) }) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name.starts(with: prefix) else { continue }
      let path = target.folder.appending(name)
      let suffix = sideSuffixes.first { name.reversed().starts(with: $0.utf8.reversed()) }
      if let suffix {
        let main = FilePath(bytes: path.bytes.dropLast(suffix.utf8.count))
        // It is deleted together with its database.
        if main.withSystemPath({ access($0, F_OK) }) != 0 {
          path.remove()
        }
      } else if let leftover = try? OpenFile(path, shownAs: path, O_RDONLY | O_NONBLOCK),
        leftover.tryLock()
      {
        for path in withSideFiles(path) { path.remove() }
      }
    }
  }
}
