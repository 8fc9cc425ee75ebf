import Messages

extension FieldAssignmentError {
  /// What is wrong, as one sentence without a full stop.
  package var message: String {
    switch self {
    case .unknownFields(let fields, let noun, _):
      "a \(noun) has no field \(fields.map(\.quoted).joined(asListWith: "or"))"
    case .notAList(let field): "'\(field)' is not a list"
    case .emptyItem(let field, let operation):
      "'\(field)\(operation.rawValue)' needs an item"
    case .missingItems(let missing):
      missing.map {
        "there is no \($0.items.map(\.quoted).joined(asListWith: "or")) in '\($0.field)'"
      }.joined(separator: "; ")
    case .mixedItems(let field): "'\(field)' has names and JSON between commas"
    case .syntax(let field, _, let error): "the value of '\(field)' is not JSON: \(error.message)"
    case .invalid(let diagnostics): diagnostics.map(\.message).joined(separator: "; ")
    }
  }

  /// What to do about it, if that is known.
  package var hint: String? {
    switch self {
    case .unknownFields(let fields, _, let known):
      Spelling.hint(for: fields, among: known) ?? "the fields are \(known.joined(separator: ", "))"
    case .notAList(let field): "give it a value: \(field)=VALUE"
    case .emptyItem(let field, .remove): "to clear the list, write \(field)="
    case .emptyItem: nil
    case .mixedItems(let field): "write all of it as JSON: \(field)=[\"a\", {\"ref\": \"b\"}]"
    case .missingItems(let missing):
      missing.compactMap { Spelling.hint(for: $0.items, among: $0.candidates) }.joinedAsHints
    case .syntax(_, _, let error): error.hint
    case .invalid(let diagnostics):
      diagnostics.compactMap(\.hint).withoutRepetitions.joinedAsHints
    }
  }
}
