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

  @Test func `a change of one word is shown in a line of any length`() {
    let words = (1...5000).map { "word\($0)" }
    var changed = words
    changed[2500] = "other"
    let (before, after) = (words.joined(separator: " "), changed.joined(separator: " "))
    #expect(
      lines(before, after) == [
        "prompt  \(before.count) -> \(after.count) characters",
        "        ... word2497 word2498 word2499 word2500 [-word2501-] {+other+} "
          + "word2502 word2503 word2504 word2505 ... ",
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
