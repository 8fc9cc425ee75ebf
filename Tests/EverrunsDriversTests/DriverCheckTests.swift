import Everruns
import EverrunsDocuments
import ProviderFakes
import Synchronization
import Testing

@testable import EverrunsDrivers

@Suite struct DriverCheckTests {
  @Test(arguments: Service.allCases)
  func `a provider's answer is shown with its times`(
    service: Service
  ) async throws {
    let transport = FakeTransport(to: ProviderFake(service))
    let result = await check(
      service, baseURL: transport.baseURL, key: transport.key, over: transport)
    let model = service.models.plain
    #expect(
      result
        == DriverCheckResult(
          providerType: service.providerType, baseURL: transport.baseURL, model: model,
          outcome: .answered(
            text: "Hello from \(model)", firstPiece: .milliseconds(10), whole: .milliseconds(20),
            TokenUsage(inputTokens: 20, outputTokens: 9))))
    #expect(
      result.line == """
        \(service.providerType) at \(transport.baseURL): '\(model)' answered 'Hello from \(model)' \
        in 20 ms (first token after 10 ms; 20 tokens in, 9 out)
        """)
    #expect(
      result.document == [
        "type": .string(service.providerType), "base_url": .string(transport.baseURL),
        "model": .string(model), "outcome": "answered", "text": .string("Hello from \(model)"),
        "first_token_ms": 10, "duration_ms": 20,
        "usage": ["input_tokens": 20, "output_tokens": 9],
      ])
  }

  @Test(arguments: Service.allCases)
  func `a provider that refuses is quoted, without the key`(service: Service) async {
    let transport = FakeTransport(to: ProviderFake(service))
    let result = await check(
      service, baseURL: transport.baseURL, key: "another-key", over: transport)
    guard case .refused(let message) = result.outcome else {
      Issue.record("\(result)")
      return
    }
    #expect(message.contains("key") && !message.contains("another-key"))
  }

  @Test(arguments: Service.allCases)
  func `an answer that breaks off is a refusal`(service: Service) async {
    let fake = ProviderFake(service, manner: Manner(ending: .broken))
    let transport = FakeTransport(to: fake)
    let result = await check(service, baseURL: transport.baseURL, key: fake.key, over: transport)
    #expect(
      result.outcome == .refused("the connection to the provider broke: ConnectionReset"))
  }

  @Test func `an address without a listener is not a refusal`() async {
    let transport = FakeProvider { _ in throw ChatFailure.transient("connection refused") }
    let result = await check(
      .responses, baseURL: "http://127.0.0.1:1", key: "key", over: transport)
    #expect(result.outcome == .unreachable("connection refused"))
    #expect(result.line == "openai at http://127.0.0.1:1 cannot be reached: connection refused")
  }

  @Test(arguments: Service.allCases)
  func `a missing key names its variable`(service: Service) async {
    let transport = FakeProvider { _ in throw Complaint("sent") }
    let result = await check(service, baseURL: nil, key: nil, over: transport)
    let variable = "DEFAULT_\(service.providerType.uppercased())_API_KEY"
    #expect(
      result.line
        == "the provider '\(service.providerType)' needs an API key: set \(variable) for the worker"
    )
    #expect(result.document.text("outcome") == "setting_missing")
  }

  @Test func `an invalid base URL is an invalid setting`() async {
    let transport = FakeProvider { _ in throw Complaint("sent") }
    let result = await check(.responses, baseURL: "localhost:8080", key: "key", over: transport)
    #expect(
      result.outcome
        == .settingMissing("the base URL 'localhost:8080' is not an HTTP URL"))
  }

  @Test func `a driver without a network answers, too`() async {
    let result = await DriverCheck(of: DriverDescriptor.llmSim, code: LLMSim(), now: { .zero }).run(
      model: "llmsim-default", baseURL: nil, settings: DriverSettings(environment: [:]),
      transport: FakeProvider { _ in throw Complaint("sent") })
    guard case .answered = result.outcome else {
      Issue.record("\(result)")
      return
    }
    #expect(result.baseURL == nil)
  }

  /// A check on a clock that goes on by ten milliseconds whenever it is looked at.
  private func check(
    _ service: Service, baseURL: String?, key: String?, over transport: some HTTPTransport
  ) async -> DriverCheckResult {
    let time = Ticks()
    let descriptor = DriverDescriptor(
      providerType: service.providerType, displayName: "x", requiresAPIKey: true,
      defaultBaseURL: "https://api.example")
    let variable = DriverSettings.keyVariable(of: service.providerType)
    return await DriverCheck(
      of: descriptor, code: driver(service.dialect), now: { time.next() }
    ).run(
      model: service.models.plain, baseURL: baseURL,
      settings: DriverSettings(environment: key.map { [variable: $0] } ?? [:]),
      transport: transport)
  }
}

private final class Ticks: Sendable {
  private let count = Mutex(0)

  func next() -> Duration {
    count.withLock { count in
      count += 1
      return .milliseconds(count * 10)
    }
  }
}
