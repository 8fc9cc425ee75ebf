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

  /// An argument that must be given.
  ///
  /// - Parameters:
  ///   - name: Its placeholder in usage lines, in capitals.
  ///   - format: How its text becomes a value.
  ///   - summary: What it is, in one line without a full stop.
  public static func required(
    _ name: String, _ format: ValueFormat<Value>, summary: String
  ) -> Self where Value: CommandLineValue {
    Self(
      specification: ArgumentSpecification(
        value: ValueSpecification(name, format), presence: .required, summary: summary),
      access: .required())
  }

  /// An argument that may be absent.
  ///
  /// - Parameters:
  ///   - name: Its placeholder in usage lines, in capitals.
  ///   - format: How its text becomes a value.
  ///   - summary: What it is, in one line without a full stop.
  public static func optional<Wrapped: CommandLineValue>(
    _ name: String, _ format: ValueFormat<Wrapped>, summary: String
  ) -> Self where Value == Wrapped? {
    Self(
      specification: ArgumentSpecification(
        value: ValueSpecification(name, format), presence: .optional, summary: summary),
      access: .optional())
  }

  /// The argument that takes all words that are left.
  ///
  /// Only the last argument can be a list.
  ///
  /// - Parameters:
  ///   - name: The placeholder of each word in usage lines, in capitals.
  ///   - format: How each text becomes a value.
  ///   - mayBeEmpty: Whether the list may be empty.
  ///   - summary: What they are, in one line without a full stop.
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
