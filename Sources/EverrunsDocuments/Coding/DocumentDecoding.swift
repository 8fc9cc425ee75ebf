/// What a typed reading of a document has found wrong so far.
package struct DocumentDecoding {
  /// Everything found, in the order of the document.
  package private(set) var diagnostics: [Diagnostic] = []
  /// The minor version of the format that the document claims, when it is newer than ours: keys
  /// that we do not know are then no errors.
  package var newerMinor: FormatVersion?

  /// For each array that lost elements in the reading, the indexes that those kept had in the
  /// document, so that findings about the definition point to where they stand.
  private var indexesKept: [DocumentPath: [Int]] = [:]

  /// A reading that has found nothing yet.
  package init() {}

  /// Reads the elements of an array.
  ///
  /// Those that `read` yields nothing for are left out.
  @discardableResult
  package mutating func readElements<Element>(
    _ elements: [SourceNode], at path: DocumentPath,
    _ read: (SourceNode, DocumentPath, inout DocumentDecoding) -> Element?
  ) -> [Element] {
    var values: [Element] = []
    var kept: [Int] = []
    values.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      guard let value = read(element, path.index(index), &self) else { continue }
      values.append(value)
      kept.append(index)
    }
    if kept.count < elements.count {
      indexesKept[path] = kept
    }
    return values
  }

  /// Where in the document stands what has this path in the value that was read from it.
  package func documentPath(of path: DocumentPath) -> DocumentPath {
    path.steps.reduce(DocumentPath()) { path, step in
      switch step {
      case .key(let key): path.key(key)
      case .index(let index):
        path.index(indexesKept[path]?.dropFirst(index).first ?? index)
      }
    }
  }

  /// Adds a finding.
  package mutating func report(
    _ problem: DocumentProblem, _ path: DocumentPath, _ place: SourcePlace
  ) {
    diagnostics.append(Diagnostic(problem, at: path, place: place))
  }

  /// Adds the finding that a key is not known, which a newer minor version excuses.
  package mutating func reportUnknownKey(
    _ key: String, among known: [String], in noun: String, _ path: DocumentPath,
    _ place: SourcePlace
  ) {
    if let newerMinor {
      report(.unknownKeyOfNewerFormat(key, newerMinor), path, place)
    } else {
      report(.unknownKey(key, noun: noun, known: known), path, place)
    }
  }
}
