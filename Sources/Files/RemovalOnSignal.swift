import Foundation

/// The temporary files of this process, for the signal handler that removes them.
package enum RemovalOnSignal {
  private static let capacity = 64

  /// C strings, so that the handler does not allocate: signal-safety(7).
  ///
  /// One thread adds and removes; the handler only reads, and each entry is written atomically.
  nonisolated(unsafe) private static let paths = {
    let paths = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: capacity)
    paths.initialize(repeating: nil, count: capacity)
    return paths
  }()

  /// Adds a file and those that SQLite may create beside it.
  static func add(_ path: FilePath) {
    for file in TemporaryFile.withSideFiles(path) {
      guard let free = (0..<capacity).first(where: { paths[$0] == nil }) else { return }
      paths[free] = file.withSystemPath { strdup($0) }
    }
  }

  /// Removes a file that is no longer temporary.
  static func remove(_ path: FilePath) {
    for file in TemporaryFile.withSideFiles(path) {
      file.withSystemPath { name in
        for index in 0..<capacity {
          guard let known = paths[index], strcmp(known, name) == 0 else { continue }
          paths[index] = nil
          free(known)
        }
      }
    }
  }

  /// Deletes the files.
  ///
  /// Only calls functions that a signal handler may call.
  package static func run() {
    for index in 0..<capacity {
      if let path = paths[index] { unlink(path) }
    }
  }
}
