/// What a typed reading of a document has found wrong so far.
struct DocumentDecoding {
  /// Everything found, in the order of the document.
  private(set) var diagnostics: [Diagnostic] = []
  /// The minor version of the format that the document claims, when it is newer than ours: keys
  /// that we do not know are then no errors.
  var newerMinor: FormatVersion?

  /// For each array that lost elements in the reading, the indexes that those kept had in the
  /// document, so that findings about the definition point to where they stand.
  private var indexesKept: [DocumentPath: [Int]] = [:]

  /// Reads the elements of an array.
  ///
  /// Those that `read` yields nothing for are left out.
  @discardableResult
  mutating func readElements<Element>(
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
  func documentPath(of path: DocumentPath) -> DocumentPath {
    path.steps.reduce(DocumentPath()) { path, step in
      switch step {
      case .key(let key): path.key(key)
      case .index(let index):
        path.index(indexesKept[path]?.dropFirst(index).first ?? index)
      }
    }
  }

  /// Adds a finding.
  mutating func report(_ problem: Diagnostic.Problem, _ path: DocumentPath, _ place: SourcePlace) {
    diagnostics.append(Diagnostic(problem, at: path, place: place))
  }

  /// Adds the finding that a key is not known, which a newer minor version excuses.
  mutating func reportUnknownKey(
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

/// The version a document states in its `format` key: `everruns.platform/v1`.
public struct FormatVersion: Sendable, Hashable, CustomStringConvertible {
  /// What kind of document it is: `everruns.platform`.
  public let name: String
  /// The major version; another one is another format.
  public let major: Int
  /// The minor version; a newer one may have more keys.
  public let minor: Int

  /// The format of platform definitions.
  public static let platform = FormatVersion(name: "everruns.platform", major: 1, minor: 0)
  /// The format of seed catalogs.
  public static let seedCatalog = FormatVersion(name: "everruns.seed-catalog", major: 1, minor: 0)
  /// The format of seeding plans.
  public static let seedPlan = FormatVersion(name: "everruns.seed-plan", major: 1, minor: 0)

  private init(name: String, major: Int, minor: Int) {
    self.name = name
    self.major = major
    self.minor = minor
  }

  /// Reads a version of this document's kind, or `nil` where the text states none.
  private func reading(_ text: String) -> FormatVersion? {
    let prefix = name + "/v"
    guard text.hasPrefix(prefix) else { return nil }
    let numbers = text.dropFirst(prefix.count)
      .split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(numbers.count),
      numbers.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let values = numbers.compactMap { Int($0) }
    guard values.count == numbers.count, let major = values.first else { return nil }
    return FormatVersion(name: name, major: major, minor: values.count == 2 ? values[1] : 0)
  }

  /// Whether a text states a newer major version of this format.
  func isOlder(than text: String) -> Bool {
    reading(text).map { $0.major > major } ?? false
  }

  /// The version as a document states it.
  public var description: String { "\(name)/v\(major)" + (minor == 0 ? "" : ".\(minor)") }

  /// The `format` key of a document of this kind.
  ///
  /// Reading checks the version and tells the rest of the reading when a newer minor version
  /// excuses unknown keys.
  ///
  /// - Returns: whether the document can be read at all.
  func check(_ node: SourceNode, _ decoding: inout DocumentDecoding) -> Bool {
    guard case .object(let members) = node.content else {
      decoding.report(
        .wrongType(expected: "an object", found: node.kindInWords), DocumentPath(), node.place)
      return false
    }
    guard let member = members.first(where: { $0.key == "format" }) else {
      decoding.report(.missingFormat(self), DocumentPath(), node.place)
      return false
    }
    let path = DocumentPath().key("format")
    guard case .string(let text) = member.value.content, let version = reading(text),
      version.major == major
    else {
      decoding.report(
        .unsupportedFormat(member.value.value, supported: self), path, member.value.place)
      return false
    }
    if version.minor > minor {
      decoding.newerMinor = version
      decoding.report(.newerFormat(version, known: self), path, member.value.place)
    }
    return true
  }
}

extension ObjectCoding.Field {
  /// The `format` key, which ``FormatVersion/check(_:_:)`` has looked at before.
  static func format(_ version: FormatVersion) -> Self {
    Self(
      key: "format", isRequired: true, schema: .choice([version.description]),
      decode: { _, _, _, _ in },
      encode: { _ in .string(version.description) })
  }
}
