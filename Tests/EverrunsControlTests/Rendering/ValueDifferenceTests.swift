import EverrunsDocuments
import Testing

@testable import EverrunsControl

@Suite struct ValueDifferenceTests {
  private func lines(_ before: JSONValue, _ after: JSONValue) -> [String] {
    ValueDifference.lines("field", from: before, to: after, style: .plain)
  }

  @Test(
    arguments: [
      ("a", "b", "field  \"a\" -> \"b\""),
      (nil, "b", "field  none -> \"b\""),
      (1, 2, "field  1 -> 2"),
      (false, true, "field  false -> true"),
      ("a\u{1B}", "", "field  \"a\\u001b\" -> \"\""),
      ([1], "x", "field  [1] -> \"x\""),
    ] as [(JSONValue, JSONValue, String)])
  func `short values are shown side by side`(before: JSONValue, after: JSONValue, line: String) {
    #expect(lines(before, after) == [line])
  }

  @Test func `texts that look the same are labeled`() {
    #expect(
      lines("caf\u{E9}", "cafe\u{301}")
        == ["field  \"caf\u{E9}\" -> \"cafe\u{301}\" (differs only in Unicode normalization)"])
  }

  @Test func `items and members that look alike are labeled`() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let remark = " (differs only in Unicode normalization)"
    #expect(
      lines(["a", .string(composed)], ["a", .string(decomposed)])
        == ["field  + \(decomposed)\(remark)  - \(composed)"])
    #expect(
      lines(
        [["ref": "web", "config": ["k": .string(composed)]]],
        [["ref": "web", "config": ["k": .string(decomposed)]]])
        == [
          "field",
          "        ~ web  {\"ref\":\"web\",\"config\":{\"k\":\"\(composed)\"}} -> "
            + "{\"ref\":\"web\",\"config\":{\"k\":\"\(decomposed)\"}}\(remark)",
        ])
    #expect(
      lines(.string(composed + " x"), .string(decomposed + "  x"))
        == [
          "field  \"\(composed) x\" -> \"\(decomposed)  x\" "
            + "(only invisible characters or Unicode normalization differ)"
        ])
  }

  @Test func `a text of several lines is compared by line`() {
    #expect(
      lines("one\ntwo\nthree", "one\n2\nthree") == [
        "field  13 -> 11 characters", "      @@ line 2 @@", "        one", "      - two",
        "      + 2", "        three",
      ])
  }

  @Test func `lists are compared by item`() {
    #expect(lines(["a", "b"], ["a", "c"]) == ["field  + c  - b"])
    #expect(lines(["a"], ["a", "b", "c"]) == ["field  1 -> 3  + b  + c"])
    #expect(lines(["a", "b"], ["b", "a"]) == ["field  other order"])
    #expect(lines(["a"], ["a", "a"]) == ["field  1 -> 2  + a (again)"])
    #expect(lines(["a", "b", "a"], ["a", "b"]) == ["field  3 -> 2  - a (again)"])
  }

  @Test func `an item with the same reference is changed, not replaced`() {
    #expect(
      lines(
        [["ref": "web", "config": [:]]], [["ref": "web", "config": ["limit": 5]]])
        == [
          "field",
          "        ~ web  {\"ref\":\"web\",\"config\":{}} -> "
            + "{\"ref\":\"web\",\"config\":{\"limit\":5}}",
        ])
  }

  @Test func `objects are compared by the lines of their JSON`() {
    #expect(
      lines(["a": 1, "b": 2], ["a": 1, "b": 3]) == [
        "field", "      @@ line 3 @@", "          \"a\": 1,", "      -   \"b\": 2",
        "      +   \"b\": 3", "        }",
      ])
  }
}
