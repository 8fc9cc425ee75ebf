import EverrunsDocuments
import Testing

@Suite("Refusing JSON")
struct JSONRefusalTests {
  @Test(arguments: refusals)
  func `each error has its kind and place`(_ refusal: Refusal) {
    #expect(throws: refusal.error) { try JSONReader.read(refusal.bytes) }
  }

  private static let refusals: [Refusal] = [
    // Whole documents
    Refusal("", 1, 1, .emptyDocument),
    Refusal("\u{FEFF}", 1, 1, .emptyDocument),
    Refusal(" \n\t", 2, 2, .emptyDocument),
    Refusal("1 2", 1, 3, .trailingContent),
    Refusal("{}\n}", 2, 1, .trailingContent),
    Refusal("[]\u{FEFF}", 1, 3, .trailingContent),

    // Arrays and objects
    Refusal("[1,]", 1, 4, .unexpectedCharacter("]", expected: .value)),
    Refusal("[,1]", 1, 2, .unexpectedCharacter(",", expected: .valueOrArrayEnd)),
    Refusal("[1 2]", 1, 4, .unexpectedCharacter("2", expected: .commaOrArrayEnd)),
    Refusal("[1}", 1, 3, .unexpectedCharacter("}", expected: .commaOrArrayEnd)),
    Refusal("{a: 1}", 1, 2, .unexpectedCharacter("a", expected: .keyOrObjectEnd)),
    Refusal("{'a': 1}", 1, 2, .unexpectedCharacter("'", expected: .keyOrObjectEnd)),
    Refusal(#"{"a": 1,}"#, 1, 9, .unexpectedCharacter("}", expected: .key)),
    Refusal(#"{"a" 1}"#, 1, 6, .unexpectedCharacter("1", expected: .colon)),
    Refusal(#"{"a":}"#, 1, 6, .unexpectedCharacter("}", expected: .value)),
    Refusal(#"{"a": 1 "b"}"#, 1, 9, .unexpectedCharacter("\"", expected: .commaOrObjectEnd)),
    Refusal("[1, // x\n2]", 1, 5, .unexpectedCharacter("/", expected: .value)),
    Refusal("[\u{A0}1]", 1, 2, .unexpectedCharacter("\u{A0}", expected: .valueOrArrayEnd)),
    Refusal("[\0]", 1, 2, .unexpectedCharacter("\0", expected: .valueOrArrayEnd)),
    Refusal("[", 1, 2, .unexpectedEnd(in: .array, from: .start)),
    Refusal("[1,\n", 2, 1, .unexpectedEnd(in: .array, from: .start)),
    Refusal(" {", 1, 3, .unexpectedEnd(in: .object, from: SourcePlace(line: 1, column: 2))),
    Refusal(#"{"a""#, 1, 5, .unexpectedEnd(in: .object, from: .start)),
    Refusal(#"{"a":"#, 1, 6, .unexpectedEnd(in: .object, from: .start)),

    // Duplicate keys
    Refusal(
      "{\"a\": 1,\n \"a\": 2}", 2, 2, .duplicateKey("a", first: SourcePlace(line: 1, column: 2))),
    Refusal(
      #"{"é": {"a": 1}, "\u00e9": 2}"#, 1, 17,
      .duplicateKey("é", first: SourcePlace(line: 1, column: 2))),
    Refusal(
      "{" + (0..<50).map { "\"k\($0)\":\($0)," }.joined(separator: "\n") + "\n\"k7\": 0}", 51, 1,
      .duplicateKey("k7", first: SourcePlace(line: 8, column: 1))),

    // Numbers and words
    Refusal(#"["a\u0000"]"#, 1, 4, .nul),
    Refusal("01", 1, 1, .invalidNumber("01")),
    Refusal("-01", 1, 1, .invalidNumber("-01")),
    Refusal("[+1]", 1, 2, .invalidNumber("+1")),
    Refusal("[.5]", 1, 2, .invalidNumber(".5")),
    Refusal("[1.]", 1, 2, .invalidNumber("1.")),
    Refusal("[1.e3]", 1, 2, .invalidNumber("1.e3")),
    Refusal("[1e]", 1, 2, .invalidNumber("1e")),
    Refusal("[1e+]", 1, 2, .invalidNumber("1e+")),
    Refusal("-", 1, 1, .invalidNumber("-")),
    Refusal("[0x1F]", 1, 2, .invalidNumber("0x1F")),
    Refusal("[1_000]", 1, 2, .invalidNumber("1_000")),
    Refusal("[-Infinity]", 1, 2, .invalidNumber("-Infinity")),
    Refusal("[NaN]", 1, 2, .invalidNumber("NaN")),
    Refusal("[True]", 1, 2, .invalidLiteral("True")),
    Refusal("tru", 1, 1, .invalidLiteral("tru")),
    Refusal("[nulls]", 1, 2, .invalidLiteral("nulls")),

    // Strings
    Refusal(#"["a"#, 1, 4, .unexpectedEnd(in: .string, from: SourcePlace(line: 1, column: 2))),
    Refusal(#"["a\"#, 1, 5, .unexpectedEnd(in: .string, from: SourcePlace(line: 1, column: 2))),
    Refusal("[\"äb\nc\"]", 1, 5, .controlCharacter("\n")),
    Refusal("[\"ab\0c\"]", 1, 5, .nul),
    Refusal("[\"ä\\n\u{1F}\"]", 1, 6, .controlCharacter("\u{1F}")),
    Refusal(#"["ä\x41"]"#, 1, 4, .invalidEscape("\\x")),
    Refusal(#"["\u12G4"]"#, 1, 3, .invalidEscape("\\u12G4")),
    Refusal(#"["\u12"]"#, 1, 3, .invalidEscape("\\u12")),
    Refusal(#"["\ud83d"]"#, 1, 3, .unpairedSurrogate("\\ud83d")),
    Refusal(#"["\uD83D\u0041"]"#, 1, 3, .unpairedSurrogate("\\uD83D")),
    Refusal(#"["x\uDE00"]"#, 1, 4, .unpairedSurrogate("\\uDE00")),

    // UTF-8: a stray continuation, overlong, surrogate, beyond Unicode, cut short; UTF-16
    Refusal(bytes: Array("[\"ä".utf8) + [0x80, 0x22, 0x5D], 1, 4, .invalidUTF8(byte: 0x80)),
    Refusal(bytes: [0x22, 0xC0, 0xAF, 0x22], 1, 2, .invalidUTF8(byte: 0xC0)),
    Refusal(bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], 1, 2, .invalidUTF8(byte: 0xED)),
    Refusal(bytes: [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1, 2, .invalidUTF8(byte: 0xF4)),
    Refusal(bytes: [0x22, 0x61, 0xC3, 0x22], 1, 3, .invalidUTF8(byte: 0xC3)),
    Refusal(bytes: [0x22, 0x61, 0xE2, 0x82], 1, 3, .invalidUTF8(byte: 0xE2)),
    Refusal(bytes: [0x22, 0x5C, 0x6E, 0xFF, 0x22], 1, 4, .invalidUTF8(byte: 0xFF)),
    Refusal(bytes: [0xFF, 0xFE, 0x5B, 0x00], 1, 1, .invalidUTF8(byte: 0xFF)),

    // Limits
    Refusal(String(repeating: "[", count: 65), 1, 65, .tooDeep(limit: 64)),
    Refusal(String(repeating: "[", count: 100_000), 1, 65, .tooDeep(limit: 64)),
    Refusal(String(repeating: "{\"a\":\n", count: 100_000), 65, 1, .tooDeep(limit: 64)),
  ]
}
