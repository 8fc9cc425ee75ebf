/// The value of an option or operand, without its type.
public struct ValueSpecification: Sendable {
  /// What stands for the value in usage lines, in capitals: `FILE`.
  public let name: String
  /// What its texts are.
  public var kind: ValueKind { makeKind() }
  private let makeKind: @Sendable () -> ValueKind
  /// Makes the value of a text.
  let convert: @Sendable (String) throws(ValueError) -> any CommandLineValue

  init<Value: CommandLineValue>(name: String, format: ValueFormat<Value>) {
    self.name = name
    makeKind = format.makeKind
    let convert = format.convert
    self.convert = { text throws(ValueError) in try convert(text) }
  }

  /// Why a text is not a value, or `nil` if it is one.
  public func problem(with text: String) -> ValueError? {
    do throws(ValueError) {
      _ = try convert(text)
      return nil
    } catch {
      return error
    }
  }
}
