import EverrunsDocuments
import Foundation
import Testing

/// The stock server as a process: what only a process can show.
@Suite(.enabled(if: Tool.curl && Program.hasServer, "curl or the server is missing"))
struct ServerTests {
  private static let serve = [Program.server ?? "", "serve", "--addr", "127.0.0.1:0"]

  @Test func `the server reports its address, its seeding and its readiness`() throws {
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

  @Test func `SIGTERM ends the server within a second, and an open stream says so`() throws {
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

  @Test func `invalid settings are reported together`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run(
        [Program.server ?? "", "serve"],
        environment: ["AUTH_MODE": "kez", "EVERRUNS_SEED": "perhaps", "API_PREFIX": "api"])
      #expect(outcome.exitCode == 64)
      #expect(outcome.err.split(separator: "\n").filter { $0.hasPrefix("error: ") }.count == 3)
    }
  }

  @Test func `an address in use is reported in a sentence`() throws {
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

  /// What cannot get better by waiting.
  @Test(arguments: BadStore.allCases)
  func `an unusable store ends the start like the tool`(bad: BadStore) throws {
    try withSandbox { sandbox in
      let path = try bad.make(in: sandbox)
      let before = try sandbox.everything()
      let server = try sandbox.run(Self.serve + ["--store", path])
      #expect(try sandbox.everything() == before)
      let tool = try sandbox.run("store init -s", path)
      #expect(tool.exitCode != 0)
      #expect(server.exitCode == tool.exitCode, "\(server.report)")
      #expect(server.err.hasSuffix(tool.err), "\(server.report)")
      #expect(!server.err.contains("listening"))
    }
  }

  @Test(.enabled(if: Tool.canDropPrivileges, "needs a user without privileges"))
  func `a read-only store ends the start like the tool`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q -s s.db").expect()
      chmod(sandbox.path("s.db"), 0o444)
      chmod(sandbox.folder, 0o555)
      chmod(sandbox.root, 0o755)
      let path = sandbox.path("s.db")
      let prefix = Tool.unprivileged ?? []
      let server = try sandbox.run(prefix + Self.serve + ["--store", path])
      #expect(server.exitCode == 77, "\(server.report)")
      #expect(!server.err.contains("listening"))
      let tool = try sandbox.process("orgs create Acme -s \(path)", under: prefix)
      #expect(tool.exitCode == 77)
      #expect(server.err.hasSuffix(tool.err), "\(server.report)")
    }
  }

  @Test(.enabled(if: Tool.python, "needs python3"))
  func `a busy store is waited for, and the server says so`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q -s s.db").expect()
      let program = """
        import sqlite3, sys, time
        lock = sqlite3.connect(sys.argv[1], isolation_level=None)
        lock.execute('BEGIN IMMEDIATE')
        print('locked', file=sys.stderr, flush=True)
        time.sleep(600)
        """
      try sandbox.whileRunning(["/usr/bin/python3", "-c", program, sandbox.path("s.db")]) {
        lock in
        _ = try lock.line(beginningWith: "locked")
        try sandbox.whileRunning(Self.serve + ["--store", sandbox.path("s.db")]) { server in
          let address = try server.line(beginningWith: "listening on ")
          try sandbox.curl("\(address)/health")
          try sandbox.curl("\(address)/ready", expecting: 503)
          try sandbox.curl("--json", "{}", "\(address)/v1/sessions", expecting: 503)
          _ = lock.end(SIGKILL)
          try sandbox.waitUntilReady(address)
          try sandbox.curl("--json", "{}", "\(address)/v1/sessions", expecting: 201)
          #expect(server.end().code == 0)
        }
      }
    }
  }

  @Test func `the OpenAPI document is printed without a store`() throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run([Program.server ?? "", "openapi"])
      #expect(outcome.exitCode == 0)
      #expect(try JSONValue(json: outcome.out)["openapi"] == "3.1.0")
      #expect(try sandbox.everything().isEmpty)
    }
  }

  @Test(arguments: ["openapi", "--version", "--help", "serve --help"])
  func `a full disk is exit code 74 and says so`(line: String) throws {
    try withSandbox { sandbox in
      try sandbox.run(["/bin/sh", "-c", "\"$0\" \(line) > /dev/full", Program.server ?? ""])
        .expectError("error: the output cannot be written: no space left on device\n", exit: 74)
    }
  }

  @Test func `a closed pipe ends the program quietly`() throws {
    try withSandbox { sandbox in
      let script = "{ \"$0\" openapi; echo $? >&2; } | true"
      let outcome = try sandbox.run(["/bin/sh", "-c", script, Program.server ?? ""])
      #expect(outcome.err == "0\n")
    }
  }
}

/// Something at the place of a store that no waiting makes one.
enum BadStore: CaseIterable {
  case text
  case folder
  case newer
  case damaged
  case belowFile

  /// Makes it.
  ///
  /// - Returns: Its path.
  func make(in sandbox: Sandbox) throws -> String {
    let path = sandbox.path("s.db")
    switch self {
    case .text:
      try sandbox.write("s.db", "these are notes\n")
    case .folder:
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    case .newer, .damaged:
      try sandbox.run("store init -q -s s.db").expect()
      var bytes = try Data(contentsOf: URL(filePath: path))
      if self == .newer {
        // The user version of a database (sqlite.org/fileformat.html, section 1.3).
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
      } else {
        for index in bytes.indices where index >= 4_096 && index % 3 == 0 { bytes[index] = 0xA5 }
      }
      try sandbox.write("s.db", bytes)
    case .belowFile:
      try sandbox.write("file", "text")
      return sandbox.path("file/s.db")
    }
    return path
  }
}
