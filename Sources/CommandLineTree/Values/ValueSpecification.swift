import Messages

/// The value of an option or argument, independent of its type.
package struct ValueSpecification: Sendable {
  /// The placeholder of the value in usage lines, in capitals: `FILE`.
  package let name: String
  /// The kind of its texts.
  package let kind: ValueKind
  /// Converts a text to a value.
  ///
  /// A word that is not UTF-8 is preserved if it may be a path, and refused otherwise.
  let convert: @Sendable (String) throws(ValueError) -> any CommandLineValue

  init<Value: CommandLineValue>(_ name: String, _ format: ValueFormat<Value>) {
    self.name = name
    kind = format.kind
    self.convert = { text throws(ValueError) in
      guard text.keepsBytes, !format.kind.mayBePath(text) else { return try format.convert(text) }
      guard let text = String(validating: text.keptBytes, as: UTF8.self) else { throw .notUTF8 }
      return try format.convert(text)
    }
  }

  init<Value: CommandLineValue>(
    _ name: String?, _ format: ValueFormat<Value>, orNameOf option: String
  ) {
    self.init(name ?? option.uppercased(), format)
  }
}
