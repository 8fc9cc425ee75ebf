/// The options and operands of one command line, read with the keys that define them.
///
/// ```swift
/// if arguments[dryRun] { ... }
/// for id in arguments[ids] { ... }
/// ```
///
/// The same subscripts set values, so that a command can be run without a command line, and
/// expected arguments be written down.
public struct Arguments: Sendable, Equatable {
  /// The values by the long name of their option.
  ///
  /// A flag that is given has the value `true`.
  private var options = EntryTable()
  /// The values by the name of their operand.
  private var operands = EntryTable()

  /// Makes arguments of a command line without options and operands.
  public init() {}

  /// Whether the flag is given.
  public subscript(flag: Flag) -> Bool {
    get { options[flag.specification.name] != nil }
    set { options[flag.specification.name] = newValue ? [Entry(value: true)] : nil }
  }

  /// The value of the option, or `nil` if it is not given.
  public subscript<Value: CommandLineValue>(option: ValueOption<Value>) -> Value? {
    get { options[option.specification.name]?.last?.value as? Value }
    set { options[option.specification.name] = newValue.map { [Entry(value: $0)] } }
  }

  /// The values of the option in the order given, none if it is not given.
  public subscript<Value: CommandLineValue>(option: ListOption<Value>) -> [Value] {
    get { options[option.specification.name].map(Entry.values) ?? [] }
    set { options[option.specification.name] = Entry.list(newValue) }
  }

  /// The value of the option.
  ///
  /// - Precondition: The command lists this very option, so that the parser has seen to its value.
  public subscript<Value: CommandLineValue>(option: RequiredOption<Value>) -> Value {
    get { required(options[option.specification.name], option.specification.typedName) }
    set { options[option.specification.name] = [Entry(value: newValue)] }
  }

  /// The value of the operand.
  ///
  /// - Precondition: The command lists this very operand, so that the parser has seen to its value.
  public subscript<Value: CommandLineValue>(operand: Operand<Value>) -> Value {
    get { required(operands[operand.specification.name], operand.specification.name) }
    set { operands[operand.specification.name] = [Entry(value: newValue)] }
  }

  /// The value of the operand, or `nil` if it is not given.
  public subscript<Value: CommandLineValue>(operand: OptionalOperand<Value>) -> Value? {
    get { operands[operand.specification.name]?.last?.value as? Value }
    set { operands[operand.specification.name] = newValue.map { [Entry(value: $0)] } }
  }

  /// The values of the operand in the order given, none if it is not given.
  public subscript<Value: CommandLineValue>(operand: OperandList<Value>) -> [Value] {
    get { operands[operand.specification.name].map(Entry.values) ?? [] }
    set { operands[operand.specification.name] = Entry.list(newValue) }
  }

  /// Whether the option is given, of whatever type it is.
  public func contains(_ option: any CommandOption) -> Bool {
    options[option.specification.name] != nil
  }

  private func required<Value>(_ entries: [Entry]?, _ name: String) -> Value {
    guard let value = entries?.last?.value as? Value else {
      // The parser refuses a command line without a required value, so no input leads here: the
      // command reads a key that is not in its own definition.
      preconditionFailure("\(name) is read by a command that does not define it")
    }
    return value
  }
}

extension Arguments {
  mutating func set(_ flag: OptionSpecification) {
    options[flag.name] = [Entry(value: true)]
  }

  mutating func add(_ value: any CommandLineValue, to option: OptionSpecification) {
    if option.isRepeatable {
      options.append(Entry(value: value), to: option.name)
    } else {
      options[option.name] = [Entry(value: value)]
    }
  }

  mutating func add(_ value: any CommandLineValue, to operand: OperandSpecification) {
    operands.append(Entry(value: value), to: operand.name)
  }
}

/// The values of the few names that a command line has.
private struct EntryTable: Sendable, Equatable {
  private struct Line: Sendable, Equatable {
    let name: String
    var entries: [Entry]
  }

  /// In the order of names, so that it does not matter which was given first.
  private var lines: [Line] = []

  subscript(name: String) -> [Entry]? {
    get { lines.first { $0.name == name }?.entries }
    set {
      lines.removeAll { $0.name == name }
      guard let newValue else { return }
      let place = lines.firstIndex { $0.name > name } ?? lines.endIndex
      lines.insert(Line(name: name, entries: newValue), at: place)
    }
  }

  mutating func append(_ entry: Entry, to name: String) {
    if let place = lines.firstIndex(where: { $0.name == name }) {
      lines[place].entries.append(entry)
    } else {
      self[name] = [entry]
    }
  }
}

/// One value of any type, which can be compared with a value of any other.
private struct Entry: Sendable, Equatable {
  let value: any CommandLineValue

  static func list(_ values: [some CommandLineValue]) -> [Entry]? {
    values.isEmpty ? nil : values.map { Entry(value: $0) }
  }

  static func values<Value>(_ entries: [Entry]) -> [Value] {
    entries.compactMap { $0.value as? Value }
  }

  static func == (left: Entry, right: Entry) -> Bool {
    func isRight<Value: CommandLineValue>(_ value: Value) -> Bool {
      (right.value as? Value) == value
    }
    return isRight(left.value)
  }
}
