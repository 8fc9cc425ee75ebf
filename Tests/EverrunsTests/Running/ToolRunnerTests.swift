import Everruns
import EverrunsDocuments
import Synchronization
import Testing

@Suite struct ToolRunnerTests {
  private struct Broken: Error {}

  @Test func `a tool's return value is its result`() async throws {
    #expect(
      try await result { arguments in .object(arguments) }
        == ToolResult(of: call(["a": 1]), returning: ["a": 1]))
  }

  @Test func `the model reads a refusal`() async throws {
    #expect(
      try await result { _ in throw ToolRefusal("no city 'Atlantis'") }
        == ToolResult(of: call(["a": 1]), endingAs: .error, because: "no city 'Atlantis'"))
  }

  @Test func `of any other error the model gets only a log reference`() async throws {
    let logged = Mutex<[String]>([])
    let result = try await result(
      log: { call, error in
        logged.withLock { $0.append("\(call.name): \(error)") }
        return "ref-1"
      }, tool: { _ in throw Broken() })
    #expect(result.status == .error)
    #expect(result.errorMessage == "the tool failed; see the platform's log: ref-1")
    #expect(logged.withLock { $0 } == ["act: Broken()"])
  }

  @Test func `a hanging tool is abandoned after its timeout`() async throws {
    let result = try await result(
      sleep: { _ in },
      tool: { _ in
        // A tool that does not care for being cancelled.
        await withUnsafeContinuation { (_: UnsafeContinuation<JSONValue, Never>) in }
      })
    #expect(result.status == .timeout)
    #expect(result.errorMessage == "the tool took longer than 1.5 seconds")
  }

  @Test func `a tool sees the cancellation of its task, and has no result`() async throws {
    let (started, continuation) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      try await result { _ in
        continuation.yield()
        try await Task.sleep(for: .seconds(3600))
        return nil
      }
    }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `an unknown tool is named, with the known ones`() async throws {
    let missing = ToolCall(id: "c", name: "fly", arguments: [:])
    #expect(
      runner { _ in nil }.refusal(of: missing)?.errorMessage
        == "there is no tool 'fly'; the tools are 'act'")
    let none = Toolset(of: [], in: PlatformDefinition(), implementations: .stock)
    #expect(
      ToolRunner(none, log: { _, _ in "" }).refusal(of: missing)?.errorMessage
        == "there is no tool 'fly'; no tool is available")
  }

  @Test(arguments: [
    ("{\"a\": ", "the object that begins at line 1, column 1 has no end, at line 1, column 7"),
    ("[1]", "they must be a JSON object"), ("hello", "unknown word 'hello', at line 1, column 1"),
  ])
  func `arguments that are not a JSON object are refused with the place`(
    text: String, message: String
  ) async throws {
    let call = ToolCall(id: "c", name: "act", argumentsText: text)
    let result = try await runner { _ in nil }.run(call) { _ in .noon }
    #expect(result.errorMessage == "invalid arguments: \(message)")
  }

  @Test func `a result of a megabyte is cut`() async throws {
    let result = try await result { _ in .string(String(repeating: "x", count: 1 << 20)) }
    #expect(result.text.utf8.count < 100_100)
    #expect(result.status == .success)
  }

  private func call(_ arguments: JSONValue) -> ToolCall {
    ToolCall(id: "c", name: "act", arguments: arguments)
  }

  private func result(
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    log: @escaping @Sendable (ToolCall, any Error) -> String = { _, _ in "ref" },
    tool: @escaping @Sendable (JSONObject) async throws -> JSONValue
  ) async throws -> ToolResult {
    try await runner(sleep: sleep, log: log, tool: tool).run(call(["a": 1])) { _ in .noon }
  }

  private func runner(
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    log: @escaping @Sendable (ToolCall, any Error) -> String = { _, _ in "ref" },
    tool: @escaping @Sendable (JSONObject) async throws -> JSONValue
  ) -> ToolRunner {
    var platform = PlatformDefinition()
    platform.capabilities.replace(Actor(tool: tool))
    return ToolRunner(
      Toolset(of: ["actor"], in: platform, implementations: .stock), sleep: sleep, log: log)
  }

  /// A capability with the tool `act`.
  private struct Actor: ExecutableCapability {
    let id = "actor"
    let name = "Actor"
    let tool: @Sendable (JSONObject) async throws -> JSONValue

    func toolset(_ configuration: JSONObject) -> [any Tool] {
      [
        FunctionTool("act", "Acts.", timeout: .milliseconds(1500)) { arguments, _ in
          try await tool(arguments)
        }
      ]
    }
  }
}
