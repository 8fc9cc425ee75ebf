import Messages
import Testing

@Suite struct ArticleTests {
  @Test(arguments: [
    ("row", "a row"), ("agent", "an agent"), ("organization", "an organization"),
    ("user", "a user"), ("LLM provider", "an LLM provider"), ("MCP server", "an MCP server"),
    ("URL", "a URL"), ("API key", "an API key"),
  ])
  func `the article of a noun follows its sound`(noun: String, text: String) {
    #expect(noun.withArticle == text)
  }
}
