import CommandLineTree
import Everruns

extension Session {
  /// Asks before something that no revision can undo.
  ///
  /// `--yes` answers beforehand; where nobody can be asked it has to be given.
  ///
  /// - Throws: ``ControlError`` if the answer is not yes.
  func confirm(_ question: String) throws {
    let command = path.joined(separator: " ")
    guard !arguments[MutationOptions.yes] else { return }
    guard context.isInputTerminal, context.errorOutput.isTerminal else {
      throw usageError(
        "'\(command)' asks before it does anything, and there is no terminal",
        hint: "answer beforehand with --yes")
    }
    try context.errorOutput.write("\(question.escapingControls()) [y/N] ")
    let answer = context.readLine()?.lowercased()
    guard answer == "y" || answer == "yes" else {
      throw ControlError.notConfirmed(command: command)
    }
  }
}
