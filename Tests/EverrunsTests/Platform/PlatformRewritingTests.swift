import Everruns
import EverrunsDocuments
import Testing

/// Changing the file of a definition in its place.
@Suite struct PlatformRewritingTests {
  private static let text = """
    # Acme
    format: everruns.platform/v1
    capabilities:
      - id: a  # first
        name: A
      # second
      - {id: b, name: B}
    built_in_harnesses:
      - name: h
        roles: [base, default, chat]
        display_name: H
        system_prompt: |
          Hi
        capabilities:
          - a # bare
          - ref: b
            config: {z: 1, a: 2}
    """ + "\n"

  private func rewritten(_ change: (inout PlatformDefinition) -> Void) throws -> String? {
    let before = try PlatformDefinition(yaml: Self.text)
    var after = before
    change(&after)
    let result = before.rewriting(Array(Self.text.utf8), isYAML: true, to: after)?.bytes
    if let result { #expect(try PlatformDefinition(yaml: result) == after) }
    return result.map { String(decoding: $0, as: UTF8.self) }
  }

  private func text(replacing old: String, with new: String) -> String {
    Self.text.replacing(old, with: new)
  }

  @Test func `removing a component removes its comments`() throws {
    #expect(
      try rewritten { $0.capabilities.unregister("b") }
        == text(replacing: "  # second\n  - {id: b, name: B}\n", with: ""))
  }

  @Test func `a changed default is written after the preceding key`() throws {
    #expect(
      try rewritten { definition in
        var capability = CapabilityDescriptor(id: "a", name: "A")
        capability.status = .deprecated
        definition.capabilities.replace(capability)
      } == text(replacing: "    name: A\n", with: "    name: A\n    status: deprecated\n"))
    #expect(
      try rewritten { $0.builtInHarnesses[0].parent = "p" }
        == text(replacing: "      Hi\n", with: "      Hi\n    parent: p\n"))
  }

  @Test func `a config is changed in place, or expands a bare name`() throws {
    #expect(
      try rewritten { $0.builtInHarnesses[0].capabilities[1].config["m"] = 3 }
        == text(replacing: "a: 2}", with: "a: 2, m: 3}"))
    #expect(
      try rewritten { $0.builtInHarnesses[0].capabilities[0].config = ["k": 1] }
        == text(
          replacing: "      - a # bare\n",
          with: "      - ref: a # bare\n        config:\n          k: 1\n"))
  }

  @Test func `omitted keys stay omitted`() throws {
    #expect(
      try rewritten { definition in
        definition.builtInHarnesses[0].name = "chat"
        definition.builtInHarnesses[0].roles = [.chat]
      }?.contains("description") == false)
    #expect(try rewritten { _ in } == Self.text)
  }
}
