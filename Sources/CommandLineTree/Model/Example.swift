/// A command line worth showing, with what it does.
public struct Example: Sendable, Hashable {
  /// What the command line does, in one line without a full stop.
  public let summary: String
  /// The command line as typed in a shell, beginning with the name of the program.
  ///
  /// It may contain quotes, pipes and redirections. A test checks that the program accepts its
  /// part.
  public let commandLine: String

  /// Describes a command line.
  public init(_ summary: String, _ commandLine: String) {
    self.summary = summary
    self.commandLine = commandLine
  }
}

extension Example {
  /// The command line on several lines that a shell reads as one, none longer than a width as far
  /// as its words allow.
  ///
  /// Each command of a pipeline begins a line, and an option stays with its value.
  func lines(atMost width: Int) -> [String] {
    guard commandLine.count > width else { return [commandLine] }
    let margin = "    "
    var lines: [String] = []
    var line = ""
    for part in parts {
      if line.hasSuffix(" |") {
        lines.append(line)
        line = margin + part
      } else if !line.isEmpty, line.count + 1 + part.count > width - 2 {
        lines.append(line + " \\")
        line = margin + part
      } else {
        line += (line.isEmpty ? "" : " ") + part
      }
    }
    return lines + [line]
  }

  /// The words of the command line: an option together with its value, and a pipe with the word
  /// before it.
  private var parts: [String] {
    words.reduce(into: []) { parts, word in
      let isOption = parts.last.map { $0.hasPrefix("-") && !$0.contains(" ") } ?? false
      if word == "|" || (isOption && !word.hasPrefix("-")), let last = parts.popLast() {
        parts.append(last + " " + word)
      } else {
        parts.append(word)
      }
    }
  }

  /// The words of the command line, with their quotes.
  private var words: [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in commandLine {
      if character == " ", quote == nil {
        words.append(word)
        word = ""
        continue
      }
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      }
      word.append(character)
    }
    return words + [word]
  }
}
