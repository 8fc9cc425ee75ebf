/// An ``Argument``, whatever the type of its value.
public protocol CommandArgument: Sendable {
  /// The type-independent part of the argument.
  var specification: ArgumentSpecification { get }
}

/// An argument without the type of its value.
public struct ArgumentSpecification: Sendable {
  /// The number of words.
  package enum Presence: Sendable, Hashable {
    /// Exactly one.
    case required
    /// One or none.
    case optional
    /// All remaining ones, possibly none.
    case repeated
    /// All remaining ones, at least one.
    case repeatedAtLeastOnce

    /// Whether the argument takes all remaining words.
    package var isRepeated: Bool {
      switch self {
      case .repeated, .repeatedAtLeastOnce: true
      case .required, .optional: false
      }
    }

    /// Whether at least one word is required.
    package var isRequired: Bool {
      switch self {
      case .required, .repeatedAtLeastOnce: true
      case .optional, .repeated: false
      }
    }
  }

  /// The value, whose placeholder is the name of the argument.
  package let value: ValueSpecification
  /// The number of words.
  package let presence: Presence
  /// A summary in one line, without a full stop.
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
