public import EverrunsDocuments
import Messages

extension PlatformDefinition {
  /// The number of diagnostics with suggestions: each suggestion compares with all names, which
  /// takes minutes for thousands of them.
  private static let suggestionLimit = 20

  /// The errors and warnings about the definition: errors first, then in document order.
  ///
  /// - Parameter grade: The deployment grade; experimental components are a warning at grades that
  ///   do not allow them.
  /// - Returns: The diagnostics; empty if there are none.
  public func validate(grade: Grade = .prod) -> [Diagnostic] {
    let diagnostics =
      identifierDiagnostics + nameDiagnostics + cycleDiagnostics + capabilityDiagnostics
      + providerDiagnostics + harnessDiagnostics + roleDiagnostics + experimentalDiagnostics(grade)
    let sorted =
      diagnostics.filter { $0.severity == .error } + diagnostics.filter { $0.severity == .warning }
    return sorted.enumerated().map { index, diagnostic in
      index < Self.suggestionLimit ? diagnostic : diagnostic.withoutSuggestion
    }
  }

  /// Invalid and duplicate identifiers.
  ///
  /// A registry cannot contain duplicates.
  private var identifierDiagnostics: [Diagnostic] {
    registryIdentifierDiagnostics(capabilities) + registryIdentifierDiagnostics(drivers)
      + registryIdentifierDiagnostics(connectionProviders) + harnessIdentifierDiagnostics
  }

  private func registryIdentifierDiagnostics<Descriptor: DocumentedComponent>(
    _ registry: Registry<Descriptor>
  ) -> [Diagnostic] {
    registry.identifiers.enumerated().compactMap { index, identifier in
      Descriptor.identifierGrammar.accepts(identifier)
        ? nil
        : Diagnostic(
          .invalidID(identifier, Descriptor.identifierGrammar),
          at: DocumentPath().key(Descriptor.documentKey).index(index).key(Descriptor.identifierKey))
    }
  }

  private var harnessIdentifierDiagnostics: [Diagnostic] {
    var names: Set<String> = []
    var seedIDs: Set<String> = []
    var diagnostics: [Diagnostic] = []
    for (index, harness) in builtInHarnesses.enumerated() {
      let path = Self.path(ofHarness: index)
      if !IdentifierGrammar.name.accepts(harness.name) {
        diagnostics.append(Diagnostic(.invalidID(harness.name, .name), at: path.key("name")))
      } else if !names.insert(harness.name).inserted {
        diagnostics.append(
          Diagnostic(.duplicateID(harness.name, noun: "harness"), at: path.key("name")))
      }
      diagnostics += repeatedReferences(in: harness, path.key("capabilities"))
      for (position, previous) in harness.previousNames.enumerated()
      where !IdentifierGrammar.name.accepts(previous) {
        diagnostics.append(
          Diagnostic(
            .invalidID(previous, .name), at: path.key("previous_names").index(position)))
      }
      guard let seedID = harness.seedID else { continue }
      if !IdentifierGrammar.uuid.accepts(seedID) {
        diagnostics.append(Diagnostic(.invalidID(seedID, .uuid), at: path.key("seed_id")))
      } else if !seedIDs.insert(seedID).inserted {
        diagnostics.append(
          Diagnostic(.duplicateID(seedID, noun: "seed id"), at: path.key("seed_id")))
      }
    }
    return diagnostics
  }

  /// A harness has a capability at most once: its rows are found by harness and capability.
  private func repeatedReferences(
    in harness: BuiltInHarness, _ path: DocumentPath
  ) -> [Diagnostic] {
    var refs: Set<ExactText> = []
    return harness.capabilities.enumerated().compactMap { position, capability in
      refs.insert(ExactText(capability.ref)).inserted
        ? nil
        : Diagnostic(
          .duplicateID(capability.ref, noun: "capability"), at: path.index(position).key("ref"))
    }
  }

  /// Names that show nothing to people.
  private var nameDiagnostics: [Diagnostic] {
    func diagnostics<Descriptor: DocumentedComponent>(
      _ registry: Registry<Descriptor>, _ key: String, _ name: (Descriptor) -> String
    ) -> [Diagnostic] {
      registry.descriptors.enumerated().compactMap { index, descriptor in
        guard name(descriptor).showsNothing else { return nil }
        return Diagnostic(
          .blankName(identifier: descriptor.identifier, noun: Descriptor.noun),
          at: DocumentPath().key(Descriptor.documentKey).index(index).key(key))
      }
    }
    return diagnostics(capabilities, "name") { $0.name }
      + diagnostics(drivers, "display_name") { $0.displayName }
      + diagnostics(connectionProviders, "display_name") { $0.displayName }
      + builtInHarnesses.enumerated().compactMap { index, harness in
        guard harness.displayName.showsNothing else { return nil }
        return Diagnostic(
          .blankName(identifier: harness.name, noun: "harness"),
          at: Self.path(ofHarness: index).key("display_name"))
      }
  }

  /// The templates with their parents.
  var parents: DependencyGraph {
    DependencyGraph(
      nodes: builtInHarnesses.map(\.name),
      edges: Dictionary(
        firstByKey: builtInHarnesses.map { ($0.name, $0.parent.map { [$0] } ?? []) }))
  }

