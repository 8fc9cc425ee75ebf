import EverrunsControl
import EverrunsStore
import Testing

/// How a changed prompt is shown, in a plan and in a review comment.
@Suite struct PromptDifferenceTests {
  private static let prompt = """
    # Role
    You help.

    ## Sources
    Cite every source that you used for your answer, with its title and the date you read it.
    """

  private func withChange(
    from before: String = prompt, to after: String, _ body: (Fleet) throws -> Void
  ) throws {
    try Fleet.with(3) { fleet throws in
      try fleet.writePlatform(prompt: before)
      #expect(fleet.run("seed apply -y -q").exitCode == .success)
      try fleet.writePlatform(prompt: after)
      try body(fleet)
    }
  }

  /// The lines of an output from one that begins with a text to the first blank one.
  private func lines(_ output: String, from start: String) -> [String] {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(
      lines.drop { !$0.drop { $0 == " " }.hasPrefix(start) }.prefix { !$0.isEmpty })
  }

  @Test func `a long line of many shows its words, its number, and the heading above it`() throws {
    let after = Self.prompt.replacing("its title and", with: "a link and")
    try withChange(to: after) { fleet throws in
      let size = "\(Self.prompt.count) -> \(after.count) characters"
      let shown = lines(fleet.run("seed preview").output, from: "system_prompt")
      #expect(
        shown == [
          "      system_prompt  \(size)", "      @@ line 5 @@ ## Sources", "        ## Sources",
          "      ~ ... for your answer, with [-its title-] {+a link+} and the date you ... ",
          "  ~ */harness/base x 2 organizations  definition_changed: 'system_prompt' changed since "
            + "the last apply",
          "      in Org 2 and Org 3", "      the same changes as harness/base",
        ])
      let block = lines(fleet.run("seed preview -o markdown").output, from: "```diff")
      #expect(
        block == [
          "```diff", "@@ system_prompt @@  \(size)", "@@ line 5 @@ ## Sources", "  ## Sources",
          "~ ... for your answer, with [-its title-] {+a link+} and the date you ... ", "```",
        ])
    }
  }

  @Test func `an invisible change is labeled`() throws {
    try withChange(to: Self.prompt.replacing("\n", with: "\r\n")) { fleet throws in
      let shown = lines(fleet.run("seed preview").output, from: "system_prompt")
      #expect(shown.first == "      system_prompt (only the line ends differ)")
      #expect(shown.dropFirst().first?.hasPrefix("  ~ */harness/base") == true)
      #expect(
        lines(fleet.run("seed preview -o markdown").output, from: "```diff")
          == ["```diff", "@@ system_prompt @@ (only the line ends differ)", "```"])
    }
  }

  @Test func `the lines of a list that stay do not look removed in a review comment`() throws {
    let list = "- be kind\n- be brief\n- cite"
    try withChange(from: list, to: list.replacing("brief", with: "clear")) { fleet throws in
      let difference = [
        "@@ line 2 @@", "  - be kind", "- - be brief", "+ - be clear", "  - cite", "```",
      ]
      let plan = lines(fleet.run("seed preview -o markdown").output, from: "```diff")
      #expect(plan == ["```diff", "@@ system_prompt @@"] + difference)
      _ = fleet.run("platform import ./p.yaml --as new")
      try fleet.writePlatform(prompt: list)
      let diff = lines(fleet.run("platform diff ./p.yaml new -o markdown").output, from: "```diff")
      #expect(diff == ["```diff", "~ built_in_harnesses/base/system_prompt"] + difference)
    }
  }

  private static let long = (1...900).map { "word\($0)" }.joined(separator: " ")

  @Test func `a long text that replaces another one is shown with its size`() throws {
    for (before, after) in [("Short.", Self.long), (Self.long, "Short.")] {
      try withChange(from: before, to: after) { fleet throws in
        let size = "\(before.count) -> \(after.count) characters"
        #expect(
          Array(lines(fleet.run("seed preview").output, from: "system_prompt").prefix(3)) == [
            "      system_prompt  \(size)", "      - \(before)", "      + \(after)",
          ])
        let output = fleet.run("seed preview -o markdown").output
        #expect(output.contains("\n<details><summary>harness/base, "))
        #expect(
          lines(output, from: "```diff")
            == ["```diff", "@@ system_prompt @@  \(size)", "- \(before)", "+ \(after)", "```"])
      }
    }
  }

  @Test func `a terminal shows the beginning of a long text, and -v all of it`() throws {
    try withChange(from: "Short.", to: Self.long) { fleet throws in
      let shown = fleet.run("seed preview", width: 80).output
      #expect(shown.contains("6 -> \(Self.long.count) characters"))
      #expect(shown.contains("+ word1 word2 ") && !shown.contains("word100"))
      #expect(fleet.run("seed preview -v", width: 80).output.contains("word900"))
    }
  }

  @Test func `a block of more than forty lines is folded in a review comment`() throws {
    let before = (1...45).map { "old \($0)" }.joined(separator: "\n")
    try withChange(from: before, to: before.replacing("old", with: "new")) { fleet throws in
      let output = fleet.run("seed preview -o markdown").output
      let title = "harness/base, */harness/base × 2 (Org 2, Org 3)"
      #expect(output.contains("\n<details><summary>\(title)</summary>\n\n```diff\n"))
      #expect(output.contains("\n```\n\n</details>\n"))
    }
  }
}
