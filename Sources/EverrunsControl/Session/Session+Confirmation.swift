import CommandLineTree
import Everruns
import Messages

extension Session {
  /// Whether someone at a terminal can answer.
  var canAsk: Bool { context.isInputTerminal && context.errorOutput.isTerminal }

  /// Asks for confirmation of something that no revision can undo.
  ///
  /// `--yes` confirms in advance; without a terminal it is required.
  ///
  /// - Parameter options: Other options that confirm, to be named without a terminal.
  /// - Throws: ``ControlError`` if the answer is not yes.
  func confirm(_ question: String, orGiven options: [String] = []) throws {
    guard let answer = try ask("\(question) [y/N] ", orGiven: options) else { return }
    guard ["y", "yes"].contains(answer.lowercased()) else { throw ControlError.cancelled }
  }

  /// Asks for confirmation of an irreversible action; the answer must be a word that shows that the
  /// question was read.
  ///
  /// - Parameters:
  ///   - word: The word to type.
  ///   - noun: The kind of word: `platform`, `name`.
  /// - Throws: ``ControlError`` for any other answer.
  func confirm(_ question: String, typing word: String, asThe noun: String) throws {
    guard let answer = try ask("\(question) Type the \(noun) (\(word)) to continue: ") else {
      return
    }
    guard answer == word else { throw ControlError.cancelled }
  }

  /// The answer to a question; `nil` if `--yes` confirms it, empty if there is none.
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
}
