import Foundation

/// Reads the files of documents.
enum DocumentFile {
  /// The extensions of their names, without dots.
  static let extensions = ["json", "yaml", "yml"]

  /// The name without the extension of a document; `nil` if it has none.
  static func stem(of name: String) -> String? {
    extensions.first { name.hasSuffix("." + $0) }.map { String(name.dropLast($0.count + 1)) }
  }

  /// Whether a file's name says that it is YAML.
  static func isYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  /// The bytes of a file, at most so many.
  ///
  /// - Parameter name: The path as the user wrote it, for errors.
  static func read(_ path: String, shownAs name: String, atMost limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw ControlError.file(path: name, FileFailure(reading: errno)) }
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
        throw ControlError.file(path: name, FileFailure(reading: errno))
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
}
