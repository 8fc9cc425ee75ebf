import Messages

extension FieldAssignmentError {
  /// What is wrong, as one sentence without a full stop.
  package var message: String {
    switch self {
    case .unknownField(let field, let noun, _):
      "a \(noun) has no field \(field.quoted)"
    case .notAList(let field): "'\(field)' is not a list"
    case .emptyItem(let field, let operation):
      "'\(field)\(operation.rawValue)' needs an item"
    case .noItem(let item, let field, _):
      "there is no \(item.quoted) in '\(field)'"
    case .syntax(let field, _, let error): "the value of '\(field)' is not JSON: \(error.message)"
    case .invalid(let diagnostic): diagnostic.message
    }
  }

  /// What to do about it, if that is known.
  package var hint: String? {
    switch self {
    case .unknownField(let field, _, let known):
      Spelling.hint(for: field, among: known) ?? "the fields are \(known.joined(separator: ", "))"
    case .notAList(let field): "give it a value: \(field)=VALUE"
    case .emptyItem(let field, .remove): "to clear the list, write \(field)="
    case .emptyItem: nil
    case .noItem(let item, _, let items): Spelling.hint(for: item, among: items)
    case .syntax(_, _, let error): error.hint
    case .invalid(let diagnostic): diagnostic.hint
    }
  }
}
