/// The state of a typed reading of a document, with the problems found so far.
package struct DocumentDecoding {
  /// All diagnostics, in document order.
  package private(set) var diagnostics: [Diagnostic] = []
  /// The minor version of the format that the document claims, if it is newer than ours: unknown
  /// keys are then warnings.
  package var newerMinor: FormatVersion?

  /// For each array that lost elements in the reading, the original indexes of the remaining ones,
  /// so that diagnostics about the definition point to the right element.
  private var indexesKept: [DocumentPath: [Int]] = [:]

  /// Creates a reading without problems.
  package init() {}

  /// Reads the elements of an array.
  ///
  /// Elements for which `read` returns nothing are left out.
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

  /// Maps a path in the decoded value back to its path in the source document.
  package func documentPath(of path: DocumentPath) -> DocumentPath {
    path.steps.reduce(DocumentPath()) { path, step in
      switch step {
      case .key(let key): path.key(key)
      case .index(let index):
        path.index(indexesKept[path]?.dropFirst(index).first ?? index)
      }
    }
  }

  /// Adds a diagnostic.
  package mutating func report(
    _ problem: DocumentProblem, _ path: DocumentPath, _ place: SourcePlace
  ) {
    diagnostics.append(Diagnostic(problem, at: path, place: place))
  }

  /// Adds the diagnostic for an unknown key, a warning if the format is newer.
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
