import Everruns
import EverrunsDocuments
import Testing

/// A capability as an embedder writes one: no descriptor, and only what has no default.
private struct Clock: Capability {
  let id = "current_time"
  let name = "Current Time"
}

/// A capability that answers everything itself.
private struct Shell: Capability {
  let prefix: String
  var id: String { prefix + "_shell" }
  var name: String { "Shell" }
  var description: String { "Runs commands." }
  var status: CapabilityStatus { .deprecated }
  var category: String? { "Execution" }
  var icon: String? { "terminal" }
  var riskLevel: RiskLevel { .high }
  var dependencies: [String] { ["current_time"] }
  var features: [String] { ["console"] }
  var tools: [String] { ["run"] }
  var isExperimental: Bool { true }
}

private final class OpenAI: Driver {
  let providerType = "openai"
  let displayName = "OpenAI"
}

private enum GitHub: ConnectionProvider {
  case only
  var id: String { "github" }
  var displayName: String { "GitHub" }
}

@Suite struct EmbeddersTypesTests {
  @Test func `an embedder's types are kept next to descriptors`()
    throws
  {
    let components: [any Capability] = [
      Clock(), CapabilityDescriptor(id: "web_fetch", name: "Web Fetch"), Shell(prefix: "my"),
    ]
    let registry = try CapabilityRegistry(components)
    #expect(registry.identifiers == ["current_time", "web_fetch", "my_shell"])
    #expect((registry["my_shell"] as? Shell)?.prefix == "my")
    #expect(registry["current_time"] is Clock)
  }

  @Test func `by default a capability is available, of low risk and without dependencies`() throws {
    #expect(
      try document(capability: Clock()) == [
        "id": "current_time", "name": "Current Time", "description": "", "status": "available",
        "category": nil, "icon": nil, "risk_level": "low", "dependencies": [], "features": [],
        "tools": [], "experimental": false,
      ])
  }

  @Test func `a capability's own properties are in its document`() throws {
    #expect(
      try document(capability: Shell(prefix: "my")) == [
        "id": "my_shell", "name": "Shell", "description": "Runs commands.",
        "status": "deprecated", "category": "Execution", "icon": "terminal", "risk_level": "high",
        "dependencies": ["current_time"], "features": ["console"], "tools": ["run"],
        "experimental": true,
      ])
  }

  @Test func `by default a driver needs no key and has no base URL`() throws {
    let definition = PlatformDefinition(drivers: try DriverRegistry([OpenAI()]))
    #expect(
      definition.document.first(of: "drivers") == [
        "provider_type": "openai", "display_name": "OpenAI", "description": "",
        "requires_api_key": false, "default_base_url": nil,
      ])
  }

  @Test func `by default a connection provider takes a key and has no form`() throws {
    let definition = PlatformDefinition(
      connectionProviders: try ConnectionProviderRegistry([GitHub.only]))
    #expect(
      definition.document.first(of: "connection_providers") == [
        "id": "github", "display_name": "GitHub", "description": "", "icon": nil,
        "connection_type": "api_key", "form_schema": nil, "experimental": false,
      ])
  }

  @Test func `definitions are equal if their documents are, whatever their types`() throws {
    let own = PlatformDefinition(capabilities: try CapabilityRegistry([Shell(prefix: "my")]))
    let plain = PlatformDefinition(
      capabilities: try CapabilityRegistry([CapabilityDescriptor(Shell(prefix: "my"))]))
    let other = PlatformDefinition(capabilities: try CapabilityRegistry([Shell(prefix: "your")]))
    #expect(own == plain)
    #expect(own != other)
  }

  @Test func `risk levels are ordered by harm`() {
    #expect(RiskLevel.allCases.shuffled().sorted() == [.low, .medium, .high])
  }

  private func document(capability: any Capability) throws -> JSONValue? {
    PlatformDefinition(capabilities: try CapabilityRegistry([capability])).document
      .first(of: "capabilities")
  }
}

extension JSONValue {
  /// The first element of the array that a key names.
  fileprivate func first(of key: String) -> JSONValue? {
    guard case .object(let object) = self, case .array(let elements)? = object[key] else {
      return nil
    }
    return elements.first
  }
}
