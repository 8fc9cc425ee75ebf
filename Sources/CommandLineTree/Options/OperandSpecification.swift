/// An operand as its command lists it: any of ``Operand``, ``OptionalOperand`` and ``OperandList``.
///
/// The typed key that defines the operand also reads its value from ``Arguments``.
public protocol CommandOperand: Sendable {
  /// What parser, help, manual page and completions need to know of the operand.
  var specification: OperandSpecification { get }
}

/// Everything there is to know of an operand, without the type of its value.
public struct OperandSpecification: Sendable {
  /// How many words an operand takes.
  public enum Presence: Sendable, Hashable {
    /// Exactly one.
    case required
    /// One, or none.
    case optional
    /// All that are left, or none.
    case repeated
    /// All that are left, at least one.
    case repeatedAtLeastOnce
  }

  /// The value, whose name is also the operand's.
  public let value: ValueSpecification
  /// How many words it takes.
  public let presence: Presence
  /// What it is, in one line without a full stop.
  public let summary: String

  /// The name of the operand in usage lines: `ID`.
  public var name: String { value.name }

  /// The operand in a usage line: `ID`, `[ID]`, `[ID]...` or `ID...`.
  public var usage: String {
    switch presence {
    case .required: name
    case .optional: "[\(name)]"
    case .repeated: "[\(name)]..."
    case .repeatedAtLeastOnce: "\(name)..."
    }
  }
}
