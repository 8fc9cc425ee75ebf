import Foundation
import Testing

/// `store restore`, from a file and from standard input.
@Suite struct StoreRestoreTests {
  /// Runs a test with a store of two organizations, and a backup `copy.db` with one of them.
  private func withBackup(_ body: (Sandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.run("orgs create Acme -q").expect()
      try sandbox.run("store backup copy.db -q").expect()
      try sandbox.run("orgs create Beta -q").expect()
      try body(sandbox)
    }
  }

  private func organizations(_ sandbox: Sandbox) throws -> [String] {
    try sandbox.run("orgs list -o tsv --columns name").lines
  }

  private func serial(_ sandbox: Sandbox, of store: String) throws -> Int {
    guard case .object(let info) = try sandbox.run("store info -o json -s \(store)").json(),
      case .number(let serial)? = info["serial"]
    else { throw CocoaError(.coderReadCorrupt) }
    return Int(serial)
  }

  /// The path of what a restore kept.
  private func kept(_ sandbox: Sandbox) throws -> String {
    let folder = sandbox.home + "/.local/share/everruns"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try folder + "/"
      + #require(names.first { $0.hasPrefix("store.db.before-restore-") }, "\(names)")
  }

  @Test func `the text says what was restored, and where the previous content is`() throws {
    try withBackup { sandbox in
      let before = try serial(sandbox, of: sandbox.store)
      let outcome = try sandbox.run("store restore copy.db --yes")
      try outcome.expect(
        out: """
          Restored '\(sandbox.store)' from 'copy.db' (serial \(serial(sandbox, of: "copy.db")), \
          1 organization); it is at serial \(before + 1).
          The previous content is in '\(kept(sandbox))'.

          """)
      #expect(try organizations(sandbox) == ["Acme"])
      #expect(
        try sandbox.run("orgs list -o tsv --columns name -s \(kept(sandbox))").lines.count == 2)
    }
  }

  @Test(.enabled(if: Tool.python), arguments: ["SIGINT", "SIGTERM", "SIGHUP"])
  func `a signal during the question leaves no copy behind, and says that nothing was written`(
    signal: String
  ) throws {
    try withBackup { sandbox in
      let before = try sandbox.everything()
      let outcome = try sandbox.onTerminal(
        ["store", "restore", "copy.db"],
        script: """
          text = b''
          while b'Replace the content' not in text:
              text += os.read(fd, 4096)
          os.kill(pid, signal.\(signal))
          text = text.partition(b'continue: ')[2]
          while True:
              try: data = os.read(fd, 4096)
              except OSError: break
              if not data: break
              text += data
          print(text.decode().replace('\\r', ''), end='')
          print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
          """)
      let error = "\u{1B}[1;31merror:\u{1B}[0m"
      outcome.expect(out: "\n\(error) interrupted; nothing was written\n130\n")
      try #expect(sandbox.everything() == before)
    }
  }

  @Test func `a backup is restored from standard input`() throws {
    try withBackup { sandbox in
      let bytes = try Data(contentsOf: URL(filePath: sandbox.path("copy.db")))
      let before = try serial(sandbox, of: sandbox.store)
      let outcome = try sandbox.run("store restore - --yes -o json", input: bytes)
      outcome.expect(out: nil)
      #expect(
        try outcome.json()
          == .object([
            "path": .string(sandbox.store), "from": .string("-"),
            "serial": .number(Double(before + 1)),
            "kept": .string(kept(sandbox)), "restored": .bool(true),
          ]))
      #expect(try organizations(sandbox) == ["Acme"])
    }
  }

  @Test func `a backup goes from one program to another`() throws {
    try withBackup { sandbox in
      try sandbox.shell(
        """
        export TMPDIR=$PWD/tmp && mkdir tmp && set -o pipefail &&
          everrunsctl store backup - -s copy.db | everrunsctl store restore - --yes >out && rmdir tmp
        """
      ).expect()
      #expect(try organizations(sandbox) == ["Acme"])
    }
  }

  @Test func `from standard input it must be confirmed beforehand, and is refused unread`() throws {
    try withBackup { sandbox in
      let before = try sandbox.everything()
      let outcome = try sandbox.run("store restore -", input: Data("not a store".utf8))
      outcome.expect(out: "", err: nil, exit: 64)
      #expect(
        outcome.err.hasPrefix(
          """
          error: 'store restore' needs confirmation, and standard input is not a terminal
          hint: pass --yes

          """), outcome.report)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(arguments: ["", "x", String(repeating: "no database ", count: 100)])
  func `what is not a store is refused from standard input, too`(text: String) throws {
    try withBackup { sandbox in
      let before = try sandbox.everything()
      try sandbox.run("store restore - --yes", input: Data(text.utf8)).expectError(
        "error: '-' is not a store\n", exit: 65)
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(.enabled(if: Tool.sqlite, "needs sqlite3"))
  func `a hint about standard input names no file`() throws {
    try withBackup { sandbox in
      try sandbox.sql("PRAGMA application_id = 0", in: sandbox.path("copy.db"))
      let bytes = try Data(contentsOf: URL(filePath: sandbox.path("copy.db")))
      try sandbox.run("store restore - --yes", input: bytes).expectError(
        """
        error: '-' looks like a store restored from a dump: it has no application id
        hint: write it to a file, and name that

        """, exit: 65)
      try sandbox.run("store restore copy.db --yes").expectError(
        """
        error: 'copy.db' looks like a store restored from a dump: it has no application id
        hint: adopt it: everrunsctl store init -s copy.db

        """, exit: 65)
    }
  }

  @Test(
    .enabled(if: Tool.sqlite, "needs sqlite3"),
    arguments: [
      "INSERT INTO organization_members (org_id, user_id, role) VALUES (77, 'u', 'admin')",
      "UPDATE store_state SET active_platform = 'nosuch'",
    ])
  func `a backup with problems is restored, with a note`(damage: String) throws {
    try withBackup { sandbox in
      try sandbox.sql(damage, in: sandbox.path("copy.db"))
      try sandbox.run("store restore copy.db -n").expect(
        out: nil,
        err:
          "note: 'copy.db' has problems; see each with its fix: everrunsctl store check -s copy.db\n"
      )
      let check = try sandbox.run("store check -s copy.db")
      check.expect(out: nil, err: nil, exit: 1)
      try sandbox.run("store restore copy.db --yes").expect(
        out: nil,
        err:
          "note: the restored content has problems; see each with its fix: everrunsctl store check\n"
      )
      try sandbox.run("store check").expect(
        out: check.out.replacing(" -s copy.db", with: ""), err: nil, exit: 1)
      let bytes = try Data(contentsOf: URL(filePath: sandbox.path("copy.db")))
      try sandbox.run("store restore - -n", input: bytes).expect(
        out: nil, err: "note: '-' has problems\n")
      try sandbox.run("store restore - -y -q", input: bytes).expect(out: nil)
    }
  }

  @Test func `a backup without problems is restored without a note`() throws {
    try withBackup { sandbox in
      try sandbox.run("seed apply --yes -q").expect()
      try sandbox.run("store backup full.db -q").expect()
      try sandbox.run("store restore full.db -n").expect(out: nil)
      try sandbox.run("store restore full.db --yes").expect(out: nil)
    }
  }
}
