/// The refusal of a document, with everything that is wrong with it.
public struct DocumentRefusal: Error, Equatable {
  /// All findings, errors and warnings, in the order of the document.
  public let diagnostics: [Diagnostic]

  /// A refusal for these findings.
  package init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// The refusal of a text that is not even JSON or YAML.
  public init(_ error: DocumentSyntaxError) {
    diagnostics = [Diagnostic(.syntax(error), at: DocumentPath(), place: error.place)]
  }
}
