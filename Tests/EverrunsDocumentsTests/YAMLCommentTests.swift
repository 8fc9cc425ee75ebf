import EverrunsDocuments
import Testing

@Suite struct YAMLCommentTests {
  @Test(arguments: [
    "# first\na: 1\n", "a: 1 # why\n", "a:\n  # own line\n  b: 1\n", "a: |  # head\n  text\n",
    "a: [1, # one\n 2]\n", "a: 'it''s' # x\n", "a: \"q\\\"\" # x\n", "- a # x\n",
    "a: |\n  # text\n# comment\n", "a: >-\n  text\n  # text\n\nb: 1 # x\n",
    "- a: |\n    # text\n  b: 2 # x\n", "- a: |2\n      # text\n  b: 2 # x\n",
    "a: plain\n  goes 'on\n  # x\n", "a: &n |\n  # t\nb: *n # x\n", "a: |\nb: 1 # x\n",
    "---\n# x\na: 1\n", "a: 1\n\t# x\n", "a:\n  - b: |\n      # t\n    c: 1\n  # x\n",
    "- a\n- \"b\" # x\n", "a: b\nc: \"d # e\" # x\n",
  ])
  func `a comment is found`(text: String) {
    #expect(YAMLExtras(of: text.utf8).hasComments)
  }

  @Test(arguments: [
    "", "a: 1\n", "a: b#c\n", "a: '# no'\n", "a: \"x # no\"\n", "a: |\n  # Heading\n  text # no\n",
    "a: |\n  text\n\n  # Heading\nb: 1\n", "a: >\n  # no\n  # no\n", "- |\n  # no\n- >-\n  # no\n",
    "- a: |-\n    # no\n   \n    # no\n  b: 1\n", "a: 'line\n  # no'\n", "a: \"line\n  # no\"\n",
    "a: {b: '# no', \"c\": \"# no\"}\n", "a: |2\n    # no\n  # no\nb: 1\n",
    "a: &n !!str |\n  # no\nb: 1\n", "a: plain\n  goes on 'here\nb: '# no'\n",
    "? a\n: |\n  # no\n", "a: |\n  # no", "a:\n  |\n  # no\n", "- - |\n    # no\n",
    "a: \"\\\\\"\nb: '# no'\n", "a: b\nc: \"d # e\"\n", "- b\n- \"d # e\"\n",
  ])
  func `a text without comments has none`(text: String) {
    #expect(!YAMLExtras(of: text.utf8).hasComments)
  }
}
