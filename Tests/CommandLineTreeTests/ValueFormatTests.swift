import CommandLineTree
import Testing

@Suite struct ValueFormatTests {
  @Test func `a text may be anything`() throws {
    #expect(try ValueFormat.text.convert("") == "")
    #expect(try ValueFormat.text.convert("a\nb") == "a\nb")
    #expect(ValueFormat.text.kind == .text)
  }

  @Test(arguments: [ValueFormat.file(), .directory, .dynamic("ids")])
  func `paths and ids are not empty`(format: ValueFormat<String>) throws {
    #expect(try format.convert("-") == "-")
    #expect(throws: ValueError.empty) { try format.convert("") }
  }

  @Test func `kinds say what is expected`() {
    #expect(ValueFormat.file(extensions: ["json"]).kind == .file(extensions: ["json"]))
    #expect(ValueFormat.directory.kind == .directory)
    #expect(ValueFormat.dynamic("ids").kind == .dynamic("ids"))
    #expect(ValueFormat.integer().kind == .number)
    #expect(
      ValueFormat<Shop.Grade>.choice().kind.choices == [Choice("fresh"), Choice("stale")])
    #expect(
      ValueFormat.choice(Shop.Format.self).kind.choices[0] == Choice("text", summary: "Print text"))
  }

  @Test(arguments: [("1", 1), ("9", 9), ("+5", 5), ("007", 7)])
  func `an integer is read within its range`(text: String, value: Int) throws {
    #expect(try ValueFormat.integer(in: 1...9).convert(text) == value)
  }

  @Test(arguments: [
    ("0", ValueError.outOfRange(1...9)), ("10", .outOfRange(1...9)), ("-1", .outOfRange(1...9)),
    ("", .empty), ("one", .notANumber), ("1.0", .notANumber), (" 1", .notANumber),
    ("99999999999999999999", .outOfRange(.min...9)), ("-", .notANumber),
    ("-99999999999999999999", .outOfRange(1...(.max))),
  ])
  func `an integer out of range is refused`(text: String, error: ValueError) {
    #expect(throws: error) { try ValueFormat.integer(in: 1...9).convert(text) }
  }

  @Test(arguments: ["stale", "STALE", "old", "Old"])
  func `a choice can have aliases and ignore case`(text: String) throws {
    let format = ValueFormat.choice(
      Shop.Grade.self, aliases: ["old": .stale], ignoringCase: true)
    #expect(try format.convert(text) == .stale)
  }

  @Test(arguments: [("JSON", "json"), ("jsonn", "json"), ("", nil), ("xml", nil)])
  func `a choice is exact unless told otherwise`(text: String, suggestion: String?) {
    #expect(throws: ValueError.notAChoice(["text", "json", "yaml"], suggestion: suggestion)) {
      try ValueFormat.choice(Shop.Format.self).convert(text)
    }
  }

  @Test func `a value is written as it is typed`() {
    #expect(ValueFormat.choice(Shop.Format.self).text(.json) == "json")
    #expect(ValueFormat.integer().text(12) == "12")
    #expect(ValueFormat.text.text("a b") == "a b")
  }

  @Test(
    arguments: [
      ("0", .zero), ("300ms", .milliseconds(300)), ("5s", .seconds(5)), ("2m", .seconds(120)),
      ("1440m", .seconds(86_400)), ("0ms", .zero),
    ] as [(String, Duration)])
  func `a duration has a unit`(text: String, value: Duration) throws {
    #expect(try ValueFormat.duration.convert(text) == value)
  }

  @Test(arguments: [
    "", "5", "-1s", "1.5s", "5 s", "5h", "s", "86401s", "99999999999999999999s", "٣s",
  ])
  func `an invalid duration is refused`(text: String) {
    #expect(throws: ValueError.self) { try ValueFormat.duration.convert(text) }
  }

  @Test(arguments: ["86401s", "99999999999999999999999s", "1441m", "86400001ms"])
  func `a duration is at most a day`(text: String) {
    #expect(throws: ValueError.invalid(reason: "it is more than a day")) {
      try ValueFormat.duration.convert(text)
    }
  }

  @Test(arguments: ["0", "300ms", "5s"])
  func `a duration is written as it is typed`(text: String) throws {
    #expect(ValueFormat.duration.text(try ValueFormat.duration.convert(text)) == text)
  }

  @Test(arguments: [ValueFormat.file(), .directory, .dynamic("ids", orFile: ["json"])])
  func `an unexpanded path is refused`(format: ValueFormat<String>) throws {
    for path in ["~", "~/x", "~ann/x"] {
      #expect(throws: ValueError.self) { try format.convert(path) }
    }
    #expect(try format.convert("./~/x") == "./~/x")
  }
}
