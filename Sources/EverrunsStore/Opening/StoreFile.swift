import Files
import Foundation
import Messages

/// The file at a store's path, and how it is created.
enum StoreFile {
  /// What is at a path.
  enum Kind {
    case missing
    case empty
    /// Probably a database: whether it is one, SQLite says.
    ///
    /// The file must not be opened otherwise: closing it would release the locks of other
    /// connections of this process (sqlite.org/howtocorrupt.html, section 2.2).
    case database
    /// A pipe or a device, on which reading could block forever, or a file smaller than any page.
    /// SQLite takes a file of one byte for an empty one, and would overwrite it.
    case other
    case folder
  }

  /// Looks at a path without opening or changing anything.
  static func kind(of path: FilePath) throws(FileError) -> Kind {
    guard let status = try FileStatus.of(path) else { return .missing }
    return switch status.kind {
    case .folder: .folder
    case .special: .other
    case .regular: status.size == 0 ? .empty : status.size < smallestPage ? .other : .database
    }
  }

  /// The size in bytes of the smallest page, and so of the smallest database:
  /// sqlite.org/fileformat.html, section 1.3.2.
  static let smallestPage = 512

  /// Creates an empty file that only its owner can read, and its parent folders.
  static func create(_ path: FilePath) throws(FileError) {
    try makeFolder(path.folder, for: path)
    _ = try OpenFile(path, shownAs: path, O_CREAT | O_WRONLY, mode: 0o600)
  }

  /// Throws the error that ``create(_:)`` would, as far as that can be predicted without creating
  /// anything.
  static func checkCreation(_ path: FilePath) throws(FileError) {
    if try FileStatus.of(path) != nil {
      guard path.isAccessible(W_OK) else { throw FileError(path, FileFailure(creating: errno)) }
      return
    }
    var folder = path.folder
    while try FileStatus.of(folder) == nil, folder.folder != folder { folder = folder.folder }
    guard try FileStatus.of(folder)?.kind == .folder else {
      throw FileError(path, FileFailure(creating: ENOTDIR))
    }
    guard folder.isAccessible(W_OK | X_OK) else {
      throw FileError(path, FileFailure(creating: errno))
    }
  }

  /// Throws the error that writing to the database at a path would, as far as the access rights tell.
  static func checkWriting(_ path: FilePath) throws(FileError) {
    let file = try path.followingLinks()
    guard file.isAccessible(W_OK) else { throw FileError(path, FileFailure(creating: errno)) }
    // SQLite creates its log beside the file, unless it is there.
    let hasLog = ["-wal", "-shm"].allSatisfy { file.adding(suffix: $0).isAccessible(W_OK) }
    guard hasLog || file.folder.isAccessible(W_OK | X_OK) else {
      throw FileError(path, FileFailure(creating: errno))
    }
  }

  /// Creates a folder that only its owner can enter, and its parents; an existing folder is left
  /// unchanged.
  private static func makeFolder(_ folder: FilePath, for path: FilePath) throws(FileError) {
    func code() -> Int32 { folder.withSystemPath { mkdir($0, 0o700) == 0 ? 0 : errno } }
    var result = code()
    if result == ENOENT, folder.folder != folder {
      try makeFolder(folder.folder, for: path)
      result = code()
    }
    guard result == 0 || result == EEXIST else {
      throw FileError(path, FileFailure(creating: result))
    }
  }
}

extension FilePath {
  /// Whether this process has an access right to the file at a path: access(2).
  ///
  /// If not, `errno` has the reason.
  func isAccessible(_ rights: Int32) -> Bool {
    withSystemPath { faccessat(AT_FDCWD, $0, rights, AT_EACCESS) == 0 }
  }

  /// The path as an SQLite URI: sqlite.org/uri.html.
  ///
  /// Bytes that are not UTF-8 are percent-encoded, so they reach the system unchanged.
  ///
  /// - Parameter isImmutable: Whether the file does not change while it is open.
  /// - Returns: The URI, in ASCII.
  func sqliteAddress(isImmutable: Bool = false) -> String {
    // Without the empty authority, two leading slashes would denote a host.
    (isAbsolute ? "file://" : "file:") + bytes.percentEncoded(keeping: "-._~/")
      + (isImmutable ? "?immutable=1" : "")
  }
}
