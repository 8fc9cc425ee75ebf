import EverrunsDocuments
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  @Test func `every kind of value is read`() throws {
    let text = #" {"a" : [null, true,false , -0.50e+3, ""], "b":{},"c":[] } "#
    let expected: JSONValue = [
      "a": [nil, true, false, .number(try #require(readNumber("-0.50e+3"))), ""], "b": [:], "c": [],
    ]
    #expect(try JSONValue(json: text) == expected)
  }

  @Test(
    arguments: [
      "0", "-0", "-0.0", "1.0", "1E400", "1e-7", "1e+07", "0.1000",
      "123456789012345678901234567890.123456789012345678901234567890",
    ])
  func `numbers keep their digits`(literal: String) throws {
    guard case .number(let number) = try JSONValue(json: "[\(literal)]").only else {
      Issue.record("no number")
      return
    }
    #expect(number.literal == literal)
  }

  @Test func `escapes become what they stand for`() throws {
    let text = #"["\"\\\/\b\f\n\r\t", "\u0041\u00e4\u20AC\ud83D\uDE00", "ä€😀\\x"]"#
    let expected: JSONValue = ["\"\\/\u{8}\u{C}\n\r\t", "Aä€😀", "ä€😀\\x"]
    #expect(try JSONValue(json: text) == expected)
  }

  @Test func `keys that are equal only after normalization are different`() throws {
    let object = try JSONReader.read("{\"\u{E9}\": 1, \"e\u{301}\": 2}".utf8)
    guard case .object(let members) = object.content else { throw Unexpected() }
    #expect(members.map { Array($0.key.utf8) } == [[0xC3, 0xA9], [0x65, 0xCC, 0x81]])
  }

  @Test func `places are lines and columns in scalars, after a byte-order mark`() throws {
    let text = "\u{FEFF}{\"ä😀\": 1,\r\n  \"k\\u00e4\": [\"é\",\ttrue]}"
    let root = try JSONReader.read(text.utf8)
    #expect(
      root.outline == [
        "1:1 object", "1:2 key ä😀", "1:8 1", "2:3 key kä", "2:14 array", "2:15 é", "2:20 true",
      ])
  }

  @Test func `a text can be any collection of bytes`() throws {
    let text = "[1]"
    #expect(try JSONReader.read(Array(text.utf8)).value == [1])
    #expect(try JSONReader.read(text.utf8.lazy.map { $0 }).value == [1])
    #expect(try JSONReader.read(Array("x[1]".utf8).dropFirst()).value == [1])
  }

  @Test func `the deepest nesting is read`() throws {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(try JSONValue(json: text).canonicalJSON == text)
  }
}
