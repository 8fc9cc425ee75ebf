import Foundation

/// Writes files, each as a whole or not at all.
enum OutputFile {
  /// Passes the content of a file on, in as many pieces as it likes, in UTF-8.
  typealias Content = (([UInt8]) throws -> Void) throws -> Void

  /// Replaces the content of a file, all of it or nothing, whatever kills the program meanwhile.
  ///
  /// The mode stays, for root the owner too, and a symbolic link stays one.
  static func replace(_ path: String, shownAs name: String, with content: Content) throws {
    guard let resolved = realpath(path, nil) else {
      throw ControlError.file(path: name, FileFailure(reading: errno))
    }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else {
      throw ControlError.file(path: name, FileFailure(reading: errno))
    }
    // A file that may not be written must not be replaced either, though its folder would let us.
    guard access(target, W_OK) == 0 else {
      throw ControlError.file(path: name, FileFailure(reading: errno))
    }
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
    guard descriptor >= 0 else { throw ControlError.file(path: name, FileFailure(reading: errno)) }
    defer { close(descriptor) }
    _ = flock(descriptor, LOCK_EX)
    let current = try DocumentFile.read(path, shownAs: name, atMost: expected.count + 1)
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
    guard descriptor >= 0 else { throw ControlError.file(path: name, FileFailure(creating: errno)) }
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
    guard descriptor >= 0 else { throw ControlError.file(path: name, FileFailure(creating: errno)) }
    do {
      defer { close(descriptor) }
      try content { try write($0, to: descriptor, shownAs: name) }
      if let original {
        // Only root may give files away. The mode comes second, since a new owner takes bits of it.
        guard geteuid() != 0 || fchown(descriptor, original.st_uid, original.st_gid) == 0,
          fchmod(descriptor, original.st_mode & 0o7777) == 0
        else { throw ControlError.file(path: name, FileFailure(reading: errno)) }
      }
      // The content must be on the disk before it takes the place of the old one.
      guard fsync(descriptor) == 0 else {
        throw ControlError.file(path: name, FileFailure(reading: errno))
      }
      guard rename(temporary, path) == 0 else {
        throw ControlError.file(path: name, FileFailure(creating: errno))
      }
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
        throw errno == EPIPE
          ? ControlError.output(.closed)
          : ControlError.file(path: name, FileFailure(reading: errno))
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
}
