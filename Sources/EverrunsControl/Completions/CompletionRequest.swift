import CommandLineTree
import Everruns
import EverrunsStore
import Messages

/// What a shell's completions ask for: the words of a list, on a line that is being typed.
struct CompletionRequest {
  /// The name of the list.
  let list: String
  /// What is typed of the word so far.
  let prefix: String
  /// The words in front of it, without the name of the program.
  let line: [String]

  /// - Parameter words: The words of a command line.
  /// - Returns: `nil` if it is no such request.
  init?(_ words: [String]) {
    guard words.first == CompletionShell.requestWord, words.count >= 3 else { return nil }
    list = words[1]
    prefix = words[2]
    line = Array(words.dropFirst(3))
  }

  /// Writes the words with their descriptions, one a line.
  ///
  /// The platform, the store and the grade are those of the line. Whoever presses a key asked for
  /// no message: whatever goes wrong, nothing is written, and the run ends well.
  func answer(for program: ProgramDescription, in context: Context) -> ExitCode {
    var context = context
    let output = context.output
    context.errorOutput = SilentStream()
    context.readInput = { _ in throw OutputFailure.closed }
    let (path, arguments) = program.tree.understanding(
      of: line, environment: context.environment)
    let session = Session(program, context, words: line, path: path, arguments: arguments)
    guard let list = CompletionList.all.first(where: { $0.name == list }),
      let choices = try? list.choices(self, session)
    else { return .success }
    let lines = choices.compactMap(\.completionLine)
    try? output.write(lines.joined())
    return .success
  }
}

extension Choice {
  /// The line of an answer; none for a word that no shell could insert.
  fileprivate var completionLine: String? {
    guard !value.isEmpty, value.escapingControls() == value else { return nil }
    let summary = self.summary.split(separator: "\n").first.map { String($0).escapingControls() }
    return summary.map { "\(value)\t\($0)\n" } ?? value + "\n"
  }
}

/// A stream that nobody reads.
private final class SilentStream: TextOutput {
  let isTerminal = false
  let width: Int? = nil

  func write(_ text: String) throws(OutputFailure) {}
  func write(_ bytes: [UInt8]) throws(OutputFailure) {}
}