  private var cycleDiagnostics: [Diagnostic] {
    let dependencies = DependencyGraph(
      nodes: capabilities.identifiers,
      edges: Dictionary(firstByKey: capabilities.map { ($0.id, $0.dependencies) }))
    let capabilityIndexes = Dictionary(
      firstByKey: capabilities.identifiers.enumerated().map { ($1, $0) })
    let harnessIndexes = Dictionary(
      firstByKey: builtInHarnesses.enumerated().map { ($1.name, $0) })
    return dependencies.cycles.map { cycle in
      Diagnostic(
        .dependencyCycle(cycle),
        at: DocumentPath().key(CapabilityDescriptor.documentKey)
          .index(capabilityIndexes[cycle[0]] ?? 0).key("dependencies"))
    }
      + parents.cycles.map { cycle in
        Diagnostic(
          .parentCycle(cycle),
          at: Self.path(ofHarness: harnessIndexes[cycle[0]] ?? 0).key("parent"))
      }
  }

  private var capabilityDiagnostics: [Diagnostic] {
    let known = capabilities.identifiers
    return capabilities.enumerated().flatMap { index, capability in
      capability.dependencies.enumerated().compactMap { position, dependency in
        capabilities.contains(dependency)
          ? nil
          : Diagnostic(
            .missingDependency(dependency, capability: capability.id, known: known),
            at: DocumentPath().key(CapabilityDescriptor.documentKey).index(index)
              .key("dependencies").index(position))
      }
    }
  }

  private var providerDiagnostics: [Diagnostic] {
    connectionProviders.enumerated().flatMap { index, provider in
      let path = DocumentPath().key(ConnectionProviderDescriptor.documentKey).index(index)
      return switch provider.connectionType {
      case .oauth:
        provider.formSchema == nil
          ? [] : [Diagnostic(.formWithOAuth(provider: provider.id), at: path.key("form_schema"))]
      case .apiKey:
        capabilities.contains(provider.id)
          ? [] : [Diagnostic(.providerWithoutCapability(provider.id), at: path.key("id"))]
      }
    }
  }

  private var harnessDiagnostics: [Diagnostic] {
    let names = builtInHarnesses.map(\.name)
    let known = Set(names)
    let registered = capabilities.identifiers
    return builtInHarnesses.enumerated().flatMap { index, harness in
      let path = Self.path(ofHarness: index)
      var diagnostics: [Diagnostic] = []
      if let parent = harness.parent, !known.contains(parent) {
        diagnostics.append(
          Diagnostic(
            .unknownParent(parent, harness: harness.name, known: names), at: path.key("parent")))
      }
      for (position, capability) in harness.capabilities.enumerated() {
        let config = path.key("capabilities").index(position).key("config")
        diagnostics += CredentialSearch(in: capability.config, at: config).paths.map {
          Diagnostic(.possibleSecret(capability: capability.ref, harness: harness.name), at: $0)
        }
        guard case .registered(let id) = CapabilityReference(capability.ref) else { continue }
        let refPath = path.key("capabilities").index(position).key("ref")
        switch capabilities[id]?.status {
        case nil:
          diagnostics.append(
            Diagnostic(
              .unknownCapability(id, harness: harness.name, known: registered), at: refPath))
        case .available?: break
        case let status?:
          diagnostics.append(
            Diagnostic(.capabilityNotAvailable(id, status, harness: harness.name), at: refPath))
        }
      }
      // The template's own name in the list has no effect.
      for (position, previous) in harness.previousNames.enumerated()
      where previous != harness.name && known.contains(previous) {
        diagnostics.append(
          Diagnostic(
            .previousNameInUse(previous, harness: harness.name),
            at: path.key("previous_names").index(position)))
      }
      return diagnostics
    }
  }

  private var roleDiagnostics: [Diagnostic] {
    guard !builtInHarnesses.isEmpty else { return [] }
    return HarnessRole.allCases.compactMap { role in
      let holders = builtInHarnesses.indices.filter { builtInHarnesses[$0].has(role) }
      if holders.isEmpty {
        return Diagnostic(.noHarnessForRole(role), at: DocumentPath().key(Self.harnessesKey))
      }
      guard holders.count > 1 else { return nil }
      return Diagnostic(
        .roleShared(role, harnesses: holders.map { builtInHarnesses[$0].name }),
        at: Self.path(ofHarness: holders[1]).key("roles"))
    }
  }

  private func experimentalDiagnostics(_ grade: Grade) -> [Diagnostic] {
    guard !grade.admitsExperiments else { return [] }
    return registryExperimentalDiagnostics(capabilities, grade)
      + registryExperimentalDiagnostics(connectionProviders, grade)
  }

  private func registryExperimentalDiagnostics<Descriptor: DocumentedComponent>(
    _ registry: Registry<Descriptor>, _ grade: Grade
  ) -> [Diagnostic] {
    registry.descriptors.enumerated().compactMap { index, descriptor in
      descriptor.isExperimental
        ? Diagnostic(
          .experimentalInGrade(
            descriptor.identifier, noun: Descriptor.noun, grade),
          at: DocumentPath().key(Descriptor.documentKey).index(index).key("experimental"))
        : nil
    }
  }

  private static func path(ofHarness index: Int) -> DocumentPath {
    DocumentPath().key(Self.harnessesKey).index(index)
  }
}
