import Everruns
import EverrunsDocuments
import Foundation
import Testing

/// The guide's capability, as an embedder writes it.
private struct GuideTime: ExecutableCapability {
  let id = "current_time"
  let name = "Current Time"

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool("get_current_time", "Tells the date and time.", effect: .pure) { _, context in
        ["datetime": .string(context.now.formatted(.iso8601))]
      }
    ]
  }
}

/// A capability of an embedder with one tool of some name.
private struct Custom: ExecutableCapability {
  var id: String
  var tool: String
  var name: String { id }

  func toolset(_ configuration: JSONObject) throws -> [any Tool] {
    if configuration["broken"] != nil { throw ToolRefusal("'broken' is not a setting") }
    return [FunctionTool(tool, "Does something.") { _, _ in nil }]
  }

  func instructions(_ configuration: JSONObject) -> String? { "Use \(tool)." }
}

/// A tool that is a type of its own, with only what has no default.
private struct Plain: Tool {
  let name = "plain"
  let description = "Does nothing."

  func execute(_ arguments: JSONObject, in context: ToolContext) -> JSONValue { nil }
}

@Suite struct ToolTests {
  @Test func `by default a tool runs once, for up to a minute, without arguments`() {
    #expect(Plain().effect == .atMostOnce)
    #expect(Plain().timeout == .seconds(60))
    #expect(Plain().parameters == ["type": "object", "properties": [:]])
    let function = FunctionTool("f", "F.") { _, _ in nil }
    #expect(function.effect == .atMostOnce)
    #expect(function.timeout == .seconds(60))
    #expect(function.parameters == ["type": "object", "properties": [:]])
  }

  @Test func `a capability's document lists the tools of its toolset`() throws {
    let capability: any Capability = GuideTime()
    #expect(capability.tools == ["get_current_time"])
    #expect(CapabilityDescriptor(capability).tools == ["get_current_time"])
  }

