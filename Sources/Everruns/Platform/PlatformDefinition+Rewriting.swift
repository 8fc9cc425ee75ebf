package import EverrunsDocuments

extension PlatformDefinition {
  /// The text of this definition's document, rewritten to contain another definition; everything
  /// that does not change stays byte for byte.
  ///
  /// - Parameters:
  ///   - bytes: The text that this definition was read from.
  ///   - isYAML: Whether it is YAML rather than JSON.
  ///   - other: The new definition.
  /// - Returns: `nil` if the text can only be rewritten as a whole.
  package func rewriting(
    _ bytes: [UInt8], isYAML: Bool, to other: PlatformDefinition
  ) -> RewrittenText? {
    let result = DocumentRewriting.rewrite(
      bytes, isYAML: isYAML, from: document, to: other.document,
      identifiedBy: Self.identifyingKeys)
    guard let result,
      let read = try? isYAML
        ? PlatformDefinition(yaml: result.bytes) : PlatformDefinition(json: result.bytes),
      read == other
    else { return nil }
    return result
  }
}
