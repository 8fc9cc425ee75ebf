package import EverrunsDocuments

/// The tools and instructions that capabilities offer to a model in a session.
package struct Toolset: Sendable {
  /// A tool with its capability.
  package struct Entry: Sendable {
    /// The capability's id.
    package let capability: String
    /// The configuration of the capability in the harness or agent.
    package let configuration: JSONObject
    /// The tool.
    package let tool: any Tool
  }

  /// The tools, in the order of the capabilities.
  package private(set) var tools: [Entry] = []
  /// The instructions of the capabilities, in order.
  package private(set) var instructions: [CapabilityInstructions] = []
  /// The capabilities that are not offered, in their order.
  package private(set) var unavailable: [UnavailableCapability] = []

  /// The tools of a session.
  ///
  /// A capability is never left out silently: what is not offered is named in ``unavailable``. Of
  /// a capability that is plain data only those tools are offered whose names it has.
  ///
  /// - Parameters:
  ///   - uses: The capabilities with their configurations; dependencies come before what needs
  ///     them.
  ///   - definition: The definition that the worker runs.
  ///   - implementations: The code for what is plain data in it.
  package init(
    of uses: [CapabilityUse], in definition: PlatformDefinition,
    implementations: Implementations
  ) {
    for use in uses {
      do throws(UnavailableCapability.Reason) {
        try add(use, from: definition.capabilities, implementations)
      } catch {
        unavailable.append(UnavailableCapability(id: use.ref, reason: error))
      }
    }
  }

  /// The tool of a name.
  package subscript(name: String) -> Entry? {
    tools.first { $0.tool.name == name }
  }

  private mutating func add(
    _ use: CapabilityUse, from registry: CapabilityRegistry, _ implementations: Implementations
  ) throws(UnavailableCapability.Reason) {
    guard case .registered(let id) = CapabilityReference(use.ref) else { throw .mcpServer }
    guard let capability = registry[id] else { throw .notRegistered }
    guard capability.status != .comingSoon else { throw .comingSoon }
    guard let code = implementations.code(of: capability) else { throw .notImplemented }
    let granted = try Self.tools(of: code, configuration: use.config)
      .filter { capability is any ExecutableCapability || capability.tools.contains($0.name) }
    for tool in granted {
      guard ToolName.accepts(tool.name) else { throw .invalidToolName(tool.name) }
      if let other = self[tool.name] {
        throw .toolNameTaken(tool.name, by: other.capability)
      }
    }
    tools += granted.map { Entry(capability: id, configuration: use.config, tool: $0) }
    if let text = code.instructions(use.config), !text.isEmpty {
      instructions.append(CapabilityInstructions(capability: id, text: text))
    }
  }

  private static func tools(
    of code: any ExecutableCapability, configuration: JSONObject
  ) throws(UnavailableCapability.Reason) -> [any Tool] {
    do {
      return try code.toolset(configuration)
    } catch let refusal as ToolRefusal {
      throw .misconfigured(refusal.message)
    } catch {
      throw .misconfigured("\(type(of: error))")
    }
  }
}

/// A capability of a session that is not offered to the model, and why.
package struct UnavailableCapability: Error, Sendable, Hashable {
  /// Why a capability is not offered.
  package enum Reason: Error, Sendable, Hashable {
    /// The definition does not have it.
    case notRegistered
    /// It is announced and cannot be used yet.
    case comingSoon
    /// The worker has no code for it.
    case notImplemented
    /// It is a server that speaks MCP, which workers do not call yet.
    case mcpServer
    /// Its code refuses the configuration, with this message.
    case misconfigured(String)
    /// It has a tool whose name no provider accepts.
    case invalidToolName(String)
    /// A capability before it has a tool of the same name.
    case toolNameTaken(String, by: String)
  }

  /// The capability, as the harness or agent refers to it.
  package let id: String
  /// Why it is not offered.
  package let reason: Reason

  /// An unavailable capability.
  package init(id: String, reason: Reason) {
    self.id = id
    self.reason = reason
  }

  /// The reason as a sentence without a full stop.
  package var message: String {
    switch reason {
    case .notRegistered: "the platform definition has no capability '\(id)'"
    case .comingSoon: "capability '\(id)' is not available yet"
    case .notImplemented: "this worker has no implementation of the capability '\(id)'"
    case .mcpServer: "MCP servers are not supported yet: '\(id)'"
    case .misconfigured(let message): "the configuration of '\(id)' is invalid: \(message)"
    case .invalidToolName(let name):
      "capability '\(id)' has a tool '\(name)'; tool names match [A-Za-z0-9_-]{1,64}"
    case .toolNameTaken(let name, let other):
      "the capabilities '\(other)' and '\(id)' both have a tool '\(name)'"
    }
  }
}

extension PlatformDefinition {
  /// The capabilities that a worker with these implementations cannot execute, in order.
  ///
  /// They are checked together, each without configuration. Workers report them at startup.
  package func unavailableCapabilities(
    with implementations: Implementations
  ) -> [UnavailableCapability] {
    Toolset(
      of: capabilities.identifiers.map { CapabilityUse($0) }, in: self,
      implementations: implementations
    ).unavailable
  }
}
