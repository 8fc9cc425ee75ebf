extension ObjectCoding {
  /// Reads one value.
  ///
  /// - Parameters:
  ///   - node: The object.
  ///   - format: The required value of the key `format`, for a standalone document.
  /// - Returns: The value; warnings do not prevent it.
  /// - Throws: ``DocumentRefusal`` with every problem and its position.
  package func read(
    _ node: SourceNode, format: FormatVersion? = nil
  ) throws(DocumentRefusal) -> Root {
    var decoding = DocumentDecoding()
    guard format?.check(node, &decoding) ?? true,
      let root = decode(node, at: DocumentPath(), &decoding),
      !decoding.diagnostics.contains(where: { $0.severity == .error })
    else { throw DocumentRefusal(decoding.diagnostics) }
    return root
  }

  /// Reads one value from an object that did not come from a text.
  ///
  /// - Throws: ``DocumentRefusal`` with every problem, without positions.
  public func read(_ object: JSONObject) throws(DocumentRefusal) -> Root {
    do throws(DocumentRefusal) {
      return try read(SourceNode(.object(object)))
    } catch {
      throw DocumentRefusal(error.diagnostics.map { $0.moved(to: $0.path) })
    }
  }
}
