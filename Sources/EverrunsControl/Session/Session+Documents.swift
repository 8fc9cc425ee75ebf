import EverrunsDocuments

extension Session {
  /// Reads a JSON or YAML document from a file, or from standard input for `-`.
  ///
  /// - Parameters:
  ///   - path: The file, as the user named it.
  ///   - depthLimit: The maximum nesting of arrays and objects in JSON.
  /// - Returns: The value with the position of every part.
  /// - Throws: ``ControlError`` if the file cannot be read, is too large, or is not a document.
  func readDocument(_ path: String, depthLimit: Int = DocumentLimits.depth) throws -> SourceNode {
    try document(try readBytes(path), of: path, depthLimit: depthLimit)
  }

  /// Reads the value of a JSON or YAML document from a file.
  func read<Value>(
    _ path: String, _ reading: (SourceNode) throws(DocumentRefusal) -> Value
  ) throws -> Value {
    let node = try readDocument(path)
    do throws(DocumentRefusal) {
      return try reading(node)
    } catch {
      throw ControlError.document(source: path, error)
    }
  }

  /// Reads a text from a file, or from standard input for `-`.
  func readText(_ path: String) throws -> String {
    let bytes = try readBytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ControlError.notText(source: path)
    }
    if let error = DocumentSyntaxError(nulIn: bytes) {
      throw ControlError.document(source: path, DocumentRefusal(error))
    }
    return text
  }

  /// Parses the text of a JSON or YAML document.
  func document(
    _ bytes: [UInt8], of path: String, depthLimit: Int = DocumentLimits.depth
  ) throws -> SourceNode {
    do throws(DocumentSyntaxError) {
      return isYAML(path, bytes)
        ? try YAMLReader.read(bytes) : try JSONReader.read(bytes, depthLimit: depthLimit)
    } catch {
      throw ControlError.document(source: path, DocumentRefusal(error))
    }
  }

  /// The bytes of a document, or of standard input for `-`.
  func readBytes(_ path: String) throws -> [UInt8] {
    try readBytes(path, atMost: DocumentLimits.bytes)
  }

  /// The notation follows from the file's name, else from the beginning of the text.
  func isYAML(_ path: String, _ bytes: [UInt8]) -> Bool {
    if DocumentFileName.isYAML(path) { return true }
    if path.hasSuffix(".json") { return false }
    let blank: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    guard let first = bytes.first(where: { !blank.contains($0) }) else { return false }
    return first != UInt8(ascii: "{") && first != UInt8(ascii: "[")
  }
}
