extension JSONValue {
  /// The value of a YAML text.
  ///
  /// - Throws: ``DocumentSyntaxError`` at the first place that is not YAML 1.2, that JSON cannot
  ///   express, or about which readers of YAML disagree, such as an unquoted `yes`.
  public init(yaml text: String) throws(DocumentSyntaxError) {
    let node = try YAMLReader.read(text.utf8)
    if let error = node.ambiguityError { throw error }
    self = node.value
  }

  /// The value as YAML, with a line break at the end.
  public var yaml: String { YAMLWriter.write(self) }
}
