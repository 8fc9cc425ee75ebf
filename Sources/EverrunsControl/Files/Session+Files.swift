import CommandLineTree
import EverrunsStore
import Files
import Foundation
import Messages

extension Session {
  /// The bytes of a file, or of standard input for `-`.
  ///
  /// - Parameters:
  ///   - word: The file, as the user named it.
  ///   - limit: The maximum size in bytes.
  /// - Returns: The whole contents.
  /// - Throws: ``ControlError`` if there are more bytes than the limit, or if standard input is
  ///   read a second time; `FileError` if the file cannot be read.
  func readBytes(_ word: String, atMost limit: Int) throws -> [UInt8] {
    if word == "-" { try claimInput() }
    let bytes =
      word == "-"
      ? try context.readInput(limit + 1)
      : try OpenFile(try absolute(word), shownAs: FilePath(word), O_RDONLY)
        .read(atMost: limit + 1)
    guard bytes.count <= limit else {
      throw ControlError.tooLarge(source: word, limitInBytes: limit)
    }
    return bytes
  }

  /// Standard input, saved to a temporary file that exists as long as this object.
  ///
  /// - Throws: ``ControlError`` if standard input is read a second time; `FileError` about the folder
  ///   for temporary files.
  func savedInput() throws -> TemporaryFile {
    try claimInput()
    let folder = try temporaryFolder()
    let sizeOfPieces = 1 << 20
    // Nothing has to be removed yet if someone stops the program while it waits for input.
    var piece = try context.readInput(sizeOfPieces)
    let writer = fileWriter
    let temporary = try writer.temporaryFile(
      for: folder.appending(Array("everruns-input".utf8)), folder)
    while !piece.isEmpty {
      try temporary.file.write(piece)
      piece = try context.readInput(sizeOfPieces)
      try writer.checkInterruption()
    }
    return temporary
  }

  private func claimInput() throws {
    guard !isInputRead else {
      throw usageError("standard input can be read only once, but is given twice")
    }
    isInputRead = true
  }

  /// The folder for temporary files: environ(7).
  func temporaryFolder() throws -> FilePath {
    let folder = context.variable("TMPDIR") ?? "/tmp"
    return try absolute(folder)
  }

  /// Writes a file atomically, or to standard output for `-`.
  ///
  /// - Parameters:
  ///   - word: The file as the user named it.
  ///   - overwriting: Whether an existing file may be overwritten.
  ///   - content: Produces the content, in pieces.
  /// - Throws: `FileError` if the file exists and must not be overwritten, or cannot be written;
  ///   the error that `content` throws.
  func writeFile(
    to word: String, overwriting: Bool, _ content: FileWriter.Content
  ) throws {
    guard word != "-" else { return try content { try context.output.write($0) } }
    let path = try absolute(word)
    try refuseStore(as: path, word)
    defer { endWatching() }
    try fileWriter.write(path, shownAs: FilePath(word), overwriting: overwriting) { output in
      try withoutActuallyEscaping(output) { try content($0) }
      try checkReading()
    }
    effectOnFiles = .file
  }

  /// Replaces the content of a document's file, unless the file changed since it was read; a dry
  /// run only checks that it may be written.
  ///
  /// - Throws: ``FileFailure/changed`` if it did.
  func replaceFile(_ word: String, ifStill expected: [UInt8], with bytes: [UInt8]) throws {
    let path = try absolute(word)
    guard !isDryRun else { return try FileWriter.checkReplacing(path, shownAs: FilePath(word)) }
    defer { endWatching() }
    try fileWriter.replace(path, shownAs: FilePath(word), ifStill: expected, with: bytes)
    effectOnFiles = .change
  }

  /// Whether a word names a regular file, not a pipe or a device.
  func isRegularFile(_ word: String) throws -> Bool {
    let path = try absolute(word)
    return try FileStatus.of(path)?.kind == .regular && !path.namesOpenFile
  }

  /// The writer for the files of this run.
  var fileWriter: FileWriter {
    FileWriter(
      waiting: lockWait,
      interruption: { [context] () throws(FileError) in
        context.interrupts.begin()
        if context.interrupts.isPending { throw FileError(FilePath(""), .interrupted) }
      },
      note: { [self] in note($0.message) })
  }

  /// Refuses to overwrite the store, or SQLite's files beside it, under any name.
  func refuseStore(as path: FilePath, _ word: String) throws {
    let target = try path.outputTarget(shownAs: FilePath(word))
    guard let location = (try? storeLocation())?.path,
      let store = try? FilePath(location).followingLinks(),
      let folder = try? FileStatus.of(store.folder)
    else { return }
    let status = try FileStatus.of(target)
    for side in TemporaryFile.withSideFiles(store) {
      let isSame =
        if let status {
          try? FileStatus.of(side)?.isSameFile(as: status)
        } else {
          // SQLite may create the file later.
          try side.name == target.name
            && FileStatus.of(target.folder)?.isSameFile(as: folder) == true
        }
      if isSame == true { throw ControlError.overwritesStore(path: word) }
    }
  }
}

extension FileWriter.Note {
  /// The note for the user.
  fileprivate var message: String {
    switch self {
    case .lost(let attributes, let path):
      "\(path.description.quoted) was replaced, and lost \(attributes.map(\.name).joined(asListWith: "and"))"
    case .writtenInPlace(let path, let reason):
      "\(path.description.quoted) was written in place, because it cannot be replaced: \(reason)"
    }
  }
}

extension LostAttribute {
  fileprivate var name: String {
    switch self {
    case .owner: "its owner"
    case .group: "its group"
    case .accessControlList: "its access control list"
    case .extended(let name): "the attribute \(name.quoted)"
    case .otherNames: "its other names, which keep the old content"
    }
  }
}
