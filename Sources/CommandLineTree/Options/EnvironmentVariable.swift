/// An environment variable that is asked for a value where an option is absent.
///
/// A variable that is empty counts as not set.
///
/// Only what makes a variable asks something of the type of its value. A constraint of the type
/// itself would have the runtime search all conformances at every start.
public struct EnvironmentVariable<Value: Sendable>: Sendable {
  /// The variable without the type of its value.
  package let specification: VariableSpecification
}

extension EnvironmentVariable where Value: CommandLineValue {

  /// A variable that takes the same texts as the option.
  ///
  /// The help of the option names it.
  ///
  /// - Parameters:
  ///   - name: The name of the variable.
  ///   - summary: What it does, in one line without a full stop.
  /// - Returns: The variable.
  public static func substitute(_ name: String, summary: String) -> Self {
    Self(specification: VariableSpecification(name: name, summary: summary, decide: nil))
  }

  /// A variable with rules of its own, such as `NO_COLOR`, which may be set to anything.
  ///
  /// - Parameters:
  ///   - name: The name of the variable.
  ///   - summary: What it does, in one line without a full stop.
  ///   - decide: The option's value for a text, or `nil` if the text says nothing about it.
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
  /// What it does, in one line without a full stop.
  package let summary: String
  /// The option's value for a text; `nil` if its texts are those of the option.
  let decide: (@Sendable (String) -> (any CommandLineValue)?)?

  /// Whether the text of the variable is a value of the option.
  var isSubstitute: Bool { decide == nil }
}
