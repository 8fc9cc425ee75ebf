import EverrunsDocuments
import Testing

@Suite("Reading YAML")
struct YAMLReaderTests {
  @Test(
    "plain scalars are what YAML 1.2 and JSON agree on",
    arguments: [
      ("~", nil), ("null", nil), ("Null", nil), ("NULL", nil), ("", nil),
      ("true", true), ("True", true), ("FALSE", false), ("tRUE", "tRUE"), ("nUll", "nUll"),
      ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("y", "y"),
      ("12", 12), ("-7", -7), ("2024-01-01", "2024-01-01"), ("12:30", "12:30"),
      ("1.2.3", "1.2.3"), ("1a", "1a"), ("-x", "-x"), ("+", "+"), (".", "."), ("..", ".."),
      ("0x", "0x"), ("0xg", "0xg"), ("1e", "1e"), ("-.nan", "-.nan"), ("two words", "two words"),
      ("'12'", "12"), ("\"true\"", "true"), ("''", ""), ("!!str 12", "12"), ("!!str", ""),
      ("!!int 12", 12), ("!!int \"12\"", 12), ("!!float 3", 3), ("!!bool true", true),
      ("!!null ''", nil), ("a*b*", "a*b*"), ("\"*a\"", "*a"),
    ] as [(String, JSONValue)])
  func scalars(text: String, expected: JSONValue) throws {
    #expect(try YAMLReader.read("- \(text)\n".utf8).value == [expected])
  }

  @Test("numbers keep their digits", arguments: ["1.50", "-0", "1E400", "12345678901234567890.0"])
  func numbers(literal: String) throws {
    let expected = JSONValue.number(try #require(readNumber(literal)))
    #expect(try YAMLReader.read("a: \(literal)".utf8).value == ["a": expected])
  }

  @Test("blocks, folded text and quotes")
  func text() throws {
    let text =
      "a: |\n  x\n   y *z*\n\nb: >-\n  x\n  y\nc: 'it''s'\nd: \"\\x41\\u00e4\"\ne: x\n  y\n"
    #expect(
      try YAMLReader.read(text.utf8).value
        == ["a": "x\n y *z*\n", "b": "x y", "c": "it's", "d": "Aä", "e": "x y"])
  }

  @Test("places are lines and columns in scalars, after a byte-order mark")
  func places() throws {
    let text = "\u{FEFF}# ä\nä😀: x\nlist:\n  - 1\n  - {k: [], \"q\": \n    }\n"
    #expect(
      try YAMLReader.read(text.utf8).outline == [
        "2:1 object", "2:1 key ä😀", "2:5 x", "3:1 key list", "4:3 array", "4:5 1", "5:5 object",
        "5:6 key k", "5:9 array", "5:13 key q", "6:5 null",
      ])
  }

  @Test("an alias repeats its anchor and stands in its own place")
  func aliases() throws {
    let text = "&r a: &b {k: &s '*t', n: [1]}\nb: *b\nc: [*s, *r , &b 2, *b]\nd: '*b'\n"
    let root = try YAMLReader.read(text.utf8)
    #expect(
      root.value == [
        "a": ["k": "*t", "n": [1]], "b": ["k": "*t", "n": [1]], "c": ["*t", "a", 2, 2], "d": "*b",
      ])
    guard case .object(let members) = root.content else { throw Unexpected() }
    #expect(members[1].value.place == SourcePlace(line: 2, column: 4))
  }

  @Test("JSON is YAML")
  func json() throws {
    let text = #"{"a": [1, -2.5e3, true, null, "x\u00e4\n\/"], "b": {}}"#
    #expect(try YAMLReader.read(text.utf8).value == JSONValue(json: text))
  }

  @Test("a key of more than 1024 characters is read in its long form")
  func longKey() throws {
    let key = String(repeating: "k", count: 2000)
    let expected = JSONValue.object(JSONObject([JSONObject.Member(key: key, value: 1)]))
    #expect(try YAMLReader.read("? \(key)\n: 1\n".utf8).value == expected)
  }

  @Test("text keeps what the reader masks: stars, byte-order marks, noncharacters")
  func masked() throws {
    let noncharacter = try #require(Unicode.Scalar(0xFDD0 as UInt32))
    let text = "a: \"\u{FEFF}*\u{FEFF}\"\nb: |\n  **x** \(noncharacter)\nc: \"*\\ufdd1\"\n"
    guard case .object(let members) = try YAMLReader.read(text.utf8).content else {
      throw Unexpected()
    }
    let values = members.map(\.value.value)
    #expect(values[0] == "\u{FEFF}*\u{FEFF}")
    #expect(values[1] == .string("**x** \(noncharacter)\n"))
    #expect(try values[2] == JSONValue(json: #""*\ufdd1""#))
  }
}
