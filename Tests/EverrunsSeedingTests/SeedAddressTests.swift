import EverrunsSeeding
import Testing

@Suite struct SeedAddressTests {
  @Test(arguments: [
    (SeedAddress(.harness, ["base"]), "harness/base"),
    (SeedAddress(.harness, ["base"], in: .organization("org_0a")), "org_0a/harness/base"),
    (SeedAddress(.harness, ["base"], in: .folded), "*/harness/base"),
    (SeedAddress(.llmModel, ["Google Gemini", "gemini-3"]), "llm_model/Google%20Gemini/gemini-3"),
    (SeedAddress(.user, ["anonymous@local"]), "user/anonymous@local"),
    (SeedAddress(.agent, ["a/b%c*d"]), "agent/a%2Fb%25c%2Ad"),
    (SeedAddress(.mcpServer, ["é\n"]), "mcp_server/%C3%A9%0A"),
    (SeedAddress(.organizationSettings, ["default-model"]), "organization_settings/default-model"),
    (SeedAddress(.agent, ["x"], in: .organization("*")), "%2A/agent/x"),
  ])
  func `an address is scope, kind and names, percent-encoded`(address: SeedAddress, text: String) {
    #expect(address.description == text)
  }

  @Test func `the kinds are in the order of seeding`() {
    #expect(
      RecordKind.allCases.map(\.rawValue) == [
        "organization", "user", "llm_provider", "llm_model", "organization_settings",
        "mcp_server", "harness", "agent",
      ])
  }
}
