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
    var before = HarnessOutcomes(of: followingRenames(from: self, to: other))
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
    var outcomes = HarnessOutcomes(of: before)
    return outcomes.changes(to: HarnessOutcomes(of: after), where: own.contains)
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
    name: String, isInherited: Bool, from old: InheritedCapabilities,
    to new: InheritedCapabilities, _ prompts: InheritedPromptChanges
  ) {
    self.name = name
    operation = .change
    self.isInherited = isInherited
    gains = new.capabilities.filter { !old.available.contains($0) }
    loses = old.capabilities.filter { !new.available.contains($0) }
    reconfigures = new.capabilities.filter { ref in
      old.available.contains(ref) && new.configurations[ref] != old.configurations[ref]
    }
    gainsPromptsOf = prompts.gains
    losesPromptsOf = prompts.loses
    changesPromptsOf = prompts.changes
  }
}

/// The capabilities of a template and its ancestors.
private struct InheritedCapabilities {
  let uses: [CapabilityUse]
  /// The registered capabilities with their dependencies, and those of MCP servers.
  let capabilities: [String]
  let available: Set<String>
  let configurations: [String: JSONObject]

  init(_ uses: [CapabilityUse], in definition: PlatformDefinition) {
    let capabilities = definition.availableCapabilities(uses.map(\.ref))
    let available = Set(capabilities)
    self.uses = uses
    self.capabilities = capabilities
    self.available = available
    configurations = Dictionary(
      firstByKey: uses.filter { available.contains($0.ref) }.map { ($0.ref, $0.config) })
  }
}

/// The parents whose prompts a template gains, loses, or gets changed; topmost first.
private struct InheritedPromptChanges {
  var gains: [String] = []
  var loses: [String] = []
  var changes: [String] = []

  /// Compares the prompts of two lists of ancestors.
  init(from old: [BuiltInHarness], to new: [BuiltInHarness]) {
    func prompts(_ parents: [BuiltInHarness]) -> [String: ExactText] {
      Dictionary(firstByKey: parents.map { ($0.name, ExactText($0.systemPrompt)) })
    }
    let (before, after) = (prompts(old), prompts(new))
    let gained = new.map(\.name).filter { before[$0] == nil }
    let lost = old.map(\.name).filter { after[$0] == nil }
    // A parent with another name may have the same prompt, as after a rollback of its renaming.
    let gainedPrompts = Set(gained.map { after[$0] })
    let lostPrompts = Set(lost.map { before[$0] })
    gains = gained.filter { !lostPrompts.contains(after[$0]) }
    loses = lost.filter { !gainedPrompts.contains(before[$0]) }
    changes = new.map(\.name).filter { name in
      before[name].map { $0 != after[name] } ?? false
    }
  }
}

/// What the templates of a definition inherit.
///
/// A template costs what it adds to its parent, so that long lineages cost no more than short ones.
private struct HarnessOutcomes {
  let definition: PlatformDefinition
  let templates: [String: BuiltInHarness]
  /// Whether a template is its own ancestor, which no valid definition has.
  private let hasCycles: Bool
  private var capabilities: [String: InheritedCapabilities] = [:]

  init(of definition: PlatformDefinition) {
    self.definition = definition
    templates = definition.harnessesByName
    hasCycles = !definition.parents.cycles.isEmpty
  }

  private mutating func capabilities(of harness: BuiltInHarness) -> InheritedCapabilities {
    if let known = capabilities[harness.name] { return known }
    let ancestors = templates.ancestors(of: harness) { capabilities[$0.name] != nil }
    var inherited =
      ancestors.last.flatMap { capabilities[$0.name] } ?? InheritedCapabilities([], in: definition)
    for template in ([harness] + ancestors).reversed() where capabilities[template.name] == nil {
      if !template.capabilities.isEmpty {
        inherited = InheritedCapabilities(
          (inherited.uses + template.capabilities).merged, in: definition)
      }
      // Where parents repeat, each template has a lineage of its own.
      if !hasCycles { capabilities[template.name] = inherited }
    }
    return inherited
  }

  /// The changes of the prompts that templates, which both definitions have, inherit in the other
  /// one, by name.
  private func promptChanges(
    of names: [String], in other: HarnessOutcomes
  ) -> [String: InheritedPromptChanges] {
    var known: [String: InheritedPromptChanges] = [:]
    func compared(_ name: String) -> InheritedPromptChanges {
      func ancestors(_ templates: [String: BuiltInHarness]) -> [BuiltInHarness] {
        templates[name].map { templates.ancestors(of: $0).reversed() } ?? []
      }
      return InheritedPromptChanges(from: ancestors(templates), to: ancestors(other.templates))
    }
    /// The parent of a template, if it is the same one in both definitions.
    func commonParent(_ name: String) -> String? {
      guard let parent = templates[name]?.parent, other.templates[name]?.parent == parent,
        templates[parent] != nil, other.templates[parent] != nil
      else { return nil }
      return parent
    }
    // Where parents repeat, each template has a lineage of its own.
    guard !hasCycles, !other.hasCycles else {
      return Dictionary(firstByKey: names.map { ($0, compared($0)) })
    }
    for name in names {
      var path: [String] = []
      var next: String? = name
      while let current = next, known[current] == nil {
        path.append(current)
        next = commonParent(current)
      }
      for current in path.reversed() {
        guard let parent = commonParent(current), var inherited = known[parent] else {
          known[current] = compared(current)
          continue
        }
        let prompts = [templates, other.templates].map { ExactText($0[parent]?.systemPrompt ?? "") }
        if prompts[0] != prompts[1] { inherited.changes.append(parent) }
        known[current] = inherited
      }
    }
    return known
  }

  /// The changes of the templates of another definition, in its order.
  mutating func changes(
    to other: HarnessOutcomes, where isMeant: (String) -> Bool = { _ in true }
  ) -> [EffectiveHarnessChange] {
    var other = other
    let touched = touched(in: other)
    let meant = other.definition.builtInHarnesses.filter { isMeant($0.name) }
    let prompts = promptChanges(
      of: meant.map(\.name).filter { touched.contains($0) && templates[$0] != nil }, in: other)
    return meant.compactMap { harness in
      guard let previous = templates[harness.name] else {
        return EffectiveHarnessChange(name: harness.name, operation: .add)
      }
      guard touched.contains(harness.name), let prompts = prompts[harness.name] else { return nil }
      let change = EffectiveHarnessChange(
        name: harness.name, isInherited: previous == harness, from: capabilities(of: previous),
        to: other.capabilities(of: harness), prompts)
      return change.isEffective || !change.isInherited ? change : nil
    }
  }

  /// The templates whose effective contents may differ in another definition: those that differ,
  /// those that use a capability that differs, and those that inherit from one of them in either
  /// definition.
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
