import Foundation

/// The status of a file: stat(2).
package struct FileStatus: Sendable {
  let status: stat

  /// The types of files.
  package enum Kind: Sendable {
    case regular
    case folder
    /// A pipe, a device, or another special file, which must never be replaced.
    case special
  }

  /// Reads the status of a file.
  ///
  /// - Parameter path: The path of the file; links are followed.
  /// - Returns: The status; `nil` if the file does not exist.
  /// - Throws: A `FileError` if the status cannot be read for another reason, such as permissions.
  package static func of(_ path: FilePath) throws(FileError) -> FileStatus? {
    var status = stat()
    guard path.withSystemPath({ stat($0, &status) }) == 0 else {
      guard [ENOENT, ENOTDIR].contains(errno) else {
        throw FileError(path, FileFailure(reading: errno))
      }
      return nil
    }
    return FileStatus(status: status)
  }

  private init(status: stat) {
    self.status = status
  }

  /// - Parameter descriptor: An open file.
  package init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.status = status
  }

  /// The type of the file.
  package var kind: Kind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .folder
    default: .special
    }
  }

  /// Whether the file is a pipe.
  var isPipe: Bool { status.st_mode & S_IFMT == S_IFIFO }

  /// What a path leads to if not to a regular file, as a noun.
  package enum Irregularity: String, Sendable {
    case folder
    case link = "symbolic link"
    case pipe
    case socket
    case device
  }

  /// What is at a path if it is not a regular file; links are not followed.
  ///
  /// - Parameter path: The path.
  /// - Returns: `nil` for a regular file, and for what does not exist or cannot be looked at.
  package static func irregularity(of path: FilePath) -> Irregularity? {
    var status = stat()
    guard path.withSystemPath({ lstat($0, &status) }) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: .folder
    case S_IFLNK: .link
    case S_IFIFO: .pipe
    case S_IFSOCK: .socket
    default: .device
    }
  }

  /// The size in bytes.
  package var size: Int { Int(status.st_size) }

  /// The attributes that change when the file is written or replaced, as bytes.
  package var fingerprint: [UInt8] {
    let numbers = [
      UInt64(status.st_dev), UInt64(status.st_ino), UInt64(status.st_size),
      UInt64(bitPattern: Int64(status.st_mtim.tv_sec)),
      UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)),
    ]
    return numbers.flatMap { number in withUnsafeBytes(of: number, Array.init) }
  }

  /// Whether both are the same file, under any name.
  package func isSameFile(as other: FileStatus) -> Bool {
    status.st_dev == other.status.st_dev && status.st_ino == other.status.st_ino
  }
}
