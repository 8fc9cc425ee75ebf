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

  @Test func `one process serves custom routes, the embedder's harness and capability`() throws {
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

extension EmbeddersServerTests {
  @Test func `server and worker are two processes with the same definition`() throws {
    try withSandbox { sandbox in
      let program = Program.embeddersServer ?? ""
      let script = try sandbox.write("script.json", Self.script)
      try sandbox.whileRunning(
        [program, "serve"],
        environment: [
          "HTTP_ADDR": "127.0.0.1:0", "AUTH_MODE": "key", "EVERRUNS_API_KEY": "0123456789abcdef",
        ]
      ) { server in
        let address = "http://127.0.0.1:\(try server.port())"
        try sandbox.waitUntilReady(address)
        // Custom routes are behind authentication unless they are public.
        try sandbox.curl("\(address)/v1/ping", expecting: 401)
        let key = "Authorization: Bearer 0123456789abcdef"
        #expect(try sandbox.curl("-H", key, "\(address)/v1/ping") == "pong")
        #expect(try sandbox.curl("\(address)/v1/motd") == "Welcome to Acme.")
        try sandbox.curl("-H", key, "\(address)/v1/durable/stats", expecting: 404)
        try sandbox.whileRunning([program, "work"], environment: ["LLMSIM_SCRIPT": script]) {
          worker in
          let answer = try sandbox.conversation(
            at: address, saying: "When are you open?", headers: ["-H", key])
          #expect(answer.contains("We are open"))
          #expect(answer.contains("9 to 5"))
          _ = try server.line(beginningWith: "usage: session_")
          #expect(worker.end().code == 0)
        }
        #expect(server.end().code == 0)
      }
    }
  }

  @Test func `a failing start ends the process with the tool's message and code`() throws {
    try withSandbox { sandbox in
      let program = Program.embeddersServer ?? ""
      let file = try sandbox.write("notes.txt", "these are notes\n")
      for words in [[program], [program, "serve"], [program, "work"]] {
        let settings = try sandbox.run(
          words,
          environment: ["EVERRUNS_SEED": "perhaps", "API_PREFIX": "api", "WORKER_LEASE": "soon"])
        #expect(settings.exitCode == 64, "\(settings.report)")
        let errors = settings.err.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        #expect(errors.count == (words.last == "work" ? 1 : 2) || words.count == 1)
        #expect(!settings.err.contains("Fatal error"))
        let store = try sandbox.run(words, environment: ["EVERRUNS_STORE": file])
        let tool = try sandbox.run("store init -s", file)
        #expect(store.exitCode == tool.exitCode, "\(store.report)")
        #expect(store.err.hasSuffix(tool.err), "\(store.report)")
        #expect(store.err.components(separatedBy: tool.err).count == 2)
      }
      try sandbox.whileRunning(
        [program, "serve"], environment: ["HTTP_ADDR": "127.0.0.1:0"]
      ) { server in
        let address = "127.0.0.1:\(try server.port())"
        let second = try sandbox.run([program], environment: ["HTTP_ADDR": address])
        #expect(second.exitCode == 1)
        #expect(
          second.err.hasSuffix(
            "error: \(address) is in use\nhint: choose another port, or 0 for any that is free\n"),
          "\(second.report)")
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
  /// Says something in a new session with a model, and gives what the agent answers.
  func conversation(
    at address: String, with model: String = "llmsim-default", saying text: String,
    headers: [String] = []
  ) throws -> String {
    let session = try JSONValue(
      json: try curl(
        headers + ["--json", #"{"model_id": "\#(model)"}"#, "\(address)/v1/sessions"],
        expecting: 201))
    let id = try #require(session["id"]?.string)
    let message = JSONValue.object([
      "message": ["content": [["type": "text", "text": .string(text)]]]
    ])
    let messagesAddress = "\(address)/v1/sessions/\(id)/messages"
    try curl(headers + ["--json", message.canonicalJSON, messagesAddress], expecting: 201)
    try curl(headers + ["-N", "\(address)/v1/sessions/\(id)/sse?until=idle"])
    let messages = try JSONValue(json: try curl(headers + [messagesAddress]))
    let last = messages["data"]?.array?.last
    #expect(last?["role"] == "agent")
    return last?["content"]?.array?.compactMap { $0["text"]?.string }.joined() ?? ""
  }
}
