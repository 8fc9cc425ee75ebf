import Everruns
import EverrunsDocuments
import EverrunsDrivers
import Foundation
import ProviderFakes
import Synchronization
import Testing

@testable import EverrunsWorker

/// Drivers over the real transport, against fakes on the loopback interface.
@Suite(.timeLimit(.minutes(20))) struct AsyncHTTPTransportTests {
  @Test(arguments: Service.allCases)
  func `a conversation with two calls at once goes through the network`(
    service: Service
  ) async throws {
    let fake = ProviderFake(service)
    let server = try LoopbackServer(fake)
    try await withTransport { transport in
      let connection = DriverConnection(
        baseURL: server.baseURL, apiKey: Secret(fake.key), transport: transport)
      var request = ChatRequest(
        model: service.models.reasoning, messages: [.user("Weather?")],
        tools: [
          ToolSpecification(
            name: "get_weather", description: "Tells the weather.",
            parameters: [
              "type": "object", "properties": ["location": ["type": "string"]],
            ])
        ], reasoningEffort: "low")
      let first = try await reply(to: request, over: connection, service)
      try #require(first.calls.count == 2)
      let calls = first.acceptedCalls(in: TurnID(at: .distantPast), iteration: 1)
      request.messages += [
        .agent(text: first.text, calls: calls),
        .tool(ToolResult(of: calls[0], returning: ["at": "Bern"])),
        .tool(ToolResult(of: calls[1], returning: ["at": "Zürich"])),
      ]
      let second = try await reply(to: request, over: connection, service)
      #expect(second.text == #"Both are sunny ☀️: {"at":"Bern"} and {"at":"Zürich"}"#)
    }
    #expect(server.requests.count == 2)
    #expect(!server.requests.contains { $0.target.contains(fake.key) })
  }

  @Test func `an address without a listener is a refused connection`() async throws {
    let address = try LoopbackServer { _ in ServiceAnswer(pieces: []) }.baseURL
    await withTransport { transport in
      await #expect(throws: ChatFailure.transient("connection refused")) {
        try await transport.send(.hello(address))
      }
    }
  }

  @Test func `a redirect is returned and not followed`() async throws {
    let server = try LoopbackServer { request in
      ServiceAnswer(
        status: 307, headers: [("location", request.target + "/elsewhere")], pieces: [])
    }
    try await withTransport { transport in
      let response = try await transport.send(.hello(server.baseURL))
      #expect(response.status == 307)
      for try await _ in response.body {}
    }
    #expect(server.requests.map(\.target) == ["/v1"])
  }

  @Test func `an answer that breaks off says so`() async throws {
    let server = try LoopbackServer { _ in
      ServiceAnswer(pieces: [Array("data: one\n\n".utf8)], ending: .broken)
    }
    try await withTransport { transport in
      let response = try await transport.send(.hello(server.baseURL))
      await #expect(throws: ChatFailure.transient("the provider closed the connection")) {
        for try await _ in response.body {}
      }
    }
  }

  @Test func `an answer that stalls times out`() async throws {
    let server = try LoopbackServer { _ in
      ServiceAnswer(pieces: [Array("data: one\n\n".utf8)], ending: .held)
    }
    let transport = AsyncHTTPTransport(idleLimit: .milliseconds(50))
    let response = try await transport.send(.hello(server.baseURL))
    await #expect(throws: ChatFailure.transient("the provider sent nothing for 50ms")) {
      for try await _ in response.body {}
    }
    await transport.close()
  }

  @Test func `cancelling the reader closes the connection`() async throws {
    let server = try LoopbackServer { _ in
      ServiceAnswer(pieces: [Array("data: one\n\n".utf8)], ending: .held)
    }
    await withTransport { transport in
      let reading = Task {
        let response = try await transport.send(.hello(server.baseURL))
        for try await _ in response.body {
          withUnsafeCurrentTask { $0?.cancel() }
        }
        try Task.checkCancellation()
      }
      await #expect(throws: CancellationError.self) { try await reading.value }
    }
  }

  @Test func `many requests run concurrently`() async throws {
    let count = 20
    let all = NSCondition()
    let arrived = Mutex(0)
    let server = try LoopbackServer { _ in
      all.lock()
      defer { all.unlock() }
      arrived.withLock { $0 += 1 }
      all.broadcast()
      while arrived.withLock({ $0 < count }) { all.wait() }
      return ServiceAnswer(pieces: [])
    }
    try await withTransport { transport in
      try await withThrowingTaskGroup { group in
        for _ in 0..<count {
          group.addTask { try await transport.send(.hello(server.baseURL)).status }
        }
        for try await status in group { #expect(status == 200) }
      }
    }
  }

  // MARK: - Support

  private func withTransport(
    _ body: (AsyncHTTPTransport) async throws -> Void
  ) async rethrows {
    let transport = AsyncHTTPTransport()
    do {
      try await body(transport)
    } catch {
      await transport.close()
      throw error
    }
    await transport.close()
  }

  private func reply(
    to request: ChatRequest, over connection: DriverConnection, _ service: Service
  ) async throws -> ChatReply {
    let descriptor = try #require(PlatformDefinition.worker().drivers[service.providerType])
    let driver = try #require(Implementations.stockDrivers.code(of: descriptor))
    var reply = ChatReply()
    for try await event in driver.stream(request, over: connection) {
      reply.add(event)
    }
    try reply.checkEnd()
    return reply
  }
}

extension TransportRequest {
  /// The smallest request.
  fileprivate static func hello(_ url: String) -> TransportRequest {
    TransportRequest(url: url, headers: [], body: [])
  }
}
