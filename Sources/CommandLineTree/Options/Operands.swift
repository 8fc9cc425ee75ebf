// The three forms of an operand differ only in how many words they take, and in the type that this
// gives their value.

/// An operand that its command cannot do without.
///
/// ```swift
/// static let id = Operand("ID", .dynamic("capabilities"), summary: "The capability")
/// arguments[id]  // String
/// ```
public struct Operand<Value: Sendable>: CommandOperand {
  /// What parser, help, manual page and completions need to know of the operand.
  public let specification: OperandSpecification

  /// Defines an operand.
  ///
  /// - Parameters:
  ///   - name: What stands for it in usage lines, in capitals.
  ///   - format: How its text becomes a value.
  ///   - summary: What it is, in one line without a full stop.
  public init(_ name: String, _ format: ValueFormat<Value>, summary: String)
  where Value: CommandLineValue {
    specification = OperandSpecification(
      value: ValueSpecification(name: name, format: format), presence: .required,
      summary: summary)
  }
}

/// An operand that may be left out.
///
/// ```swift
/// static let base = OptionalOperand("REF", .dynamic("platforms"), summary: "The other platform")
/// arguments[base]  // String?
/// ```
public struct OptionalOperand<Value: Sendable>: CommandOperand {
  /// What parser, help, manual page and completions need to know of the operand.
  public let specification: OperandSpecification

  /// Defines an operand.
  ///
  /// - Parameters:
  ///   - name: What stands for it in usage lines, in capitals.
  ///   - format: How its text becomes a value.
  ///   - summary: What it is, in one line without a full stop.
  public init(_ name: String, _ format: ValueFormat<Value>, summary: String)
  where Value: CommandLineValue {
    specification = OperandSpecification(
      value: ValueSpecification(name: name, format: format), presence: .optional,
      summary: summary)
  }
}

/// The operand that takes all words that are left.
///
/// Only the last operand can be one.
///
/// ```swift
/// static let ids = OperandList("ID", .dynamic("capabilities"), summary: "The capabilities")
/// arguments[ids]  // [String]
/// ```
public struct OperandList<Value: Sendable>: CommandOperand {
  /// What parser, help, manual page and completions need to know of the operand.
  public let specification: OperandSpecification

  /// Defines an operand.
  ///
  /// - Parameters:
  ///   - name: What stands for each word in usage lines, in capitals.
  ///   - format: How each text becomes a value.
  ///   - mayBeEmpty: Whether the command can do without any.
  ///   - summary: What they are, in one line without a full stop.
  public init(
    _ name: String, _ format: ValueFormat<Value>, mayBeEmpty: Bool = false, summary: String
  ) where Value: CommandLineValue {
    specification = OperandSpecification(
      value: ValueSpecification(name: name, format: format),
      presence: mayBeEmpty ? .repeated : .repeatedAtLeastOnce, summary: summary)
  }
}
