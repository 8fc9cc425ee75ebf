extension JSONValue {
  /// The value of a JSON text.
  ///
  /// - Throws: ``DocumentSyntaxError`` at the first position that is not JSON (RFC 8259, with
  ///   unique keys).
  public init(json text: String) throws(DocumentSyntaxError) {
    self = try JSONReader.read(text.utf8).value
  }

  /// The value of a JSON text.
  ///
  /// - Parameters:
  ///   - text: The JSON text.
  ///   - depthLimit: The maximum nesting of arrays and objects.
  /// - Throws: ``DocumentSyntaxError`` at the first position that is not JSON.
  package init(json text: String, depthLimit: Int) throws(DocumentSyntaxError) {
    self = try JSONReader.read(text.utf8, depthLimit: depthLimit).value
  }

  /// The value of a JSON text in UTF-8.
  ///
  /// - Parameter bytes: The text, such as a `Data` or an array.
  /// - Throws: ``DocumentSyntaxError`` at the first position that is not JSON.
  public init(json bytes: some Collection<UInt8>) throws(DocumentSyntaxError) {
    self = try JSONReader.read(bytes).value
  }

  /// The value as JSON without whitespace, from which fingerprints are computed.
  public var canonicalJSON: String { JSONWriter.string(of: self, style: .canonical) }

  /// The value as JSON indented by two spaces, without a trailing newline.
  ///
  /// It is safe to show: characters that could move a terminal's cursor or reorder a line are
  /// escaped.
  public var prettyJSON: String { JSONWriter.string(of: self, style: .pretty) }
}
