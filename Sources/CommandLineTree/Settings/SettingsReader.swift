/// Reads settings, and gathers everything that is wrong with them.
///
/// A program that is started with three bad settings names all three.
package struct SettingsReader {
  private let variable: (String) -> String?
  private var errors: [UsageError] = []

  /// A reader of an environment.
  ///
  /// - Parameter variable: Looks up a variable; `nil` where it is not set.
  package init(_ variable: @escaping (String) -> String?) {
    self.variable = variable
  }

  /// The value of a setting; its default where the variable is not set or holds no value.
  package mutating func value<Value>(of setting: Setting<Value>) -> Value {
    value(setting.name, setting.format) ?? setting.defaultValue
  }

  /// The value of a variable; `nil` where it is not set or holds no value.
  package mutating func value<Value>(_ name: String, _ format: ValueFormat<Value>) -> Value? {
    guard let text = variable(name), !text.isEmpty else { return nil }
    do throws(ValueError) {
      return try format.convert(text)
    } catch {
      add(.invalidValue(.variable(name), text: text, error))
      return nil
    }
  }

  /// Adds a problem that no single variable has.
  package mutating func refuse(_ message: String, hint: String? = nil) {
    add(.other(message: message, hint: hint))
  }

  /// Checks that nothing is wrong.
  package func check() throws(InvalidSettings) {
    guard errors.isEmpty else { throw InvalidSettings(errors) }
  }

  private mutating func add(_ problem: UsageError.Problem) {
    errors.append(UsageError(problem, commandPath: []))
  }
}

/// Everything that is wrong with the settings of a program.
public struct InvalidSettings: Error, Equatable, CustomStringConvertible {
  /// What is wrong, each as one sentence without a full stop.
  public let messages: [String]
  /// What to do, where that is known.
  public let hint: String?

  init(_ errors: [UsageError]) {
    messages = errors.map { error in
      guard errors.count > 1, let hint = error.hint else { return error.message }
      return "\(error.message) (\(hint))"
    }
    hint = errors.count == 1 ? errors.first?.hint : nil
  }

  /// All of it in one sentence without a full stop.
  public var description: String { messages.joined(separator: "; ") }
}
