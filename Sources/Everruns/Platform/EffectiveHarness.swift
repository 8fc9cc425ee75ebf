import EverrunsDocuments

/// A harness template merged with the templates it inherits from.
public struct EffectiveHarness: Sendable, Equatable {
  /// The names of the merged templates, topmost parent first.
  public let lineage: [String]
  /// The prompts of the lineage, parent first, separated by empty lines.
  public let systemPrompt: String
  /// The capabilities of the lineage, in order.
  ///
  /// A capability that several templates use has the position of its first use and the
  /// configuration of its last.
  public let capabilities: [CapabilityUse]
  /// The registered capabilities with their dependencies, or why they cannot be resolved.
  public let resolution: Result<DependencyResolution, DependencyResolution.Failure>
}

extension PlatformDefinition {
  /// A harness template merged with its parents.
  ///
  /// A parent that is not in the definition ends the lineage, as it does in seeding.
  ///
  /// - Returns: `nil` if no template has this name.
  public func effectiveHarness(named name: String) -> EffectiveHarness? {
    harness(named: name).map { effective($0) }
  }

  /// A template merged with its parents.
  ///
  /// - Parameter harness: The template, which need not be part of the definition.
  /// - Returns: The merged template; a parent that is not in the definition ends its lineage.
  package func effective(_ harness: BuiltInHarness) -> EffectiveHarness {
    let ancestors = harness.parent == nil ? [] : harnessesByName.ancestors(of: harness)
    let lineage = ancestors.reversed() + [harness]
    let capabilities = lineage.flatMap(\.capabilities).merged
    let registered = capabilities.compactMap { capability -> String? in
      guard case .registered(let id) = CapabilityReference(capability.ref) else { return nil }
      return id
    }
    return EffectiveHarness(
      lineage: lineage.map(\.name),
      systemPrompt: lineage.map(\.systemPrompt).joined(separator: "\n\n"),
      capabilities: capabilities,
      resolution: Result { () throws(DependencyResolution.Failure) in
        try self.capabilities.resolve(registered)
      })
  }

  /// The capabilities that references make available: those that are registered, with their
  /// dependencies, and those of MCP servers.
  package func availableCapabilities(_ references: [String]) -> [String] {
    let available = references.filter { reference in
      switch CapabilityReference(reference) {
      case .mcpServer: true
      case .registered(let id): capabilities.contains(id)
      }
    }
    let resolution = try? capabilities.resolve(available)
    return (available + (resolution?.resolved ?? [])).withoutRepetitions
  }
}

extension [String: BuiltInHarness] {
  /// The ancestors of a template among these, nearest first, each once.
  ///
  /// - Parameters:
  ///   - harness: The template, which need not be among them.
  ///   - isLast: Whether an ancestor ends the list, as its last one.
  /// - Returns: The ancestors; one that is not among the templates ends the list.
  func ancestors(
    of harness: BuiltInHarness, upTo isLast: (BuiltInHarness) -> Bool = { _ in false }
  ) -> [BuiltInHarness] {
    var ancestors: [BuiltInHarness] = []
    var met: Set = [harness.name]
    var next = harness.parent
    while let name = next, let template = self[name], met.insert(name).inserted {
      ancestors.append(template)
      next = isLast(template) ? nil : template.parent
    }
    return ancestors
  }
}
