import Everruns
import EverrunsDocuments
import Testing

@Suite struct PlatformTextTests {
  @Test(arguments: Grade.allCases)
  func `the stock platform survives JSON and YAML`(grade: Grade) throws {
    let platform = PlatformDefinition.oss(grade: grade)
    #expect(try PlatformDefinition(json: platform.json) == platform)
    #expect(try PlatformDefinition(json: Array(platform.json.utf8)) == platform)
    #expect(try PlatformDefinition(yaml: platform.yaml) == platform)
    #expect(try PlatformDefinition(yaml: Array(platform.yaml.utf8)) == platform)
    #expect(try PlatformDefinition(document: platform.document) == platform)
  }

  @Test func `a text that is not JSON is refused with its place`() throws {
    let error = try #require(
      #expect(throws: DocumentRefusal.self) { try PlatformDefinition(json: "{") })
    #expect(error.diagnostics.map(\.code) == [.invalidDocument])
    #expect(error.diagnostics.first?.place == SourcePlace(line: 1, column: 2))
  }

  @Test func `an invalid id in a document is reported and never traps`() throws {
    let text = """
      {"format": "everruns.platform/v1", "capabilities": [{"id": "Not An Id", "name": "X"}]}
      """
    let error = try #require(
      #expect(throws: DocumentRefusal.self) { try PlatformDefinition(json: text) })
    #expect(error.diagnostics.map(\.code) == [.invalidID])
    #expect(
      error.description == "1:60: /capabilities/0/id: 'Not An Id' is not a valid capability id")
  }
}
