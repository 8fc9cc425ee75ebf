import Everruns
import Foundation

extension Session {
  /// Reads a JSON or YAML document from a file, or from standard input for `-`.
  func readDocument(_ path: String) throws -> SourceNode {
    try document(try readBytes(path), of: path)
  }

  /// Reads what a JSON or YAML document of a file holds.
  func read<Value>(
    _ path: String, _ reading: (SourceNode) throws(DocumentRefusal) -> Value
  ) throws -> Value {
    let node = try readDocument(path)
    do throws(DocumentRefusal) {
      return try reading(node)
    } catch {
      throw ControlError.document(source: path, error)
    }
  }

  /// Reads a text from a file, or from standard input for `-`.
  func readText(_ path: String) throws -> String {
    guard let text = String(validating: try readBytes(path), as: UTF8.self) else {
      throw ControlError.notText(source: path)
    }
    return text
  }

  /// What the text of a JSON or YAML document says.
  func document(_ bytes: [UInt8], of path: String) throws -> SourceNode {
    do throws(DocumentSyntaxError) {
      return isYAML(path, bytes) ? try YAMLReader.read(bytes) : try JSONReader.read(bytes)
    } catch {
      throw ControlError.document(source: path, DocumentRefusal(error))
    }
  }

  /// Writes a file, replacing one that is there.
  func writeFile(_ text: String, to path: String) throws {
    try writeFile(to: path) { try $0(Array(text.utf8)) }
  }

  /// Writes a file in pieces, replacing one that is there.
  func writeFile(to path: String, _ content: DocumentFile.Content) throws {
    let target = absolute(path)
    switch DocumentFile.kind(target) {
    case nil: try DocumentFile.create(target, shownAs: path, with: content)
    case .regular: try DocumentFile.replace(target, shownAs: path, with: content)
    case .special: try DocumentFile.write(content, into: target, shownAs: path)
    }
  }

  /// The bytes of a file, or of standard input for `-`.
  func readBytes(_ path: String) throws -> [UInt8] {
    let limit = DocumentLimits.bytes
    let bytes =
      path == "-"
      ? try context.readInput(limit + 1)
      : try DocumentFile.read(absolute(path), shownAs: path, atMost: limit + 1)
    guard bytes.count <= limit else {
      throw ControlError.tooLarge(source: path, limitInBytes: limit)
    }
    return bytes
  }

  /// The notation is told by the file's name, and where that says nothing by how the text begins.
  func isYAML(_ path: String, _ bytes: [UInt8]) -> Bool {
    if DocumentFile.isYAML(path) { return true }
    if path.hasSuffix(".json") { return false }
    let blank: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    guard let first = bytes.first(where: { !blank.contains($0) }) else { return false }
    return first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
  }
}

/// Reads and rewrites the files of documents.
enum DocumentFile {
  /// The endings of their names.
  static let extensions = ["json", "yaml", "yml"]

  /// Hands on what a file is to hold, in as many pieces as it likes, in UTF-8.
  typealias Content = (([UInt8]) throws -> Void) throws -> Void

