import Testing

@testable import EverrunsDocuments

@Suite struct TextTests {
  private static let composed = "caf\u{E9}"
  private static let decomposed = "cafe\u{301}"

  @Test func `composed and decomposed texts are different keys`() {
    #expect(Set([ExactText(Self.composed), ExactText(Self.decomposed)]).count == 2)
    #expect([Self.composed, Self.decomposed, Self.composed].withoutRepetitions.count == 2)
    #expect(![Self.composed].containsExactly(Self.decomposed))
    #expect(DocumentPath([.key(Self.composed)]) != DocumentPath([.key(Self.decomposed)]))
  }

  @Test func `a combining mark after a separator belongs to the next part`() {
    #expect("a,\u{301}b".split(at: ",") == ["a", "\u{301}b"])
    #expect("a=\u{301}b=c".split(at: "=", maximum: 1) == ["a", "\u{301}b=c"])
  }

  @Test func `a line feed alone ends a line`() {
    #expect("a\r\nb\n\u{301}c".lines == ["a\r", "b", "\u{301}c"])
    #expect("a\r\nb".hasLineBreak)
  }

  @Test(arguments: [
    ("1e1099511627776", "10e1099511627775", true),
    ("1e99999999999999999999", "10e99999999999999999998", true),
    ("0.1e-99999999999999999999", "1e-100000000000000000000", true),
    ("0e99999999999999999999", "0", true), ("-0.0e5", "0", true),
    ("1e-9223372036854775808", "1", false), ("1", "1e-9223372036854775808", false),
    ("0e-9223372036854775808", "0.00", true), ("1e999999999", "10e999999998", true),
    ("1e0", "1", true), ("100e-2", "1.0", true), ("1e-0000000000000000001", "0.1", true),
    ("0.001", "1e-3", true), ("1e1000000000", "1e-1000000000", false),
    ("-1e5", "1e5", false), ("1e-1000000001", "10e-1000000002", true),
    ("1e-1000000000", "0.1e-999999999", true),
  ])
  func `numbers are compared by value, whatever their exponents`(
    a: String, b: String, areEqual: Bool
  ) throws {
    let a = try #require(JSONNumber(literal: a))
    let b = try #require(JSONNumber(literal: b))
    #expect(a.isEquivalent(to: b) == areEqual)
    #expect(b.isEquivalent(to: a) == areEqual)
  }
}
