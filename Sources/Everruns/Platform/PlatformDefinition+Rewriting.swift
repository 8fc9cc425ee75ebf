import EverrunsDocuments

extension PlatformDefinition {
  /// The text of this definition's document with the changes that make it another definition's:
  /// what they do not touch stays byte for byte.
  ///
  /// - Parameters:
  ///   - bytes: The text that this definition was read from.
  ///   - isYAML: Whether it is YAML; else it is JSON.
  ///   - other: The definition that the text is to hold.
  /// - Returns: `nil` where the text can be written only as a whole.
  package func rewriting(
    _ bytes: [UInt8], isYAML: Bool, to other: PlatformDefinition
  ) -> [UInt8]? {
    let result = DocumentRewriting.rewrite(
      bytes, isYAML: isYAML, from: document, to: other.document,
      identifiedBy: Self.identifyingKeys)
    guard let result,
      let read = try? isYAML ? PlatformDefinition(yaml: result) : PlatformDefinition(json: result),
      read == other
    else { return nil }
    return result
  }
}
