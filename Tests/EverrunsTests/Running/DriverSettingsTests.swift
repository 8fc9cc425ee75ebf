import Everruns
import Testing

@Suite struct DriverSettingsTests {
  private let openAI = DriverDescriptor(
    providerType: "openai_completions", displayName: "OpenAI", requiresAPIKey: true,
    defaultBaseURL: "https://api.openai.com/v1")

  @Test func `variables are named after the provider type`() {
    #expect(
      DriverSettings.keyVariable(of: "openai_completions") == "DEFAULT_OPENAI_COMPLETIONS_API_KEY")
    #expect(DriverSettings.baseURLVariable(of: "openai-codex2") == "DEFAULT_OPENAI_CODEX2_BASE_URL")
  }

  @Test(arguments: [
    (nil, nil, "https://api.openai.com/v1"), ("", " ", "https://api.openai.com/v1"),
    (nil, " http://127.0.0.1:8080/v1\n", "http://127.0.0.1:8080/v1"),
    ("https://row.example/v1", "http://127.0.0.1:8080/v1", "https://row.example/v1"),
  ])
  func `the base URL is the row's, else the environment's, else the driver's`(
    row: String?, variable: String?, address: String
  ) throws {
    var environment = ["DEFAULT_OPENAI_COMPLETIONS_API_KEY": " key\n"]
    environment["DEFAULT_OPENAI_COMPLETIONS_BASE_URL"] = variable
    let connection = try DriverSettings(environment: environment)
      .connection(to: openAI, rowBaseURL: row, transport: NoTransport())
    #expect(connection.baseURL == address)
    #expect(connection.apiKey?.reveal() == "key")
  }

  @Test(arguments: [nil, "", " \n"])
  func `a missing required key is a failure`(value: String?) {
    var environment: [String: String] = [:]
    environment["DEFAULT_OPENAI_COMPLETIONS_API_KEY"] = value
    #expect(throws: ChatFailure.missingAPIKey) {
      try DriverSettings(environment: environment)
        .connection(to: openAI, rowBaseURL: nil, transport: NoTransport())
    }
  }

  @Test func `printed settings show no key`() {
    var shown = ""
    let settings = DriverSettings(environment: ["DEFAULT_OPENAI_API_KEY": "sk-0123456789"])
    dump(settings, to: &shown)
    shown += "\(settings) \(String(reflecting: settings))"
    #expect(shown.contains("DEFAULT_OPENAI_API_KEY"))
    #expect(!shown.contains("sk-0123456789"))
  }

  @Test func `a server at another base URL needs no key`() throws {
    let connection = try DriverSettings(environment: [:])
      .connection(
        to: openAI, rowBaseURL: "http://127.0.0.1:11434/v1", transport: NoTransport())
    #expect(connection.apiKey == nil)
  }

  @Test func `a driver without a key gets none, and no base URL if it has none`() throws {
    let connection = try DriverSettings(environment: [:])
      .connection(
        to: DriverDescriptor(providerType: "llmsim", displayName: "LlmSim"), rowBaseURL: nil,
        transport: NoTransport())
    #expect(connection.apiKey == nil)
    #expect(connection.baseURL == nil)
  }
}
