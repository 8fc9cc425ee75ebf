import Messages

extension JSONPatchError {
  /// The problem, as one sentence without a full stop.
  public var message: String {
    let operation = "operation \(number), \(operation.name.rawValue) '\(shown(operation.path))'"
    return "\(operation): \(reason)"
  }

  private var reason: String {
    switch problem {
    case .nothingThere(let pointer): "path '\(shown(pointer))' does not exist"
    case .noContainer(let pointer):
      "'\(shown(pointer))' leads through something that is neither an object nor an array"
    case .noIndex(let pointer, let count):
      Self.outside(pointer.tokens.last ?? "", JSONPointer(pointer.tokens.dropLast()), count)
    case .wholeDocument: "the whole document cannot be removed"
    case .intoItself: "a value cannot be moved into itself"
    case .otherValue(let found, let expected):
      "expected \(shown(expected)), found \(shown(found))"
    case .tooLarge: "the document would become too large or nest too deeply"
    }
  }

  private static func outside(_ token: String, _ array: JSONPointer, _ count: Int) -> String {
    let entries = count == 1 ? "1 entry" : "\(count) entries"
    let name = array.tokens.isEmpty ? "the array" : "'\(array.description.escapedForMessage)'"
    return token.isArrayIndex
      ? "index \(token.escapedForMessage) is out of range: \(name) has \(entries)"
      : "\(token.quoted) is not an index: \(name) is an array of \(entries)"
  }

  /// Whether the patch may be meant for another document: something is missing or differs.
  package var isForAnotherDocument: Bool {
    switch problem {
    case .nothingThere, .noContainer, .noIndex, .otherValue: true
    case .wholeDocument, .intoItself, .tooLarge: false
    }
  }

  private func shown(_ value: JSONValue) -> String { value.canonicalJSON.escapedForMessage }

  private func shown(_ pointer: JSONPointer) -> String { pointer.description.escapedForMessage }
}
