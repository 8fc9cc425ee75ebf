extension JSONValue {
  /// The value of a YAML text.
  ///
  /// - Throws: ``DocumentSyntaxError`` at the first position that is not YAML 1.2, has no
  ///   equivalent in JSON, or is ambiguous among readers of YAML, such as an unquoted `yes`.
  public init(yaml text: String) throws(DocumentSyntaxError) {
    let node = try YAMLReader.read(text.utf8)
    if let error = node.ambiguityError { throw error }
    self = node.value
  }

  /// The value as YAML, with a trailing newline.
  public var yaml: String { YAMLWriter.write(self) }
}
