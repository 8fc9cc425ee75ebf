import EverrunsDocuments
import Testing

@Suite("Reading YAML")
struct YAMLReaderTests {
  @Test(
    arguments: [
      ("~", nil), ("null", nil), ("Null", nil), ("NULL", nil), ("", nil),
      ("true", true), ("True", true), ("FALSE", false), ("tRUE", "tRUE"), ("nUll", "nUll"),
      ("yEs", "yEs"), ("! 12", "12"), ("!!str yes", "yes"),
      ("12", 12), ("-7", -7), ("2024-13", "2024-13"), ("01:30", "01:30"), ("8080:80", "8080:80"),
      ("1.2.3", "1.2.3"), ("1a", "1a"), ("-x", "-x"), ("+", "+"), (".", "."), ("..", ".."),
      ("0x", "0x"), ("0xg", "0xg"), ("1e", "1e"), ("-.nan", "-.nan"), ("two words", "two words"),
      ("'12'", "12"), ("\"true\"", "true"), ("''", ""), ("!!str 12", "12"), ("!!str", ""),
      ("!!int 12", 12), ("!!int \"12\"", 12), ("!!float 3", 3), ("!!bool true", true),
      ("!!null ''", nil), ("a*b*", "a*b*"), ("\"*a\"", "*a"),
    ] as [(String, JSONValue)])
  func `plain scalars are read as in YAML 1.2's JSON schema`(text: String, expected: JSONValue)
    throws
  {
    #expect(try YAMLReader.read("- \(text)\n".utf8).value == [expected])
  }

  @Test(
    arguments: ["1.50", "-0", "1.0E+400", "12345678901234567890.0"])
  func `numbers keep their digits`(literal: String) throws {
    let expected = JSONValue.number(try #require(readNumber(literal)))
    #expect(try YAMLReader.read("a: \(literal)".utf8).value == ["a": expected])
  }

  @Test func `blocks, folded text and quotes`() throws {
    let text =
      "a: |\n  x\n   y *z*\n\nb: >-\n  x\n  y\nc: 'it''s'\nd: \"\\x41\\u00e4\"\ne: x\n  y\n"
    #expect(
      try YAMLReader.read(text.utf8).value
        == ["a": "x\n y *z*\n", "b": "x y", "c": "it's", "d": "Aä", "e": "x y"])
  }

