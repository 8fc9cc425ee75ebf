import Foundation

extension FilePath {
  /// The target of the path if its last part is a symbolic link, even a dangling one.
  ///
  /// Links in parent folders are left to the system.
  ///
  /// - Throws: ``FileError`` if the links form a cycle or cannot be read.
  package func followingLinks() throws(FileError) -> FilePath {
    var path = self
    for _ in 0..<Self.linkLimit {
      guard let next = try path.linkTarget() else { return path }
      path = next
    }
    throw FileError(self, FileFailure(reading: ELOOP))
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
  private func linkTarget() throws(FileError) -> FilePath? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let size = target.count
    let length = withSystemPath { readlink($0, &target, size) }
    guard length >= 0 else {
      if [EINVAL, ENOENT].contains(errno) { return nil }
      throw FileError(self, FileFailure(reading: errno))
    }
    let bytes = target.prefix(length).map(UInt8.init(bitPattern:))
    return FilePath(bytes: bytes).resolved(in: folder)
  }
}
