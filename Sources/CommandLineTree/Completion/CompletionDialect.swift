/// How a shell writes the tables of a completion script.
protocol CompletionDialect {
  /// The name of the program.
  var program: String { get }
  /// What the names of all functions begin with.
  var functionPrefix: String { get }
  /// Whether words are offered with their descriptions.
  var showsDescriptions: Bool { get }
  /// The text as one word of the shell.
  func quoted(_ text: String) -> String
  /// One or more patterns of a table, and the code that belongs to them, as lines.
  func arm(_ patterns: [String], _ code: String) -> [String]
  /// Sets variables of the function that looks a word up.
  func assignments(_ values: KeyValuePairs<String, String>) -> String
}

extension CompletionDialect {
  /// A table as lines.
  ///
  /// - Parameter words: The function that is given the words of the table.
  func table(_ rows: [CompletionRow], words: String = "words") -> String {
    rows.flatMap { arm($0.patterns, code(for: $0.call, words: words)) }.joined(separator: "\n")
  }

  /// What is done for a call.
  private func code(for call: CompletionCall, words function: String) -> String {
    switch call {
    case .enter(let node):
      assignments(["node": node])
    case .option(let name, let takesValue, let isRepeatable):
      assignments([
        "name": name, "takes": takesValue ? "1" : "", "many": isRepeatable ? "1" : "",
      ])
    case .words(let choices):
      command(function, words(choices))
    case .list(let list, let files):
      command(files == nil ? "list" : "list_or_files", [list] + (files ?? []))
    case .files(let extensions):
      command("files", extensions)
    case .folders:
      command("folders", [])
    case .nothing:
      ":"
    }
  }

  /// The words of choices, each with its description behind it where those are shown.
  func words(_ choices: [Choice]) -> [String] {
    choices.flatMap { showsDescriptions ? [$0.value, $0.summary] : [$0.value] }
  }

  func command(_ name: String, _ arguments: [String]) -> String {
    (["\(functionPrefix)_\(name)"] + arguments.map(quoted)).joined(separator: " ")
  }
}

/// A shell in the manner of Bourne's: `case` with quoted patterns, quotes without escapes.
protocol BourneDialect: CompletionDialect {}

extension BourneDialect {
  var functionPrefix: String { "_\(program)" }

  func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  func arm(_ patterns: [String], _ code: String) -> [String] {
    ["    \(patterns.map(pattern).joined(separator: " | ")))", "      \(code)", "      ;;"]
  }

  func assignments(_ values: KeyValuePairs<String, String>) -> String {
    values.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: " ")
  }

  /// The stars at the ends stand for anything, so they stay outside of the quotes.
  private func pattern(_ text: String) -> String {
    if text.hasPrefix("*") { return "*" + quoted(String(text.dropFirst())) }
    if text.hasSuffix("*") { return quoted(String(text.dropLast())) + "*" }
    return quoted(text)
  }
}
