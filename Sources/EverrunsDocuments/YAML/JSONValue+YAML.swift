extension JSONValue {
  /// The value of a YAML text.
  ///
  /// - Throws: ``DocumentSyntaxError`` at the first place that is not YAML 1.2, or that JSON cannot
  ///   express.
  public init(yaml text: String) throws(DocumentSyntaxError) {
    self = try YAMLReader.read(text.utf8).value
  }

  /// The value as YAML, with a line break at the end.
  public var yaml: String { YAMLWriter.write(self) }
}
