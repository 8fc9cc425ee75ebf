import CommandLineTree
import Everruns
import EverrunsStore
import Testing

@testable import EverrunsServer

/// What a server is told from outside.
@Suite struct ServerConfigurationTests {
  @Test func `the store is from the environment, else the user's`() throws {
    let named = ["EVERRUNS_STORE": "store.db", "HOME": "/home/ann"]
    #expect(try ServerConfiguration(environment: named).store == .file(path: "store.db"))
    #expect(
      try ServerConfiguration(environment: ["HOME": "/home/ann"]).store
        == .file(path: "/home/ann/.local/share/everruns/store.db"))
  }

  @Test func `by default a server listens on loopback only`() throws {
    let configuration = try ServerConfiguration(environment: ["HOME": "/home/ann"])
    #expect(configuration.address.description == "127.0.0.1:9000")
    #expect(configuration.access == .anybody)
    #expect(configuration.apiPrefix == "")
    #expect(configuration.allowedOrigins == [])
    #expect(configuration.seedsAtStart)
    #expect(configuration.grade == .prod)
  }

  @Test func `all problems are reported together`() {
    let variables = [
      "HOME": "/home/ann", "HTTP_ADDR": "nowhere", "AUTH_MODE": "kez", "EVERRUNS_SEED": "perhaps",
      "API_PREFIX": "api", "CORS_ALLOWED_ORIGINS": "*", "DEPLOYMENT_GRADE": "gold",
      "EVERRUNS_API_KEY": "short",
    ]
    let error = #expect(throws: InvalidSettings.self) {
      try ServerConfiguration(environment: variables)
    }
    #expect(error?.messages.count == 7)
    for name in variables.keys where name != "HOME" {
      #expect(error?.description.contains(name) == true)
    }
  }

  @Test func `access mode 'key' needs a key`() {
    let variables = ["HOME": "/home/ann", "AUTH_MODE": "key"]
    let error = #expect(throws: InvalidSettings.self) {
      try ServerConfiguration(environment: variables)
    }
    #expect(error?.messages == ["AUTH_MODE is 'key', but EVERRUNS_API_KEY is not set"])
    #expect(error?.hint == "generate one: openssl rand -hex 32")
  }

  @Test func `a reachable server needs a key`() throws {
    let configuration = try ServerConfiguration(
      environment: ["HOME": "/home/ann", "HTTP_ADDR": "0.0.0.0:9000"])
    let error = #expect(throws: ServerStartError.self) {
      try ServerAppBuilder(configuration).build()
    }
    #expect(
      error?.message
        == "with AUTH_MODE 'none', anyone who can reach 0.0.0.0:9000 could use the server")
    #expect(error?.code.exitCode == .usage)
  }

  @Test func `an open server can be requested explicitly`() throws {
    let configuration = try ServerConfiguration(
      environment: [
        "HOME": "/home/ann", "HTTP_ADDR": "0.0.0.0:9000", "EVERRUNS_INSECURE": "1",
      ])
    #expect(throws: Never.self) { try ServerAppBuilder(configuration).build() }
  }

  @Test(arguments: [
    ("127.0.0.1:9000", "127.0.0.1:9000"), ("[::1]:0", "[::1]:0"), (":8080", "0.0.0.0:8080"),
    ("localhost:80", "localhost:80"),
  ])
  func `an address is a host and a port`(text: String, address: String) {
    #expect(ServerAddress(text)?.description == address)
  }

  @Test(arguments: [
    "", "9000", "localhost", "localhost:", "localhost:70000", "a b:1", "::1:80", "x:-1",
  ])
  func `anything but a host and a port is not an address`(text: String) {
    #expect(ServerAddress(text) == nil)
  }

  @Test func `no description contains the key`() throws {
    let variables = [
      "HOME": "/home/ann", "AUTH_MODE": "key", "EVERRUNS_API_KEY": "0123456789abcdef",
    ]
    let configuration = try ServerConfiguration(environment: variables)
    #expect(configuration.access == .key(Secret("0123456789abcdef")))
    #expect(!"\(configuration)".contains("0123456789abcdef"))
    #expect(!String(reflecting: configuration).contains("0123456789abcdef"))
  }
}
