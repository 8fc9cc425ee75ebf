/// Reads JSON texts, strictly by RFC 8259.
///
/// In addition to the standard's grammar, the keys of an object must be unique, `DocumentLimits`
/// bound depth and size, and escaped surrogates must form pairs. Numbers are kept as written. A
/// byte-order mark at the start is skipped.
package enum JSONReader {
  /// The value of a JSON text in UTF-8, with the position of every part.
  ///
  /// - Parameters:
  ///   - bytes: The text: an array, a `Data`, a string's `utf8`, a buffer.
  ///   - depthLimit: The maximum nesting of arrays and objects.
  /// - Returns: The value of the text as a tree of nodes.
  /// - Throws: `DocumentSyntaxError` at the first position that is not JSON. No input traps.
  package static func read(
    _ bytes: some Collection<UInt8>, depthLimit: Int = DocumentLimits.depth
  ) throws(DocumentSyntaxError) -> SourceNode {
    let result = bytes.withContiguousStorageIfAvailable { buffer in
      Result { () throws(DocumentSyntaxError) in try read(buffer, depthLimit) }
    }
    if let result { return try result.get() }
    return try read(Array(bytes), depthLimit: depthLimit)
  }

  private static func read(
    _ buffer: UnsafeBufferPointer<UInt8>, _ depthLimit: Int
  ) throws(DocumentSyntaxError) -> SourceNode {
    guard buffer.count <= DocumentLimits.bytes else {
      throw DocumentSyntaxError(.tooManyBytes(limit: DocumentLimits.bytes), at: .start)
    }
    var parser = JSONParser(buffer, depthLimit: depthLimit)
    return try parser.document()
  }
}
