import Foundation

/// An open file, closed when this object is deallocated.
package final class OpenFile {
  /// The file descriptor.
  package let descriptor: Int32
  /// The path as the user wrote it, for errors.
  package let name: FilePath

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: The path as the user wrote it.
  ///   - flags: As in open(2).
  ///   - mode: The mode of a file that is created.
  /// - Throws: A `FileError` that names `name` and the reason if the file cannot be opened or
  ///   created.
  package init(
    _ path: FilePath, shownAs name: FilePath, _ flags: Int32, mode: UInt32 = 0
  ) throws(FileError) {
    let descriptor = path.withSystemPath { open($0, flags | O_CLOEXEC, mode_t(mode)) }
    guard descriptor >= 0 else {
      let code = errno
      guard flags & O_ACCMODE != O_RDONLY else {
        throw FileError(name, FileFailure(reading: code))
      }
      if code == ENOENT, flags & O_CREAT != 0,
        try FileStatus.of(path.followingLinks().folder)?.kind == .folder
      {
        // As in /proc.
        throw FileError(name, .cannotCreate(reason: "its folder takes no files"))
      }
      throw FileError(name, FileFailure(creating: code))
    }
    self.descriptor = descriptor
    self.name = name
  }

  /// Takes over a file that is open.
  init(descriptor: Int32, shownAs name: FilePath) {
    self.descriptor = descriptor
    self.name = name
  }

  deinit {
    close(descriptor)
  }

  /// The remaining bytes, up to a limit.
  package func read(atMost limit: Int) throws(FileError) -> [UInt8] {
    try Self.read(descriptor, shownAs: name, atMost: limit)
  }

  /// The bytes of a file that is already open, up to a limit.
  package static func read(
    _ descriptor: Int32, shownAs name: FilePath, atMost limit: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    if let status = FileStatus(of: descriptor), status.kind == .regular {
      bytes.reserveCapacity(min(status.size, limit))
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let wanted = min(buffer.count, limit - bytes.count)
      let count = Foundation.read(descriptor, &buffer, wanted)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw FileError(name, FileFailure(reading: errno))
      }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  /// Passes the whole content to `body`, in pieces.
  package func passOn(to output: ([UInt8]) throws -> Void) throws {
    lseek(descriptor, 0, SEEK_SET)
    while true {
      let piece = try read(atMost: 1 << 20)
      if piece.isEmpty { return }
      try output(piece)
    }
  }

  /// Writes bytes at the current position.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    if let code = Self.write(bytes, to: descriptor) {
      throw FileError(name, FileFailure(reading: code))
    }
  }

  /// Writes bytes to a file that is already open, up to the first error.
  ///
  /// - Returns: The system's error number, errno(3); `nil` if every byte was written.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }

  /// Reserves the space for a content of `size` bytes; without enough space, the file stays as it is.
  ///
  /// Some file systems cannot reserve space: posix_fallocate(3).
  func reserve(_ size: Int) throws(FileError) {
    guard size > 0, let held = FileStatus(of: descriptor)?.size else { return }
    while true {
      let code = posix_fallocate(descriptor, 0, off_t(size))
      switch code {
      case 0, EOPNOTSUPP, EINVAL: return
      case EINTR: continue
      default:
        ftruncate(descriptor, off_t(held))
        throw FileError(name, FileFailure(reading: code))
      }
    }
  }

  /// Flushes the content to disk.
  package func synchronize() throws(FileError) {
    // Pipes and some devices do not support this.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw FileError(name, FileFailure(reading: errno))
    }
  }
}
