/// How some readers interpret an unquoted YAML scalar that is text to others.
package enum ScalarAmbiguity: Sendable, Hashable {
  /// `yes`, `off`: a boolean in YAML 1.1.
  case boolean
  /// `0o17`, `1_000`, `12:30:45`, `1e3`: a number of another value, or text.
  case number
  /// `2024-01-31`: a date in YAML 1.1.
  case date
  /// `=`, which is a type of its own in YAML 1.1.
  case other

  /// The value, for a boolean of YAML 1.1.
  static func isTrue(_ text: String) -> Bool {
    ["y", "yes", "on"].contains(text.lowercased())
  }
}

extension SourceNode {
  /// Calls `body` with every ambiguous part, in the order of the text.
  package func forEachAmbiguity(
    at path: DocumentPath, _ body: (DocumentSyntaxError, DocumentPath) -> Void
  ) {
    switch content {
    case .string(let text):
      if let ambiguity {
        body(DocumentSyntaxError(.ambiguousScalar(text, ambiguity), at: place), path)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        element.forEachAmbiguity(at: path.index(index), body)
      }
    case .object(let members):
      for member in members { member.value.forEachAmbiguity(at: path.key(member.key), body) }
    case .null, .bool, .number: break
    }
  }

  /// The first ambiguous part, as an error.
  package var ambiguityError: DocumentSyntaxError? {
    switch content {
    case .string(let text):
      ambiguity.map { DocumentSyntaxError(.ambiguousScalar(text, $0), at: place) }
    case .array(let elements): elements.lazy.compactMap(\.ambiguityError).first
    case .object(let members): members.lazy.compactMap(\.value.ambiguityError).first
    case .null, .bool, .number: nil
    }
  }
}
