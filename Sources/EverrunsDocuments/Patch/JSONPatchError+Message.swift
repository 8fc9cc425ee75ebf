import Messages

extension JSONPatchError {
  /// Why the patch cannot be applied, as one sentence without a full stop.
  public var message: String {
    let operation = "operation \(number), \(operation.name.rawValue) '\(shown(operation.path))'"
    return "\(operation): \(reason)"
  }

  private var reason: String {
    switch problem {
    case .nothingThere(let pointer): "there is nothing at '\(shown(pointer))'"
    case .noContainer(let pointer):
      "'\(shown(pointer))' leads through something that is neither an object nor an array"
    case .noIndex(let pointer, let count):
      "'\(shown(JSONPointer(pointer.tokens.suffix(1))))' is no place in an array of \(count)"
    case .wholeDocument: "the whole document cannot be removed"
    case .intoItself: "a value cannot be moved into itself"
    case .otherValue(let value): "the value is \(value.canonicalJSON.escapedForMessage)"
    case .tooLarge: "the document would become too large or nest too deeply"
    }
  }

  private func shown(_ pointer: JSONPointer) -> String { pointer.description.escapedForMessage }
}
