package import Files
import Messages

/// What is in the place of a file that SQLite keeps beside a database, and cannot be one.
///
/// SQLite opens only regular files there. It does not say which of them it could not open, and waits
/// for the other end of a pipe.
package struct UnusableSideFile: Error, Equatable {
  /// The path, beside the database itself, not beside a link to it.
  package let path: FilePath
  /// What is there.
  package let kind: FileStatus.Irregularity

  /// Checks what is beside a database.
  ///
  /// - Parameters:
  ///   - database: The path of the database.
  ///   - name: The path as the user wrote it, if it is not `database`.
  /// - Throws: The first that is unusable. A path that cannot be resolved has none.
  static func check(
    beside database: FilePath, shownAs name: FilePath? = nil
  ) throws(UnusableSideFile) {
    guard let file = try? database.followingLinks() else { return }
    for suffix in TemporaryFile.sideSuffixes {
      guard let kind = FileStatus.irregularity(of: file.adding(suffix: suffix)) else { continue }
      throw UnusableSideFile(
        path: (file == database ? name ?? file : file).adding(suffix: suffix), kind: kind)
    }
  }

  /// What is wrong, as a part of a sentence.
  var reason: String {
    // Not shortened: the end of the path says which of the files it is.
    "'\(path.description.escapingControls())' is a \(kind.rawValue), not a regular file"
  }

  /// What to do about it.
  var hint: String {
    kind == .link
      ? "put the file that it names in its place, if that belongs to the store; else remove it"
      : "move it away; SQLite creates a file there when it needs one"
  }
}
