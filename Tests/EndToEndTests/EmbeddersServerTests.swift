import EverrunsDocuments
import Foundation
import Testing

/// The embedding guide's server and worker, as a process that is used with curl.
@Suite(.enabled(if: Tool.curl && Program.hasServer, "curl or the server is missing"))
struct EmbeddersServerTests {
  /// Calls the embedder's own tool if the user asks for the opening hours.
  private static let script = """
    {"format": "everruns.llmsim/v1", "rules": [
      {"when": {"contains": "open"}, "steps": [
        {"calls": [{"name": "get_office_hours", "arguments": {}}]}, {"text": "We are open {result}."}]},
      {"otherwise": {"echo": true}}]}
    """

  @Test func `one process serves custom routes, the own harness and the own capability`() throws {
    try withSandbox { sandbox in
      let script = try sandbox.write("script.json", Self.script)
      try sandbox.whileRunning(
        [Program.embeddersServer ?? ""],
        environment: ["HTTP_ADDR": "127.0.0.1:0", "LLMSIM_SCRIPT": script]
      ) { server in
        let port = try server.port()
        let address = "http://127.0.0.1:\(port)"
        try sandbox.waitUntilReady(address)
        #expect(try sandbox.curl("\(address)/v1/ping") == "pong")
        #expect(
          try JSONValue(
            json: try sandbox.curl("-X", "POST", "\(address)/v1/internal/reindex")
          ) == ["queued": true])
        let document = try JSONValue(json: try sandbox.curl("\(address)/api-doc/openapi.json"))
        #expect(document["paths"]?["/v1/ping"]?["get"] != nil)
        #expect(document["paths"]?["/v1/internal/reindex"]?["post"] != nil)
        try sandbox.curl("\(address)/v1/capabilities/daytona", expecting: 404)
        let answer = try sandbox.conversation(at: address, saying: "When are you open?")
        #expect(answer.contains("We are open"))
        #expect(answer.contains("9 to 5"))
        let harness = try JSONValue(
          json: try sandbox.curl("\(address)/v1/harnesses/minimal"))
        let session = try JSONValue(json: try sandbox.curl("\(address)/v1/sessions"))
        #expect(session["data"]?.array?.first?["harness_id"] == harness["id"])
      }
    }
  }
}

extension RunningProgram {
  /// The port at which a server says in its log that it listens.
  func port() throws -> String {
    try wait(for: "listening on") { errorOutput in
      errorOutput.firstMatch(of: #/listening on 127\.0\.0\.1:(\d+)/#).map { String($0.1) }
    }
  }
}

extension Sandbox {
  /// Says something in a new session with the simulated model, and gives what the agent answers.
  func conversation(at address: String, saying text: String) throws -> String {
    let session = try JSONValue(
      json: try curl(
        "--json", #"{"model_id": "llmsim-default"}"#, "\(address)/v1/sessions", expecting: 201))
    let id = try #require(session["id"]?.string)
    let message = JSONValue.object([
      "message": ["content": [["type": "text", "text": .string(text)]]]
    ])
    try curl(
      "--json", message.canonicalJSON, "\(address)/v1/sessions/\(id)/messages", expecting: 201)
    try curl("-N", "\(address)/v1/sessions/\(id)/sse?until=idle")
    let messages = try JSONValue(json: try curl("\(address)/v1/sessions/\(id)/messages"))
    let last = messages["data"]?.array?.last
    #expect(last?["role"] == "agent")
    return last?["content"]?.array?.compactMap { $0["text"]?.string }.joined() ?? ""
  }
}
