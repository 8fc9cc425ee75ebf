import CommandLineTree
import Everruns
import Messages

extension Session {
  /// Whether someone at a terminal can answer.
  var canAsk: Bool { context.isInputTerminal && context.errorOutput.isTerminal }

  /// Asks for confirmation of an irreversible action.
  ///
  /// `--yes` confirms in advance; without a terminal it is required.
  ///
  /// - Parameters:
  ///   - question: The question, without the possible answers.
  ///   - options: Other options that confirm; the error without a terminal names them.
  /// - Throws: ``ControlError/cancelled`` if the answer is not yes; a usage error without a
  ///   terminal; `StoreError.interrupted` for an interrupt.
  func confirm(_ question: String, orGiven options: [String] = []) throws {
    guard let answer = try ask("\(question) [y/N] ", orGiven: options) else { return }
    guard ["y", "yes"].contains(answer.lowercased()) else { throw ControlError.cancelled }
  }

  /// Asks for confirmation of an irreversible action, by typing a word that shows that the question
  /// was read.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - word: The word to type.
  /// - Throws: ``ControlError/cancelled`` for any other answer; a usage error without a terminal;
  ///   `StoreError.interrupted` for an interrupt.
  func confirm(_ question: String, typing word: String) throws {
    guard let answer = try ask("\(question) Type '\(word)' to continue: ") else {
      return
    }
    guard answer == word else { throw ControlError.cancelled }
  }

  /// Checks that someone can confirm, or has confirmed in advance.
  ///
  /// - Parameter options: Other options that confirm; the error names them.
  /// - Throws: A usage error without a terminal.
  func checkConfirmation(orGiven options: [String] = []) throws {
    guard !arguments[MutationOptions.yes], !canAsk else { return }
    throw usageError(
      "'\(path.joined(separator: " "))' needs confirmation, and standard input is not a terminal",
      hint: "pass "
        + ([MutationOptions.yes.specification.typedName] + options).joined(asListWith: "or"))
  }

  /// The answer to a question; `nil` if `--yes` confirms it, empty if there is none.
  ///
  /// - Throws: A usage error without a terminal; `StoreError.interrupted` for an interrupt instead of
  ///   an answer.
  private func ask(_ question: String, orGiven options: [String] = []) throws -> String? {
    guard !arguments[MutationOptions.yes] else { return nil }
    try checkConfirmation(orGiven: options)
    progress?.end()
    context.interrupts.begin()
    let text = question.escapingControls()
    try context.errorOutput.write(context.errorOutput.width.map(text.wrapped) ?? text)
    let answer = context.readLine()
    // The question's line is still open.
    if answer == nil { try context.errorOutput.write("\n") }
    try throwIfInterrupted()
    return answer ?? ""
  }
}
