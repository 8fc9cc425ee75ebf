import Foundation

extension FilePath {
  /// Where the path leads when the last part is a symbolic link, also one to nothing yet.
  ///
  /// Links in the folders of the path are left to the system.
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

  /// Whether the path names an open file of a process, as `/dev/stdout` does.
  ///
  /// Such a file must be written to as it is open: who opened it would not see another one that
  /// takes its place.
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

  /// Brings the name of a file to the disk too.
  ///
  /// The file is there whatever happens, and not every file system can do this.
  func synchronizeFolder() {
    if let folder = try? OpenFile(folder, shownAs: self, O_RDONLY | O_DIRECTORY) {
      fsync(folder.descriptor)
    }
  }

  /// As many links as Linux follows: path_resolution(7).
  private static let linkLimit = 40

  /// What a symbolic link says; `nil` if the path is none, or nothing is there.
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
