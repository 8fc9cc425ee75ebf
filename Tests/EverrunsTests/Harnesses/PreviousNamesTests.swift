import EverrunsDocuments
import Testing

@testable import Everruns

@Suite struct PreviousNamesTests {
  private func definition(_ previousNames: [String]) -> PlatformDefinition {
    PlatformDefinition(builtInHarnesses: [
      BuiltInHarness(
        name: "new", displayName: "New", systemPrompt: "Help.", roles: HarnessRole.allCases,
        previousNames: previousNames),
      BuiltInHarness(name: "other", displayName: "Other", systemPrompt: "Help."),
    ])
  }

  @Test func `previous names are written last and read back`() throws {
    let platform = definition(["old", "older"])
    #expect(
      platform.builtInHarnesses[0].document.members.last
        == JSONObject.Member(key: "previous_names", value: ["old", "older"]))
    #expect(try PlatformDefinition(json: platform.json) == platform)
    #expect(try PlatformDefinition(yaml: platform.yaml) == platform)
  }

  @Test func `without previous names document and fingerprint do not contain the key`() {
    #expect(!definition([]).json.contains("previous_names"))
    #expect(definition(["old"]).fingerprint != definition([]).fingerprint)
  }

  @Test func `a list that was or becomes empty is compared as empty`() {
    #expect(
      definition([]).changes(to: definition(["old"])) == [
        DefinitionChange(
          operation: .change, path: "built_in_harnesses/new/previous_names", before: [],
          after: ["old"])
      ])
    #expect(
      definition(["old"]).changes(to: definition([])) == [
        DefinitionChange(
          operation: .change, path: "built_in_harnesses/new/previous_names", before: ["old"],
          after: [])
      ])
  }

  @Test func `a previous name that is invalid is an error, and one that another has a warning`() {
    #expect(
      definition(["Old"]).validate().map(\.line) == [
        "error invalid_id /built_in_harnesses/0/previous_names/0: 'Old' is not a valid name "
          + "(it must match [a-z0-9]+(-[a-z0-9]+)*, at most 64 characters)"
      ])
    #expect(
      definition(["new", "other"]).validate().map(\.line) == [
        "warning previous_name_in_use /built_in_harnesses/0/previous_names/1: "
          + "the harness 'new' has the previous name 'other', which is the name of another harness "
          + "(remove the previous name, or rename the harness 'other')"
      ])
  }

  @Test func `the schema knows previous names as a list that may be left out`() throws {
    let text = PlatformDefinition.documentSchema.canonicalJSON
    #expect(text.contains(#""previous_names":{"type":"array""#))
  }
}
