import Foundation
import Testing

/// Commands that may open too few files, or write too little to one: they say what is scarce, and
/// for which of the files that the user named.
@Suite struct ScarcityTests {
  /// Runs a command under each limit, in a new copy of a folder with a store of more than a
  /// megabyte, `s.db`, and a copy of it, `copy.db`.
  ///
  /// A command that fails must change nothing.
  ///
  /// - Returns: What the failures wrote; `STORE` stands for the path of the store.
  private func failures(
    of line: String, under limits: some Sequence<String>, exit code: Int32 = 74
  ) throws -> Set<String> {
    var failures: Set<String> = []
    try withSandbox { sandbox in
      try sandbox.shell(
        """
        mkdir before && cd before && everrunsctl seed apply --yes -q -s s.db &&
          everrunsctl store backup copy.db -q -s s.db && everrunsctl store info -q -s s.db
        """
      ).expect()
      for limit in limits {
        // What other tests have open at this moment may have been handed down.
        let outcome = try sandbox.shell(
          """
          for file in /proc/self/fd/*; do
            ((${file##*/} < 3)) || eval "exec ${file##*/}>&-"
          done
          rm -rf after && cp -a before after && cd after && mkdir tmp && export TMPDIR=$PWD/tmp &&
            ulimit \(limit) && everrunsctl \(line) -s s.db
          """)
        guard outcome.exitCode != 0 else { continue }
        outcome.expect(out: "", err: nil, exit: code)
        failures.insert(
          outcome.err.replacing(/\S*s\.db\.before-restore-[^:]*/, with: "KEPT")
            .replacing(sandbox.path("after/s.db"), with: "STORE"))
        let names = try FileManager.default.subpathsOfDirectory(atPath: sandbox.path("after"))
        #expect(
          Set(names).subtracting(["s.db-wal", "s.db-shm"]) == ["copy.db", "s.db", "tmp"],
          outcome.report)
        for name in ["copy.db", "s.db"] {
          #expect(
            try content(sandbox.path("before/\(name)")) == content(sandbox.path("after/\(name)")),
            outcome.report)
        }
      }
    }
    return failures
  }

  /// The bytes of a database without what SQLite notes in its header: the journal mode and counters
  /// of changes (sqlite.org/fileformat.html, section 1.3).
  private func content(_ path: String) throws -> Data {
    var content = try Data(contentsOf: URL(filePath: path))
    for range in [18..<20, 24..<28, 40..<44, 92..<96] {
      content.replaceSubrange(range, with: Data(count: range.count))
    }
    return content
  }

  @Test(arguments: [
    ("store backup new.db", ["new.db: input/output error"]),
    ("store backup copy.db --force", ["copy.db: input/output error"]),
    ("seed preview --out plan.json -q", []),
    (
      "store restore copy.db --yes",
      [
        "the store 'copy.db' cannot be read or written", "STORE: input/output error",
        "KEPT: input/output error",
      ]
    ),
  ])
  func `where too few files can be opened, those that the user named are named`(
    line: String, beginnings: [String]
  ) throws {
    let failures = try failures(of: line, under: (4...24).map { "-n \($0)" })
    let expected = beginnings + ["the store 'STORE' cannot be read or written"]
    #expect(failures == Set(expected.map { "error: \($0): too many open files\n" }))
  }

  @Test(arguments: [
    ("store backup new.db", "new.db: input/output error"),
    ("store backup copy.db --force", "copy.db: input/output error"),
    ("store restore copy.db --yes", "the store 'STORE' cannot be read or written"),
  ])
  func `where no file may get as large as the store, the limit is named`(
    line: String, beginning: String
  ) throws {
    let limits = [64, 100, 300, 600, 1000].map { "-f \($0)" }
    #expect(
      try failures(of: line, under: limits) == ["error: \(beginning): file too large\n"])
  }

  @Test func `where no file may get as large as a plan, the limit is named`() throws {
    #expect(
      try failures(of: "seed preview --out plan.json -q", under: ["-f 40", "-f 64"]) == [
        "error: plan.json: input/output error: file too large\n"
      ])
  }
}
