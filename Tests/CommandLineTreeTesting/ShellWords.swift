/// The words of a command line as a shell would pass them on.
///
/// This is as much of a shell as examples need: blanks, both kinds of quotes, backslashes, pipes,
/// lists of commands, redirections and comments. Expansions stay as they are written.
struct ShellWords {
  /// The commands of the line, each as its words; redirections are left out.
  private(set) var commands: [[String]] = []

  private var command: [String] = []
  private var word: String?
  private var skipsWord = false

  init(_ line: String) {
    var rest = Substring(line)
    while let character = rest.popFirst() {
      switch character {
      case " ", "\t", "\n":
        endWord()
      case "#" where word == nil:
        rest = rest.drop { $0 != "\n" }
      case "|", "&", ";":
        endCommand()
      case ">", "<":
        // A number in front of the sign says which stream, as in `2>`.
        if word.map({ $0.allSatisfy(\.isNumber) }) ?? false { word = nil }
        endWord()
        skipsWord = true
      case "\\":
        if let next = rest.popFirst(), next != "\n" { append(next) }
      case "'":
        append(contentsOf: rest.prefix { $0 != "'" })
        rest = rest.drop { $0 != "'" }.dropFirst()
      case "\"":
        append(contentsOf: "")
        while let next = rest.popFirst(), next != "\"" {
          if next == "\\", let escaped = rest.popFirst() { append(escaped) } else { append(next) }
        }
      default:
        append(character)
      }
    }
    endCommand()
  }

  /// The words behind a program's name, for each command of the line that calls it.
  func calls(of program: String) -> [[String]] {
    commands.compactMap { words in
      // Settings of the environment stand in front of the name.
      let call = words.drop { $0.contains("=") }
      return call.first == program ? Array(call.dropFirst()) : nil
    }
  }

  private mutating func append(_ character: Character) {
    word = (word ?? "") + String(character)
  }

  private mutating func append(contentsOf text: Substring) {
    word = (word ?? "") + text
  }

  private mutating func endWord() {
    guard let ended = word else { return }
    if !skipsWord { command.append(ended) }
    skipsWord = false
    word = nil
  }

  private mutating func endCommand() {
    endWord()
    if !command.isEmpty { commands.append(command) }
    command = []
    skipsWord = false
  }
}
