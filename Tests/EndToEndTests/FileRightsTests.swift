import Foundation
import Testing

/// Where files may not be replaced, or not written at all: what is said is so, and nothing is left
/// half-written or behind.
@Suite struct FileRightsTests {
  /// Command lines that write a file in the folder `there`, and that file.
  private static let writing = [
    ("providers unregister daytona -p ./there/p.yaml", "./there/p.yaml"),
    ("platform export empty --to there/p.yaml --force", "there/p.yaml"),
    ("platform export empty --to there/new", "there/new"),
    ("seed preview --out there/new", "there/new"),
    ("store backup there/new", "there/new"),
    ("store backup there/old.db --force", "there/old.db"),
  ]

  /// Runs a test with a store, and a folder with a document and a backup.
  private func withFiles(_ body: (Sandbox, _ before: [String: String]) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.run(["/bin/mkdir", sandbox.path("there")]).expect()
      try sandbox.run("store init -q").expect(err: nil)
      try sandbox.run("platform export oss -o yaml --to there/p.yaml -q").expect(err: nil)
      try sandbox.run("store backup there/old.db -q").expect(err: nil)
      try body(sandbox, try sandbox.everything(below: sandbox.path("there")))
    }
  }

  /// Runs a script where what it mounts is seen by it alone.
  private func mounted(_ script: String, _ line: String, _ sandbox: Sandbox) throws -> Outcome {
    try sandbox.run([
      "/usr/bin/unshare", "-m", "/bin/bash", "-c", "\(script)\n\"$0\" \(line)", Program.path,
    ])
  }

  @Test(.enabled(if: Tool.canMount, "needs root and unshare"), arguments: writing)
  func `on read-only media a write ends with 77 and changes nothing`(
    line: String, file: String
  ) throws {
    try withFiles { sandbox, before throws in
      try mounted(
        "mount --bind there there && mount -o remount,ro,bind there", line, sandbox
      ).expectError("error: \(file): read-only file system\n", exit: 77)
      try #expect(sandbox.everything(below: sandbox.path("there")) == before)
    }
  }

  @Test(.enabled(if: Tool.canMount, "needs root and unshare"), arguments: writing)
  func `on a full disk a write ends with 74 and changes nothing`(line: String, file: String) throws
  {
    try withFiles { sandbox, before throws in
      let full = """
        cp -a there saved && mount -t tmpfs -o size=8m none there && cp -a saved/. there
        cat /dev/zero > there/fill 2>/dev/null
        trap 'code=$?; rm there/fill; cp -a there after; exit $code' EXIT
        """
      let outcome = try mounted(full, line, sandbox)
      outcome.expectError(
        "error: \(file): input/output error: no space left on device\n", exit: 74)
      let after = try sandbox.everything(below: sandbox.path("after"))
      #expect(after.keys.sorted() == before.keys.sorted())
      #expect(
        try sandbox.read("after/p.yaml") == sandbox.read("there/p.yaml"), outcome.report)
    }
  }

  @Test(.enabled(if: Tool.canMount, "needs root and unshare"), arguments: writing.prefix(2))
  func `a file that is a mount point is written in place, with a note`(
    line: String, file: String
  ) throws {
    try withFiles { sandbox, _ throws in
      try sandbox.run(["/bin/cp", "there/p.yaml", "mounted.yaml"]).expect()
      let outcome = try mounted("mount --bind mounted.yaml there/p.yaml", line, sandbox)
      outcome.expect(out: nil, err: nil)
      #expect(
        outcome.err.contains(
          "note: '\(file)' was written in place, because it cannot be replaced: "
            + "device or resource busy\n"), outcome.report)
      #expect(try sandbox.read("mounted.yaml") != sandbox.read("there/p.yaml"))
      try sandbox.run("platform validate ./mounted.yaml -q").expect(out: nil, err: nil)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: sandbox.path("there")).sorted()
          == ["old.db", "p.yaml"])
    }
  }

  @Test(.enabled(if: Tool.canMakeImmutable, "needs root and chattr"), arguments: ["+i", "+a"])
  func `an immutable file is refused with 77 and unchanged`(flag: String) throws {
    try withFiles { sandbox, before throws in
      try sandbox.run(["/usr/bin/chattr", flag, "there/p.yaml"]).expect()
      let outcomes = try Self.writing.prefix(2).map { try sandbox.process($0.0) }
      try sandbox.run(["/usr/bin/chattr", "-ia", "there/p.yaml"]).expect()
      for (outcome, (_, file)) in zip(outcomes, Self.writing) {
        outcome.expectError("error: \(file): operation not permitted\n", exit: 77)
      }
      try #expect(sandbox.everything(below: sandbox.path("there")) == before)
    }
  }

  /// Runs the program as somebody who owns none of the files.
  private func unprivileged(_ line: String, _ sandbox: Sandbox) throws -> Outcome {
    let copy = sandbox.root + "/everrunsctl"
    // Not by this process: its open file would keep others from running the copy.
    try sandbox.run(["/bin/cp", Program.path, copy]).expect()
    for folder in [sandbox.root, sandbox.home, sandbox.folder] { chmod(folder, 0o755) }
    return try sandbox.run(
      (Tool.unprivileged ?? []) + [copy] + line.split(separator: " ").map(String.init)
        + ["-s", sandbox.path("there/none.db")])
  }

  @Test(
    .enabled(
      if: geteuid() == 0 && Tool.unprivileged != nil, "needs root and setpriv"))
  func `another user's file in a sticky folder is written in place, with a note`() throws {
    try withFiles { sandbox, _ throws in
      chmod(sandbox.path("there"), 0o1777)
      chmod(sandbox.path("there/p.yaml"), 0o666)
      var before = try sandbox.read("there/p.yaml")
      for (line, file) in Self.writing.prefix(2) {
        let outcome = try unprivileged(line, sandbox)
        outcome.expect(out: nil, err: nil)
        #expect(
          outcome.err.contains(
            "note: '\(file)' was written in place, because it cannot be replaced: "
              + "operation not permitted\n"), outcome.report)
        let after = try sandbox.read("there/p.yaml")
        #expect(after != before)
        before = after
      }
      let status = try FileManager.default.attributesOfItem(atPath: sandbox.path("there/p.yaml"))
      #expect(status[.ownerAccountID] as? Int == 0)
      #expect(status[.posixPermissions] as? Int == 0o666)
    }
  }

  @Test(
    .enabled(if: Tool.canDropPrivileges, "needs setpriv, or a user other than root"))
  func `in a read-only folder a write is refused with 77`() throws {
    try withFiles { sandbox, _ throws in
      chmod(sandbox.path("there/p.yaml"), 0o644)
      chmod(sandbox.path("there"), 0o555)
      let before = try sandbox.everything(below: sandbox.path("there"))
      for (line, file) in Self.writing.prefix(3) {
        try unprivileged(line, sandbox).expectError(
          "error: \(file): permission denied\n", exit: 77)
      }
      try #expect(sandbox.everything(below: sandbox.path("there")) == before)
    }
  }

  @Test(
    .enabled(
      if: geteuid() == 0 && Tool.unprivileged != nil, "needs root and setpriv"))
  func `attributes lost by a replacement are reported`() throws {
    try withFiles { sandbox, _ throws in
      chmod(sandbox.path("there"), 0o777)
      chmod(sandbox.path("there/p.yaml"), 0o646)
      let outcome = try unprivileged(Self.writing[0].0, sandbox)
      outcome.expect(out: nil, err: nil)
      #expect(
        outcome.err.contains(
          "note: './there/p.yaml' was replaced, and lost its group and its owner\n"),
        outcome.report)
      let status = try FileManager.default.attributesOfItem(atPath: sandbox.path("there/p.yaml"))
      #expect(status[.ownerAccountID] as? Int == 65_534)
      // The group of before would have had fewer rights than everyone.
      #expect(status[.posixPermissions] as? Int == 0o666)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `an existing backup that is replaced keeps owner, group and mode`() throws {
    try withFiles { sandbox, _ throws in
      let file = sandbox.path("there/old.db")
      #expect(chown(file, 1234, 2345) == 0 && chmod(file, 0o640) == 0)
      try sandbox.run("store backup there/old.db --force -q").expect(err: nil)
      let status = try FileManager.default.attributesOfItem(atPath: file)
      #expect(status[.ownerAccountID] as? Int == 1234)
      #expect(status[.groupOwnerAccountID] as? Int == 2345)
      #expect(status[.posixPermissions] as? Int == 0o640)
    }
  }
}
