import Foundation
import Synchronization

/// Stores that are made once in a process; every test that starts with one gets a copy.
///
/// Creating a store and seeding it takes longer than most of the tests that need one, and gives the
/// same tables and rows each time.
package final class KeptStores<Key: Hashable & Sendable>: Sendable {
  private let contents = Mutex<[Key: Data]>([:])

  package init() {}

  /// Puts a store at a path.
  ///
  /// - Parameters:
  ///   - key: Everything that determines what is in the store.
  ///   - path: The path of the new file.
  ///   - make: Makes the store at the path, and closes it.
  /// - Throws: The error that `make` throws, or an error of copying.
  package func put(_ key: Key, at path: String, make: () throws -> Void) throws {
    let files = FileManager.default
    if let content = contents.withLock({ $0[key] }) {
      try files.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      // As the program creates it: for its owner alone.
      guard
        files.createFile(
          atPath: path, contents: content, attributes: [.posixPermissions: 0o600])
      else { throw CocoaError(.fileWriteUnknown) }
    } else {
      try make()
      // With a write-ahead log beside it, the file is not the whole store.
      guard !files.fileExists(atPath: path + "-wal"), let content = files.contents(atPath: path)
      else { return }
      contents.withLock { $0[key] = content }
    }
  }
}
