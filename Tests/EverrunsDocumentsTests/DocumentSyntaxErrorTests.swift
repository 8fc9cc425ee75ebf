import EverrunsDocuments
import Testing

@Suite("Words of syntax errors")
struct DocumentSyntaxErrorTests {
  @Test(
    arguments: [
      (.emptyDocument, "the document is empty", nil),
      (.tooManyBytes(limit: 256 << 20), "the document is larger than 256 MiB", nil),
      (.invalidUTF8(byte: 5), "byte 0x05 is not valid UTF-8", "save the file as UTF-8"),
      (
        .unexpectedCharacter("]", expected: .value), "expected a value, found ']'",
        "remove the comma before it"
      ),
      (
        .unexpectedCharacter("\u{1B}", expected: .colon), "expected ':', found '\\u001b'", nil
      ),
      (
        .unexpectedEnd(in: .string, from: SourcePlace(line: 2, column: 3)),
        "the string that begins at line 2, column 3 has no end", nil
      ),
      (
        .controlCharacter("\t"), "unescaped control character '\\t'",
        "in a string in double quotes, write it as \\t"
      ),
      (.invalidLiteral("True"), "unknown word 'True'", "write it as 'true'"),
      (.invalidLiteral("yes"), "unknown word 'yes'", "strings need double quotes"),
      (
        .duplicateKey("a\u{202E}", first: .start),
        "duplicate key 'a\\u202e', already given at line 1, column 1", nil
      ),
      (
        .ambiguousScalar("0x1F", .number), "YAML readers disagree about '0x1F'",
        "write it in decimal, or put it in quotes if it is text"
      ),
      (
        .ambiguousScalar("On", .boolean),
        "'On' is a boolean to some YAML readers and text to others",
        "write true, or put it in quotes if it is text"
      ),
      (
        .numberNotInJSON(".5", decimal: "0.5"), "JSON has no number like '.5'",
        "write 0.5, or put it in quotes if it is text"
      ),
      (
        .ambiguousLineBreak("\u{2028}"), "'\\u2028' ends a line for some YAML readers only",
        "in double quotes, write it as \\u2028"
      ),
      (
        .invalidNumber(String(repeating: "0", count: 81)),
        "'\(String(repeating: "0", count: 80))…' is not a JSON number",
        "write it in decimal, or put it in quotes if it is text"
      ),
      (.reservedIndicator("\t"), "a tab cannot be used for indentation", "indent with spaces"),
    ] as [(DocumentSyntaxError.Kind, String, String?)])
  func `errors say what is wrong and what to do`(
    kind: DocumentSyntaxError.Kind, message: String, hint: String?
  ) {
    let error = DocumentSyntaxError(kind, at: .start)
    #expect(error.message == message)
    #expect(error.hint == hint)
  }
}
