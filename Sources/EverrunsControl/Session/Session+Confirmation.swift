import CommandLineTree
import Everruns
import Messages

extension Session {
  /// Whether somebody sits at a terminal and can answer.
  var canAsk: Bool { context.isInputTerminal && context.errorOutput.isTerminal }

  /// Asks before something that no revision can undo.
  ///
  /// `--yes` answers beforehand; where nobody can be asked it has to be given.
  ///
  /// - Parameter options: Options that answer as well, to be named where nobody can be asked.
  /// - Throws: ``ControlError`` if the answer is not yes.
  func confirm(_ question: String, orGiven options: [String] = []) throws {
    let command = path.joined(separator: " ")
    guard !arguments[MutationOptions.yes] else { return }
    guard canAsk else {
      throw usageError(
        "'\(command)' asks before it does anything, and there is no terminal",
        hint: "answer beforehand with "
          + ([MutationOptions.yes.specification.typedName] + options).joined(asListWith: "or"))
    }
    try context.errorOutput.write("\(question.escapingControls()) [y/N] ")
    let answer = context.readLine()?.lowercased()
    guard answer == "y" || answer == "yes" else {
      throw ControlError.notConfirmed(command: command)
    }
  }
}
