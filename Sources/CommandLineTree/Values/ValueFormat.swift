/// Any type of which options and arguments can have values.
///
/// Values can be compared so that whole parsed command lines can.
public typealias CommandLineValue = Equatable & Sendable

/// How a text on the command line becomes a value.
///
/// Only what makes a format asks something of the type of its value, as with
/// ``EnvironmentVariable``.
public struct ValueFormat<Value: Sendable>: Sendable {
  /// What the text is, for help and completion.
  package let kind: ValueKind
  /// Converts a text to a value.
  ///
  /// The conversion has no effects.
  package let convert: @Sendable (String) throws(ValueError) -> Value
  /// Converts a value to a text, to show a default.
  package let text: @Sendable (Value) -> String
}

extension ValueFormat where Value: CommandLineValue {
  /// Creates a format.
  ///
  /// - Parameters:
  ///   - kind: What the text is, for help and completion.
  ///   - text: Converts a value to a text, to show a default.
  ///   - convert: Converts a text to a value. It is called any number of times and has no effects.
  public init(
    _ kind: ValueKind, text: @escaping @Sendable (Value) -> String = { "\($0)" },
    convert: @escaping @Sendable (String) throws(ValueError) -> Value
  ) {
    self.kind = kind
    self.text = text
    self.convert = convert
  }
}

extension ValueFormat where Value == String {
  /// Any text, also an empty one.
  public static var text: Self {
    Self(.text) { text throws(ValueError) in text }
  }

  /// The path of a file; an empty one is an error.
  ///
  /// - Parameter extensions: The usual extensions, without dots, which completion offers first.
  public static func file(extensions: [String] = []) -> Self {
    Self(.file(extensions: extensions), convert: nonempty)
  }

  /// The path of a folder; an empty one is an error.
  public static var directory: Self {
    Self(.directory, convert: nonempty)
  }

  /// One word of a list that only the program knows; an empty one is an error.
  ///
  /// The command checks whether the word is in the list, not the parser.
  ///
  /// - Parameters:
  ///   - list: The name of the list, which completion asks the program for.
  ///   - extensions: The usual extensions, without dots, if the word may be a file's path instead.
  public static func dynamic(_ list: String, orFile extensions: [String]? = nil) -> Self {
    Self(.dynamic(list, orFile: extensions), convert: nonempty)
  }

  @Sendable private static func nonempty(_ text: String) throws(ValueError) -> String {
    if text.isEmpty { throw .empty }
    return text
  }
}

extension ValueFormat where Value == Int {
  /// A whole number.
  ///
  /// - Parameter range: The numbers allowed, both ends included.
  public static func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Self {
    Self(.number) { text throws(ValueError) in
      guard let number = Int(text) else { throw text.isEmpty ? .empty : .notANumber }
      guard range.contains(number) else { throw .outOfRange(range) }
      return number
    }
  }
}
