/// A document or a definition is invalid; the error has everything that is wrong with it.
public struct DocumentRefusal: Error, Equatable {
  /// All findings, errors and warnings.
  ///
  /// Those of a text are in the order of the text.
  public let diagnostics: [Diagnostic]

  /// A refusal for these findings.
  package init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// The refusal of a text that is not JSON or YAML.
  package init(_ error: DocumentSyntaxError) {
    diagnostics = [Diagnostic(.syntax(error), at: DocumentPath(), place: error.place)]
  }
}

extension DocumentRefusal: CustomStringConvertible {
  /// Every finding on a line of its own: `/capabilities/0/id: '1' is not a valid capability id`.
  public var description: String {
    diagnostics.map { finding in
      let place = finding.place.map { "\($0.line):\($0.column): " } ?? ""
      let path = finding.path.steps.isEmpty ? "" : "\(finding.path): "
      return place + path + finding.message
    }.joined(separator: "\n")
  }
}
