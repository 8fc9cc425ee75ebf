import Foundation

/// Writes files atomically.
///
/// This is the only code that creates, replaces and locks the files that commands write. Symbolic
/// links are followed, even dangling ones; pipes and devices are written in place. No folders are
/// created.
package struct FileWriter {
  /// Produces the content of a file, in any number of pieces.
  package typealias Content = (([UInt8]) throws -> Void) throws -> Void

  /// Information for the user about a file that was written.
  package enum Note: Hashable, Sendable {
    case lost([LostAttribute], FilePath)
    /// The file could not be replaced, so it was overwritten in place.
    case writtenInPlace(FilePath, reason: String)
  }

  private let wait: LockWait
  private let interruption: () throws(FileError) -> Void
  private let note: (Note) -> Void

  /// - Parameters:
  ///   - wait: The wait for a lock that another program holds.
  ///   - interruption: Throws to cancel.
  ///   - note: Receives information for the user.
  package init(
    waiting wait: LockWait, interruption: @escaping () throws(FileError) -> Void,
    note: @escaping (Note) -> Void
  ) {
    self.wait = wait
    self.interruption = interruption
    self.note = note
  }

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: The path as the user wrote it, for errors.
  ///   - overwriting: Whether an existing file may be overwritten.
  ///   - content: Produces the content.
  /// - Throws: ``FileError``, or the error that `content` throws.
  package func write(
    _ path: FilePath, shownAs name: FilePath, overwriting: Bool, _ content: Content
  ) throws {
    let created = try path.outputTarget(shownAs: name)
    let kind = try FileStatus.of(path)?.kind
    guard kind != .special, !path.namesOpenFile else { return try write(into: path, name, content) }
    switch kind {
    case .folder: throw FileError(name, FileFailure(creating: EISDIR))
    case .regular:
      guard overwriting else {
        // A killed program may have created it and left its temporary name.
        TemporaryFile.removeLeftovers(for: created)
        throw FileError(name, .exists)
      }
      let target = try locked(path, name)
      try replace(target, content)
    case nil, .special: try create(created, name, overwriting, content)
    }
  }

  /// Replaces the content of a file, unless the file changed since it was read.
  ///
  /// - Throws: ``FileFailure/changed`` if it did.
  package func replace(
    _ path: FilePath, shownAs name: FilePath, ifStill expected: [UInt8], with bytes: [UInt8]
  ) throws {
    var target = try locked(path, name)
    target.expected = expected
    // Whoever held the lock may have saved: then nothing needs to be written.
    try target.check()
    try replace(target) { try $0(bytes) }
  }

  /// Gives a new file the metadata of one whose place it took; notes what is lost.
  package func copyAttributes(from original: FilePath, to new: FilePath) throws(FileError) {
    let lost = try FileAttributes.copy(
      from: Self.open(original, original), to: OpenFile(new, shownAs: new, O_RDWR))
    if !lost.isEmpty { note(.lost(lost, new)) }
  }

  /// Throws if someone asked to stop.
  package func checkInterruption() throws(FileError) { try interruption() }

  // MARK: Ways to write

  /// Writes into an existing special file.
  private func write(into path: FilePath, _ name: FilePath, _ content: Content) throws {
    let file = try opened(path, name)
    try content { try file.write($0) }
  }

  /// Opens a special file for writing; a pipe that nobody reads yet is waited for.
  private func opened(_ path: FilePath, _ name: FilePath) throws(FileError) -> OpenFile {
    guard try FileStatus.of(path)?.isPipe ?? false else {
      return try OpenFile(path, shownAs: name, O_WRONLY)
    }
    while true {
      try interruption()
      // A blocking call would be repeated after a signal.
      let descriptor = path.withSystemPath {
        Foundation.open($0, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      }
      if descriptor >= 0 {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        return OpenFile(descriptor: descriptor, shownAs: name)
      }
      guard errno == ENXIO else { throw FileError(name, FileFailure(creating: errno)) }
      usleep(20_000)
    }
  }

  private func create(
    _ path: FilePath, _ name: FilePath, _ overwriting: Bool, _ content: Content
  ) throws {
    // The umask and the folder decide who may read it.
    let temporary = try temporaryFile(for: path, name, mode: 0o666)
    try fill(temporary, content)
    if overwriting {
      let code = temporary.move(to: path)
      guard code == 0 else { throw FileError(name, FileFailure(creating: code)) }
      path.synchronizeFolder()
    } else {
      try temporary.takePlace(path, shownAs: name)
    }
  }

  private func replace(_ target: Target, _ content: Content) throws {
    let temporary: TemporaryFile
    do throws(FileError) {
      temporary = try temporaryFile(for: target.path, target.name)
    } catch {
      guard case .permissionDenied(let reason) = error.failure else { throw error }
      return try overwrite(target, content, because: reason)
    }
    try fill(temporary, content)
    let lost = try FileAttributes.copy(from: target.file, to: temporary.file)
    // Writing took a while, and not every editor heeds the lock.
    try target.check()
    let code = temporary.move(to: target.path)
    switch code {
    case 0:
      if !lost.isEmpty { note(.lost(lost, target.name)) }
      target.path.synchronizeFolder()
    // The file is a mount point, or its folder does not allow renaming.
    case EBUSY, EXDEV, EPERM, EACCES:
      try overwrite(target, with: temporary)
      note(.writtenInPlace(target.name, reason: FileFailure.reason(code)))
    default:
      throw FileError(target.name, FileFailure(creating: code))
    }
  }

  /// Writes a file in place whose folder allows no other file beside it.
  private func overwrite(
    _ target: Target, _ content: Content, because reason: String
  ) throws {
    // The content is complete before the first byte of the old one is overwritten.
    let temporary = try temporaryFile(
      for: FilePath.scratchFolder.appending(target.path.name), target.name)
    try fill(temporary, content)
    try target.check()
    try overwrite(target, with: temporary)
    note(.writtenInPlace(target.name, reason: reason))
  }

  /// A temporary file, which exists only while interrupts are watched for.
  ///
  /// - Parameters:
  ///   - target: The path beside which it is created.
  ///   - name: The target as the user wrote it, for errors.
  ///   - mode: The mode of the file, subject to the umask.
  /// - Returns: The file, which is deleted with the object.
  /// - Throws: `FileError`.
  package func temporaryFile(
    for target: FilePath, _ name: FilePath, mode: UInt32 = 0o600
  ) throws(FileError) -> TemporaryFile {
    try interruption()
    return try TemporaryFile(for: target, shownAs: name, mode: mode)
  }

  private func fill(_ temporary: TemporaryFile, _ content: Content) throws {
    try content { piece in
      try temporary.file.write(piece)
      try interruption()
    }
    // The content must be on disk before it replaces the old one.
    try temporary.file.synchronize()
    try interruption()
  }

  /// Copies the content of a complete temporary file over that of the target.
  ///
  /// The space is reserved first, so that a full disk is noticed while the old content is there.
  private func overwrite(_ target: Target, with temporary: TemporaryFile) throws {
    let file = try OpenFile(target.path, shownAs: target.name, O_WRONLY)
    var size = 0
    try temporary.file.passOn { size += $0.count }
    try file.reserve(size)
    try temporary.file.passOn { try file.write($0) }
    guard ftruncate(file.descriptor, off_t(size)) == 0 else {
      throw FileError(target.name, FileFailure(reading: errno))
    }
    try file.synchronize()
  }

  // MARK: The file that is replaced

  /// A locked file that is about to be replaced.
  private struct Target {
    let path: FilePath
    let name: FilePath
    let file: OpenFile
    /// What the file must still hold when it is replaced; `nil` for anything.
    var expected: [UInt8]?

    /// Throws if the file holds something else.
    func check() throws(FileError) {
      guard let expected else { return }
      let current = try OpenFile(path, shownAs: name, O_RDONLY).read(atMost: expected.count + 1)
      guard current == expected else { throw FileError(name, .changed) }
    }
  }

  /// Checks that a file may be replaced, as far as its access rights tell.
  ///
  /// A read-only file must not be replaced, although its folder would allow it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: The path as the user wrote it, for errors.
  /// - Throws: ``FileError`` if it may not.
  package static func checkReplacing(
    _ path: FilePath, shownAs name: FilePath
  ) throws(FileError) {
    let target = try path.followingLinks()
    guard target.withSystemPath({ faccessat(AT_FDCWD, $0, W_OK, AT_EACCESS) }) == 0 else {
      throw FileError(name, FileFailure(reading: errno))
    }
  }

  private func locked(_ path: FilePath, _ name: FilePath) throws(FileError) -> Target {
    while true {
      try Self.checkReplacing(path, shownAs: name)
      let target = try path.followingLinks()
      let file = try Self.open(target, name)
      try file.lock(waiting: wait, interruption)
      // Another program may have replaced the file in the meantime.
      if let now = try FileStatus.of(target), let opened = FileStatus(of: file.descriptor),
        now.isSameFile(as: opened)
      {
        return Target(path: target, name: name, file: file)
      }
    }
  }

  /// A file may be writable for its user but not readable.
  private static func open(_ path: FilePath, _ name: FilePath) throws(FileError) -> OpenFile {
    do {
      return try OpenFile(path, shownAs: name, O_RDONLY | O_NONBLOCK)
    } catch {
      guard case .permissionDenied = error.failure else { throw error }
      return try OpenFile(path, shownAs: name, O_WRONLY | O_NONBLOCK)
    }
  }
}
