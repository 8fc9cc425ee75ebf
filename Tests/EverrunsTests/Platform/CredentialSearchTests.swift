import EverrunsDocuments
import Testing

@testable import Everruns

@Suite struct CredentialSearchTests {
  @Test(arguments: [
    (#"{"api_key": "sk-1"}"#, ["/c/api_key"]), (#"{"apiKey": "sk-1"}"#, ["/c/apiKey"]),
    (#"{"X-API-Key": "sk-1"}"#, ["/c/X-API-Key"]),
    (#"{"auth": {"access_token": "t"}}"#, ["/c/auth/access_token"]),
    (
      #"{"servers": [{"password": "p"}, {"client_secret": "s"}]}"#,
      ["/c/servers/0/password", "/c/servers/1/client_secret"]
    ),
    (#"{"max_tokens": 100, "token_limit": "5", "secret_name": "n"}"#, []),
    (#"{"token": ""}"#, []), (#"{"token": null}"#, []), (#"{"token": "${TOKEN}"}"#, []),
    (#"{"token": "{{ vault.token }}"}"#, []), (#"{"url": "https://example.com"}"#, []),
  ])
  func `literal texts under credential keys are found`(json: String, paths: [String]) throws {
    guard case .object(let object) = try JSONValue(json: json) else { return }
    #expect(
      CredentialSearch(in: object, at: DocumentPath().key("c")).paths.map(\.description) == paths)
  }

  @Test func `a config that holds a credential is a warning`() throws {
    let definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([CapabilityDescriptor(id: "a", name: "A")]),
      builtInHarnesses: [
        BuiltInHarness(
          name: "h", displayName: "H", systemPrompt: "", roles: HarnessRole.allCases,
          capabilities: [CapabilityUse("a", config: ["api_key": "sk-1"])])
      ])
    #expect(
      definition.validate().map(\.line) == [
        "warning possible_secret /built_in_harnesses/0/capabilities/0/config/api_key: "
          + "'api_key' in the config of 'a' of the harness 'h' looks like a credential "
          + "(definitions are stored and exported as plain text; keep credentials out of them)"
      ])
  }
}
