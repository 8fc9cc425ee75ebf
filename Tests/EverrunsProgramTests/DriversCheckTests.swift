import EverrunsDocuments
import EverrunsStore
import Foundation
import ProviderFakes
import Synchronization
import Testing

@testable import EverrunsProgram

/// `drivers check` as it runs, against fakes on the loopback interface.
@Suite(.timeLimit(.minutes(20))) struct DriversCheckTests {
  @Test(arguments: Service.allCases)
  func `a provider that answers is shown in a line`(service: Service) async throws {
    let fake = ProviderFake(service)
    let server = try LoopbackServer(fake)
    let run = await Run(
      "drivers", "check", service.providerType, "--base-url", server.baseURL, "--model",
      service.models.plain, environment: [Self.keyVariable(service): fake.key])
    let form = try Regex(
      #".* at http://127\.0\.0\.1:\d+/v1(beta)?: '.*' answered 'Hello from .*' in \d+ ms "#
        + #"\(first token after \d+ ms; 20 tokens in, 9 out\)\n"#)
    #expect(run.output.wholeMatch(of: form) != nil, "\(run)")
    #expect(run.errors == "")
    #expect(run.code == .success)
    #expect(server.requests.count == 1)
  }

  @Test func `the address may come from the environment, and the model from the catalog`()
    async throws
  {
    let fake = ProviderFake(.anthropicMessages)
    let server = try LoopbackServer(fake)
    let run = await Run(
      "drivers", "check", "anthropic", "-o", "json",
      environment: [
        "DEFAULT_ANTHROPIC_API_KEY": fake.key, "DEFAULT_ANTHROPIC_BASE_URL": server.baseURL,
      ])
    guard case .object(let object) = try JSONValue(json: run.output) else {
      Issue.record("\(run)")
      return
    }
    #expect(object.text("outcome") == "answered")
    #expect(object.text("model") == "claude-opus-4-6")
    #expect(
      object.members.map(\.key) == [
        "type", "base_url", "model", "outcome", "text", "first_token_ms", "duration_ms", "usage",
      ])
    #expect(run.code == .success)
  }

  @Test(arguments: Service.allCases)
  func `a provider that refuses is quoted without the key, with exit code 1`(
    service: Service
  ) async throws {
    let server = try LoopbackServer(ProviderFake(service))
    let run = await Run(
      "drivers", "check", service.providerType, "--base-url", server.baseURL,
      environment: [Self.keyVariable(service): "another-key"])
    #expect(run.code == .failure)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("error: \(service.providerType) at \(server.baseURL) refused"))
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(!run.errors.contains("another-key"))
  }

  @Test func `a refusal says what to try next`() async throws {
    let server = try LoopbackServer { request in
      let message =
        request.target == "/chat/completions" ? "no such path" : "model 'gpt-5.4' not found"
      return ServiceAnswer(
        status: 404, headers: [("content-type", "application/json")],
        pieces: [Array(#"{"error":"\#(message)"}"#.utf8)])
    }
    let check = ["drivers", "check", "openai_completions", "--base-url"]
    let withoutPath = await Run(check + ["http://127.0.0.1:\(server.port)"])
    #expect(
      withoutPath.errors.hasSuffix(
        "HTTP status 404: no such path\nhint: most base URLs end in a path, such as /v1\n"))
    let unknownModel = await Run(check + [server.baseURL])
    #expect(
      unknownModel.errors.hasSuffix(
        "HTTP status 404: model 'gpt-5.4' not found\nhint: try another model with --model NAME\n"))
    let chosenModel = await Run(check + [server.baseURL, "--model", "x"])
    #expect(chosenModel.errors.hasSuffix("HTTP status 404: model 'gpt-5.4' not found\n"))
  }

  @Test func `an address without a listener is exit code 74`() async throws {
    let address = try LoopbackServer(ProviderFake(.responses)).baseURL
    for format in ["text", "json"] {
      let run = await Run(
        "drivers", "check", "openai", "--base-url", address, "--output", format,
        environment: ["DEFAULT_OPENAI_API_KEY": "key"])
      #expect(run.code == .inputOutput)
      #expect(run.errors == "error: openai at \(address) cannot be reached: connection refused\n")
      #expect(run.output.contains(#""outcome": "unreachable""#) == (format == "json"))
    }
  }

  @Test(arguments: Service.allCases)
  func `a missing key names its variable, with exit code 64`(service: Service) async {
    let run = await Run("drivers", "check", service.providerType)
    #expect(
      run
        == Run(
          code: .usage,
          errors: """
            error: the provider '\(service.providerType)' needs an API key: set \
            \(Self.keyVariable(service)) for the worker

            """))
  }

  @Test func `a server that turns out to need a key names the variable`() async throws {
    let server = try LoopbackServer(ProviderFake(.chatCompletions))
    let run = await Run(
      "drivers", "check", "openai_completions", "--base-url", server.baseURL)
    #expect(run.code == .usage)
    #expect(run.errors.contains("set DEFAULT_OPENAI_COMPLETIONS_API_KEY"))
  }

  @Test func `an unknown driver and an invalid base URL are exit code 64`() async {
    let unknown = await Run("drivers", "check", "opnai")
    #expect(unknown.code == .usage)
    #expect(
      unknown.errors == """
        error: platform 'oss' has no driver 'opnai'; it has anthropic, gemini, llmsim, openai \
        and openai_completions
        hint: did you mean 'openai'?

        """)
    let wrong = await Run("drivers", "check", "openai", "--base-url", "localhost:8080")
    #expect(
      wrong
        == Run(
          code: .usage, errors: "error: the base URL 'localhost:8080' is not an HTTP URL\n"))
  }

  @Test func `the drivers are those of the platform definition`() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/everruns-\(UUID().uuidString).yaml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let server = try LoopbackServer(ProviderFake(.responses))
    let platform = """
      format: everruns.platform/v1
      capabilities: []
      drivers:
        - provider_type: acme
          display_name: Acme
        - provider_type: openai
          display_name: OpenAI
          default_base_url: "\(server.baseURL)"
      connection_providers: []
      built_in_harnesses: []
      """
    try platform.write(toFile: path, atomically: true, encoding: .utf8)
    let check = ["drivers", "check", "--platform", path]
    let answered = await Run(
      check + ["openai", "--model", "gpt-4.1"],
      environment: ["DEFAULT_OPENAI_API_KEY": "fake-key-0123456789"])
    #expect(answered.output.hasPrefix("openai at \(server.baseURL): 'gpt-4.1' answered "))
    let other = await Run(check + ["gemini"])
    #expect(other.code == .usage)
    #expect(
      other.errors == "error: platform '\(path)' has no driver 'gemini'; it has acme and openai\n")
    let data = await Run(check + ["acme"])
    #expect(data.code == .usage)
    #expect(
      data.errors.hasPrefix("error: this program has no implementation of the driver 'acme'\n"))
  }

  @Test func `an invalid store is refused with its code`() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/everruns-\(UUID().uuidString).db"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "notes".write(toFile: path, atomically: true, encoding: .utf8)
    let run = await Run("drivers", "check", "llmsim", "--store", path)
    #expect(run.code.rawValue == 65)
  }

  @Test func `the simulated model answers without a network`() async {
    let run = await Run("drivers", "check", "llmsim")
    #expect(run.code == .success)
    #expect(run.output.hasPrefix("llmsim: 'llmsim-default' answered 'Hello! I'm a simulated"))
  }

  private static func keyVariable(_ service: Service) -> String {
    "DEFAULT_\(service.providerType.uppercased())_API_KEY"
  }
}

/// A run of the program in this process.
private struct Run: Equatable {
  var code: ExitCode
  var output = ""
  var errors = ""

  init(code: ExitCode, output: String = "", errors: String = "") {
    self.code = code
    self.output = output
    self.errors = errors
  }

  init(_ words: String..., environment: [String: String] = [:]) async {
    await self.init(words, environment: environment)
  }

  init(_ words: [String], environment: [String: String] = [:]) async {
    let streams = Streams()
    code = await Program.run(
      words,
      in: ProgramContext(
        environment: environment, output: { streams.add($0, isError: false) },
        errorOutput: { streams.add($0, isError: true) }))
    (output, errors) = streams.texts
  }
}

private final class Streams: Sendable {
  private let state = Mutex((output: "", errors: ""))

  var texts: (output: String, errors: String) { state.withLock { $0 } }

  func add(_ text: String, isError: Bool) {
    state.withLock { state in
      if isError { state.errors += text } else { state.output += text }
    }
  }
}
