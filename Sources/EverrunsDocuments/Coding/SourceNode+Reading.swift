extension SourceNode {
  /// The node of a JSON text in UTF-8.
  ///
  /// - Throws: ``DocumentRefusal`` if the text is not JSON.
  package init(json bytes: some Collection<UInt8>) throws(DocumentRefusal) {
    do throws(DocumentSyntaxError) {
      self = try JSONReader.read(bytes)
    } catch {
      throw DocumentRefusal(error)
    }
  }

  /// The node of a YAML text in UTF-8.
  ///
  /// - Throws: ``DocumentRefusal`` if the text is not YAML, or JSON cannot express it.
  package init(yaml bytes: some Collection<UInt8>) throws(DocumentRefusal) {
    do throws(DocumentSyntaxError) {
      self = try YAMLReader.read(bytes)
    } catch {
      throw DocumentRefusal(error)
    }
  }
}
