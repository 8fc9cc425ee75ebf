import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Files
import Messages

/// `store backup`.
enum StoreBackup {
  private static let destination = Argument.required(
    "FILE", .file(extensions: ["db"]), summary: "The file to create; - is standard output")

  static let command = Command<ControlAction>(
    "backup", summary: "Copy the store to a file, while it is in use",
    discussion: """
      The store must exist; 'store init' creates it. The copy is a consistent snapshot, written \
      atomically. With --force an existing database is overwritten through SQLite, so programs that \
      have it open see the new content.
      """,
    arguments: [destination], options: [OutputOptions.force],
    examples: [
      Example("Keep a copy", "everrunsctl store backup everruns-backup.db"),
      Example(
        "Keep a copy on another machine",
        "everrunsctl store backup - | ssh backup.example.com 'cat > everruns.db'"),
    ],
    exitCodes: [.failure, .badInput, .noInput, .cannotCreate, .inputOutput, .busy]
  ) { session in
    let store = try session.copyableStore()
    let file = session.arguments[destination]
    guard file != "-" else {
      try store.backUp(throughFolder: session.temporaryFolder(), with: session.fileWriter) {
        try session.context.output.write($0)
      }
      return .success
    }
    let serial = try session.backUp(
      store, to: file, overwriting: session.arguments[OutputOptions.force])
    // Only the copy goes into a pipe, even if the pipe is standard output.
    guard try session.isRegularFile(file) else {
      session.note("copied the store at serial \(serial) to '\(file.escapingControls())'")
      return .success
    }
    let path = try session.absolute(file).description
    try session.write(
      json: ["path": .string(path), "serial": .integer(serial)],
      text: "Copied the store at serial \(serial) to "
        + "'\((session.isVerbose ? path : file).escapingControls())'.\n")
    return .success
  }
}

extension Session {
  /// The store, if it can be copied, whatever state its schema is in.
  func copyableStore() throws -> any CopyableStore {
    let store = try existingStore(checksSchema: false)
    guard let store = store as? any CopyableStore else {
      throw ControlError.notCopyable(store.location)
    }
    return store
  }

  /// Copies the store to a file.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - word: The file as the user named it.
  ///   - overwriting: Whether an existing file may be overwritten.
  /// - Returns: The serial of the copy.
  /// - Throws: ``ControlError/overwritesStore(path:)`` if the file is the store itself; `FileError`
  ///   about the file, or `StoreError` about the store.
  func backUp(_ store: any CopyableStore, to word: String, overwriting: Bool) throws -> Int {
    let path = try absolute(word)
    try refuseStore(as: path, word)
    context.interrupts.begin()
    defer { endWatching() }
    let serial = try store.backUp(
      to: CopyTarget(path: path, name: FilePath(word), overwriting: overwriting), with: fileWriter)
    effectOnFiles = .file
    return serial
  }
}
