import Foundation
import Testing

/// Reading commands change nothing, wherever the store is or is not.
@Suite struct ReadingNeverWritesTests {
  static let definitionCommands = [
    "capabilities list", "capabilities show daytona", "capabilities resolve daytona",
    "drivers list", "drivers show openai", "providers list", "providers show github",
    "harnesses list", "harnesses show generic", "harnesses tree", "platform list", "platform show",
    "platform export", "platform validate", "seed preview", "seed catalog", "status",
  ]
  static let recordCommands = ["orgs list", "store info"]

  @Test(
    arguments: definitionCommands + [
      "orgs list", "orgs show x", "store info", "store init -n",
      "providers unregister daytona -n", "help", "version",
    ])
  func `no reading command creates a store, its folder or anything else`(line: String) throws {
    try withSandbox { sandbox in
      for form in ["", " -o json"] {
        _ = try sandbox.run(line + form)
        _ = try sandbox.run(line + form + " -s sub/folder/named.db")
        try #expect(sandbox.everything() == [:])
      }
    }
  }

  @Test(
    arguments: definitionCommands + recordCommands + ["store init", "store init -n"])
  func `no reading command changes a byte or the time of a store`(line: String) throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create default -q").expect()
      let before = try sandbox.everything()
      for form in ["", " -o json"] { try sandbox.run(line + form).expect(err: nil) }
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(
    .enabled(if: Tool.canDropPrivileges, "needs setpriv, or a user other than root"),
    arguments: definitionCommands + recordCommands)
  func `a store in a read-only folder can be read, and gets no side files`(line: String) throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create default -q -s there/store.db").expect()
      for name in ["-wal", "-shm"] { unlink(sandbox.path("there/store.db") + name) }
      chmod(sandbox.path("there/store.db"), 0o444)
      chmod(sandbox.path("there"), 0o555)
      let before = try FileManager.default.contentsOfDirectory(atPath: sandbox.path("there"))
      let bytes = try sandbox.everything()
      let writable = try sandbox.run(line + " -s there/store.db")
      let outcome = try runUnprivileged(sandbox, line + " -s there/store.db")
      outcome.expect(out: writable.out, err: writable.err)
      try #expect(sandbox.everything() == bytes)
      if geteuid() != 0 {
        let after = try FileManager.default.contentsOfDirectory(atPath: sandbox.path("there"))
        #expect(before == after)
      }
    }
  }

  @Test(
    .enabled(if: Tool.canDropPrivileges, "needs setpriv, or a user other than root"))
  func `a change of a store in a read-only folder is refused with 77, also in a dry run`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform create default -q -s there/store.db").expect()
      chmod(sandbox.path("there/store.db"), 0o444)
      chmod(sandbox.path("there"), 0o555)
      let before = try sandbox.everything()
      for option in ["", " -n"] {
        try runUnprivileged(sandbox, "providers unregister daytona -s there/store.db" + option)
          .expectError(
            "error: '\(sandbox.path("there/store.db"))': permission denied\n", exit: 77)
      }
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(
    .enabled(if: Tool.canDropPrivileges, "needs setpriv, or a user other than root"))
  func `a change of a read-only document is refused with 77, also in a dry run`() throws {
    try withSandbox { sandbox in
      try sandbox.run("platform export oss --to p.json -q").expect()
      chmod(sandbox.path("p.json"), 0o444)
      for option in ["", " -n"] {
        try runUnprivileged(sandbox, "providers unregister daytona -p ./p.json" + option)
          .expectError("error: ./p.json: permission denied\n", exit: 77)
      }
    }
  }

  // What names the store in a command to run next is not the same for both.
  @Test(
    arguments: definitionCommands.filter {
      !["seed catalog", "seed preview", "status"].contains($0)
    })
  func `a missing named store is like a new one for definitions, with a note`(
    line: String
  ) throws {
    try withSandbox { sandbox in
      let plain = try sandbox.run(line)
      let wanted = plain.out.replacing(sandbox.store, with: sandbox.path("none.db"))
      let note =
        "note: no store at '\(sandbox.path("none.db"))' yet; showing what a new one would get\n"
      try sandbox.run(line + " -s none.db").expect(out: wanted, err: note)
      try sandbox.run(line, environment: ["EVERRUNS_STORE": "none.db"])
        .expect(out: wanted, err: note)
    }
  }

  @Test(
    arguments: ["orgs list", "orgs show x", "store info"])
  func `records of a missing named store are exit code 66, and the hint creates it`(
    line: String
  ) throws {
    try withSandbox { sandbox in
      let outcome = try sandbox.run(line + " -s none.db")
      outcome.expect(out: "", err: nil, exit: 66)
      let hint = try #require(outcome.err.split(separator: "\n").last)
      #expect(hint.hasPrefix("hint: create one: everrunsctl store init"), outcome.report)
      try sandbox.shell(String(hint.dropFirst("hint: create one: ".count)) + " -q").expect()
      try #expect(sandbox.run(line + " -s none.db").exitCode != 66)
    }
  }

  @Test func `the organizations of a missing default store are an empty list`()
    throws
  {
    try withSandbox { sandbox in
      let outcome = try sandbox.run("orgs list -o json")
      outcome.expect(out: "[]\n", err: nil)
    }
  }

  /// Runs a copy of the program as a user to whom the modes of files mean something.
  private func runUnprivileged(_ sandbox: Sandbox, _ line: String) throws -> Outcome {
    let copy = sandbox.root + "/everrunsctl"
    // Not by this process: its open file would keep others from running the copy.
    try sandbox.run(["/bin/cp", Program.path, copy]).expect()
    for folder in [sandbox.root, sandbox.home, sandbox.folder] { chmod(folder, 0o755) }
    return try sandbox.run(
      (Tool.unprivileged ?? []) + [copy] + line.split(separator: " ").map(String.init))
  }
}
