import Testing

@testable import EverrunsControl

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("abc", 3), ("a\u{7}\u{7F}\r\n", 5), ("e\u{301}", 1), ("漢字", 4), ("\u{0E01}\u{0E33}", 2),
    ("\u{0915}\u{0940}", 2),
    ("\u{0B95}\u{0BBE}", 2), ("a\u{AD}b", 3), ("a\u{FE0F}", 1), ("a\u{FE0E}", 1), ("©\u{FE0F}", 2),
    ("1\u{FE0F}\u{20E3}", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{115F}\u{1161}", 2),
    ("\u{3164}", 2), ("\u{FFA0}", 1), ("😀", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2),
  ])
  func `a text takes as many columns as a terminal gives it`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }
}
