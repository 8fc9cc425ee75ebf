import EverrunsDocuments

/// The change of a harness template's effective contents, including everything it inherits and
/// needs.
package struct EffectiveHarnessChange: Sendable, Equatable {
  /// The template's name.
  package let name: String
  /// Whether the template is new, removed or changed.
  package let operation: DefinitionChange.Operation
  /// Whether the template itself is unchanged, and only its parents or dependencies changed.
  package let isInherited: Bool
  /// The capabilities that it gains, including dependencies.
  package let gains: [String]
  /// The capabilities that it loses.
  package let loses: [String]
  /// The capabilities whose configuration changed.
  package let reconfigures: [String]
  /// The parents whose prompts it now includes.
  package let gainsPromptsOf: [String]
  /// The parents whose prompts it no longer includes.
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
  /// The harness templates with different effective contents in another definition: removed ones
  /// first, then in the order of that definition.
  ///
  /// Gains and losses are only reported for templates in both definitions.
  package func effectiveChanges(to other: PlatformDefinition) -> [EffectiveHarnessChange] {
    // A template that was renamed is the same one, also as a parent.
    let before = HarnessOutcomes(of: followingRenames(from: self, to: other))
    let after = HarnessOutcomes(of: other)
    let removed = before.definition.builtInHarnesses.filter { after.templates[$0.name] == nil }.map
    {
      EffectiveHarnessChange(name: $0.name, operation: .remove)
    }
    return removed + before.changes(to: after)
  }

  /// The effective changes of harnesses that are in neither definition: they inherit from templates
  /// or from each other.
  ///
  /// A template that is removed leaves its rows, so that what inherits from it stays the same.
  ///
  /// - Parameters:
  ///   - other: The definition after the change.
  ///   - harnesses: The harnesses; no template has a name of theirs.
  /// - Returns: The changes, in the order of the harnesses.
  package func effectiveChanges(
    to other: PlatformDefinition, of harnesses: [BuiltInHarness]
  ) -> [EffectiveHarnessChange] {
    var (before, after) = (followingRenames(from: self, to: other), other)
    let templates = after.harnessesByName
    after.builtInHarnesses += before.builtInHarnesses.filter { templates[$0.name] == nil }
    before.builtInHarnesses += harnesses
    after.builtInHarnesses += harnesses
    let own = Set(harnesses.map(\.name))
    return HarnessOutcomes(of: before).changes(to: HarnessOutcomes(of: after), where: own.contains)
  }
}

extension EffectiveHarnessChange {
  /// A template that is new or removed.
  package init(name: String, operation: DefinitionChange.Operation) {
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
    let gained = new.parents.filter { old.prompts[$0] == nil }
    let lost = old.parents.filter { new.prompts[$0] == nil }
    // A parent with another name may have the same prompt, as after a rollback of its renaming.
    let gainedPrompts = Set(gained.map(new.prompt))
    let lostPrompts = Set(lost.map(old.prompt))
    gainsPromptsOf = gained.filter { !lostPrompts.contains(new.prompt(of: $0)) }
    losesPromptsOf = lost.filter { !gainedPrompts.contains(old.prompt(of: $0)) }
    changesPromptsOf = new.parents.filter { parent in
      old.prompt(of: parent).map { $0 != new.prompt(of: parent) } ?? false
    }
  }
}

/// The effective contents of a template: its capabilities and the prompts of its parents.
private struct HarnessOutcome {
  /// The registered capabilities with their dependencies, and those of MCP servers.
  var capabilities: [String] = []
  var available: Set<String> = []
  var configurations: [String: JSONObject] = [:]
  /// The parents, topmost first.
  var parents: [String] = []
  var prompts: [String: String] = [:]

  func prompt(of parent: String) -> ExactText? { prompts[parent].map(ExactText.init) }
}

/// The effective contents of the templates of a definition.
private struct HarnessOutcomes {
  let definition: PlatformDefinition
  let templates: [String: BuiltInHarness]

  init(of definition: PlatformDefinition) {
    self.definition = definition
    templates = definition.harnessesByName
  }

  func outcome(of harness: BuiltInHarness) -> HarnessOutcome {
    let effective = definition.effective(harness, among: templates)
    var outcome = HarnessOutcome()
    outcome.capabilities = definition.availableCapabilities(effective.capabilities.map(\.ref))
    outcome.available = Set(outcome.capabilities)
    outcome.configurations = Dictionary(
      firstByKey: effective.capabilities.filter { outcome.available.contains($0.ref) }
        .map { ($0.ref, $0.config) })
    outcome.parents = effective.lineage.dropLast()
    outcome.prompts = Dictionary(
      firstByKey: outcome.parents.compactMap { name in
        templates[name].map { (name, $0.systemPrompt) }
      })
    return outcome
  }

  /// The changes of the templates of another definition, in its order.
  func changes(
    to other: HarnessOutcomes, where isMeant: (String) -> Bool = { _ in true }
  ) -> [EffectiveHarnessChange] {
    let touched = touched(in: other)
    return other.definition.builtInHarnesses.filter { isMeant($0.name) }.compactMap { harness in
      guard let previous = templates[harness.name] else {
        return EffectiveHarnessChange(name: harness.name, operation: .add)
      }
      guard touched.contains(harness.name) else { return nil }
      let change = EffectiveHarnessChange(
        name: harness.name, isInherited: previous == harness, from: outcome(of: previous),
        to: other.outcome(of: harness))
      return change.isEffective || !change.isInherited ? change : nil
    }
  }

  /// The templates whose effective contents may differ in another definition: those that differ,
  /// those that use a capability that differs, and those that inherit from one of them in either
  /// definition.
  ///
  /// The cost of a template grows with its lineage, so only a few are compared.
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

  /// The capabilities that are in only one definition or have different dependencies, and their
  /// dependents.
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
