import Dispatch
import Foundation
import Testing

@testable import EverrunsDocuments

@Suite("Texts made to do harm")
struct HostileDocumentTests {
  @Test(arguments: hostileNesting)
  func `100,000 levels are refused, even on a small stack`(unit: String) {
    let bytes = Array(String(repeating: unit, count: 100_000).utf8)
    onSmallStack {
      #expect(throws: DocumentSyntaxError.self) { try JSONReader.read(bytes) }
      #expect(throws: DocumentSyntaxError.self) { try YAMLReader.read(bytes) }
    }
  }

  private static let hostileNesting = ["[", "{\"a\":", "- ", "? ", "[? ", "{? ", "- ? : "]

  @Test func `the deepest nesting that libyaml accepts fits a small stack`() {
    let text = String(repeating: "[", count: 999) + String(repeating: "]", count: 999)
    let error = DocumentSyntaxError(.tooDeep(limit: 64), at: SourcePlace(line: 1, column: 65))
    onSmallStack {
      #expect(throws: error) { try YAMLReader.read(text.utf8) }
    }
  }

  @Test func `aliases that multiply are refused before expansion`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let alias = "*a\(level - 1)"
      let aliases = Array(repeating: alias, count: 10).joined(separator: ",")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(throws: DocumentSyntaxError(.aliasesTooLarge, at: SourcePlace(line: 5, column: 38))) {
      try YAMLReader.read(text.utf8)
    }
  }

  @Test func `keys with multiplying aliases are not hashed`() {
    var text = "- &k0 {x: y}\n"
    for level in 1...60 { text += "- &k\(level) {*k\(level - 1) : 1, [*k\(level - 1)]: 2}\n" }
    let error = DocumentSyntaxError(.keyNotString("*k0"), at: SourcePlace(line: 2, column: 8))
    #expect(throws: error) { try YAMLReader.read(text.utf8) }
  }

  @Test(
    arguments: ["? ", "{? ", "? - "])
  func `nested keys are refused before they are hashed`(unit: String) {
    let text = String(repeating: unit, count: 900) + "[" + String(repeating: "a,", count: 50_000)
    #expect(throws: DocumentSyntaxError.self) { try YAMLReader.read(text.utf8) }
  }

  @Test func `a chain of aliases is refused if it is too deep`() {
    var text = "- &a0 [x]\n"
    for level in 1...10_000 { text += "- &a\(level) [*a\(level - 1)]\n" }
    let error = DocumentSyntaxError(.tooDeep(limit: 64), at: SourcePlace(line: 64, column: 9))
    #expect(throws: error) { try YAMLReader.read(text.utf8) }
  }

  @Test func `an object of 100,000 keys is read`() throws {
    let members = (0..<100_000).map { "\"key\($0)\":0" }.joined(separator: ",")
    guard case .object(let read) = try JSONReader.read("{\(members)}".utf8).content else {
      throw Unexpected()
    }
    #expect(read.count == 100_000)
  }

  @Test func `more values than the limit are refused`() {
    let error = DocumentSyntaxError(.tooManyValues(limit: 3), at: SourcePlace(line: 1, column: 6))
    #expect(throws: error) {
      try Array("[1,2,3]".utf8).withUnsafeBufferPointer { buffer in
        var parser = JSONParser(buffer, valueLimit: 3)
        return try parser.document()
      }
    }
  }

  @Test func `question marks in text cost no more than their number`() throws {
    let text = String(repeating: "a ? ", count: 100_000) + "b"
    #expect(try YAMLReader.read(text.utf8).value == .string(text))
  }

  private static let sample = """
    {"format": "everruns.platform/v1", "ä": [1, -2.5e3, true, null,
     {"k\\u00e4\\n": "é😀\\ud83d\\ude00"}],
     "s": "", "o": {}, "a": [ ], "t": "*a &b - ? : # | >"}
    """

  @Test func `a text cut anywhere is refused`() throws {
    let bytes = Array(Self.sample.utf8)
    _ = try JSONReader.read(bytes)
    for length in bytes.indices {
      #expect(throws: DocumentSyntaxError.self) { try JSONReader.read(bytes[..<length]) }
      #expect(throws: DocumentSyntaxError.self) { try YAMLReader.read(bytes[..<length]) }
    }
  }

  @Test(arguments: [sample, yamlSample])
  func `changed bytes never trap`(sample: String) {
    var generator = SeededGenerator(state: 7)
    let bytes = Array(sample.utf8)
    let alphabet = "[]{}\",:\\ \n\t-?*&!|>'#%@01eE.u~<=".utf8 + [0, 0x7F, 0x80, 0xC3, 0xEF, 0xFF]
    for _ in 0..<2000 {
      var copy = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = copy.indices.randomElement(using: &generator) ?? 0
        let byte = alphabet.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: copy[index] = byte
        case 1: copy.insert(byte, at: index)
        default: copy.remove(at: index)
        }
      }
      _ = try? JSONReader.read(copy)
      _ = try? YAMLReader.read(copy)
    }
  }

  private static let yamlSample = """
    # comment
    format: &f everruns.platform/v1
    ? "long key"
    : - {a: *f, 'b': !!str 12, c: [x, ~]}
      - |2-
         text
        *more*
      - >+
        folded

    last: &l {x: "q\\u00e4"}
    again: *l
    """

  /// Runs a closure on a thread with the smallest stack that is common.
  private func onSmallStack(_ body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      body()
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
  }
}
