/// What the words of an option or argument are, for help, manual page and completion.
public enum ValueKind: Sendable, Hashable {
  /// Any text.
  case text
  /// A whole number.
  case number
  /// A path of a file, with the usual extensions, without dots; none means any file.
  case file(extensions: [String])
  /// A path of a folder.
  case directory
  /// One of a few words.
  case choice([Choice])
  /// One of the words of a list that only the program knows, such as the ids in a database; the
  /// text is the name of that list.
  ///
  /// With extensions, also an empty list of them, it may be a path of a file instead.
  case dynamic(String, orFile: [String]? = nil)

  /// Whether a word may be a path, whose bytes need not be UTF-8.
  var mayBePath: Bool {
    switch self {
    case .file, .directory, .dynamic(_, orFile: .some): true
    case .text, .number, .choice, .dynamic(_, orFile: nil): false
    }
  }

  /// The choices, or none if any word may be given.
  package var choices: [Choice] {
    if case .choice(let choices) = self { choices } else { [] }
  }
}

/// One of the words that an option or argument takes.
public struct Choice: Sendable, Hashable {
  /// The word as it is typed.
  public let value: String
  /// What it stands for, in one line; may be empty where the word says it all.
  public let summary: String

  /// Describes one word.
  public init(_ value: String, summary: String = "") {
    self.value = value
    self.summary = summary
  }
}
