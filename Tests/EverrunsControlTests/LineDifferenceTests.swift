import EverrunsDocuments
import Testing

@testable import EverrunsControl

@Suite struct LineDifferenceTests {
  @Test(arguments: [
    ("caf\u{E9}", "cafe\u{301}", " (differs only in Unicode normalization)"),
    ("a", "a\r", " (only the line ends differ)"),
    ("a", "a \t", " (only trailing blanks differ)"),
    ("a b", "a\u{A0}b", " (only blanks differ)"),
    ("ab", "a\u{200B}b", " (only invisible characters differ: U+200B added)"),
    ("a b", "a\u{200B}b", " (only invisible characters differ: U+0020 -> U+200B)"),
    ("a", "a\u{FEFF}", " (only invisible characters differ: U+FEFF added)"),
    ("a\u{AD}b c", "ab\u{AD} c", " (only invisible characters differ)"),
    ("a", "b", ""),
  ])
  func `two lines that look the same are labeled`(old: String, new: String, label: String) {
    let lines = LineDifference(from: "l1\n\(old)\nl3", to: "l1\n\(new)\nl3").lines(style: .plain)
    #expect(lines.count == 5)
    #expect(lines.prefix(2) == ["      @@ line 2 @@", "        l1"])
    #expect(lines.last == "        l3")
    #expect(lines.dropFirst(2).first?.hasPrefix("      - ") == true)
    #expect(lines.dropLast().last?.hasPrefix("      + ") == true)
    #expect(lines.dropLast().last?.contains("(") == !label.isEmpty)
    #expect(lines.dropLast().last?.hasSuffix(label) == true)
  }

  @Test func `one word in a text with CRLF shows one line`() {
    let lines = LineDifference(from: "a\r\nb\r\nc", to: "a\r\nx\r\nc").lines(style: .plain)
    #expect(lines.count == 5)
  }

  private static let prompt = """
    # Role
    You help.

    ## Sources
    Cite every source that you used for your answer, with its title and the date you read it.
    Be brief.

    ## Tone
    Be kind.
    #hashtag
    Be clear.
    """

  private func lines(_ after: String) -> [String] {
    LineDifference(from: Self.prompt, to: after).lines(style: .plain)
  }

  @Test(arguments: [
    ("# Real\n\n```sh\n# install it\n```\n\nis a", "# Real"),
    ("# Real\n\n~~~\n```\n# install it\n~~~ x\n~~~~\n\nis a", "# Real"),
    ("# Real\n\n    # code\n\nis a", "# Real"), ("Rules\n=====\n\nis a", "Rules"),
    ("# One\n\nTwo\n---\nis a", "Two"), ("# One\n\n- two\n---\nis a", "# One"),
    ("# One\n\n---\n\nis a", "# One"), ("# One\n\n | a |\n---\nis a", "# One"),
    ("  ## Indented\r\n\nx\nis a", "## Indented"), ("#hashtag\n\nis a", nil),
    ("```\n# open\nis a", nil), ("#\n\nis a", "#"),
  ])
  func `only what Markdown takes for a heading counts as one`(before: String, heading: String?) {
    let after = before.replacing(/is a$/, with: "is b")
    let lines = LineDifference(from: before, to: after).lines(style: .plain)
    let header = lines.first?.split(separator: "@@", omittingEmptySubsequences: false).last
    #expect(header.map(String.init) == heading.map { " " + $0 } ?? "")
  }

  @Test func `each place has its line number and the heading above it`() {
    let after = Self.prompt.replacing("You help.", with: "You assist.")
      .replacing("Be clear.", with: "Be clear.\nBe quick.")
    #expect(
      lines(after) == [
        "      @@ line 2 @@ # Role", "        # Role", "      - You help.", "      + You assist.",
        "        ", "      @@ line 12 @@ ## Tone", "        Be clear.", "      + Be quick.",
      ])
  }

  @Test func `a long line with several changes is shown once`() {
    let after = Self.prompt.replacing("its title and", with: "a link and")
    #expect(
      lines(after) == [
        "      @@ line 5 @@ ## Sources", "        ## Sources",
        "      ~ ... for your answer, with [-its title-] {+a link+} and the date you ... ",
        "        Be brief.",
      ])
  }

  @Test func `a new line is shown next to the one it replaces, even before a long one`() {
    let after = Self.prompt.replacing("## Sources", with: "## Links")
      .replacing("its title and", with: "a link and").replacing("Be brief.", with: "Be short.")
    #expect(
      lines(after) == [
        "      @@ line 4 @@ # Role", "        ", "      - ## Sources", "      + ## Links",
        "      ~ ... for your answer, with [-its title-] {+a link+} and the date you ... ",
        "      - Be brief.", "      + Be short.", "        ",
      ])
  }

  @Test func `a blank that is doubled in a long line is shown with the words around it`() {
    let after = Self.prompt.replacing("its title and", with: "its  title and")
    #expect(
      lines(after) == [
        "      @@ line 5 @@ ## Sources", "        ## Sources",
        "      ~ ... for your answer, with [-its -]{+its  +}title and the date ... "
          + " (only blanks differ)",
        "        Be brief.",
      ])
  }

  @Test func `removed lines keep their place`() {
    let after = Self.prompt.replacing("Be brief.\n", with: "")
    #expect(
      lines(after) == [
        "      @@ line 6 @@ ## Sources",
        "        Cite every source that you used for your answer, with its title and the date you "
          + "read it.",
        "      - Be brief.", "        ",
      ])
  }

  @Test func `a change of line ends alone is one line`() {
    let lines = ValueDifference.lines(
      "prompt", from: "a\nb\nc", to: "a\r\nb\r\nc", style: .plain)
    #expect(lines == ["prompt (only the line ends differ)"])
  }

  @Test func `an empty text has no lines`() {
    let style = Style.plain
    #expect(
      LineDifference(from: "", to: "a\nb").lines(style: style)
        == ["      @@ line 1 @@", "      + a", "      + b"])
    let long = String(repeating: "x", count: 300)
    #expect(
      ValueDifference.lines("prompt", from: .string(long), to: "", style: style)
        == ["prompt  300 -> 0 characters", "      - \(long)"])
  }

  @Test(arguments: [nil, 240] as [Int?])
  func `long lines that begin alike are shown in full on a terminal`(limit: Int?) {
    let start = String(repeating: "x", count: 300)
    let (old, new) = ("a\n\(start) one", "a\n\(start)-two")
    #expect(
      LineDifference(from: old, to: new).lines(style: Style(isColored: false, limit: limit))
        == ["      @@ line 2 @@", "        a", "      - \(start) one", "      + \(start)-two"])
  }
}