  @Test func `the guide's tool runs`() async throws {
    let tool = GuideTime().toolset([:])[0]
    #expect(
      try await tool.execute([:], in: .noon) == ["datetime": "2026-01-31T12:00:00Z"])
  }

  @Test func `invalid arguments are refused with every problem`() async throws {
    let tool = try #require(stockTool("add"))
    await #expect(
      throws: ToolRefusal(
        "invalid arguments: /a: 'a' must be a number, not a string; "
          + "/c: unknown key 'c' in the pair of numbers (the keys are a, b); "
          + "the pair of numbers has no 'b'")
    ) {
      try await tool.execute(["a": "1", "c": 2], in: .noon)
    }
  }

  // MARK: - Toolsets

  @Test func `code capabilities run directly, data capabilities through an implementation`() throws
  {
    let toolset = toolset([
      Custom(id: "own", tool: "act"), CapabilityDescriptor.stock("test_math"),
    ])
    #expect(toolset.tools.map(\.tool.name) == ["act", "add", "subtract", "multiply", "divide"])
    #expect(toolset.tools.map(\.capability) == ["own"] + Array(repeating: "test_math", count: 4))
    #expect(
      toolset.instructions == [CapabilityInstructions(capability: "own", text: "Use act.")])
    #expect(toolset.unavailable == [])
    #expect(toolset["add"]?.capability == "test_math")
    #expect(toolset["fly"] == nil)
  }

  @Test func `an embedder's code takes precedence over the stock implementation`() async throws {
    let toolset = toolset([GuideTime()])
    let tool = try #require(toolset["get_current_time"]).tool
    #expect(tool.description == "Tells the date and time.")
  }

  @Test func `data grants only the tools that it names`() {
    var math = CapabilityDescriptor.stock("test_math")
    math.tools = ["divide", "integrate", "add"]
    #expect(toolset([math]).tools.map(\.tool.name) == ["add", "divide"])
  }

  @Test func `capabilities without code are not offered, and named`() throws {
    var announced = CapabilityDescriptor.stock("test_math")
    announced.status = .comingSoon
    var platform = PlatformDefinition()
    let components: [any Capability] = [
      CapabilityDescriptor.stock("web_fetch"), announced, Custom(id: "own", tool: "act"),
      Custom(id: "rival", tool: "act"), Custom(id: "odd", tool: "do it"),
    ]
    platform.capabilities = try CapabilityRegistry(components)
    let server = "mcp:01933b5a-0000-7000-8000-000000000601"
    let toolset = Toolset(
      of: [
        "web_fetch", "test_math", "gone", CapabilityUse(server),
        CapabilityUse("own", config: ["broken": true]), "own", "rival", "odd",
      ], in: platform, implementations: .stock)
    #expect(toolset.tools.map(\.tool.name) == ["act"])
    #expect(
      toolset.unavailable == [
        UnavailableCapability(id: "web_fetch", reason: .notImplemented),
        UnavailableCapability(id: "test_math", reason: .comingSoon),
        UnavailableCapability(id: "gone", reason: .notRegistered),
        UnavailableCapability(id: server, reason: .mcpServer),
        UnavailableCapability(id: "own", reason: .misconfigured("'broken' is not a setting")),
        UnavailableCapability(id: "rival", reason: .toolNameTaken("act", by: "own")),
        UnavailableCapability(id: "odd", reason: .invalidToolName("do it")),
      ])
    #expect(
      toolset.unavailable.map(\.message) == [
        "this worker has no implementation of the capability 'web_fetch'",
        "capability 'test_math' is not available yet",
        "the platform definition has no capability 'gone'",
        "MCP servers are not supported yet: '\(server)'",
        "the configuration of 'own' is invalid: 'broken' is not a setting",
        "the capabilities 'own' and 'rival' both have a tool 'act'",
        "capability 'odd' has a tool 'do it'; tool names match [A-Za-z0-9_-]{1,64}",
      ])
  }

  @Test func `implementations can be added, and the later one counts`() throws {
    let implementations = Implementations.stock
      .adding(Implementations(capabilities: [Custom(id: "web_fetch", tool: "web_fetch")]))
      .adding(Implementations(capabilities: [Custom(id: "test_math", tool: "add")]))
    let toolset = toolset(
      [.stock("web_fetch"), .stock("test_math")] as [CapabilityDescriptor], implementations)
    #expect(toolset.tools.map(\.tool.name) == ["web_fetch", "add"])
  }

  @Test func `the stock platform can execute exactly five capabilities`() throws {
    let platform = PlatformDefinition.oss(grade: .dev)
    let executable = Set(platform.capabilities.identifiers).subtracting(
      platform.unavailableCapabilities(with: .stock).map(\.id))
    #expect(
      executable == [
        "current_time", "test_math", "test_weather", "stateless_todo_list", "session",
      ])
  }

  @Test func `every stock implementation has exactly the tools of its capability`() throws {
    let platform = PlatformDefinition.oss(grade: .dev)
    for capability in platform.capabilities {
      guard let code = Implementations.stock.code(of: capability) else { continue }
      #expect(code.tools == capability.tools)
    }
  }

  private func toolset(
    _ capabilities: [any Capability], _ implementations: Implementations = .stock
  ) -> Toolset {
    var platform = PlatformDefinition()
    for capability in capabilities {
      platform.capabilities.replace(capability)
    }
    return Toolset(
      of: capabilities.map { CapabilityUse($0.id) }, in: platform,
      implementations: implementations)
  }
}

extension CapabilityDescriptor {
  /// The stock platform's capability of an id.
  static func stock(_ id: String) -> CapabilityDescriptor {
    PlatformDefinition.oss(grade: .dev).capabilities.descriptors.first { $0.id == id }
      ?? CapabilityDescriptor(id: id, name: "missing")
  }
}

/// The stock implementation's tool of a name.
func stockTool(_ name: String) -> (any Tool)? {
  let platform = PlatformDefinition.oss(grade: .dev)
  return Toolset(
    of: platform.capabilities.identifiers.map { CapabilityUse($0) }, in: platform,
    implementations: .stock)[name]?.tool
}
