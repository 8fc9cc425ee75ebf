import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// A request of a shell's completion script: the words of a list, for a line being typed.
struct CompletionRequest {
  /// The name of the list.
  let list: String
  /// The typed part of the current word.
  let prefix: String
  /// The preceding words, without the name of the program.
  let line: [String]

  /// Parses the words of a command line; fails unless they are a request of a completion script.
  init?(_ words: [String]) {
    guard words.first == CompletionShell.requestWord, words.count >= 3 else { return nil }
    list = words[1]
    prefix = words[2]
    line = Array(words.dropFirst(3))
  }

  /// Writes the words with their descriptions, one per line; a remark about the list has no word.
  ///
  /// Words of the list that the line already has are left out: given twice they would have no effect.
  ///
  /// Platform, store and grade come from the line. Someone who presses Tab did not ask for
  /// messages: on any error nothing is written, and the run succeeds.
  func answer(for program: ProgramDescription, in context: Context) -> ExitCode {
    var context = context
    let output = context.output
    context.errorOutput = SilentStream()
    context.readInput = { _ in throw OutputFailure.closed }
    let line = line.map { $0.expandingHome(context.variable("HOME")) }
    let (path, arguments) = program.tree.understanding(
      of: line, environment: context.environment)
    let session = Session(program, context, words: line, path: path, arguments: arguments)
    guard let list = CompletionList.all.first(where: { $0.name == list }),
      let choices = try? list.choices(self, session)
    else { return .success }
    let given = Set(
      program.tree.words(of: self.list, in: arguments, at: path).map(ExactText.init))
    let lines = choices.filter { !given.contains(ExactText($0.value)) }
      .compactMap(\.completionLine)
    try? output.write(lines.joined())
    return .success
  }
}

extension String {
  /// The word with the home folder in place of `~` or `$HOME` before a path: shells hand over what
  /// is being typed.
  fileprivate func expandingHome(_ home: String?) -> String {
    guard let home else { return self }
    // Shells leave `~` in the middle of a word as it is.
    let start = hasPrefix("--") ? firstIndex(of: "=").map(index(after:)) ?? startIndex : startIndex
    let names = start == startIndex ? ["~", "$HOME", "${HOME}"] : ["$HOME", "${HOME}"]
    guard let name = names.first(where: { self[start...].hasPrefix($0 + "/") }) else {
      return self
    }
    return self[..<start] + home + self[start...].dropFirst(name.count)
  }
}

extension Choice {
  /// The line of an answer; `nil` for a word that a shell could not insert.
  fileprivate var completionLine: String? {
    guard !value.isUnclear, !value.isEmpty || !summary.isEmpty else { return nil }
    let summary = self.summary.split(separator: "\n").first.map { String($0).escapingControls() }
    return summary.map { "\(value)\t\($0)\n" } ?? value + "\n"
  }
}

/// A stream that discards everything.
private final class SilentStream: TextOutput {
  let isTerminal = false
  let width: Int? = nil

  func write(_ text: String) throws(OutputFailure) {}
  func write(_ bytes: [UInt8]) throws(OutputFailure) {}
}
