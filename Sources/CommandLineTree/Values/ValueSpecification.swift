/// The value of an option or argument, without its type.
public struct ValueSpecification: Sendable {
  /// The placeholder of the value in usage lines, in capitals: `FILE`.
  package let name: String
  /// What its texts are.
  package let kind: ValueKind
  /// Converts a text to a value.
  let convert: @Sendable (String) throws(ValueError) -> any CommandLineValue

  init<Value: CommandLineValue>(_ name: String, _ format: ValueFormat<Value>) {
    self.name = name
    kind = format.kind
    let convert = format.convert
    self.convert = { text throws(ValueError) in try convert(text) }
  }

  init<Value: CommandLineValue>(
    _ name: String?, _ format: ValueFormat<Value>, orNameOf option: String
  ) {
    self.init(name ?? option.uppercased(), format)
  }
}
