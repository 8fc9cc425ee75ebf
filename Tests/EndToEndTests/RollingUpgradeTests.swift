import EverrunsDocuments
import Foundation
import Testing

/// A platform goes from one definition to the next while it is used.
@Suite(.enabled(if: Tool.curl && Program.hasServer, "curl or the server is missing"))
struct RollingUpgradeTests {
  /// Answers take a while, so that turns run while server and worker change.
  private static let script = """
    {"format": "everruns.llmsim/v1", "word_delay_ms": 40, "rules": [{"steps": [
      {"text": "Let me look at the clock.",
       "calls": [{"name": "get_current_time", "arguments": {}}]},
      {"text": "It is late, and that is all there is to say about the time."}]}]}
    """

  @Test func `a new server stops the old worker, a new one takes over, and no turn is lost`() throws
  {
    try withSandbox { sandbox in
      let program = Program.server ?? ""
      let store = sandbox.path("s.db")
      try sandbox.run("platform export oss --to old.json -q").expect(out: nil, err: nil)
      try sandbox.run("platform export oss --to new.json -q").expect(out: nil, err: nil)
      try sandbox.run("capabilities unregister daytona -q -p", sandbox.path("new.json"))
        .expect(out: nil, err: nil)
      func words(_ command: String, _ version: String) -> [String] {
        [program, command, "--store", store, "--platform", sandbox.path("\(version).json")]
      }
      let worker = [
        "LLMSIM_SCRIPT": try sandbox.write("script.json", Self.script), "WORKER_LEASE": "900ms",
        "MAX_CONCURRENT_TASKS": "2",
      ]
      func name(_ name: String) -> [String: String] { worker.merging(["WORKER_ID": name]) { $1 } }

      let port = ["HTTP_ADDR": "127.0.0.1:0"]
      try sandbox.whileRunning(words("serve", "old"), environment: port) { oldServer in
        let old = try oldServer.line(beginningWith: "listening on ")
        try sandbox.waitUntilReady(old)
        try sandbox.whileRunning(words("work", "old"), environment: name("old")) { oldWorker in
          _ = try oldWorker.line(beginningWith: "worker ")
          let sessions = try (1...6).map { _ in try sandbox.newSession(at: old) }
          try sandbox.post("From the old server", to: sessions, at: old)

          try sandbox.whileRunning(words("serve", "new"), environment: port) { newServer in
            let new = try newServer.line(beginningWith: "listening on ")
            try sandbox.waitUntilReady(new)
            try sandbox.post("From the new server", to: sessions, at: new)
            let report = try sandbox.worker("old", at: new) { $0["status"] == "mismatched" }
            #expect(
              report["reason"]?.string
                == "the definition differs from the server's: this worker has the capability "
                + "'daytona', the server does not")

            try sandbox.whileRunning(words("work", "new"), environment: name("new")) { newWorker in
              _ = try newWorker.line(beginningWith: "worker ")
              #expect(oldServer.end().code == 0)
              #expect(oldWorker.end().code == 0)
              for session in sessions {
                try sandbox.curl("-N", "\(new)/v1/sessions/\(session)/sse?until=idle")
              }
              let turns =
                try sandbox.json("\(new)/v1/durable/turns?limit=1000")["data"]?.array ?? []
              #expect(turns.count == 2 * sessions.count)
              #expect(turns.allSatisfy { $0["status"] == "completed" })
              for session in sessions {
                let roles = try sandbox.json("\(new)/v1/sessions/\(session)/messages")["data"]?
                  .array?.compactMap { $0["role"]?.string }
                #expect(roles?.count { $0 == "user" } == 2)
                #expect(roles?.last == "agent")
                let ended = try sandbox.json(
                  "\(new)/v1/sessions/\(session)/events?types=turn.completed")
                #expect(ended["data"]?.array?.count == 2)
              }
              #expect(newWorker.end().code == 0)
            }
            #expect(newServer.end().code == 0)
          }
        }
      }
      let check = try sandbox.run("store check -s", store)
      #expect(check.exitCode == 0, "\(check.report)")
    }
  }
}

extension Sandbox {
  /// What a server answers.
  fileprivate func json(_ address: String) throws -> JSONValue {
    try JSONValue(json: try curl(address))
  }

  /// The id of a new session with the simulated model.
  fileprivate func newSession(at address: String) throws -> String {
    let session = try JSONValue(
      json: try curl(
        "--json", #"{"model_id": "llmsim-default"}"#, "\(address)/v1/sessions", expecting: 201))
    return try #require(session["id"]?.string)
  }

  /// Posts a text to some sessions.
  fileprivate func post(_ text: String, to sessions: [String], at address: String) throws {
    let message = JSONValue.object([
      "message": ["content": [["type": "text", "text": .string(text)]]]
    ])
    for session in sessions {
      try curl(
        "--json", message.canonicalJSON, "\(address)/v1/sessions/\(session)/messages",
        expecting: 201)
    }
  }

  /// What is known of a worker, once something is so.
  fileprivate func worker(
    _ id: String, at address: String, when isSo: (JSONValue) -> Bool
  ) throws -> JSONValue {
    let end = ContinuousClock.now + .seconds(60)
    while true {
      let workers = try json("\(address)/v1/durable/workers")["data"]?.array ?? []
      let worker = try #require(workers.first { $0["id"]?.string == id })
      if isSo(worker) { return worker }
      try #require(ContinuousClock.now < end, "\(worker)")
      usleep(20_000)
    }
  }
}
