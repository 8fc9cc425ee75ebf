public import EverrunsDocuments

extension PlatformDefinition {
  /// The definition as a document of the format `everruns.platform/v1`: JSON, indented by two
  /// spaces, without a trailing newline.
  public var json: String { document.prettyJSON }

  /// The definition as a document of the format `everruns.platform/v1`: YAML, with a trailing
  /// newline.
  public var yaml: String { document.yaml }

  /// Reads a definition from a JSON document of the format `everruns.platform/v1`.
  ///
  /// - Throws: ``DocumentRefusal`` with every error and warning if the text is not JSON or the
  ///   definition is invalid. Warnings alone are accepted; ``validate(grade:)`` reports them.
  public init(json text: String) throws(DocumentRefusal) {
    try self.init(json: text.utf8)
  }

  /// Reads a definition from a JSON document in UTF-8.
  ///
  /// - Parameter bytes: The text, such as a `Data` or an array.
  /// - Throws: ``DocumentRefusal``, as ``init(json:)`` of a string.
  public init(json bytes: some Collection<UInt8>) throws(DocumentRefusal) {
    self = try PlatformDocument(reading: SourceNode(json: bytes)).definition
  }

  /// Reads a definition from a YAML document of the format `everruns.platform/v1`.
  ///
  /// - Throws: ``DocumentRefusal`` with every error and warning if the text is not YAML or the
  ///   definition is invalid. Warnings alone are accepted; ``validate(grade:)`` reports them.
  public init(yaml text: String) throws(DocumentRefusal) {
    try self.init(yaml: text.utf8)
  }

  /// Reads a definition from a YAML document in UTF-8.
  ///
  /// - Parameter bytes: The text, such as a `Data` or an array.
  /// - Throws: ``DocumentRefusal``, as ``init(yaml:)`` of a string.
  public init(yaml bytes: some Collection<UInt8>) throws(DocumentRefusal) {
    self = try PlatformDocument(reading: SourceNode(yaml: bytes)).definition
  }

  /// The definition in a document that did not come from a text.
  ///
  /// - Throws: ``DocumentRefusal`` with every error and warning, without positions, if the
  ///   definition is invalid.
  public init(document: JSONValue) throws(DocumentRefusal) {
    try self.init(document: document, grade: .prod)
  }

  /// The definition in a document that did not come from a text.
  ///
  /// - Parameters:
  ///   - document: The document, an object.
  ///   - grade: The deployment grade, for warnings that accompany an error.
  /// - Throws: ``DocumentRefusal`` with every error and warning, without positions, if the
  ///   definition is invalid.
  package init(document: JSONValue, grade: Grade) throws(DocumentRefusal) {
    do throws(DocumentRefusal) {
      self = try PlatformDocument(reading: SourceNode(document), grade: grade).definition
    } catch {
      throw DocumentRefusal(error.diagnostics.map { $0.moved(to: $0.path) })
    }
  }
}
