import Everruns
import EverrunsDocuments
import Foundation
import ProviderFakes
import Testing

@testable import EverrunsWorker

/// Whole turns with each provider: a worker, its store and network, and a fake of the service on
/// the loopback interface.
@Suite(.timeLimit(.minutes(20))) struct ProviderTests {
  /// Runs a test with a worker and a fake provider that the store's default model is at.
  private func withProvider(
    _ service: Service, key: String? = nil,
    answer: @escaping @Sendable (ProviderFake, ServiceRequest) -> ServiceAnswer = {
      $0.answer($1)
    },
    _ body: (WorkerWorld, RunningWorker, LoopbackServer) async throws -> Void
  ) async throws {
    let fake = ProviderFake(service)
    let server = try LoopbackServer(basePath: service.basePath) { answer(fake, $0) }
    let provider = TestProvider(
      type: service.providerType, model: service.models.reasoning, baseURL: server.baseURL)
    let weather = CapabilityDescriptor(
      id: "test_weather", name: "Weather", tools: ["get_weather"])
    try await withWorld(capabilities: [weather], provider: provider) { world in
      let transport = AsyncHTTPTransport()
      let settings = [
        DriverSettings.keyVariable(of: service.providerType): key ?? fake.key
      ]
      do {
        try await world.withWorker(settings: settings, transport: transport) { worker in
          try await body(world, worker, server)
        }
      } catch {
        await transport.close()
        throw error
      }
      await transport.close()
    }
  }

  @Test(arguments: Service.allCases)
  func `a worker has a conversation with two tool calls at once`(service: Service) async throws {
    try await withProvider(service) { world, _, server in
      try await world.post("What is the weather in Bern and Zürich?")
      try await world.wait { try await world.status() == .idle }
      #expect(server.requests.count == 2)

      let calls = try await world.data(of: .actStarted).flatMap { $0.objects("tool_calls") }
      #expect(calls.map { $0.text("name") } == ["get_weather", "get_weather"])
      #expect(
        calls.map { $0["arguments"] } == [["location": "Bern"], ["location": "Zürich"]])
      let results = try await world.data(of: .toolCompleted)
      #expect(results.map { $0.text("status") } == ["success", "success"])
      let answer = try #require(try await world.answers().last)
      #expect(
        answer.wholeMatch(
          of: #/Both are sunny ☀️: \{"location":"Bern",.*\} and \{"location":"Zürich",.*\}/#)
          != nil, "\(answer)")
      #expect(
        try await world.data(of: .turnCompleted).map { $0["usage"] }
          == [["input_tokens": 40, "output_tokens": 18]])

      // The provider takes the whole conversation a second time, with one more message.
      try await world.post("And now?")
      try await world.wait { try await world.status() == .idle }
      #expect(try await world.turns().map(\.status) == [.completed, .completed])
      #expect(try await world.answers().count == 4)
    }
  }

  // MARK: - Keys

  /// How providers repeat a key that was sent to them.
  enum Echo: String, CaseIterable {
    /// In the sentence of a refusal.
    case refusal
    /// In the headers and the page of a server that is broken.
    case brokenServer
    /// In an error in the middle of an answer.
    case stream
    /// In what is neither an answer nor JSON.
    case nonsense
    /// In the address of a redirect.
    case redirect

    func answer(_ key: String, _ fake: ProviderFake, _ request: ServiceRequest) -> ServiceAnswer {
      let error = #"{"error":{"message":"The key \#(key) is not valid.","code":"k \#(key)"}}"#
      let json = [("content-type", "application/json")]
      let stream = [("content-type", "text/event-stream")]
      return switch self {
      case .refusal: ServiceAnswer(status: 403, headers: json, pieces: [Array(error.utf8)])
      case .brokenServer:
        ServiceAnswer(
          status: 500, headers: [("content-type", "text/plain"), ("x-key", key)],
          pieces: [Array("Authorization: Bearer \(key)".utf8)])
      case .stream:
        ServiceAnswer(
          headers: stream, pieces: [Array("event: error\ndata: \(error)\n\n".utf8)])
      case .nonsense:
        ServiceAnswer(headers: stream, pieces: [Array("data: key=\(key)\n\n".utf8)])
      case .redirect:
        ServiceAnswer(
          status: 302, headers: [("location", "\(request.target)?key=\(key)")], pieces: [])
      }
    }
  }

  @Test(arguments: Service.allCases, [nil] + Echo.allCases.map(\.self))
  func `a key is neither in the store, nor in events, nor in the log`(
    service: Service, echo: Echo?
  ) async throws {
    let key = "sk-test-0123456789abcdef"
    try await withProvider(service, key: key) { fake, request in
      if let echo { return echo.answer(key, fake, request) }
      return ProviderFake(service, key: key).answer(request)
    } _: { world, worker, server in
      try await world.post("What is the weather in Bern and Zürich?")
      try await world.wait {
        let turn = try await world.turn()
        return turn.status.isFinished || turn.failures > 0
      }
      // It was used, and in an address it would be in the logs of others.
      #expect(server.requests.contains { $0.headers.values.contains { $0.contains(key) } })
      #expect(!server.requests.contains { $0.target.contains(key) })

      let bytes = Data(key.utf8)
      for suffix in ["", "-wal", "-shm"] {
        let file = try #require(FileManager.default.contents(atPath: world.path + suffix))
        #expect(file.range(of: bytes) == nil, "\(suffix)")
      }
      let events = try await world.events().map { JSONValue.object($0.document).canonicalJSON }
      #expect(!events.contains { $0.contains(key) })
      #expect(!worker.log.lines.contains { $0.contains(key) })
      // What was cut out shows that the test looks at the right places.
      if let echo, echo != .redirect {
        #expect(worker.log.lines.contains { $0.contains("***") }, "\(worker.log.lines)")
      }
    }
  }
}
