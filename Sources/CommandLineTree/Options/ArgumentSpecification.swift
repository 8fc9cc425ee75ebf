/// An ``Argument`` as its command lists it, whatever the type of its value.
public protocol CommandArgument: Sendable {
  /// What parser, help, manual page and completions know of the argument.
  var specification: ArgumentSpecification { get }
}

/// An argument without the type of its value.
public struct ArgumentSpecification: Sendable {
  /// How many words an argument takes.
  package enum Presence: Sendable, Hashable {
    /// Exactly one.
    case required
    /// One, or none.
    case optional
    /// All that are left, or none.
    case repeated
    /// All that are left, at least one.
    case repeatedAtLeastOnce

    /// Whether the argument takes all words that are left.
    var isRepeated: Bool {
      switch self {
      case .repeated, .repeatedAtLeastOnce: true
      case .required, .optional: false
      }
    }
  }

  /// The value, whose name is also the argument's.
  package let value: ValueSpecification
  /// How many words it takes.
  package let presence: Presence
  /// What it is, in one line without a full stop.
  package let summary: String

  /// The name of the argument in usage lines: `ID`.
  package var name: String { value.name }

  /// The argument in a usage line: `ID`, `[ID]`, `[ID]...` or `ID...`.
  package var usage: String {
    switch presence {
    case .required: name
    case .optional: "[\(name)]"
    case .repeated: "[\(name)]..."
    case .repeatedAtLeastOnce: "\(name)..."
    }
  }
}
