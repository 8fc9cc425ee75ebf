/// An environment variable that provides the value of an absent option.
///
/// An empty variable counts as unset.
///
/// Only the factory functions constrain the type of the value. With a constraint on the type
/// itself, the runtime would search all conformances at every start.
public struct EnvironmentVariable<Value: Sendable>: Sendable {
  /// The variable without the type of its value.
  package let specification: VariableSpecification
}

extension EnvironmentVariable where Value: CommandLineValue {

  /// A variable with the same values as the option.
  ///
  /// The help of the option names it.
  ///
  /// - Parameters:
  ///   - name: The name of the variable.
  ///   - summary: A summary in one line, without a full stop.
  /// - Returns: The variable.
  public static func substitute(_ name: String, summary: String) -> Self {
    Self(specification: VariableSpecification(name: name, summary: summary, decide: nil))
  }

  /// A variable with rules of its own, such as `NO_COLOR`, which may be set to anything.
  ///
  /// - Parameters:
  ///   - name: The name of the variable.
  ///   - summary: A summary in one line, without a full stop.
  ///   - decide: The option's value for a text, or `nil` if the text does not determine it.
  /// - Returns: The variable.
  public static func deciding(
    _ name: String, summary: String, _ decide: @escaping @Sendable (String) -> Value?
  ) -> Self {
    Self(specification: VariableSpecification(name: name, summary: summary, decide: decide))
  }
}

/// An environment variable of an option, without the type of its value.
package struct VariableSpecification: Sendable {
  /// The name of the variable.
  package let name: String
  /// A summary in one line, without a full stop.
  package let summary: String
  /// The option's value for a text; `nil` if the texts are those of the option.
  let decide: (@Sendable (String) -> (any CommandLineValue)?)?

  /// Whether the text of the variable is a value of the option.
  var isSubstitute: Bool { decide == nil }
}