  @Test(
    arguments: [
      ("a\n\tb\nc", "a\n\tb\nc\n"), ("\ta\nb\nc", "\ta\nb c\n"),
      ("a\n\n\tb\n\n\nc\nd", "a\n\n\tb\n\n\nc d\n"),
      ("a\n \tb\nc\n\td\n", "a\n \tb\nc\n\td\n"), ("a\nb\n\n\nc\n\t\n", "a b\n\nc\n\t\n"),
    ])
  func `line breaks next to a line that begins with a tab are not folded`(
    lines: String, expected: String
  ) throws {
    for lineBreak in ["\n", "\r\n"] {
      for (header, indent) in [(">", "   "), (">2", "  ")] {
        let block = lines.split(separator: "\n", omittingEmptySubsequences: false)
          .map { ($0.isEmpty ? "" : indent + $0) + lineBreak }.joined()
        let text = "a: \(header)\(lineBreak)\(block)b: \(header)-\(lineBreak)\(block)"
        #expect(
          try YAMLReader.read(text.utf8).value
            == ["a": .string(expected), "b": .string(String(expected.dropLast()))])
      }
    }
  }

  @Test func `places are lines and columns in scalars, after a byte-order mark`() throws {
    let text = "\u{FEFF}# ä\nä😀: x\nlist:\n  - 1\n  - {k: [], \"q\": \n    }\n"
    #expect(
      try YAMLReader.read(text.utf8).outline == [
        "2:1 object", "2:1 key ä😀", "2:5 x", "3:1 key list", "4:3 array", "4:5 1", "5:5 object",
        "5:6 key k", "5:9 array", "5:13 key q", "6:5 null",
      ])
  }

  @Test func `an alias repeats its anchor's value at its own place`() throws {
    let text = "&r a: &b {k: &s '*t', n: [1]}\nb: *b\nc: [*s, *r , &b 2, *b]\nd: '*b'\n"
    let root = try YAMLReader.read(text.utf8)
    #expect(
      root.value == [
        "a": ["k": "*t", "n": [1]], "b": ["k": "*t", "n": [1]], "c": ["*t", "a", 2, 2], "d": "*b",
      ])
    guard case .object(let members) = root.content else { throw Unexpected() }
    #expect(members[1].value.place == SourcePlace(line: 2, column: 4))
  }

  @Test func `JSON is YAML`() throws {
    let text =
      #"{"a": [1, -2.5e+3, true, null, "x\u00e4\n\/\ud83d\ude00"],"b":{}, "c":"*"#
      + "\u{7F}\u{FFFF}"
      + "\"\n,\"d\"\n:1}"
    #expect(try YAMLReader.read(text.utf8).value == JSONValue(json: text))
  }

  @Test func `a key of more than 1024 characters is read in its long form`() throws {
    let key = String(repeating: "k", count: 2000)
    let expected = JSONValue.object(JSONObject([JSONObject.Member(key: key, value: 1)]))
    #expect(try YAMLReader.read("? \(key)\n: 1\n".utf8).value == expected)
  }

  @Test func `stars, byte-order marks and noncharacters in text are kept`() throws {
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

  @Test(
    arguments: [
      ("yes", .boolean), ("No", .boolean), ("on", .boolean), ("OFF", .boolean), ("y", .boolean),
      ("0x1F", .number), ("-0X1f", .number), ("0o17", .number), ("0b11", .number), ("012", .number),
      ("08", .number), ("1_000", .number), ("1.e+3", .number), ("1e3", .number),
      ("-2.5e3", .number),
      ("12e4567", .number), ("12:30:45", .number), ("1:30.5", .number), ("190:20", .number),
      ("2024-01-31", .date), ("2024-1-31 12:30:00", .date), ("2024-01-31T12:30:00Z", .date),
      ("=", .other),
    ] as [(String, ScalarAmbiguity)])
  func `scalars that YAML 1.1 reads differently are text where text is required, and else refused`(
    text: String, ambiguity: ScalarAmbiguity
  ) throws {
    let node = try YAMLReader.read("a: &x \(text)\nb: *x\n".utf8)
    #expect(node.value == ["a": .string(text), "b": .string(text)])
    #expect(
      throws: DocumentSyntaxError(
        .ambiguousScalar(text, ambiguity), at: SourcePlace(line: 1, column: 6))
    ) { try JSONValue(yaml: "- a: \(text)\n") }
    #expect(try JSONValue(yaml: "a: '\(text)'\n") == ["a": .string(text)])
  }

  @Test(
    arguments: [
      // Tabs that separate or stand alone in a line
      ("a: 1\n\t\nb: 2\n", ["a": 1, "b": 2]), ("-\tx\n", ["x"]), ("a: 1\n\t# c\n", ["a": 1]),
      ("a: [1,\n\t2\n\t]\n", ["a": [1, 2]]), ("a: x\n \t\n y\n", ["a": "x\ny"]),
      ("a: |\n  x\n\t\n  y\nb: 1\n", ["a": "x\n\ny\n", "b": 1]),
      ("a: |\n\t\n    x\n \t\t\t\t\t\n    y\n", ["a": "\nx\n\ny\n"]),
      ("a: >\n  x\n \t\r\n  y\n", ["a": "x\ny\n"]), ("a: |\n  x\n  \t\n", ["a": "x\n\t\n"]),
      ("a: |\n  \tmake\n  b\n", ["a": "\tmake\nb\n"]), ("a: >\n  \n  \tx\n", ["a": "\n\tx\n"]),
      // Colons and question marks in brackets
      ("[ ::x ]", ["::x"]), ("[:x]", [":x"]), ("{x: :x}", ["x": ":x"]),
      ("[a:b, c?d]", ["a:b", "c?d"]),
      ("[?x]", ["?x"]), ("{ ?foo: bar }", ["?foo": "bar"]), ("{\"a\"\n: b}", ["a": "b"]),
      ("{a\n  b: c, d: e}", ["a b": "c", "d": "e"]), ("{\"a \n\n b\": c}", ["a\nb": "c"]),
      ("{\"a\\\n  b\": c}", ["ab": "c"]),
      // Names of anchors, keys that are aliases
      ("- &an:chor value\n- *an:chor\n", ["value", "value"]), ("- &a.b/ä 1\n- *a.b/ä\n", [1, 1]),
      ("- &a x\n- *a : b\n", ["x", ["x": "b"]]), ("!!str 23: v", ["23": "v"]),
      // Ends without a line break
      ("- |+\n   ", ["\n"]), ("foo: |\n  x\n   ", ["foo": "x\n \n"]), ("a: |\n  x", ["a": "x"]),
      // Keys that differ in normalization, and signs that the parser would lose
      ("\u{E9}: 1\ne\u{301}: 2\n", .object(["\u{E9}": 1, "e\u{301}": 2])),
      ("a: \"\\ufeffx\"", ["a": "\u{FEFF}x"]),
      ("a: \"\u{7F}\u{80}\u{FFFF}\"", ["a": "\u{7F}\u{80}\u{FFFF}"]),
      ("a: '*\u{FEFF}'\r\nb: \"x\r\n  y\"\r\n", ["a": "*\u{FEFF}", "b": "x y"]),
    ] as [(String, JSONValue)])
  func `what libyaml reads differently is read as in YAML 1.2`(
    text: String, expected: JSONValue
  ) throws {
    #expect(try YAMLReader.read(text.utf8).value == expected)
  }

  @Test func `places refer to the original text`() throws {
    let text =
      "&long*name k: \"\\ud83d\\ude00\" # c\n[\"a\"\n  : b, {c\n d: e}]: 1\nx: [&y_y 1, ::z]\n"
    let flow = "{\"a\n b\"\n  : {c: 1},\nd: \"\\ud83d\\ude00\", e: ::z, f: &y_y 1, g: 2}\n"
    #expect(throws: DocumentSyntaxError.self) { try YAMLReader.read(text.utf8) }
    #expect(
      try YAMLReader.read(flow.utf8).outline == [
        "1:1 object", "1:2 key a b", "3:5 object", "3:6 key c", "3:9 1", "4:1 key d", "4:4 😀",
        "4:20 key e", "4:23 ::z", "4:28 key f", "4:31 1", "4:39 key g", "4:42 2",
      ])
  }
}
