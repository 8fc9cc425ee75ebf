import Everruns
import Testing

@Suite struct CapabilityReferenceTests {
  @Test(arguments: [
    ("mcp:01933b5a-0000-7000-8000-000000000501", true), ("mcp:x", false), ("mcp:", false),
    ("mcp", false), ("MCP:01933b5a-0000-7000-8000-000000000501", false), ("current_time", false),
  ])
  func `a reference with 'mcp' and a UUID is an MCP server`(text: String, isServer: Bool) {
    #expect(
      CapabilityReference(text)
        == (isServer ? .mcpServer(String(text.dropFirst(4))) : .registered(text)))
  }
}
