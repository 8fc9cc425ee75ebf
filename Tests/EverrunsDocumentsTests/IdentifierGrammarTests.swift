import EverrunsDocuments
import Testing

@Suite struct IdentifierGrammarTests {
  @Test(arguments: ["a", "a1", "a_", "current_time", "a__b", String(repeating: "a", count: 50)])
  func `capability ids are lower-case words with underscores`(id: String) {
    #expect(IdentifierGrammar.capability.accepts(id))
  }

  @Test(arguments: [
    "", "1a", "_a", "A", "aB", "a-b", "a b", "a.b", "a\n", "ä", "mcp:x",
    String(repeating: "a", count: 51),
  ])
  func `nothing else is a capability id`(id: String) {
    #expect(!IdentifierGrammar.capability.accepts(id))
  }

  @Test(arguments: ["a", "1", "a-b", "0-a-9", "platform-chat", String(repeating: "a", count: 64)])
  func `names are letters and digits with single hyphens`(name: String) {
    #expect(IdentifierGrammar.name.accepts(name))
  }

  @Test(arguments: [
    "", "-", "-a", "a-", "a--b", "A", "a_b", "a b", "a/b", "é", "a\u{301}", "a\0",
    String(repeating: "a", count: 65),
  ])
  func `nothing else is a name`(name: String) {
    #expect(!IdentifierGrammar.name.accepts(name))
  }

  @Test(arguments: ["openai", "openai_completions", "openai-codex"])
  func `ids of drivers and providers may have hyphens`(id: String) {
    #expect(IdentifierGrammar.component.accepts(id))
  }

  @Test func `seed ids are lower-case UUIDs`() {
    #expect(IdentifierGrammar.uuid.accepts("01933b5a-0000-7000-8000-00000000021f"))
  }

  @Test(arguments: [
    "", "01933B5A-0000-7000-8000-00000000021F", "01933b5a00007000800000000000021f",
    "01933b5a-0000-7000-8000-00000000021", "01933b5a-0000-7000-8000-00000000021g",
    "01933b5a0-000-7000-8000-00000000021f", "{01933b5a-0000-7000-8000-00000000021f}",
  ])
  func `nothing else is a seed id`(id: String) {
    #expect(!IdentifierGrammar.uuid.accepts(id))
  }
}
