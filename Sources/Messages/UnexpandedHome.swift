/// A path that begins with `~`, which a shell would have replaced by a home folder.
///
/// Shells do so only at the beginning of a word: bash leaves `--store=~/x` as it is, and no shell
/// has seen what stands in a unit file. A folder named `~` is what nobody means.
package struct UnexpandedHome: Error, Equatable {
  /// What to write instead.
  package let hint: String

  /// Why the path is refused, as the end of a sentence.
  package let reason = "the shell did not replace '~'"

  /// - Parameter path: What was given as a path.
  /// - Returns: `nil` if it does not begin so.
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