  /// Whether a file's name says that it is YAML.
  static func isYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  /// The bytes of a file, at most so many.
  ///
  /// - Parameter name: The path as the user wrote it, for errors.
  static func read(_ path: String, shownAs name: String, atMost limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw failure(errno, name) }
    defer { close(descriptor) }
    return try read(descriptor, shownAs: name, atMost: limit)
  }

  /// The bytes of an open file, at most so many.
  static func read(
    _ descriptor: Int32, shownAs name: String, atMost limit: Int
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      bytes.reserveCapacity(min(Int(status.st_size), limit))
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let wanted = min(buffer.count, limit - bytes.count)
      let count = Foundation.read(descriptor, &buffer, wanted)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw failure(errno, name)
      }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// What a path leads to.
  enum Kind {
    case regular
    /// A pipe, a device, or anything else that must stay what it is.
    case special
  }

  /// What a path leads to; `nil` if nothing is there.
  static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    // A folder is left to the functions that write: they tell what is wrong with it.
    return [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) ? .regular : .special
  }

  /// Replaces the content of a file, all of it or nothing, whatever kills the program meanwhile.
  ///
  /// The mode stays, for root the owner too, and a symbolic link stays one.
  static func replace(_ path: String, shownAs name: String, with content: Content) throws {
    guard let resolved = realpath(path, nil) else { throw failure(errno, name) }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { throw failure(errno, name) }
    // A file that may not be written must not be replaced either, though its folder would let us.
    guard access(target, W_OK) == 0 else { throw failure(errno, name) }
    try put(content, at: target, shownAs: name, like: status)
  }

  /// Replaces the content of a file, unless it is no longer the one that was read.
  ///
  /// Of two programs that rewrite a file, the second waits until the first has put another file in
  /// its place, and then finds other content. Where files cannot be locked, it still compares.
  static func replace(
    _ path: String, shownAs name: String, ifStill expected: [UInt8], with text: String
  ) throws {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(errno, name) }
    defer { close(descriptor) }
    _ = flock(descriptor, LOCK_EX)
    let current = try read(path, shownAs: name, atMost: expected.count + 1)
    guard current == expected else { throw ControlError.fileMoved(path: name) }
    try replace(path, shownAs: name) { try $0(Array(text.utf8)) }
  }

  /// Writes a new file, all of it or nothing, with the mode that the process's mask leaves.
  static func create(_ path: String, shownAs name: String, with content: Content) throws {
    try put(content, at: path, shownAs: name, like: nil)
  }

  /// Writes into what is there, which stays what it is.
  static func write(_ content: Content, into path: String, shownAs name: String) throws {
    let descriptor = open(path, O_WRONLY)
    guard descriptor >= 0 else { throw creationFailure(errno, name) }
    defer { close(descriptor) }
    try content { try write($0, to: descriptor, shownAs: name) }
  }

  /// - Parameter original: The file whose place the new one takes; `nil` if there is none.
  private static func put(
    _ content: Content, at path: String, shownAs name: String, like original: stat?
  ) throws {
    let temporary = path + ".\(UInt32.random(in: .min ... .max)).tmp"
    // Nobody may read what takes the place of a secret file before it has that file's mode.
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY, original == nil ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw creationFailure(errno, name) }
    do {
      defer { close(descriptor) }
      try content { try write($0, to: descriptor, shownAs: name) }
      if let original {
        // Only root may give files away. The mode comes second, since a new owner takes bits of it.
        guard geteuid() != 0 || fchown(descriptor, original.st_uid, original.st_gid) == 0,
          fchmod(descriptor, original.st_mode & 0o7777) == 0
        else { throw failure(errno, name) }
      }
      // The content must be on the disk before it takes the place of the old one.
      guard fsync(descriptor) == 0 else { throw failure(errno, name) }
      guard rename(temporary, path) == 0 else { throw creationFailure(errno, name) }
    } catch {
      unlink(temporary)
      throw error
    }
    synchronizeFolder(of: path)
  }

  private static func write(
    _ piece: [UInt8], to descriptor: Int32, shownAs name: String
  ) throws {
    var bytes = piece[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw errno == EPIPE ? ControlError.output(.closed) : failure(errno, name)
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Brings the new name of a file to the disk too.
  ///
  /// The file is already there whatever happens, and not every file system can do this.
  private static func synchronizeFolder(of path: String) {
    let descriptor = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ code: Int32, _ name: String) -> ControlError {
    let failure: FileFailure =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EISDIR: .isDirectory
      case EACCES, EPERM, EROFS: .permissionDenied
      default: .inputOutput(reason: String(cString: strerror(code)))
      }
    return .file(path: name, failure)
  }

  private static func creationFailure(_ code: Int32, _ name: String) -> ControlError {
    let failure: FileFailure =
      switch code {
      case EACCES, EPERM, EROFS: .permissionDenied
      case ENOSPC, EIO, EDQUOT: .inputOutput(reason: String(cString: strerror(code)))
      default: .cannotCreate(reason: String(cString: strerror(code)))
      }
    return .file(path: name, failure)
  }
}
