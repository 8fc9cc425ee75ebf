/// A harness template merged with the templates it builds on.
public struct EffectiveHarness: Sendable, Equatable {
  /// The templates that were merged, the topmost parent first.
  public let lineage: [String]
  /// The prompts of the lineage, parent first, with an empty line between two.
  public let systemPrompt: String
  /// The capabilities of the lineage; where one is given twice, it stands where it stood first
  /// and has the configuration of the template nearest to the child.
  public let capabilities: [HarnessCapability]
  /// The capabilities with everything they need.
  public let resolution: DependencyResolution
}

extension PlatformDefinition {
  /// What a template comes to, together with its parents.
  ///
  /// A parent that is not there ends the lineage, as it does when the harness is provisioned.
  /// - Throws: ``DependencyResolution/Failure`` if its capabilities cannot be resolved.
  public func effective(
    _ harness: BuiltInHarness
  ) throws(DependencyResolution.Failure) -> EffectiveHarness {
    var lineage = [harness]
    while let parent = lineage[0].parent, let template = self.harness(named: parent),
      !lineage.contains(where: { $0.name == template.name })
    {
      lineage.insert(template, at: 0)
    }
    var capabilities: [HarnessCapability] = []
    for capability in lineage.flatMap(\.capabilities) {
      if let index = capabilities.firstIndex(where: { $0.ref == capability.ref }) {
        capabilities[index].config = capability.config
      } else {
        capabilities.append(capability)
      }
    }
    let registered = capabilities.compactMap { capability -> String? in
      guard case .registered(let id) = CapabilityReference(capability.ref) else { return nil }
      return id
    }
    return EffectiveHarness(
      lineage: lineage.map(\.name),
      systemPrompt: lineage.map(\.systemPrompt).joined(separator: "\n\n"),
      capabilities: capabilities, resolution: try self.capabilities.resolve(registered))
  }
}
