/// Composes a platform definition from scratch, part by part.
///
/// ```swift
/// let platform = try PlatformDefinition.builder()
///   .capability(CurrentTime())
///   .driver(OpenAI())
///   .builtInHarness(BuiltInHarness(
///     name: "minimal", displayName: "Minimal", systemPrompt: "You are a helpful assistant.",
///     roles: [.base, .default], capabilities: ["current_time"]))
///   .build()
/// ```
public struct PlatformDefinitionBuilder: Sendable {
  private var definition: PlatformDefinition
  private var refusal: RegistrationError?

  init(from definition: PlatformDefinition) {
    self.definition = definition
  }

  /// Registers a capability.
  public func capability(_ capability: any Capability) -> Self {
    with { definition throws(RegistrationError) in
      try definition.capabilities.register(capability)
    }
  }

  /// Registers several capabilities, in order.
  public func capabilities(_ capabilities: some Sequence<any Capability>) -> Self {
    capabilities.reduce(self) { $0.capability($1) }
  }

  /// Registers an LLM driver.
  public func driver(_ driver: any Driver) -> Self {
    with { definition throws(RegistrationError) in
      try definition.drivers.register(driver)
    }
  }

  /// Registers a connection provider.
  public func connectionProvider(_ provider: any ConnectionProvider) -> Self {
    with { definition throws(RegistrationError) in
      try definition.connectionProviders.register(provider)
    }
  }

  /// Adds a harness template.
  public func builtInHarness(_ harness: BuiltInHarness) -> Self {
    with { definition in definition.builtInHarnesses.append(harness) }
  }

  /// The definition composed so far.
  ///
  /// - Throws: ``RegistrationError`` for the first component whose identifier was taken.
  public func build() throws(RegistrationError) -> PlatformDefinition {
    if let refusal { throw refusal }
    return definition
  }

  private func with(
    _ change: (inout PlatformDefinition) throws(RegistrationError) -> Void
  ) -> Self {
    var copy = self
    do throws(RegistrationError) {
      try change(&copy.definition)
    } catch {
      copy.refusal = copy.refusal ?? error
    }
    return copy
  }
}

extension PlatformDefinition {
  /// A builder that starts with nothing.
  public static func builder() -> PlatformDefinitionBuilder {
    PlatformDefinitionBuilder(from: PlatformDefinition())
  }

  /// A builder that starts with this definition.
  public func builder() -> PlatformDefinitionBuilder {
    PlatformDefinitionBuilder(from: self)
  }
}
