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
    guard let answer = try ask("\(question) [y/N] ", orGiven: options) else { return }
    guard ["y", "yes"].contains(answer.lowercased()) else { throw notConfirmed }
  }

  /// Asks before something that is lost for good, and takes no answer but a word that shows that
  /// the question was read.
  ///
  /// - Parameters:
  ///   - word: The word to be typed.
  ///   - noun: What the word is: `platform`, `name`.
  /// - Throws: ``ControlError`` if the answer is something else.
  func confirm(_ question: String, typing word: String, asThe noun: String) throws {
    guard let answer = try ask("\(question) Type the \(noun) (\(word)) to go on: ") else { return }
    guard answer == word else { throw notConfirmed }
  }

  /// The answer to a question; `nil` if `--yes` answers it, and empty if there is none.
  private func ask(_ question: String, orGiven options: [String] = []) throws -> String? {
    guard !arguments[MutationOptions.yes] else { return nil }
    guard canAsk else {
      throw usageError(
        "'\(path.joined(separator: " "))' needs confirmation, and standard input is not a terminal",
        hint: "pass "
          + ([MutationOptions.yes.specification.typedName] + options).joined(asListWith: "or"))
    }
    try context.errorOutput.write(question.escapingControls())
    return context.readLine() ?? ""
  }

  private var notConfirmed: ControlError {
    .notConfirmed(command: path.joined(separator: " "))
  }
}
