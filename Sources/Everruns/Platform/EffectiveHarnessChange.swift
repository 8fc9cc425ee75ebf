import EverrunsDocuments

/// How a harness template comes out otherwise, with everything that it inherits and needs.
package struct EffectiveHarnessChange: Sendable, Equatable {
  /// The template's name.
  package let name: String
  /// Whether the template is new, gone or changed.
  package let operation: DefinitionChange.Operation
  /// Whether the template itself is the same, and only what it inherits or needs changed.
  package let isInherited: Bool
  /// The capabilities that it has now and had not before, dependencies included.
  package let gains: [String]
  /// The capabilities that it had and does not have any more.
  package let loses: [String]
  /// The capabilities whose configuration changed.
  package let reconfigures: [String]
  /// The parents whose prompts stand in front of its own now.
  package let gainsPromptsOf: [String]
  /// The parents whose prompts do so no more.
  package let losesPromptsOf: [String]
  /// The parents whose prompts changed.
  package let changesPromptsOf: [String]

  /// Whether capabilities or prompts differ.
  package var isEffective: Bool {
    !(gains.isEmpty && loses.isEmpty && reconfigures.isEmpty && gainsPromptsOf.isEmpty
      && losesPromptsOf.isEmpty && changesPromptsOf.isEmpty)
  }
}

extension PlatformDefinition {
  /// The harness templates that come out otherwise in another definition: those that are gone, then
  /// the others in the order of that definition.
  package func effectiveChanges(to other: PlatformDefinition) -> [EffectiveHarnessChange] {
    let present = Set(other.builtInHarnesses.map(\.name))
    let previous = Dictionary(firstByKey: builtInHarnesses.map { ($0.name, $0) })
    let removed = builtInHarnesses.filter { !present.contains($0.name) }.map { harness in
      EffectiveHarnessChange(
        from: HarnessOutcome(of: harness, in: self), to: nil, operation: .remove,
        isInherited: false, name: harness.name)
    }
    return removed
      + other.builtInHarnesses.compactMap { harness in
        let outcome = HarnessOutcome(of: harness, in: other)
        guard let before = previous[harness.name] else {
          return EffectiveHarnessChange(
            from: nil, to: outcome, operation: .add, isInherited: false, name: harness.name)
        }
        let change = EffectiveHarnessChange(
          from: HarnessOutcome(of: before, in: self), to: outcome, operation: .change,
          isInherited: before == harness, name: harness.name)
        return change.isEffective || !change.isInherited ? change : nil
      }
  }
}

extension EffectiveHarnessChange {
  fileprivate init(
    from before: HarnessOutcome?, to after: HarnessOutcome?,
    operation: DefinitionChange.Operation, isInherited: Bool, name: String
  ) {
    let old = before ?? HarnessOutcome()
    let new = after ?? HarnessOutcome()
    self.name = name
    self.operation = operation
    self.isInherited = isInherited
    gains = new.capabilities.filter { !old.isAvailable($0) }
    loses = old.capabilities.filter { !new.isAvailable($0) }
    reconfigures = new.capabilities.filter { ref in
      old.isAvailable(ref) && new.configurations[ref] != old.configurations[ref]
    }
    gainsPromptsOf = new.parents.filter { old.prompts[$0] == nil }
    losesPromptsOf = old.parents.filter { new.prompts[$0] == nil }
    changesPromptsOf = new.parents.filter { parent in
      old.prompts[parent].map { $0 != new.prompts[parent] } ?? false
    }
  }
}

/// What a template comes to: its capabilities and the prompts of its parents.
private struct HarnessOutcome {
  /// The capabilities that are registered, with what they need, and those of MCP servers.
  var capabilities: [String] = []
  var configurations: [String: JSONObject] = [:]
  /// The parents, the topmost first.
  var parents: [String] = []
  var prompts: [String: String] = [:]
  private var available: Set<String> = []

  init() {}

  init(of harness: BuiltInHarness, in definition: PlatformDefinition) {
    let effective = definition.effective(harness)
    let isRegistered = { (use: CapabilityUse) in
      switch CapabilityReference(use.ref) {
      case .mcpServer: true
      case .registered(let id): definition.capabilities.contains(id)
      }
    }
    let uses = effective.capabilities.filter(isRegistered)
    let resolved = (try? effective.resolution.get().resolved) ?? []
    for id in uses.map(\.ref) + resolved where available.insert(id).inserted {
      capabilities.append(id)
    }
    configurations = Dictionary(firstByKey: uses.map { ($0.ref, $0.config) })
    parents = effective.lineage.dropLast()
    prompts = Dictionary(
      firstByKey: parents.compactMap { name in
        definition.harness(named: name).map { (name, $0.systemPrompt) }
      })
  }

  func isAvailable(_ ref: String) -> Bool { available.contains(ref) }
}
