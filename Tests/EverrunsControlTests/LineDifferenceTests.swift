import Testing

@testable import EverrunsControl

@Suite struct LineDifferenceTests {
  @Test(arguments: [
    ("caf\u{E9}", "cafe\u{301}", " (differs only in Unicode normalization)"),
    ("a", "a\r", " (only the line ends differ)"),
    ("a", "a \t", " (only trailing blanks differ)"),
    ("a b", "a\u{A0}b", " (only blanks differ)"),
    ("ab", "a\u{200B}b", " (only blanks differ)"),
    ("a", "b", ""),
  ])
  func `a pair of lines that look the same is labeled`(old: String, new: String, label: String) {
    let lines = LineDifference(from: "l1\n\(old)\nl3", to: "l1\n\(new)\nl3").lines(style: .plain)
    #expect(lines.count == 4)
    #expect(lines.first == "        l1" && lines.last == "        l3")
    #expect(lines.dropFirst().first?.hasPrefix("      - ") == true)
    #expect(lines.dropLast().last?.hasPrefix("      + ") == true)
    #expect(lines.dropLast().last?.contains("(") == !label.isEmpty)
    #expect(lines.dropLast().last?.hasSuffix(label) == true)
  }

  @Test func `one word in a text with CRLF shows one line`() {
    let lines = LineDifference(from: "a\r\nb\r\nc", to: "a\r\nx\r\nc").lines(style: .plain)
    #expect(lines.count == 4)
  }
}
