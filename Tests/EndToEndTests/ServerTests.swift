import EverrunsDocuments
import Foundation
import Testing

/// The stock server as a process: what only a process can show.
@Suite(.enabled(if: Tool.curl && Program.hasServer, "curl or the server is missing"))
struct ServerTests {
  private static let serve = [Program.server ?? "", "serve", "--addr", "127.0.0.1:0"]

  @Test func `it says where it listens, seeds, and is ready`() throws {
    try withSandbox { sandbox in
      try sandbox.whileRunning(Self.serve) { server in
        let address = try server.line(beginningWith: "listening on ")
        try sandbox.waitUntilReady(address)
        let seeding = try JSONValue(json: try sandbox.curl("\(address)/v1/seeding"))
        #expect(seeding["state"] == "done")
        try sandbox.run("seed apply --yes -q").expect(
          out: "Nothing to do: the store is up to date.\n")
        #expect(try sandbox.run("store history -o json").out.contains("startup seeding"))
      }
    }
  }

  @Test func `SIGTERM ends it within a second with a stream open, which is told`() throws {
    try withSandbox { sandbox in
      try sandbox.whileRunning(Self.serve) { server in
        let address = try server.line(beginningWith: "listening on ")
        try sandbox.waitUntilReady(address)
        let session = try JSONValue(
          json: try sandbox.curl("-X", "POST", "\(address)/v1/sessions", expecting: 201))
        let id = try #require(session["id"]?.string)
        try sandbox.whileRunning(
          ["/bin/sh", "-c", "curl -sN \(address)/v1/sessions/\(id)/sse >&2"]
        ) { client in
          _ = try client.line(beginningWith: "event: connected")
          let (code, duration) = server.end(SIGTERM)
          #expect(code == 0)
          #expect(duration < .seconds(1))
          _ = try client.line(beginningWith: "event: disconnecting")
          #expect(
            try client.line(beginningWith: "data: {\"reason\"") == ":\"shutdown\"}")
        }
      }
    }
  }

  @Test func `bad settings are all said at once`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run(
        [Program.server ?? "", "serve"],
        environment: ["AUTH_MODE": "kez", "EVERRUNS_SEED": "perhaps", "API_PREFIX": "api"])
      #expect(outcome.exitCode == 64)
      #expect(outcome.err.split(separator: "\n").filter { $0.hasPrefix("error: ") }.count == 3)
    }
  }

  @Test func `an address in use is said in a sentence`() throws {
    try withSandbox { sandbox in
      try sandbox.whileRunning(Self.serve) { server in
        let address = try server.line(beginningWith: "listening on http://")
        let outcome = try sandbox.run(
          [Program.server ?? "", "serve", "--addr", address, "--store", sandbox.path("other.db")])
        #expect(outcome.exitCode == 1)
        #expect(
          outcome.err.hasSuffix(
            "error: \(address) is in use\nhint: choose another port, or 0 for any that is free\n"))
      }
    }
  }

  @Test func `what is no store ends the start with the tool's sentence and code`() throws {
    try withSandbox { sandbox in
      let file = try sandbox.write("notes.txt", "these are notes\n")
      let server = try sandbox.run(Self.serve + ["--store", file])
      let tool = try sandbox.run("store init -s", file)
      #expect(server.exitCode == 65)
      #expect(server.exitCode == tool.exitCode)
      #expect(server.err.hasSuffix(tool.err))
      #expect(!server.err.contains("listening"))
      #expect(try sandbox.read("notes.txt") == "these are notes\n")
    }
  }

  @Test func `the document is printed without a store`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run([Program.server ?? "", "openapi"])
      #expect(outcome.exitCode == 0)
      #expect(try JSONValue(json: outcome.out)["openapi"] == "3.1.0")
      #expect(try sandbox.everything().isEmpty)
    }
  }
}
