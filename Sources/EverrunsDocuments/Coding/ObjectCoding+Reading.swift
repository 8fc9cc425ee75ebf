extension ObjectCoding {
  /// Reads one value.
  ///
  /// - Parameter format: What the key `format` must say, for a document that stands alone.
  /// - Throws: ``DocumentRefusal`` with everything that is wrong and where.
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

  /// Reads one value from an object that came from no text.
  ///
  /// - Throws: ``DocumentRefusal`` with everything that is wrong, without places.
  public func read(_ object: JSONObject) throws(DocumentRefusal) -> Root {
    do throws(DocumentRefusal) {
      return try read(SourceNode(.object(object)))
    } catch {
      throw DocumentRefusal(error.diagnostics.map { $0.moved(to: $0.path) })
    }
  }
}
