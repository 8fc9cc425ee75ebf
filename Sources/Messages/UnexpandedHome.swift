/// A path that begins with `~`, which a shell would have expanded to a home folder.
///
/// Shells expand it only at the beginning of a word: bash leaves `--store=~/x` alone, and no shell
/// expands a unit file. No one intends a folder named `~`.
package struct UnexpandedHome: Error, Equatable {
  /// The path to write instead.
  package let hint: String

  /// Why the path is refused, as the end of a sentence.
  package let reason = "the shell did not replace '~'"

  /// Creates the hint for a path that begins with `~`.
  ///
  /// Fails for any other path, and for `~name` without a slash, which may be a file's name.
  ///
  /// - Parameter path: The path as given.
  package init?(_ path: String) {
    guard path.unicodeScalars.first == "~" else { return nil }
    let home = path.unicodeScalars.prefix { $0 != "/" }
    let rest = String(path.unicodeScalars.dropFirst(home.count))
    if home.count == 1 {
      hint = "write \"$HOME\(rest)\", or './\(path)' for what is really named so"
    } else {
      guard !rest.isEmpty else { return nil }
      hint = "write the path of that home folder, or './\(path)' for what is really named so"
    }
  }
}
