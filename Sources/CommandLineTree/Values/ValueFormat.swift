/// Any type of which options and operands can have values.
///
/// Values can be compared so that whole parsed command lines can. The types that are generic over
/// values do not ask for it themselves, only their initializers do: what a type asks for is looked
/// up when the program runs, for every option there is.
public typealias CommandLineValue = Equatable & Sendable

/// How a text on the command line becomes a value.
///
/// ```swift
/// let name = ValueFormat.text.converted { text throws(ValueError) in try HarnessName(checking: text) }
/// ```
public struct ValueFormat<Value: Sendable>: Sendable {
  /// What the text is, for help and completion, which alone need it to be made.
  public var kind: ValueKind { makeKind() }
  let makeKind: @Sendable () -> ValueKind
  /// Makes the value of a text.
  ///
  /// It has no effect, so it may be called any number of times.
  public let convert: @Sendable (String) throws(ValueError) -> Value

  /// Makes a format of a conversion.
  public init(
    _ kind: ValueKind, convert: @escaping @Sendable (String) throws(ValueError) -> Value
  ) {
    self.init(kind: { kind }, convert: convert)
  }

  init(
    kind: @escaping @Sendable () -> ValueKind,
    convert: @escaping @Sendable (String) throws(ValueError) -> Value
  ) {
    makeKind = kind
    self.convert = convert
  }

  /// The same texts, made into another type.
  ///
  /// - Parameter transform: Makes the new value, or says why this one will not do.
  public func converted<Other>(
    by transform: @escaping @Sendable (Value) throws(ValueError) -> Other
  ) -> ValueFormat<Other> {
    let convert = convert
    return ValueFormat<Other>(
      kind: makeKind,
      convert: { text throws(ValueError) in try transform(try convert(text)) })
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
  /// Whether the word is in the list is found out when the command runs, not when its line is read.
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
