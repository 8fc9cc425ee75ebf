/// Reads settings and collects all their errors.
///
/// A program that is started with three invalid settings names all three.
package struct SettingsReader {
  private let variable: (String) -> String?
  private var errors: [UsageError] = []

  /// Creates a reader of an environment.
  ///
  /// - Parameter variable: Looks up a variable; `nil` if it is unset.
  package init(_ variable: @escaping (String) -> String?) {
    self.variable = variable
  }

  /// The value of a setting; its default if the variable is unset or invalid.
  package mutating func value<Value>(of setting: Setting<Value>) -> Value {
    value(setting.name, setting.format) ?? setting.defaultValue
  }

  /// The value of a variable; `nil` if it is unset or invalid.
  package mutating func value<Value>(_ name: String, _ format: ValueFormat<Value>) -> Value? {
    guard let text = variable(name), !text.isEmpty else { return nil }
    do throws(ValueError) {
      return try format.convert(text)
    } catch {
      add(.invalidValue(.variable(name), text: text, error))
      return nil
    }
  }

  /// Adds an error that is not about a single variable.
  package mutating func refuse(_ message: String, hint: String? = nil) {
    add(.other(message: message, hint: hint))
  }

  /// Throws the errors that were found, if there are any.
  package func check() throws(InvalidSettings) {
    guard errors.isEmpty else { throw InvalidSettings(errors) }
  }

  private mutating func add(_ problem: UsageError.Problem) {
    errors.append(UsageError(problem, commandPath: []))
  }
}

/// All errors in the settings of a program.
public struct InvalidSettings: Error, Equatable, CustomStringConvertible {
  /// The errors, each as one sentence without a full stop.
  public let messages: [String]
  /// What to do next, if that is known.
  public let hint: String?

  init(_ errors: [UsageError]) {
    messages = errors.map { error in
      guard errors.count > 1, let hint = error.hint else { return error.message }
      return "\(error.message) (\(hint))"
    }
    hint = errors.count == 1 ? errors.first?.hint : nil
  }

  /// All errors in one sentence without a full stop.
  public var description: String { messages.joined(separator: "; ") }
}
