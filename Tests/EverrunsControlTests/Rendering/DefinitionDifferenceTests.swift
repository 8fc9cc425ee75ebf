import EverrunsControl
import Testing

/// `platform diff -o markdown`.
@Suite struct DefinitionDifferenceTests {
  @Test func `a long block of differences is folded`() throws {
    try Workbench.with { bench in
      bench.run("platform create mine --from empty")
      let output = bench.run("platform diff oss mine -o markdown").output
      let block = output.split(separator: "\n").drop { !$0.hasPrefix("<details>") }
      #expect(block.first?.hasSuffix(" lines</summary>") == true)
      #expect(block.dropFirst().first == "```diff")
      #expect(Array(block.suffix(2)) == ["```", "</details>"])
    }
  }
}
