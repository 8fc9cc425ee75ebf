import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsStore

@Suite(.everyStore) struct PlatformLifeTests {
  @Test func `the history has every revision, oldest first`() throws {
    try withTestedStore { store throws in
      _ = try save([.empty, .oss()], in: store, after: nil)
      let history = try store.open().history(of: "acme")
      #expect(
        history == [
          entry(1, PlatformDefinition.empty.fingerprint, "summary 0"),
          entry(2, PlatformDefinition.oss().fingerprint, "summary 1"),
        ])
      #expect(try store.open().history(of: "other") == [])
    }
  }

  @Test func `the chosen platform is remembered`() throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      #expect(try writing.activePlatform() == nil)
      _ = try save([.empty], in: store, after: nil)
      try writing.use("acme@1", saved: ("acme", .number(1)), change: .test)
      try writing.use("oss", saved: nil, change: .test)
      #expect(try store.open().activePlatform() == "oss")
    }
  }

  @Test func `a deleted definition's revision numbers stay used`() throws {
    try withTestedStore { store throws in
      _ = try save([.empty, .oss()], in: store, after: nil)
      let writing = try store.openForWriting()
      #expect(try writing.delete("acme", change: .test))
      #expect(try writing.delete("acme", change: .test) == false)
      #expect(try writing.platforms() == [])
      #expect(try writing.info().platformCount == 0)
      #expect(try writing.revision(of: "acme", .number(1)) == nil)
      #expect(throws: StoreError.superseded(name: "acme", seen: 2, latest: 0)) {
        try save([.empty], in: store, after: 2)
      }
      #expect(try save([.empty], in: store, after: nil) == 3)
      #expect(try writing.history(of: "acme").map(\.revision) == [3])
    }
  }

  @Test(arguments: [("acme", nil), ("acme@1", nil), ("acme-2", "acme-2"), ("oss", "oss")])
  func `deleting the platform in use clears the choice`(active: String, left: String?) throws {
    try withTestedStore { store throws in
      _ = try save([.empty], in: store, after: nil)
      let writing = try store.openForWriting()
      try writing.use(active, saved: nil, change: .test)
      _ = try writing.delete("acme", change: .test)
      #expect(try writing.activePlatform() == left)
    }
  }

  private func entry(
    _ revision: Int, _ fingerprint: Fingerprint, _ summary: String
  ) -> PlatformHistoryEntry {
    PlatformHistoryEntry(
      revision: revision, createdAt: StoreChange.test.now(), actor: StoreChange.test.actor,
      reason: StoreChange.test.reason, command: StoreChange.test.command,
      fingerprint: fingerprint, summary: summary, rolledBackTo: nil)
  }

  private func save(
    _ definitions: [PlatformDefinition], in store: any TestedStore, after latest: Int?
  ) throws -> Int {
    try store.openForWriting().save(
      definitions.enumerated().map { ($1, "summary \($0)") }, as: "acme", after: latest,
      change: .test)
  }
}
