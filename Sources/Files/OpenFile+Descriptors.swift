import Foundation

extension OpenFile {
  /// Checks that the process can open as many more files as work with a database needs.
  ///
  /// These are the database, its log and its shared memory; a file that is written, the one that it
  /// replaces, and their folder; and one for a thread of the dispatch library, which ends the
  /// process if it cannot open it.
  ///
  /// Opening a database to find out is not an option: closing it would release SQLite's locks
  /// (sqlite.org/howtocorrupt.html, section 2.2).
  ///
  /// - Parameter path: The file to open, for errors.
  /// - Throws: A `FileError` about `path` if the process has reached its limit of open files.
  package static func checkDescriptors(for path: FilePath) throws(FileError) {
    let probes = try (0..<neededDescriptors).map { _ throws(FileError) in
      try OpenFile(FilePath("/dev/null"), shownAs: path, O_RDONLY)
    }
    withExtendedLifetime(probes) {}
  }

  private static let neededDescriptors = 7
}
