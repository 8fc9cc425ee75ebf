/// The kind of an option's or argument's words, for help, manual page and completion.
public enum ValueKind: Sendable, Hashable {
  /// Any text.
  case text
  /// A whole number.
  case number
  /// The path of a file, with the usual extensions, without dots; none means any file.
  case file(extensions: [String])
  /// The path of a folder.
  case directory
  /// One of a few words.
  case choice(Choices)
  /// A word of a list that only the program knows, such as ids in a database, by the name of the
  /// list.
  ///
  /// With extensions, even an empty list of them, it may be the path of a file instead.
  case dynamic(String, orFile: [String]? = nil)
  /// A field and its value, `field=value`; the text is the name of the list of beginnings, as with
  /// `dynamic`.
  ///
  /// The value may be that of a file, `field=@FILE`, unless `orFile` is false.
  case assignment(String, orFile: Bool = true)

  /// The name of the list that the program is asked for, if there is one.
  package var list: String? {
    switch self {
    case .dynamic(let list, _), .assignment(let list, _): list
    case .text, .number, .file, .directory, .choice: nil
    }
  }

  /// Whether a word may be a path or end with one, whose bytes need not be UTF-8.
  func mayBePath(_ word: String) -> Bool {
    switch self {
    case .file, .directory, .dynamic(_, orFile: .some): return true
    case .text, .number, .choice, .dynamic(_, orFile: nil), .assignment(_, orFile: false):
      return false
    case .assignment(_, orFile: true):
      // After `field=`, one `@` begins a path, and two stand for the character.
      let sign = UInt8(ascii: "@")
      let value = word.utf8.drop { $0 != UInt8(ascii: "=") }.dropFirst()
      return value.first == sign && value.dropFirst().first != sign
    }
  }

  /// The choices; empty if any word is valid.
  package var choices: [Choice] {
    if case .choice(let choices) = self { choices.all } else { [] }
  }
}

/// The valid words of an option or argument.
///
/// They are only made for help and completion, because every run of a program makes every option.
public struct Choices: Sendable, Hashable {
  private let type: any CommandLineChoice.Type

  /// Creates the words of a set.
  init(_ type: any CommandLineChoice.Type) {
    self.type = type
  }

  /// The words, in the order of the set.
  var all: [Choice] { type.choices }

  /// Whether both are the words of the same set.
  public static func == (left: Choices, right: Choices) -> Bool { left.type == right.type }

  /// Hashes the set.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type))
  }
}

extension CommandLineChoice {
  fileprivate static var choices: [Choice] {
    allCases.map { Choice($0.rawValue, summary: $0.choiceSummary) }
  }
}

/// A valid word of an option or argument.
public struct Choice: Sendable, Hashable {
  /// The word, as typed.
  public let value: String
  /// The meaning, in one line; empty if it is obvious.
  public let summary: String

  /// Creates a choice.
  public init(_ value: String, summary: String = "") {
    self.value = value
    self.summary = summary
  }
}
