import EverrunsDocuments
import Testing

@testable import EverrunsControl

/// Prompts of one long line differ by words.
@Suite struct WordDifferenceTests {
  private static let prompt = """
    Help the person you are talking with as well as you can. Say so when a request is beyond your \
    means, and name your sources.
    """

  private func lines(_ before: String, _ after: String) -> [String] {
    ValueDifference.lines("prompt", from: .string(before), to: .string(after), style: .plain)
  }

  @Test func `the words that differ are shown with their neighbors and the change in size`() {
    let after = Self.prompt.replacing("beyond your means", with: "outside of your means")
    #expect(
      lines(Self.prompt, after) == [
        "prompt  \(Self.prompt.count) -> \(after.count) characters",
        "        ... when a request is [-beyond-] {+outside of+} your means, and name ... ",
      ])
  }

  @Test func `words at both ends are shown as well`() {
    let after = "Always " + Self.prompt + " Cite them."
    #expect(
      lines(Self.prompt, after)
        == [
          "prompt  \(Self.prompt.count) -> \(after.count) characters",
          "        {+Always+} Help the person you ... means, and name your "
            + "[-sources.-]{+sources. Cite them.+}",
        ])
  }

  @Test(arguments: [
    ("short", "other"),
    (prompt, "Nothing of this is the same as before, not one of its words at all."),
  ])
  func `short lines, and lines with little in common, are shown side by side`(
    before: String, after: String
  ) {
    #expect(lines(before, after) == ["prompt  \"\(before)\" -> \"\(after)\""])
  }
}
