/// The options and arguments of one command line, read with the keys that define them.
///
/// ```swift
/// if arguments[dryRun] { ... }
/// for id in arguments[ids] { ... }
/// ```
///
/// The same subscripts set values, so that a command can run without a command line, and a test can
/// write the arguments that it expects.
public struct Arguments: Sendable, Equatable {
  /// The values of each option, by long name.
  ///
  /// A given flag has the value `true`.
  private var options: [String: Given] = [:]
  /// The values of each argument, by name.
  private var arguments: [String: Given] = [:]
  /// The variables with invalid texts, by the option's long name.
  private var invalidVariables: [String: UsageError.Problem] = [:]

  /// Creates the arguments of a command line without options and arguments.
  public init() {}

  /// The value of the option: from the command line, else the environment, else its default.
  ///
  /// A variable with an invalid text counts as unset; ``value(of:)`` reports it.
  ///
  /// - Precondition: A required option belongs to the command, so the parser has checked that it is
  ///   given.
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
  /// - Precondition: A required argument belongs to the command, so the parser has checked that it
  ///   is given.
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

  /// The value of the option, as with the subscript.
  ///
  /// - Throws: The problem with an environment variable whose text is invalid.
  package func value<Value>(of option: Option<Value>) throws(UsageError.Problem) -> Value {
    if let problem = invalidVariables[option.specification.name] { throw problem }
    return self[option]
  }

  /// The value of the argument; `nil` on an incomplete command line without it.
  package func given<Value>(_ argument: Argument<Value>) -> Value? {
    arguments[argument.specification.name].flatMap { argument.access.read($0.unwrapped) }
  }

  /// The texts of an option on the command line.
  func texts(of option: OptionSpecification) -> [String] {
    guard let given = options[option.name], given.origin == .commandLine else { return [] }
    return given.texts
  }

  /// The texts of an argument.
  func texts(of argument: ArgumentSpecification) -> [String] {
    arguments[argument.name]?.texts ?? []
  }

  /// The source of an option's value.
  public func origin(of option: any CommandOption) -> ValueOrigin {
    options[option.specification.name]?.origin ?? .default
  }

  /// Whether an option is given on the command line.
  public func isGiven(_ option: any CommandOption) -> Bool {
    origin(of: option) == .commandLine
  }

  private func required<Value>(_ value: Value?, _ name: String) -> Value {
    guard let value else {
      // Unreachable from input: the parser refuses a command line without a required value, so the
      // command reads a key that is not in its definition.
      preconditionFailure("\(name) is read by a command that does not define it")
    }
    return value
  }
}

/// The source of an option's value.
public enum ValueOrigin: Sendable, Hashable {
  /// The command line.
  case commandLine
  /// An environment variable.
  case environment(variable: String)
  /// Neither.
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

  /// The values that are texts.
  var texts: [String] { values.compactMap { $0.value as? String } }
}

/// A value of any type that can be compared with any other.
private struct AnyValue: Sendable, Equatable {
  let value: any CommandLineValue

  static func == (left: AnyValue, right: AnyValue) -> Bool {
    func isRight<Value: CommandLineValue>(_ value: Value) -> Bool {
      (right.value as? Value) == value
    }
    return isRight(left.value)
  }
}
