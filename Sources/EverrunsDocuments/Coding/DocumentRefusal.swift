/// A document or a definition is invalid.
public struct DocumentRefusal: Error, Equatable {
  /// All diagnostics, errors and warnings.
  ///
  /// Diagnostics of a text are in the order of the text.
  public let diagnostics: [Diagnostic]

  /// Creates a refusal.
  package init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// Creates the refusal of a text that is not JSON or YAML.
  package init(_ error: DocumentSyntaxError) {
    diagnostics = [Diagnostic(.syntax(error), at: DocumentPath(), place: error.place)]
  }
}

extension DocumentRefusal: CustomStringConvertible {
  /// Each diagnostic on a line: `/capabilities/0/id: '1' is not a valid capability id`.
  public var description: String {
    diagnostics.map { diagnostic in
      let place = diagnostic.place.map { "\($0.line):\($0.column): " } ?? ""
      return place + diagnostic.messageWithPath
    }.joined(separator: "\n")
  }
}
