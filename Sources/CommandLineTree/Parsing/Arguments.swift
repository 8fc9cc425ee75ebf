/// The options and arguments of one command line, read with the keys that define them.
///
/// ```swift
/// if arguments[dryRun] { ... }
/// for id in arguments[ids] { ... }
/// ```
///
/// The same subscripts set values, so that a command can run without a command line, and a test can
/// write down the arguments it expects.
public struct Arguments: Sendable, Equatable {
  /// The values of each option that has any, by its long name.
  ///
  /// A flag that is given has `true`.
  private var options: [String: Given] = [:]
  /// The values of each argument that has any, by its name.
  private var arguments: [String: Given] = [:]
  /// The variables whose texts are not values of their option, by the option's long name.
  private var invalidVariables: [String: UsageError.Problem] = [:]

  /// Creates the arguments of a command line without options and arguments.
  public init() {}

  /// The value of the option: from the command line, else the environment, else its default.
  ///
  /// A variable with an invalid text counts as not set; ``value(of:)`` reports it.
  ///
  /// - Precondition: A required option is one of the command's own, so that the parser has checked
  ///   that it is there.
  public subscript<Value>(option: Option<Value>) -> Value {
    get {
      required(
        option.access.read(options[option.specification.name]?.unwrapped ?? []),
        option.specification.typedName)
    }
    set {
      options[option.specification.name] = Given(option.access.write(newValue), .commandLine)
    }
  }

  /// The value of the argument.
  ///
  /// - Precondition: A required argument is one of the command's own, so that the parser has checked
  ///   that it is there.
  public subscript<Value>(argument: Argument<Value>) -> Value {
    get {
      required(
        argument.access.read(arguments[argument.specification.name]?.unwrapped ?? []),
        argument.specification.name)
    }
    set {
      arguments[argument.specification.name] = Given(
        argument.access.write(newValue), .commandLine)
    }
  }

  /// The value of the option, as the subscript has it.
  ///
  /// - Throws: The problem with an environment variable whose text is not a value of the option.
  package func value<Value>(of option: Option<Value>) throws(UsageError.Problem) -> Value {
    if let problem = invalidVariables[option.specification.name] { throw problem }
    return self[option]
  }

  /// Where the value of an option comes from.
  public func origin(of option: any CommandOption) -> ValueOrigin {
    options[option.specification.name]?.origin ?? .default
  }

  /// Whether an option stands on the command line.
  public func isGiven(_ option: any CommandOption) -> Bool {
    origin(of: option) == .commandLine
  }

  private func required<Value>(_ value: Value?, _ name: String) -> Value {
    guard let value else {
      // The parser refuses a command line without a required value, so no input leads here: the
      // command reads a key that is not in its own definition.
      preconditionFailure("\(name) is read by a command that does not define it")
    }
    return value
  }
}

/// Where the value of an option comes from.
public enum ValueOrigin: Sendable, Hashable {
  /// The command line.
  case commandLine
  /// An environment variable.
  case environment(variable: String)
  /// Neither of them.
  case `default`
}

// MARK: What the parser finds

extension Arguments {
  mutating func set(_ flag: OptionSpecification) {
    options[flag.name] = Given([true], .commandLine)
  }

  mutating func add(_ value: any CommandLineValue, to option: OptionSpecification) {
    if option.isRepeatable, options[option.name] != nil {
      options[option.name]?.values.append(AnyValue(value: value))
    } else {
      options[option.name] = Given([value], .commandLine)
    }
  }

  mutating func add(_ value: any CommandLineValue, to argument: ArgumentSpecification) {
    if arguments[argument.name] != nil {
      arguments[argument.name]?.values.append(AnyValue(value: value))
    } else {
      arguments[argument.name] = Given([value], .commandLine)
    }
  }

  func hasValue(for option: OptionSpecification) -> Bool {
    options[option.name] != nil
  }

  mutating func set(
    _ value: any CommandLineValue, of option: OptionSpecification, from variable: String
  ) {
    options[option.name] = Given([value], .environment(variable: variable))
  }

  mutating func note(_ problem: UsageError.Problem, of option: OptionSpecification) {
    invalidVariables[option.name] = problem
  }
}

/// The values of one option or argument.
private struct Given: Sendable, Equatable {
  var values: [AnyValue]
  let origin: ValueOrigin

  /// - Returns: `nil` if there is no value.
  init?(_ values: [any CommandLineValue], _ origin: ValueOrigin) {
    guard !values.isEmpty else { return nil }
    self.values = values.map { AnyValue(value: $0) }
    self.origin = origin
  }

  var unwrapped: [any CommandLineValue] { values.map(\.value) }
}

/// A value of any type, which can be compared with a value of any other.
private struct AnyValue: Sendable, Equatable {
  let value: any CommandLineValue

  static func == (left: AnyValue, right: AnyValue) -> Bool {
    func isRight<Value: CommandLineValue>(_ value: Value) -> Bool {
      (right.value as? Value) == value
    }
    return isRight(left.value)
  }
}
