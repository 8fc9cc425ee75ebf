import EverrunsSeeding
import Testing

@Suite struct SeedAddressTests {
  @Test(arguments: [
    (SeedAddress(.harness, ["base"]), "harness/base"),
    (SeedAddress(.harness, ["base"], in: .organization("org_0a")), "org_0a/harness/base"),
    (SeedAddress(.harness, ["base"], in: .folded), "*/harness/base"),
    (SeedAddress(.harness, ["base"], in: .group(12)), "*/harness/base~12"),
    (SeedAddress(.harness, ["base~1"], in: .folded), "*/harness/base%7E1"),
    (SeedAddress(.harness, ["~2"], in: .organization("org_~")), "org_%7E/harness/%7E2"),
    (SeedAddress(.llmModel, ["Google Gemini", "gemini-3"]), "llm_model/Google%20Gemini/gemini-3"),
    (SeedAddress(.user, ["anonymous@local"]), "user/anonymous@local"),
    (SeedAddress(.agent, ["a/b%c*d"]), "agent/a%2Fb%25c%2Ad"),
    (SeedAddress(.mcpServer, ["é\n"]), "mcp_server/%C3%A9%0A"),
    (SeedAddress(.organizationSettings, ["default-model"]), "organization_settings/default-model"),
    (SeedAddress(.agent, ["x"], in: .organization("*")), "%2A/agent/x"),
  ])
  func `an address is scope, kind and names, percent-encoded`(address: SeedAddress, text: String) {
    #expect(address.description == text)
    #expect(SeedAddress(text) == address)
  }

  @Test(arguments: ["*/harness/base~", "*/harness/base~0", "*/harness/base~01", "*/harness/a~1~2"])
  func `a suffix that is not a group number is part of the name`(text: String) {
    #expect(SeedAddress(text)?.scope == .folded)
  }

  @Test func `a folded address covers all organizations but the default one, a group only itself`()
  {
    let base = SeedAddress(.harness, ["base"], in: .folded)
    let second = SeedAddress(.harness, ["base"], in: .group(2))
    let single = SeedAddress(.harness, ["base"], in: .organization("org_5"))
    #expect(base.covers(base) && base.covers(second) && second.covers(second))
    #expect(base.covers(single) && !second.covers(single) && !single.covers(base))
    #expect(!second.covers(base) && !second.covers(SeedAddress(.harness, ["base"], in: .group(1))))
    #expect(!base.covers(SeedAddress(.harness, ["chat"], in: .group(1))))
    #expect(!base.covers(SeedAddress(.harness, ["base"])))
  }

  @Test func `the kinds are in the order of seeding`() {
    #expect(
      RecordKind.allCases.map(\.rawValue) == [
        "organization", "user", "llm_provider", "llm_model", "organization_settings",
        "mcp_server", "harness", "agent",
      ])
  }
}
