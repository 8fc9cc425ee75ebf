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
    let lineage = lineage(of: harness)
    var capabilities: [HarnessCapability] = []
    var positions: [String: Int] = [:]
    for capability in lineage.flatMap(\.capabilities) {
      if let index = positions[capability.ref] {
        capabilities[index].config = capability.config
      } else {
        positions[capability.ref] = capabilities.count
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

  /// A template with those it builds on, the topmost first.
  private func lineage(of harness: BuiltInHarness) -> [BuiltInHarness] {
    guard harness.parent != nil else { return [harness] }
    let templates = Dictionary(
      builtInHarnesses.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var lineage = [harness]
    var met: Set = [harness.name]
    var next = harness.parent
    while let name = next, let template = templates[name], met.insert(name).inserted {
      lineage.append(template)
      next = template.parent
    }
    return lineage.reversed()
  }
}
