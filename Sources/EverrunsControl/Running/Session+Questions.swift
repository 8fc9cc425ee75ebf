import CommandLineTree

extension Session {
  /// Makes sure that somebody wants what is about to be done: `--yes`, or an answer on a terminal.
  ///
  /// - Parameters:
  ///   - question: What is asked, without the question mark's choices.
  ///   - options: Options that say so as well, to be named where nobody can be asked.
  /// - Throws: a usage error where nobody can be asked, ``ControlError/declined`` for a no.
  func confirm(_ question: String, orGiven options: [String] = []) throws {
    guard !arguments[MutationOptions.yes] else { return }
    guard context.isInteractive else {
      let all = [MutationOptions.yes.specification.typedName] + options
      let ways =
        (all.count > 2 ? [all.dropLast(1).joined(separator: ", "), all[all.count - 1]] : all)
        .joined(separator: " or ")
      throw ControlError.usage(
        UsageError(
          .other(
            message: "'\(path.joined(separator: " "))' needs \(ways) where nobody can be asked",
            hint: nil), commandPath: path))
    }
    try context.errorOutput.write("\(question) [y/N] ")
    let answer = context.readLine()?.lowercased()
    guard answer == "y" || answer == "yes" else { throw ControlError.declined }
  }
}
