import Foundation

extension FilePath {
  /// The target of the path if its last part is a symbolic link, even a dangling one.
  ///
  /// Links in parent folders are left to the system.
  ///
  /// - Throws: ``FileError`` if the links form a cycle or cannot be read.
  package func followingLinks() throws(FileError) -> FilePath {
    do throws(SystemError) {
      return try target()
    } catch {
      throw FileError(self, FileFailure(reading: error.code))
    }
  }

  /// The target of the path of a file to be written, as ``followingLinks()``.
  ///
  /// - Parameter name: The path as the user wrote it.
  /// - Returns: The path of the file that is written.
  /// - Throws: A `FileError` with `name` that says why no file can be created there.
  package func outputTarget(shownAs name: FilePath) throws(FileError) -> FilePath {
    do throws(SystemError) {
      return try target()
    } catch {
      throw FileError(name, FileFailure(creating: error.code))
    }
  }

  /// An error number of the system: errno(3).
  private struct SystemError: Error {
    let code: Int32
  }

  private func target() throws(SystemError) -> FilePath {
    var path = self
    for _ in 0..<Self.linkLimit {
      guard let next = try path.linkTarget() else { return path }
      path = next
    }
    throw SystemError(code: ELOOP)
  }

  /// Whether the path denotes an open file of a process, as `/dev/stdout` does.
  ///
  /// Such a file must be written through the open descriptor: whoever opened it would not see a
  /// replacement.
  package var namesOpenFile: Bool {
    var path = self
    for _ in 0..<Self.linkLimit {
      let folder = path.folder.word
      if folder.hasPrefix("/proc/") || folder == "/dev/fd" { return true }
      guard let next = try? path.linkTarget() else { return false }
      path = next
    }
    return false
  }

  /// Flushes the file's directory entry to disk.
  ///
  /// Best effort: the file exists either way, and not every file system supports this.
  func synchronizeFolder() {
    if let folder = try? OpenFile(folder, shownAs: self, O_RDONLY | O_DIRECTORY) {
      fsync(folder.descriptor)
    }
  }

  /// The same limit as in Linux: path_resolution(7).
  private static let linkLimit = 40

  /// The target of a symbolic link; `nil` if the path is not a link or does not exist.
  private func linkTarget() throws(SystemError) -> FilePath? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let size = target.count
    let length = withSystemPath { readlink($0, &target, size) }
    guard length >= 0 else {
      if [EINVAL, ENOENT].contains(errno) { return nil }
      throw SystemError(code: errno)
    }
    let bytes = target.prefix(length).map(UInt8.init(bitPattern:))
    return FilePath(bytes: bytes).resolved(in: folder)
  }
}
