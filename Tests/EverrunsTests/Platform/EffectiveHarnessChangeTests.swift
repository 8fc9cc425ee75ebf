import Everruns
import EverrunsDocuments
import Testing

@testable import Everruns

/// What changes in templates that inherit, as the change of a definition tells it.
@Suite struct EffectiveHarnessChangeTests {
  /// Definitions of a few templates, each with any parent, prompt and capabilities.
  private struct Definitions {
    var random = RepeatableGenerator()

    mutating func next() -> PlatformDefinition {
      var platform = PlatformDefinition.empty
      for id in ["a", "b", "c"] {
        platform.capabilities.replace(
          CapabilityDescriptor(
            id: id, name: id, dependencies: Bool.random(using: &random) && id != "a" ? ["a"] : []))
      }
      let names = (0..<6).map { "h\($0)" }
      for name in names where Int.random(in: 0..<5, using: &random) > 0 {
        platform.builtInHarnesses.append(
          BuiltInHarness(
            name: name, displayName: name,
            systemPrompt: "Prompt \(Int.random(in: 0..<3, using: &random)).",
            parent: Bool.random(using: &random) ? names.randomElement(using: &random) : nil,
            capabilities: ["a", "b", "c"].filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
              .map { CapabilityUse($0) }))
      }
      return platform
    }
  }

  /// What a template has, counted out from its whole lineage.
  private struct Contents {
    let capabilities: Set<String>
    let prompts: [String: String]

    init(_ harness: BuiltInHarness, in platform: PlatformDefinition) {
      let effective = platform.effective(harness)
      capabilities = Set(platform.availableCapabilities(effective.capabilities.map(\.ref)))
      prompts = Dictionary(
        firstByKey: effective.lineage.dropLast().compactMap { name in
          platform.harness(named: name).map { (name, $0.systemPrompt) }
        })
    }
  }

  @Test func `changes are those of the whole lineages, cycles included`() throws {
    var definitions = Definitions()
    for _ in 0..<2_000 {
      let (before, after) = (definitions.next(), definitions.next())
      let changes = Dictionary(
        firstByKey: before.effectiveChanges(to: after).map { ($0.name, $0) })
      for harness in after.builtInHarnesses {
        guard let previous = before.harness(named: harness.name) else {
          #expect(changes[harness.name]?.operation == .add)
          continue
        }
        let (old, new) = (Contents(previous, in: before), Contents(harness, in: after))
        let change = changes[harness.name]
        #expect(Set(change?.gains ?? []) == new.capabilities.subtracting(old.capabilities))
        #expect(Set(change?.loses ?? []) == old.capabilities.subtracting(new.capabilities))
        #expect(
          Set(change?.changesPromptsOf ?? [])
            == Set(
              new.prompts.filter {
                old.prompts[$0.key].map { [value = $0.value] in $0 != value } ?? false
              }.keys))
        let (gained, lost) = (
          new.prompts.filter { old.prompts[$0.key] == nil },
          old.prompts.filter { new.prompts[$0.key] == nil }
        )
        #expect(
          Set(change?.gainsPromptsOf ?? [])
            == Set(gained.filter { !lost.values.contains($0.value) }.keys))
        #expect(
          Set(change?.losesPromptsOf ?? [])
            == Set(lost.filter { !gained.values.contains($0.value) }.keys))
      }
    }
  }
}
