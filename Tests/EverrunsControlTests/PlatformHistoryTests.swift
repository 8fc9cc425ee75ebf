import EverrunsControl
import EverrunsDocuments
import EverrunsStore
import Foundation
import Testing

/// The revisions of saved definitions, also where no definition is in use or one is damaged.
@Suite struct PlatformHistoryTests {
  @Test func `without a definition in use, the saved ones can be named`() throws {
    try Workbench.with { bench throws in
      func expect(_ hint: String) {
        #expect(
          bench.run("platform history")
            == Run(
              output: "", errorOutput: "error: no saved definition is in use\nhint: \(hint)\n",
              exitCode: .failure))
      }
      bench.run("platform create abc --from oss")
      expect("name one: everrunsctl platform history abc")
      bench.run("platform create chosen --from oss")
      bench.run("platform use chosen")
      bench.run("platform delete chosen -y")
      bench.run("platform create xyz --from oss")
      expect(
        "name one: everrunsctl platform history NAME; list them: everrunsctl platform list")
    }
  }

  /// Gives a body a definition of two revisions, of which the newest is damaged.
  private func withDamage(_ body: (Workbench) throws -> Void) throws {
    try Workbench.with { bench throws in
      bench.run("platform create k --from oss -s store.db")
      bench.run("capabilities unregister noop -p k -s store.db")
      try Fleet(folder: bench.folder).sql(
        "UPDATE platform_revisions SET document = '{bad' WHERE name = 'k' AND revision = 2")
      try body(bench)
    }
  }

  @Test(arguments: ["k", "k@2", "-p k"])
  func `the history lists revisions although the newest cannot be read`(word: String) throws {
    try withDamage { bench throws in
      let shown = bench.run("platform show k -s store.db")
      #expect(
        shown.errorOutput.hasSuffix(
          "older revisions: everrunsctl platform history k -s store.db\n"), "\(shown)")
      #expect(
        bench.run("platform history \(word) -o name -s store.db")
          == Run(output: "k@2\nk@1\n", errorOutput: "", exitCode: .success))
    }
  }

  @Test func `a revision without a valid number hides no other one`() throws {
    try withDamage { bench throws in
      try Fleet(folder: bench.folder).sql(
        """
        INSERT INTO platform_revisions SELECT name, '3x', document, fingerprint, summary, actor,
          command, reason, created_at, rolled_back_to FROM platform_revisions WHERE revision = 1
        """)
      #expect(
        bench.run("platform history k -o name -s store.db")
          == Run(
            output: "k@2\nk@1\n",
            errorOutput: """
              note: 1 entry that cannot be read is not listed; find it: everrunsctl store check \
              -s store.db

              """, exitCode: .success))
    }
  }

  @Test(arguments: ["k@1", "k@previous"])
  func `a rollback replaces a newest revision that cannot be read`(word: String) throws {
    try withDamage { bench throws in
      let note = "note: 'k@2' cannot be read; a new revision replaces it\n"
      #expect(
        bench.run("platform rollback \(word) -n -q -s store.db").exitCode == .success)
      #expect(
        bench.run("platform rollback \(word) -s store.db")
          == Run(output: "k@1 -> k@3: created\n", errorOutput: note, exitCode: .success))
      let newest = try bench.json("platform history k -s store.db").elements.first
      #expect(newest?["rolled_back_to"] == "k@1")
      #expect(newest?["summary"] == "back to k@1")
      #expect(try bench.json("platform diff k@1 k -s store.db")["changes"] == [])
    }
  }
}
