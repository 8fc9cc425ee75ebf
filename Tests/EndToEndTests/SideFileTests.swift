import Foundation
import Testing

/// What is in the place of the files that SQLite keeps beside a store, and is no regular file.
@Suite struct SideFileTests {
  private static let suffixes = ["-wal", "-shm", "-journal"]

  /// What may be there, as a message says it, with the command that makes it.
  private static let kinds = [
    ("folder", "mkdir %"), ("folder", "mkdir % && touch %/file"),
    ("symbolic link", "ln -s nowhere/file %"), ("symbolic link", "echo x > file; ln -s file %"),
    ("pipe", "mkfifo %"),
    (
      "socket",
      "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"%\")'"
    ),
  ]

  private static let lines =
    BadStoreTests.lines + [
      "harnesses reconcile --yes", "orgs create New", "store check", "store backup copy.db",
      "store restore good.db --yes",
    ]

  private func hint(_ kind: String) -> String {
    kind == "symbolic link"
      ? "put the file that it names in its place, if that belongs to the store; else remove it"
      : "move it away; SQLite creates a file there when it needs one"
  }

  private func make(_ command: String, at name: String, _ sandbox: Sandbox) throws {
    try sandbox.shell(command.replacing("%", with: name)).expect()
  }

  @Test(.enabled(if: Tool.python, "needs python3"), arguments: suffixes, kinds)
  func `every command names it and changes nothing`(
    suffix: String, kind: (noun: String, command: String)
  ) throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q -s s.db").expect()
      try sandbox.run("store backup good.db -q -s s.db").expect()
      let name = "s.db\(suffix)"
      try make("rm -f %; \(kind.command)", at: name, sandbox)
      let before = try sandbox.everything()
      for line in Self.lines {
        try sandbox.run(line + " -s s.db").expectError(
          """
          error: the store '\(sandbox.path("s.db"))' cannot be used: \
          '\(sandbox.path(name))' is a \(kind.noun), not a regular file
          hint: \(hint(kind.noun))

          """, exit: 65)
      }
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(arguments: suffixes, [kinds[0], kinds[2], kinds[4]])
  func `a store is not created beside it`(
    suffix: String, kind: (noun: String, command: String)
  ) throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q").expect()
      try sandbox.run("store backup good.db -q").expect()
      try make(kind.command, at: "new.db\(suffix)", sandbox)
      let before = try sandbox.everything()
      for line in ["store init", "store init -n", "orgs create X", "store restore good.db --yes"] {
        try sandbox.run(line + " -s new.db").expectError(
          """
          error: the store '\(sandbox.path("new.db"))' cannot be used: \
          '\(sandbox.path("new.db\(suffix)"))' is a \(kind.noun), not a regular file
          hint: \(hint(kind.noun))

          """, exit: 65)
      }
      try #expect(sandbox.everything() == before)
    }
  }

  @Test(arguments: suffixes, [kinds[0], kinds[2], kinds[4]])
  func `a copy beside which it is is neither restored nor overwritten`(
    suffix: String, kind: (noun: String, command: String)
  ) throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q").expect()
      try sandbox.run("store backup copy.db -q").expect()
      for name in ["copy.db", "new.db"] {
        try make(kind.command, at: "\(name)\(suffix)", sandbox)
      }
      let before = try sandbox.everything()
      try sandbox.run("store restore copy.db --yes").expectError(
        """
        error: the store 'copy.db' cannot be used: 'copy.db\(suffix)' is a \(kind.noun), \
        not a regular file
        hint: \(hint(kind.noun))

        """, exit: 65)
      for name in ["copy.db", "new.db"] {
        try sandbox.run("store backup \(name) --force").expectError(
          """
          error: \(name): cannot create: '\(name)\(suffix)' is a \(kind.noun), not a regular file

          """, exit: 73)
      }
      try #expect(sandbox.everything() == before)
    }
  }

  @Test func `it is named beside the store that a link leads to`() throws {
    try withSandbox { sandbox in
      try sandbox.run("store init -q -s s.db").expect()
      try make(
        "mkdir there && ln -s ../s.db there/link.db && mkfifo %", at: "s.db-journal", sandbox)
      try sandbox.run("status -s there/link.db").expectError(
        """
        error: the store '\(sandbox.path("there/link.db"))' cannot be used: \
        '\(sandbox.path("there/../s.db-journal"))' is a pipe, not a regular file
        hint: \(hint("pipe"))

        """, exit: 65)
    }
  }

  @Test(
    .enabled(
      if: Tool.canDropPrivileges, "needs setpriv, or a user other than root"),
    arguments: suffixes)
  func `one without rights is exit code 77, and is named`(suffix: String) throws {
    try withSandbox { sandbox in
      let copy = sandbox.root + "/everrunsctl"
      try sandbox.run(["/bin/cp", Program.path, copy]).expect()
      try sandbox.shell(
        "everrunsctl store init -q -s s.db && everrunsctl store backup good.db -q -s s.db"
      ).expect()
      // Everything may be done with the store, but nothing with this file.
      try make(
        "rm -f %; echo x > %; chmod 666 s.db* good.db; chmod 0 %", at: "s.db\(suffix)", sandbox)
      for folder in [sandbox.root, sandbox.home, sandbox.folder] { chmod(folder, 0o777) }
      for line in Self.lines where !line.hasSuffix("-n") {
        let words = line.split(separator: " ").map(String.init) + ["-s", "s.db"]
        try sandbox.run((Tool.unprivileged ?? []) + [copy] + words).expectError(
          "error: '\(sandbox.path("s.db\(suffix)"))': permission denied\n", exit: 77)
      }
    }
  }
}
