import EverrunsDocuments
import Testing

@Suite("Refusing YAML")
struct YAMLRefusalTests {
  @Test(arguments: refusals)
  func `each error has its kind and place`(_ refusal: Refusal) {
    #expect(throws: refusal.error) { try YAMLReader.read(refusal.bytes) }
  }

  private static let refusals: [Refusal] = [
    // Whole documents
    Refusal("", 1, 1, .emptyDocument),
    Refusal("# only a comment\n", 1, 1, .emptyDocument),
    Refusal("---\n...\n", 1, 1, .emptyDocument),
    Refusal("a: 1\n---\nb: 2\n", 2, 1, .severalDocuments),
    Refusal("[a]\nb: c\n", 2, 1, .trailingContent),
    Refusal(bytes: Array("a: ä".utf8) + [0xE4], 1, 5, .invalidUTF8(byte: 0xE4)),
    Refusal("a: \"x\u{7}\"", 1, 6, .controlCharacter("\u{7}")),

    // Keys
    Refusal(
      "- ä: 1\n  b:\n    ä: 0\n  # c\n  ä: 2\n", 5, 3,
      .duplicateKey("ä", first: SourcePlace(line: 1, column: 3))),
    Refusal(
      "{a: 1, a: 2}", 1, 8, .duplicateKey("a", first: SourcePlace(line: 1, column: 2))),
    Refusal(
      "{\"a*\": 1, 'a*': 2}", 1, 11,
      .duplicateKey("a*", first: SourcePlace(line: 1, column: 2))),
    Refusal(
      "a: 1\n'a': 2", 2, 1, .duplicateKey("a", first: SourcePlace(line: 1, column: 1))),
    Refusal("\(String(repeating: "k", count: 1025)): 1", 1, 1, .keyTooLong(limit: 1024)),
    Refusal("1: a", 1, 1, .keyNotString("1")),
    Refusal("null: a", 1, 1, .keyNotString("null")),
    Refusal("x: {true: a}", 1, 5, .keyNotString("true")),
    Refusal("0x1F: a", 1, 1, .keyNotString("0x1F")),
    Refusal("?\n: a", 1, 2, .keyNotString("")),
    Refusal("[a]: b", 1, 1, .keyNotString(nil)),
    Refusal("? {a: 1}\n: b", 1, 3, .keyNotString(nil)),
    Refusal("- &a [x]\n- *a : b", 2, 3, .keyNotString("*a")),
    Refusal("a: &a {}\nb:\n  <<: *a", 3, 3, .mergeKey),

    // Scalars and tags
    Refusal("[+1]", 1, 2, .numberNotInJSON("+1", decimal: "1")),
    Refusal("[.5]", 1, 2, .numberNotInJSON(".5", decimal: "0.5")),
    Refusal("[-1.]", 1, 2, .numberNotInJSON("-1.", decimal: "-1.0")),
    Refusal("[-.Inf]", 1, 2, .numberNotInJSON("-.Inf", decimal: nil)),
    Refusal("[.NaN]", 1, 2, .numberNotInJSON(".NaN", decimal: nil)),
    Refusal("a: \"\\ud83d\"", 1, 5, .unpairedSurrogate("\\ud83d")),
    Refusal("a: \"x\\0\"", 1, 6, .nul),
    Refusal("a: \"x\0\"", 1, 6, .nul),
    Refusal("a: \"x\\u0000\"", 1, 6, .nul),
    Refusal("a: x\u{2028}y", 1, 5, .ambiguousLineBreak("\u{2028}")),
    Refusal("a: 1\n# x\u{85}\n", 2, 4, .ambiguousLineBreak("\u{85}")),
    Refusal("a: !!int x", 1, 4, .tagMismatch(tag: "!!int", text: "x")),
    Refusal("a: !!int 1.0", 1, 4, .tagMismatch(tag: "!!int", text: "1.0")),
    Refusal("a: !!bool yes", 1, 4, .tagMismatch(tag: "!!bool", text: "yes")),
    Refusal("a: !!binary aGk=", 1, 4, .unsupportedTag("!!binary")),
    Refusal("a: !!set {x}", 1, 4, .unsupportedTag("!!set")),
    Refusal("a: !thing [x]", 1, 4, .unsupportedTag("!thing")),

    // Aliases
    Refusal("a: *x", 1, 4, .undefinedAlias("x")),
    Refusal("a: &x [*x]", 1, 8, .undefinedAlias("x")),
    Refusal("a: *x y", 1, 4, .reservedIndicator("*")),
    Refusal("- **bold**", 1, 3, .reservedIndicator("*")),
    Refusal("- * item", 1, 3, .reservedIndicator("*")),

    // Syntax
    Refusal("a:\n\t- b", 2, 1, .reservedIndicator("\t")),
    Refusal("-\t- b", 1, 2, .reservedIndicator("\t")),
    Refusal("-\tk: b", 1, 2, .reservedIndicator("\t")),
    Refusal("a: @b", 1, 4, .reservedIndicator("@")),
    Refusal("ä: `b", 1, 4, .reservedIndicator("`")),
    Refusal(
      "a: b: c", 1, 5,
      .yamlSyntax("a mapping cannot begin here; text with ': ' in it needs quotes")),
    Refusal(
      "a: \"x", 1, 6, .unexpectedEnd(in: .string, from: SourcePlace(line: 1, column: 4))),
    Refusal(
      "a: [1, 2\nb: 3", 2, 2,
      .yamlSyntax("expected ',' or ']' while parsing a flow sequence begun at line 1, column 4")),
    Refusal(
      "a: 1\n b: 2", 2, 3,
      .yamlSyntax("a mapping cannot begin here; text with ': ' in it needs quotes")),
    Refusal(
      "a:\n  - b\n c: d", 3, 2,
      .yamlSyntax("expected a key while parsing a block mapping begun at line 1, column 1")),

    // Limits
    Refusal(
      String(repeating: "[", count: 65) + String(repeating: "]", count: 65), 1, 65,
      .tooDeep(limit: 64)),
    Refusal(String(repeating: "- ", count: 65) + "x", 1, 129, .tooDeep(limit: 64)),
    Refusal(
      "a: &a " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "\nb: "
        + String(repeating: "[", count: 24) + "*a" + String(repeating: "]", count: 24), 2, 28,
      .tooDeep(limit: 64)),
  ]
}
