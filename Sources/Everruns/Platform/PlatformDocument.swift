package import EverrunsDocuments

/// A platform definition read from a document.
package struct PlatformDocument: Sendable {
  /// The definition.
  package let definition: PlatformDefinition
  /// The warnings about the definition and the document.
  package let warnings: [Diagnostic]
  /// The version of the document's format, if it is newer than the one this library writes.
  ///
  /// Such a document must not be rewritten, because unknown keys would be lost.
  package let newerFormat: FormatVersion?
}

extension PlatformDocument {
  /// Reads a definition and reports every problem in one pass.
  ///
  /// - Parameters:
  ///   - node: The document as read from JSON or YAML.
  ///   - grade: The deployment grade, for warnings about experimental components.
  ///   - isStored: Whether an earlier version may have saved it: blank names were accepted once, and
  ///     what is saved stays readable.
  /// - Throws: ``DocumentRefusal`` if any diagnostic is an error.
  package init(
    reading node: SourceNode, grade: Grade = .prod, isStored: Bool = false
  ) throws(DocumentRefusal) {
    var decoding = DocumentDecoding()
    guard FormatVersion.platform.check(node, &decoding),
      let definition = PlatformDefinition.coding.decode(node, at: DocumentPath(), &decoding)
    else { throw DocumentRefusal(decoding.diagnostics) }
    // Decoding has reported invalid ids, and may have left some of them empty.
    let found = definition.validate(grade: grade).filter { $0.code != .invalidID }
      .map { diagnostic in
        let path = decoding.documentPath(of: diagnostic.path)
        return diagnostic.moved(to: path, place: node.place(of: path))
      }
      .filter { diagnostic in
        // So are names that could not be read.
        !diagnostic.isOfBlankName
          || !isStored
            && !decoding.diagnostics.contains { diagnostic.path.steps.starts(with: $0.path.steps) }
      }
    let diagnostics = (decoding.diagnostics + found).inOrderOfPlaces
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw DocumentRefusal(diagnostics)
    }
    self.definition = definition
    warnings = diagnostics
    newerFormat = decoding.newerMinor
  }
}

extension Diagnostic {
  /// Whether it is about a blank name, which earlier versions accepted: what has one can be used,
  /// but not saved again.
  package var isOfBlankName: Bool {
    if case .blankName? = problem as? PlatformProblem { true } else { false }
  }
}

extension [Diagnostic] {
  /// The diagnostics in text order; those at the same position keep their order.
  fileprivate var inOrderOfPlaces: [Diagnostic] {
    sorted { a, b in
      guard let a = a.place, let b = b.place else { return false }
      return (a.line, a.column) < (b.line, b.column)
    }
  }
}
