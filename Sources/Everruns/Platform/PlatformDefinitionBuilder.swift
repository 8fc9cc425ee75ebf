public import EverrunsDocuments

/// Builds and validates a platform definition from registries and harness templates.
///
/// ```swift
/// let platform = try PlatformDefinition.builder()
///   .capabilities(capabilities)
///   .drivers(drivers)
///   .builtInHarnesses([
///     BuiltInHarness(
///       name: "minimal", displayName: "Minimal", systemPrompt: "You are a helpful assistant.",
///       roles: [.base, .default], capabilities: ["current_time"])
///   ])
///   .build()
/// ```
public struct PlatformDefinitionBuilder: Sendable {
  private var definition = PlatformDefinition()

  fileprivate init() {}

  /// Sets the capabilities.
  public func capabilities(_ capabilities: CapabilityRegistry) -> Self {
    with(\.capabilities, capabilities)
  }

  /// Sets the LLM drivers.
  public func drivers(_ drivers: DriverRegistry) -> Self {
    with(\.drivers, drivers)
  }

  /// Sets the connection providers.
  public func connectionProviders(_ providers: ConnectionProviderRegistry) -> Self {
    with(\.connectionProviders, providers)
  }

  /// Sets the harness templates, in order.
  public func builtInHarnesses(_ harnesses: [BuiltInHarness]) -> Self {
    with(\.builtInHarnesses, harnesses)
  }

  /// The definition; parts that were not set are empty.
  ///
  /// - Throws: ``DocumentRefusal`` with every diagnostic if ``PlatformDefinition/validate(grade:)``
  ///   reports an error. Warnings are accepted.
  public func build() throws(DocumentRefusal) -> PlatformDefinition {
    let errors = definition.validate().filter { $0.severity == .error }
    guard errors.isEmpty else { throw DocumentRefusal(errors) }
    return definition
  }

  private func with<Part>(_ part: WritableKeyPath<PlatformDefinition, Part>, _ value: Part) -> Self
  {
    var copy = self
    copy.definition[keyPath: part] = value
    return copy
  }
}

extension PlatformDefinition {
  /// A builder that starts with an empty definition.
  public static func builder() -> PlatformDefinitionBuilder { PlatformDefinitionBuilder() }
}
