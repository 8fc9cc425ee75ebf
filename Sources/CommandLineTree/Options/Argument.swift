/// An argument of a command, and the key that reads its value.
///
/// ```swift
/// static let id = Argument.required("ID", .dynamic("capabilities"), summary: "The capability")
/// static let base = Argument.optional("REF", .dynamic("platforms"), summary: "The other platform")
/// static let ids = Argument.list("ID", .dynamic("capabilities"), summary: "The capabilities")
///
/// arguments[id]    // String
/// arguments[base]  // String?
/// arguments[ids]   // [String]
/// ```
public struct Argument<Value: Sendable>: CommandArgument {
  /// The argument without the type of its value.
  public let specification: ArgumentSpecification
  let access: ValueAccess<Value>

  /// A required argument.
  ///
  /// - Parameters:
  ///   - name: The placeholder in usage lines, in capitals.
  ///   - format: The conversion of its text.
  ///   - summary: A summary in one line, without a full stop.
  /// - Returns: An argument whose absence is a usage error.
  public static func required(
    _ name: String, _ format: ValueFormat<Value>, summary: String
  ) -> Self where Value: CommandLineValue {
    Self(
      specification: ArgumentSpecification(
        value: ValueSpecification(name, format), presence: .required, summary: summary),
      access: .required())
  }

  /// An optional argument.
  ///
  /// - Parameters:
  ///   - name: The placeholder in usage lines, in capitals.
  ///   - format: The conversion of its text.
  ///   - summary: A summary in one line, without a full stop.
  /// - Returns: An argument that is `nil` if its word is absent.
  public static func optional<Wrapped: CommandLineValue>(
    _ name: String, _ format: ValueFormat<Wrapped>, summary: String
  ) -> Self where Value == Wrapped? {
    Self(
      specification: ArgumentSpecification(
        value: ValueSpecification(name, format), presence: .optional, summary: summary),
      access: .optional())
  }

  /// An argument that takes all remaining words.
  ///
  /// Only the last argument can be a list.
  ///
  /// - Parameters:
  ///   - name: The placeholder of each word in usage lines, in capitals.
  ///   - format: The conversion of each text.
  ///   - mayBeEmpty: Whether the list may be empty.
  ///   - summary: A summary in one line, without a full stop.
  /// - Returns: An argument with the values in the order given.
  public static func list<Element: CommandLineValue>(
    _ name: String, _ format: ValueFormat<Element>, mayBeEmpty: Bool = false, summary: String
  ) -> Self where Value == [Element] {
    Self(
      specification: ArgumentSpecification(
        value: ValueSpecification(name, format),
        presence: mayBeEmpty ? .repeated : .repeatedAtLeastOnce, summary: summary),
      access: .list())
  }
}
