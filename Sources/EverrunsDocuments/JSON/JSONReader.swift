/// Reads JSON texts, strictly by RFC 8259.
///
/// On top of the standard's grammar, an object's keys must differ, `DocumentLimits` bound depth
/// and size, and an escaped surrogate must have its other half. Numbers are kept as written. A
/// byte-order mark at the start is skipped.
public enum JSONReader {
  /// The value of a JSON text in UTF-8, with the place of every part of it.
  ///
  /// - Parameter bytes: the text: an array, a `Data`, a string's `utf8`, a buffer.
  /// - Throws: `DocumentSyntaxError` at the first place that is not JSON. No input traps.
  public static func read(
    _ bytes: some Collection<UInt8>
  ) throws(DocumentSyntaxError) -> SourceNode {
    let result = bytes.withContiguousStorageIfAvailable { buffer in
      Result { () throws(DocumentSyntaxError) in try read(buffer) }
    }
    if let result { return try result.get() }
    return try read(Array(bytes))
  }

  private static func read(
    _ buffer: UnsafeBufferPointer<UInt8>
  ) throws(DocumentSyntaxError) -> SourceNode {
    guard buffer.count <= DocumentLimits.bytes else {
      throw DocumentSyntaxError(.tooManyBytes(limit: DocumentLimits.bytes), at: .start)
    }
    var parser = JSONParser(buffer)
    return try parser.document()
  }
}

extension JSONValue {
  /// The value of a JSON text.
  ///
  /// - Throws: `DocumentSyntaxError` at the first place that is not JSON.
  public init(json text: String) throws(DocumentSyntaxError) {
    self = try JSONReader.read(text.utf8).value
  }

  /// The value of a JSON text in UTF-8.
  ///
  /// - Throws: `DocumentSyntaxError` at the first place that is not JSON.
  public init(json bytes: some Collection<UInt8>) throws(DocumentSyntaxError) {
    self = try JSONReader.read(bytes).value
  }
}
