import Foundation

extension OpenFile {
  /// Throws where the process cannot open as many files more as work with a database takes: the
  /// database, its log and the memory shared with others; a file that is written, the one whose place
  /// it takes, and their folder; and what a thread needs that the library for queues starts, which
  /// ends the process where it cannot have it.
  ///
  /// No database may be opened to try that: closing it would release SQLite's locks
  /// (sqlite.org/howtocorrupt.html, section 2.2).
  ///
  /// - Parameter path: What is to be opened, for errors.
  package static func checkDescriptors(for path: FilePath) throws(FileError) {
    let probes = try (0..<neededDescriptors).map { _ throws(FileError) in
      try OpenFile(FilePath("/dev/null"), shownAs: path, O_RDONLY)
    }
    withExtendedLifetime(probes) {}
  }

  private static let neededDescriptors = 7
}
