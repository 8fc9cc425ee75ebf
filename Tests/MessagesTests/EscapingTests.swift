import Messages
import Testing

@Suite struct EscapingTests {
  @Test func `terminal control characters are escaped as in JSON`() {
    let text = "\u{1B}[2J\u{7}\u{8}\u{C}\n\r\t\u{7F}\u{9B}\u{61C}\u{200E}\u{2028}\u{202E}\u{2066}"
    #expect(
      text.escapingControls()
        == #"\u001b[2J\u0007\b\f\n\r\t\u007f\u009b\u061c\u200e\u2028\u202e\u2066"#)
  }

  @Test(arguments: [
    "", "plain", "it's \\ \"q\"", "日本語\u{3000}です", "👩‍💻 e\u{301}", "1\u{FE0F}\u{20E3} ❤\u{FE0F}",
    "می\u{200C}خواهم",
  ])
  func `other text is unchanged`(text: String) {
    #expect(text.escapingControls() == text)
  }

  @Test(arguments: [
    ("a\u{200B}b", #"a\u200bb"#), ("a\u{A0}b", #"a\u00a0b"#), ("a\u{200D}b", #"a\u200db"#),
    ("\u{2800}\u{3164}", #"\u2800\u3164"#), ("a\u{FE0F}", #"a\ufe0f"#),
    ("😀\u{FE0F}\u{FE00}\u{E0100}", "😀\u{FE0F}" + #"\ufe00\udb40\udd00"#),
    ("\u{FEFF}a\u{AD}", #"\ufeffa\u00ad"#),
  ])
  func `characters that show nothing are escaped`(text: String, shown: String) {
    #expect(text.escapingControls() == shown)
    #expect(text.quoted == "'\(shown)'")
  }

  @Test func `quoted input has no invisible characters`() {
    #expect("--na\u{200B}me\u{FEFF}\u{E0041}".quoted == #"'--na\u200bme\ufeff\udb40\udc41'"#)
    #expect("👩‍💻".quoted == "'👩‍💻'")
  }

  @Test func `long quoted input is cut`() {
    let word = String(repeating: "a", count: 80)
    #expect(word.quoted == "'\(word)'")
    #expect((word + "b").quoted == "'\(word)…'")
    #expect(String(repeating: "\n", count: 81).quoted.count == 163)
  }

  @Test(arguments: [
    "/" + String(repeating: "a", count: 40) + "/" + String(repeating: "b", count: 40) + "/x.json",
    String(repeating: "a", count: 90) + "/x.json", "a/" + String(repeating: "b", count: 90),
  ])
  func `a long quoted path keeps its beginning and its end`(path: String) {
    #expect(path.quoted == "'\(path.prefix(30))…\(path.suffix(50))'")
    #expect(String(path.prefix(80)).quoted == "'\(path.prefix(80))'")
  }

  @Test func `a text is shortened in the middle to a number of characters`() {
    #expect("abcdefgh".keepingEnds(of: 8) == "abcdefgh")
    #expect("abcdefghi".keepingEnds(of: 8) == "abc…fghi")
    #expect("\n\n/".keepingEnds(of: 2) == "…/")
    #expect((String(repeating: "/\n", count: 50)).quoted.count == 2 + 81 + 40)
  }

  @Test func `lists are written with commas and 'and'`() {
    #expect([].joinedInQuotes == "")
    #expect(["a"].joinedInQuotes == "'a'")
    #expect(["a", "b\n", "c"].joinedInQuotes == #"'a', 'b\n' and 'c'"#)
    #expect(["a", "b", "c"].joined(asListWith: "or") == "a, b or c")
    #expect(["a", "b"].joinedAsCycle == "a -> b -> a")
  }

  @Test func `a suggestion is quoted`() {
    #expect(
      Spelling.hint(for: "genric", among: ["generi\u{1B}"]) == #"did you mean 'generi\u001b'?"#)
    #expect(Spelling.hint(for: "xyz", among: ["generic"]) == nil)
  }
}
