import Dispatch
import Foundation
import Yams

/// Reads YAML texts whose values JSON can express.
///
/// Scalars follow YAML 1.2's core schema, with JSON's numbers. What readers disagree about is read
/// as text, with a remark that makes it an error wherever no text is required. Keys are strings and
/// differ. Anchors and aliases work, within bounds; merge keys, tags of other types and several
/// documents are refused. A byte-order mark is skipped.
package enum YAMLReader {
  /// The value of a YAML text in UTF-8, with the place of every part of it.
  ///
  /// - Parameter bytes: the text: an array, a `Data`, a string's `utf8`, a buffer.
  /// - Throws: `DocumentSyntaxError` at the first place that cannot be read. No input traps.
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
    return try onDeepStack { read(source, mask) }.get()
  }

  private static func read(
    _ source: YAMLSource, _ mask: YAMLMask
  ) -> Result<SourceNode, DocumentSyntaxError> {
    do {
      // No resolver and a fixed encoding: the defaults match regular expressions against every key,
      // and read an environment variable.
      let parser = try Parser(yaml: mask.text, resolver: .basic, encoding: .utf8)
      let root = try parser.singleRoot()
      // The parser holds the anchors; nodes refer to them weakly.
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

  /// Runs a closure on a thread of its own.
  ///
  /// The parser recurses once a level and stops at 1,000 or 2,000, which takes up to 1.5 MB in a
  /// debug build: more than the 512 KB that many threads have.
  private static func onDeepStack<Value: Sendable>(
    _ body: @escaping @Sendable () -> Value
  ) -> Value {
    // Written before and read after the semaphore is signalled, so never at the same time.
    nonisolated(unsafe) var result: Value?
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      result = body()
      done.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
    done.wait()
    guard let result else { preconditionFailure("the semaphore is signalled after the closure") }
    return result
  }
}
