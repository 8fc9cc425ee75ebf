import Files
import Foundation

/// The file at a store's path, and how it is created.
enum StoreFile {
  /// What exists at a path.
  enum State {
    case missing
    case empty
    case file(beginsLikeSQLite: Bool)
    case directory
  }

  /// Inspects a path without changing anything.
  static func state(of path: FilePath) throws(FileError) -> State {
    guard let status = try FileStatus.of(path) else { return .missing }
    switch status.kind {
    case .folder: return .directory
    // Opening a pipe would block until its other end is opened.
    case .special: return .file(beginsLikeSQLite: false)
    case .regular: break
    }
    guard status.size > 0 else { return .empty }
    // The first sixteen bytes of every SQLite database: sqlite.org/fileformat.html, section 1.3.
    let magic = Array("SQLite format 3\0".utf8)
    let beginning = try OpenFile(path, shownAs: path, O_RDONLY).read(atMost: magic.count)
    return .file(beginsLikeSQLite: beginning == magic)
  }

  /// Whether a regular file is an SQLite database, or an empty file, which SQLite treats as one.
  static func isDatabase(_ path: FilePath) throws(FileError) -> Bool {
    switch try state(of: path) {
    case .empty, .file(beginsLikeSQLite: true): true
    case .missing, .directory, .file(beginsLikeSQLite: false): false
    }
  }

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
  func sqliteAddress(isImmutable: Bool = false) -> String {
    let unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8
    let encoded = bytes.map { byte in
      unreserved.contains(byte)
        ? String(Unicode.Scalar(byte))
        : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    // Without the empty authority, two leading slashes would denote a host.
    return (isAbsolute ? "file://" : "file:") + encoded.joined()
      + (isImmutable ? "?immutable=1" : "")
  }
}
