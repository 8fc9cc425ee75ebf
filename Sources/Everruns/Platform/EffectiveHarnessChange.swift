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
  ///
  /// What a template gains and loses is told of those that are in both.
  package func effectiveChanges(to other: PlatformDefinition) -> [EffectiveHarnessChange] {
    let before = HarnessOutcomes(of: self)
    let after = HarnessOutcomes(of: other)
    let touched = before.touched(in: after)
    let removed = builtInHarnesses.filter { after.templates[$0.name] == nil }.map {
      EffectiveHarnessChange(name: $0.name, operation: .remove)
    }
    return removed
      + other.builtInHarnesses.compactMap { harness in
        guard let previous = before.templates[harness.name] else {
          return EffectiveHarnessChange(name: harness.name, operation: .add)
        }
        guard touched.contains(harness.name) else { return nil }
        let change = EffectiveHarnessChange(
          name: harness.name, isInherited: previous == harness, from: before.outcome(of: previous),
          to: after.outcome(of: harness))
        return change.isEffective || !change.isInherited ? change : nil
      }
  }
}

extension EffectiveHarnessChange {
  /// A template that is new or gone.
  fileprivate init(name: String, operation: DefinitionChange.Operation) {
    self.name = name
    self.operation = operation
    isInherited = false
    gains = []
    loses = []
    reconfigures = []
    gainsPromptsOf = []
    losesPromptsOf = []
    changesPromptsOf = []
  }

  /// A template that is in both definitions.
  fileprivate init(
    name: String, isInherited: Bool, from old: HarnessOutcome, to new: HarnessOutcome
  ) {
    self.name = name
    operation = .change
    self.isInherited = isInherited
    gains = new.capabilities.filter { !old.available.contains($0) }
    loses = old.capabilities.filter { !new.available.contains($0) }
    reconfigures = new.capabilities.filter { ref in
      old.available.contains(ref) && new.configurations[ref] != old.configurations[ref]
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
  var available: Set<String> = []
  var configurations: [String: JSONObject] = [:]
  /// The parents, the topmost first.
  var parents: [String] = []
  var prompts: [String: String] = [:]
}

/// The outcomes of the templates of a definition.
private struct HarnessOutcomes {
  let definition: PlatformDefinition
  let templates: [String: BuiltInHarness]

  init(of definition: PlatformDefinition) {
    self.definition = definition
    templates = Dictionary(firstByKey: definition.builtInHarnesses.map { ($0.name, $0) })
  }

  func outcome(of harness: BuiltInHarness) -> HarnessOutcome {
    let effective = definition.effective(harness, among: templates)
    let uses = effective.capabilities.filter { use in
      switch CapabilityReference(use.ref) {
      case .mcpServer: true
      case .registered(let id): definition.capabilities.contains(id)
      }
    }
    var outcome = HarnessOutcome()
    let resolved = (try? effective.resolution.get().resolved) ?? []
    for id in uses.map(\.ref) + resolved where outcome.available.insert(id).inserted {
      outcome.capabilities.append(id)
    }
    outcome.configurations = Dictionary(firstByKey: uses.map { ($0.ref, $0.config) })
    outcome.parents = effective.lineage.dropLast()
    outcome.prompts = Dictionary(
      firstByKey: outcome.parents.compactMap { name in
        templates[name].map { (name, $0.systemPrompt) }
      })
    return outcome
  }

  /// The templates that may come out otherwise in another definition: those that differ, those that
  /// use a capability which differs, and what inherits from any of them in either.
  ///
  /// The outcome of a template takes as long as its lineage is, so that few are compared.
  func touched(in other: HarnessOutcomes) -> Set<String> {
    let capabilities = differingCapabilities(other.definition)
    func isTouched(_ harness: BuiltInHarness) -> Bool {
      harness.capabilities.contains { capabilities.contains($0.ref) }
    }
    let all = definition.builtInHarnesses + other.definition.builtInHarnesses
    var touched = Set(
      all.filter { templates[$0.name] != other.templates[$0.name] || isTouched($0) }.map(\.name))
    var children: [String: [String]] = [:]
    for harness in all {
      if let parent = harness.parent { children[parent, default: []].append(harness.name) }
    }
    var waiting = Array(touched)
    while let name = waiting.popLast() {
      for child in children[name] ?? [] where touched.insert(child).inserted {
        waiting.append(child)
      }
    }
    return touched
  }

  /// The capabilities that are in one definition alone or need others there, and all that need them.
  private func differingCapabilities(_ other: PlatformDefinition) -> Set<String> {
    let registries = (definition.capabilities, other.capabilities)
    var dependents: [String: [String]] = [:]
    for capability in Array(registries.0) + Array(registries.1) {
      for dependency in capability.dependencies {
        dependents[dependency, default: []].append(capability.id)
      }
    }
    let ids = Set(registries.0.identifiers).union(registries.1.identifiers)
    var differing = ids.filter {
      registries.0[$0]?.dependencies != registries.1[$0]?.dependencies
    }
    var waiting = Array(differing)
    while let id = waiting.popLast() {
      for dependent in dependents[id] ?? [] where differing.insert(dependent).inserted {
        waiting.append(dependent)
      }
    }
    return differing
  }
}
