import Foundation

/// What a store's path leads to, and how its file is made.
enum StoreFile {
  /// What is at a path.
  enum State {
    case missing
    case empty
    case file(beginsLikeSQLite: Bool)
    case directory
    case unreadable
  }

  /// Looks at a path without changing anything.
  static func state(of path: String) -> State {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    // Opening a pipe would wait for its other end.
    case S_IFREG: break
    default: return .file(beginsLikeSQLite: false)
    }
    guard status.st_size > 0 else { return .empty }
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return .unreadable }
    defer { close(descriptor) }
    // The first sixteen bytes of every SQLite database: sqlite.org/fileformat.html, section 1.3.
    let magic = Array("SQLite format 3\0".utf8)
    var beginning = [UInt8](repeating: 0, count: magic.count)
    let count = read(descriptor, &beginning, beginning.count)
    return .file(beginsLikeSQLite: count == magic.count && beginning == magic)
  }

  /// Makes an empty file that only its owner may read, and the folders that lead to it.
  static func create(_ path: String) throws(StoreError) {
    let folder = (path as NSString).deletingLastPathComponent
    let code = folder.isEmpty ? 0 : makeFolder(folder)
    guard code == 0 else { throw refusal(path, code) }
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    guard descriptor >= 0 else { throw refusal(path, errno) }
    close(descriptor)
  }

  /// Throws what ``create(_:)`` would, as far as that can be told without making anything.
  static func checkCreation(_ path: String) throws(StoreError) {
    if access(path, F_OK) == 0 {
      guard access(path, W_OK) == 0 else { throw refusal(path, errno) }
      return
    }
    var folder = (path as NSString).deletingLastPathComponent
    var status = stat()
    while stat(folder, &status) != 0 {
      let parent = (folder as NSString).deletingLastPathComponent
      guard errno == ENOENT, !parent.isEmpty, parent != folder else { throw refusal(path, errno) }
      folder = parent
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw refusal(path, ENOTDIR) }
    guard access(folder, W_OK | X_OK) == 0 else { throw refusal(path, errno) }
  }

  /// Makes a folder that only its owner may enter, and those above it; one that is there stays as
  /// it is.
  ///
  /// - Returns: the system's error number, or 0.
  private static func makeFolder(_ path: String) -> Int32 {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return 0 }
    let parent = (path as NSString).deletingLastPathComponent
    guard errno == ENOENT, !parent.isEmpty, parent != path else { return errno }
    let code = makeFolder(parent)
    guard code == 0 else { return code }
    return mkdir(path, 0o700) == 0 || errno == EEXIST ? 0 : errno
  }

  /// Gives a file another name, in place of one that may have it.
  static func move(_ path: String, to target: String) throws(StoreError) {
    guard rename(path, target) == 0 else { throw refusal(target, errno) }
  }

  /// Removes a file, if it is there.
  static func remove(_ path: String) {
    unlink(path)
  }

  /// Whether a write-ahead log beside the file holds anything.
  static func hasPendingLog(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }

  /// The address of a file that nothing changes while it is open: sqlite.org/uri.html.
  static func immutableURI(_ path: String) -> String {
    let absolute = URL(filePath: path).path(percentEncoded: false)
    let encoded =
      absolute.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? absolute
    return "file:\(encoded)?immutable=1"
  }

  private static func refusal(_ path: String, _ code: Int32) -> StoreError {
    code == EACCES || code == EPERM || code == EROFS
      ? .permissionDenied(.file(path: path))
      : .cannotCreate(.file(path: path), reason: String(cString: strerror(code)))
  }
}
