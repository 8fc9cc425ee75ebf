import Messages

/// The constraint on types of values.
///
/// Values are comparable, so that whole parsed command lines are.
public typealias CommandLineValue = Equatable & Sendable

/// The conversion of a text on the command line to a value.
///
/// Only the factory functions constrain the type of the value, as with ``EnvironmentVariable``.
public struct ValueFormat<Value: Sendable>: Sendable {
  /// The kind of text, for help and completion.
  package let kind: ValueKind
  /// Converts a text to a value.
  ///
  /// It has no side effects.
  package let convert: @Sendable (String) throws(ValueError) -> Value
  /// Converts a value to a text, to show a default.
  package let text: @Sendable (Value) -> String
}

extension ValueFormat where Value: CommandLineValue {
  /// Creates a format.
  ///
  /// - Parameters:
  ///   - kind: The kind of text, for help and completion.
  ///   - text: Converts a value to a text, to show a default.
  ///   - convert: Converts a text to a value. It may be called any number of times and has no side
  ///     effects.
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
  /// Any text, including an empty one.
  public static var text: Self {
    Self(.text) { text throws(ValueError) in text }
  }

  /// A text that is not blank.
  public static var nonblank: Self {
    Self(.text) { text throws(ValueError) in
      guard text.contains(where: { !$0.isWhitespace }) else { throw .empty }
      return text
    }
  }

  /// The path of a file; an empty one, or one that begins with `~`, is an error.
  ///
  /// A path that is not UTF-8 preserves its bytes as special characters.
  ///
  /// - Parameter extensions: The usual extensions, without dots, which completion offers first.
  /// - Returns: A format that yields the path unchanged, without a look at the file system.
  public static func file(extensions: [String] = []) -> Self {
    Self(.file(extensions: extensions), convert: path)
  }

  /// The path of a folder, as ``file(extensions:)``.
  public static var directory: Self {
    Self(.directory, convert: path)
  }

  /// A word of a list that only the program knows; an empty word is an error.
  ///
  /// The command checks whether the word is in the list, not the parser.
  ///
  /// - Parameters:
  ///   - list: The name of the list, for completion requests.
  ///   - extensions: The usual extensions, without dots, if the word may be a file's path instead.
  /// - Returns: A format that yields the word unchanged; with `extensions`, also one that begins
  ///   with `~` is an error.
  public static func dynamic(_ list: String, orFile extensions: [String]? = nil) -> Self {
    Self(.dynamic(list, orFile: extensions), convert: extensions == nil ? nonempty : path)
  }

  /// A field and its value, `field=value`; an empty text is an error.
  ///
  /// The command takes the text apart, not the parser.
  ///
  /// - Parameters:
  ///   - list: The name of the list of beginnings, which completion asks the program for.
  ///   - mayBeFile: Whether a value that begins with `@` is a file's path, whose bytes are kept as
  ///     those of ``file(extensions:)``.
  /// - Returns: A format that yields the text unchanged.
  public static func assignment(_ list: String, orFile mayBeFile: Bool = true) -> Self {
    Self(.assignment(list, orFile: mayBeFile), convert: nonempty)
  }

  @Sendable private static func path(_ text: String) throws(ValueError) -> String {
    if let home = UnexpandedHome(text) { throw .invalid(reason: home.reason, hint: home.hint) }
    return try nonempty(text)
  }

  @Sendable private static func nonempty(_ text: String) throws(ValueError) -> String {
    if text.isEmpty { throw .empty }
    return text
  }
}

extension ValueFormat where Value == Duration {
  /// A duration: a whole number of `ms`, `s` or `m`, or `0`.
  public static var duration: Self {
    Self(.text, text: durationText) { text throws(ValueError) in
      if text == "0" { return .zero }
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty else { throw text.isEmpty ? .empty : .invalid(reason: notADuration) }
      // A day is longer than anyone waits, and far below the range of the clock.
      let number = Int(digits) ?? .max
      let duration: Duration? =
        switch text.dropFirst(digits.count) {
        case "ms": number <= 86_400_000 ? .milliseconds(number) : nil
        case "s": number <= 86_400 ? .seconds(number) : nil
        case "m": number <= 1_440 ? .seconds(60 * number) : nil
        default: throw .invalid(reason: notADuration)
        }
      guard let duration else { throw .invalid(reason: "it is more than a day") }
      return duration
    }
  }

  private static let notADuration = "a duration is written as 300ms, 5s, 2m or 0"

  @Sendable private static func durationText(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if attoseconds != 0 { return "\(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)ms" }
    return seconds == 0 ? "0" : "\(seconds)s"
  }
}

extension ValueFormat where Value == Int {
  /// An integer.
  ///
  /// - Parameter range: The valid range.
  /// - Returns: A format that rejects text that is not a decimal integer, and numbers out of range.
  public static func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Self {
    Self(.number) { text throws(ValueError) in
      guard let number = Int(text) else {
        guard !text.isEmpty else { throw .empty }
        // A number that no computer word holds.
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text[...]
        guard !digits.isEmpty,
          digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw .notANumber }
        throw .outOfRange(
          isNegative ? range.lowerBound...Int.max : Int.min...range.upperBound)
      }
      guard range.contains(number) else { throw .outOfRange(range) }
      return number
    }
  }
}
