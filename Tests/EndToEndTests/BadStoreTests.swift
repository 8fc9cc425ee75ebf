import Foundation
import Testing

/// Files that are no store, or none that this version knows: refused and untouched.
@Suite struct BadStoreTests {
  static let lines = [
    "status", "seed preview", "orgs list", "store info", "store init", "store init -n",
    "providers unregister daytona", "platform create acme",
  ]

  private func expectRefusal(
    of store: String, _ error: String, exit code: Int32, in sandbox: Sandbox,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try sandbox.everything()
    for line in Self.lines {
      try sandbox.run(line + " -s \(store)").expect(
        out: "", err: error, exit: code, sourceLocation: sourceLocation)
    }
    let after = try sandbox.everything()
    #expect(after == before, sourceLocation: sourceLocation)
  }

  @Test(
    arguments: [
      "x", "This is a text file that is longer than a header.\n",
      "SQLite format 3\u{0} and then something else entirely, which is no database",
    ])
  func `a text file is not a store`(text: String) throws {
    try withSandbox { sandbox in
      try sandbox.write("s.db", text)
      try expectRefusal(
        of: "s.db", "error: '\(sandbox.path("s.db"))' is not a store\n", exit: 65, in: sandbox)
    }
  }

  @Test(.enabled(if: Tool.sqlite, "needs sqlite3"))
  func `another program's database is not a store`() throws {
    try withSandbox { sandbox in
      try sandbox.sql("CREATE TABLE t (a); INSERT INTO t VALUES (1)", in: sandbox.path("s.db"))
      try expectRefusal(
        of: "s.db", "error: '\(sandbox.path("s.db"))' is not a store\n", exit: 65, in: sandbox)
    }
  }

  @Test(.enabled(if: Tool.sqlite, "needs sqlite3"))
  func `a database without tables is not a store`() throws {
    try withSandbox { sandbox in
      try sandbox.sql("VACUUM", in: sandbox.path("s.db"))
      try expectRefusal(
        of: "s.db", "error: '\(sandbox.path("s.db"))' is not a store\n", exit: 65, in: sandbox)
    }
  }

  @Test func `a folder is not a store`() throws {
    try withSandbox { sandbox in
      try FileManager.default.createDirectory(
        atPath: sandbox.path("s.db"), withIntermediateDirectories: true)
      try expectRefusal(
        of: "s.db",
        """
        error: '\(sandbox.path("s.db"))' is a folder, not a store
        hint: name a file in the folder

        """, exit: 66, in: sandbox)
    }
  }

  @Test(
    .enabled(if: Tool.sqlite, "needs sqlite3"))
  func `a store of a newer schema is refused and both versions are named`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q -s s.db").expect()
      let known = try #require(
        Int(sandbox.query("PRAGMA user_version", in: sandbox.path("s.db")).dropLast()))
      try sandbox.sql("PRAGMA user_version = 99", in: sandbox.path("s.db"))
      try expectRefusal(
        of: "s.db",
        """
        error: the store '\(sandbox.path("s.db"))' has schema version 99, and this program supports up to \(known)
        hint: use a newer version of the program

        """, exit: 1, in: sandbox)
    }
  }

  @Test(
    arguments: ["pipe", "/dev/zero"])
  func `a device or a pipe is not a store, and is not waited for`(path: String) throws {
    try withSandbox { sandbox in
      try sandbox.run(["/usr/bin/mkfifo", sandbox.path("pipe")]).expect()
      for line in ["status", "orgs list", "store init"] where path == "pipe" || line != "store init"
      {
        let outcome = try sandbox.run(
          [Program.path] + (line + " -s " + path).split(separator: " ").map(String.init),
          seconds: 5)
        #expect([65, 66, 73].contains(outcome.exitCode), outcome.report)
      }
    }
  }

  @Test func `a store that cannot be created is exit code 73, with the reason`() throws {
    try withSandbox { sandbox in
      try sandbox.write("file", "text")
      for line in ["store init", "store init -n", "providers unregister daytona -q"] {
        let outcome = try sandbox.run(line + " -s file/s.db")
        outcome.expect(out: "", err: nil, exit: 73)
        #expect(
          outcome.err.hasPrefix("error: the store '\(sandbox.path("file/s.db"))' cannot be "),
          outcome.report)
        #expect(outcome.err.contains("a part of its path is not a folder"), outcome.report)
      }
      try #expect(sandbox.read("file") == "text")
    }
  }

  @Test func `an empty file is a store that does not exist yet`() throws {
    try withSandbox { sandbox in
      try sandbox.write("s.db", "")
      try sandbox.run("orgs list -s s.db").expect(out: "", err: nil, exit: 66)
      try #expect(sandbox.read("s.db") == "")
      try sandbox.run("store init -s s.db").expect()
      try sandbox.run("store info -s s.db").expect()
    }
  }

  @Test(
    .enabled(if: Tool.sqlite, "needs sqlite3"))
  func `a damaged store is reported and never crashes the program`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create default -q -s s.db").expect()
      var bytes = try Data(contentsOf: URL(filePath: sandbox.path("s.db")))
      for index in bytes.indices where index >= 16_384 && index % 3 == 0 { bytes[index] = 0xA5 }
      try sandbox.write("s.db", bytes)
      for line in ["status", "seed preview", "platform list", "providers unregister daytona"] {
        let outcome = try sandbox.run(line + " -s s.db")
        #expect([65, 74].contains(outcome.exitCode), outcome.report)
        #expect(outcome.out.isEmpty && outcome.err.hasPrefix("error: "), outcome.report)
      }
    }
  }

  @Test(
    .enabled(if: Tool.python, "needs python3"))
  func `a store that stays locked is exit code 75`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q -s s.db").expect()
      let program = """
        import sqlite3, subprocess, sys
        lock = sqlite3.connect('s.db', isolation_level=None)
        lock.execute('BEGIN IMMEDIATE')
        sys.exit(subprocess.run(sys.argv[1:]).returncode)
        """
      let command = ["/usr/bin/python3", "-c", program, Program.path]
      try sandbox.run(command + ["orgs", "list", "-q", "-s", "s.db"]).expect()
      try sandbox.run(command + ["platform", "create", "acme", "-q", "-s", "s.db"]).expectError(
        """
        error: the store '\(sandbox.path("s.db"))' is busy
        hint: waited 5s; wait longer with --wait 60s, or try again when the other program is done

        """, exit: 75)
    }
  }
}
