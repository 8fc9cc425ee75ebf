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
    try ask("\(question.escapingControls()) [y/N] ", orGiven: options) { answer in
      ["y", "yes"].contains(answer.lowercased())
    }
  }

  /// Asks before something that replaces everything there is: a name has to be typed.
  ///
  /// - Throws: ``ControlError`` if the answer is something else.
  func confirmByTyping(_ word: String, _ question: String) throws {
    try ask("\(question.escapingControls()) Type \(word.quoted) to go on: ") { $0 == word }
  }

  private func ask(
    _ question: String, orGiven options: [String] = [], accepting isYes: (String) -> Bool
  ) throws {
    let command = path.joined(separator: " ")
    guard !arguments[MutationOptions.yes] else { return }
    guard canAsk else {
      throw usageError(
        "'\(command)' asks before it does anything, and there is no terminal",
        hint: "answer beforehand with "
          + ([MutationOptions.yes.specification.typedName] + options).joined(asListWith: "or"))
    }
    try context.errorOutput.write(question)
    guard let answer = context.readLine(), isYes(answer) else {
      throw ControlError.notConfirmed(command: command)
    }
  }
}
