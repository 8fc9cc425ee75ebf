import Foundation
import Yams

/// Reads YAML texts that have an equivalent in JSON.
///
/// Scalars follow YAML 1.2's core schema, with JSON's numbers. Ambiguous scalars are read as text,
/// with a mark that makes them an error unless text is required. Keys are unique strings. Anchors
/// and aliases work, within limits; merge keys, tags of other types and multiple documents are
/// refused. A byte-order mark is skipped.
package enum YAMLReader {
  /// The value of a YAML text in UTF-8, with the position of every part.
  ///
  /// - Parameter bytes: The text: an array, a `Data`, a string's `utf8`, a buffer.
  /// - Returns: The value of the text as a tree of nodes.
  /// - Throws: `DocumentSyntaxError` at the first position that cannot be read. No input traps.
  package static func read(
    _ bytes: some Collection<UInt8>
  ) throws(DocumentSyntaxError) -> SourceNode {
    guard bytes.count <= DocumentLimits.bytes else {
      throw DocumentSyntaxError(.tooManyBytes(limit: DocumentLimits.bytes), at: .start)
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let source = YAMLSource(Array(bytes.dropFirst(hasMark ? 3 : 0)))
    try source.checkEncoding()
    try source.checkLineBreaks()
    try source.checkExplicitKeys()
    let scan = YAMLScanner(source.bytes)
    try source.checkKeys(scan.tokens)
    let mask = try YAMLMask(scan)
    guard source.canNestDeeply else { return try read(source, mask).get() }
    return try DeepStack.run { read(source, mask) }.get()
  }

  private static func read(
    _ source: YAMLSource, _ mask: YAMLMask
  ) -> Result<SourceNode, DocumentSyntaxError> {
    do {
      // No resolver and a fixed encoding: the defaults match regular expressions against every key,
      // and read an environment variable.
      let parser = try Parser(yaml: mask.text, resolver: .basic, encoding: .utf8)
      let root = try parser.singleRoot()
      // The parser owns the anchors; nodes reference them weakly.
      return withExtendedLifetime(parser) {
        Result { () throws(DocumentSyntaxError) in
          guard let root, root.scalar.map({ $0.style != .plain || !$0.string.isEmpty }) ?? true
          else { throw DocumentSyntaxError(.emptyDocument, at: .start) }
          var converter = YAMLConverter(mask)
          return try converter.convert(root)
        }
      }
    } catch let error as YamlError {
      return .failure(source.error(error, mask))
    } catch {
      return .failure(DocumentSyntaxError(.yamlSyntax("the text cannot be parsed"), at: .start))
    }
  }
}
