import EverrunsDocuments
import Foundation
import ProviderFakes
import Testing

/// The stock program with model providers: fakes of them on the loopback interface.
@Suite(.enabled(if: Tool.curl && Program.hasServer, "curl or the server is missing"))
struct ProviderTests {
  @Test(arguments: Service.allCases)
  func `drivers check shows a provider's answer`(service: Service) throws {
    let fake = ProviderFake(service)
    let server = try LoopbackServer(fake)
    let check = [
      Program.server ?? "", "drivers", "check", service.providerType, "--base-url", server.baseURL,
      "--model", service.models.plain,
    ]
    try withSandbox { sandbox in
      let answered = try sandbox.run(check, environment: [Self.keyVariable(service): fake.key])
      #expect(answered.exitCode == 0)
      #expect(answered.err == "")
      #expect(answered.lines.count == 1)
      #expect(
        answered.out.hasPrefix(
          "\(service.providerType) at \(server.baseURL): '\(service.models.plain)' answered "
            + "'Hello from \(service.models.plain)' in "), "\(answered.report)")
      let refused = try sandbox.run(check, environment: [Self.keyVariable(service): "other-key"])
      #expect(refused.exitCode == 1)
      #expect(refused.out == "")
      #expect(!refused.err.contains("other-key"))
      // It reads a store if there is one, and makes none.
      #expect(try sandbox.everything().isEmpty)
    }
  }

  @Test(arguments: Service.allCases)
  func `a server and a worker have a conversation with a provider`(service: Service) throws {
    let fake = ProviderFake(service)
    let provider = try LoopbackServer(fake)
    try withSandbox { sandbox in
      try sandbox.write("p.yaml", Self.platform(service))
      try sandbox.write("c.yaml", Self.catalog(service, at: provider.baseURL))
      try sandbox.run("seed apply -y -q -p ./p.yaml --catalog c.yaml").expect(out: nil)
      let program = Program.server ?? ""
      let settings = ["EVERRUNS_PLATFORM": "./p.yaml", "EVERRUNS_SEED": "off"]
      let key = [Self.keyVariable(service): fake.key]
      try sandbox.whileRunning(
        [program, "serve", "--addr", "127.0.0.1:0"], environment: settings
      ) { server in
        let address = try server.line(beginningWith: "listening on ")
        try sandbox.whileRunning([program, "work"], environment: settings.merging(key) { $1 }) {
          worker in
          _ = try worker.line(beginningWith: "worker ")
          let answer = try sandbox.conversation(
            at: address, with: service.models.reasoning, saying: "Bern and Zürich?")
          #expect(
            answer.wholeMatch(
              of: #/Both are sunny ☀️: \{"location":"Bern",.*\} and \{"location":"Zürich",.*\}/#)
              != nil, "\(answer)")
          #expect(worker.end().code == 0)
          #expect(!worker.errorOutput.contains(fake.key))
        }
      }
      #expect(provider.requests.count == 2)
    }
  }

  private static func keyVariable(_ service: Service) -> String {
    "DEFAULT_\(service.providerType.uppercased())_API_KEY"
  }

  private static func platform(_ service: Service) -> String {
    """
    format: everruns.platform/v1
    capabilities:
      - {id: test_weather, name: Weather, tools: [get_weather]}
    drivers:
      - {provider_type: \(service.providerType), display_name: Provider, requires_api_key: true}
    connection_providers: []
    built_in_harnesses:
      - name: base
        display_name: Base
        system_prompt: Help.
        roles: [base, default]
        capabilities: [test_weather]

    """
  }

  private static func catalog(_ service: Service, at baseURL: String) -> String {
    let provider = "00000000-0000-7000-8000-000000000001"
    let model = "00000000-0000-7000-8000-000000000002"
    let name = service.models.reasoning
    return """
      format: everruns.seed-catalog/v1
      organization: {org_id: 1, public_id: \(Sandbox.organization(1)), name: Home}
      llm_providers:
        - {id: \(provider), name: Fake, provider_type: \(service.providerType), base_url: "\(baseURL)"}
      llm_models:
        - {id: \(model), provider_id: \(provider), model_id: \(name), display_name: Model}
      default_model: {id: \(model), model_id: \(name), provider_id: \(provider)}

      """
  }
}
