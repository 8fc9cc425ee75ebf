public import EverrunsDocuments

/// A platform definition as it was read from a document.
public struct PlatformDocument: Sendable {
  /// The definition.
  public let definition: PlatformDefinition
  /// What is remarkable about it; errors are never among these.
  public let warnings: [Diagnostic]
  /// The version the document states, when it is newer than what this library writes.
  ///
  /// Such a document must not be rewritten: keys unknown here would be lost.
  public let newerFormat: FormatVersion?
}

extension PlatformDocument {
  /// Reads a definition, finding everything that is wrong in one pass.
  ///
  /// - Parameters:
  ///   - node: The document as read from JSON or YAML.
  ///   - grade: The grade that warnings about experimental components are for.
  /// - Throws: ``DocumentRefusal`` if any finding is an error.
  public init(reading node: SourceNode, grade: Grade) throws(DocumentRefusal) {
    var decoding = DocumentDecoding()
    guard FormatVersion.platform.check(node, &decoding),
      let definition = PlatformDefinition.coding.decode(node, at: DocumentPath(), &decoding)
    else { throw DocumentRefusal(decoding.diagnostics) }
    // The reading of a field has refused every invalid id already, and may have left it empty.
    let findings = definition.validate(grade: grade).filter { $0.code != .invalidID }
      .map { finding in
        let path = decoding.documentPath(of: finding.path)
        return finding.moved(to: path, place: node.place(of: path))
      }
    let diagnostics = (decoding.diagnostics + findings).inOrderOfPlaces
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DocumentRefusal(diagnostics)
    }
    self.definition = definition
    warnings = diagnostics
    newerFormat = decoding.newerMinor
  }
}

extension [Diagnostic] {
  /// The findings in the order of the text; those of one place stay as they are.
  fileprivate var inOrderOfPlaces: [Diagnostic] {
    sorted { a, b in
      guard let a = a.place, let b = b.place else { return false }
      return (a.line, a.column) < (b.line, b.column)
    }
  }
}
