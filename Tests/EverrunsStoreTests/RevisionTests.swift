import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsStore

@Suite(.everyStore) struct RevisionTests {
  @Test func `a saved definition is read back with its fingerprint`() throws {
    try withTestedStore { store throws in
      let last = try save([.oss(grade: .dev)], in: store, after: nil)
      #expect(last == 1)
      let revision = try #require(try store.open().revision(of: "acme", .latest))
      #expect(revision.name == "acme")
      #expect(revision.number == 1)
      #expect(revision.definition == .oss(grade: .dev))
      #expect(revision.fingerprint == PlatformDefinition.oss(grade: .dev).fingerprint)
    }
  }

  @Test func `several revisions are saved at once, numbered in order`() throws {
    try withTestedStore { store throws in
      #expect(try save([.oss(), Home.platform], in: store, after: nil) == 2)
      #expect(try save([.empty], in: store, after: 2) == 3)
      let opened = try store.open()
      #expect(
        try opened.platforms()
          == [SavedPlatform(name: "acme", latestRevision: 3, revisionCount: 3)])
      #expect(try opened.revision(of: "acme", .number(1))?.definition == .oss())
      #expect(try opened.revision(of: "acme", .previous)?.definition == Home.platform)
      #expect(try opened.revision(of: "acme", .previous)?.number == 2)
      #expect(try opened.revision(of: "acme", .latest)?.definition == .empty)
    }
  }

  @Test(.onlyInFiles("the tables of a server's schema have other names"))
  func `what is left of a definition that is gone keeps none of its name from being saved`() throws
  {
    try withStore { store throws in
      let origin = PlatformOrigin(preset: "oss", grade: .prod, definition: .oss())
      func save(after revision: Int?) throws -> Int? {
        try store.openForWriting().save(
          [(.empty, "made")], as: "acme", after: revision, origin: .replace(origin), change: .test)
      }
      _ = try save(after: nil)
      try store.administer(
        """
        DELETE FROM platforms; DELETE FROM platform_revisions;
        INSERT INTO platform_origins (name, revision, preset) VALUES ('acme', 2, 'worker')
        """)
      #expect(try save(after: nil) == 1)
      #expect(try store.open().origin(of: "acme", revision: 2) == origin)
      try store.administer(
        "INSERT INTO platform_origins (name, revision, preset) VALUES ('acme', 2, 'worker')")
      #expect(
        try store.openForWriting().save(
          [(.oss(), "changed")], as: "acme", after: 1, origin: .keep, change: .test) == 2)
      #expect(try store.open().origin(of: "acme", revision: 2) == origin)
    }
  }

  @Test func `a revision of another name or number does not exist`() throws {
    try withTestedStore { store throws in
      _ = try save([.empty], in: store, after: nil)
      let opened = try store.open()
      #expect(try opened.revision(of: "other", .latest) == nil)
      #expect(try opened.revision(of: "acme", .previous) == nil)
      #expect(try opened.revision(of: "acme", .number(0)) == nil)
      #expect(try opened.revision(of: "acme", .number(2)) == nil)
      #expect(try opened.revision(of: "acme", .number(-1)) == nil)
    }
  }

  @Test func `platforms are listed by name`() throws {
    try withTestedStore { store throws in
      for name in ["b", "a-2", "a"] { _ = try save([.empty], as: name, in: store, after: nil) }
      #expect(try store.open().platforms().map(\.name) == ["a", "a-2", "b"])
      #expect(try store.open().info().platformCount == 3)
    }
  }

  @Test func `saving after an outdated revision is refused`() throws {
    try withTestedStore { store throws in
      _ = try save([.empty, .oss()], in: store, after: nil)
      for (seen, name, latest) in [(1, "acme", 2), (3, "acme", 2), (nil, "acme", 2), (1, "x", 0)] {
        #expect(throws: StoreError.superseded(name: name, seen: seen, latest: latest)) {
          try save([.empty], as: name, in: store, after: seen)
        }
      }
      #expect(
        try store.open().platforms()
          == [SavedPlatform(name: "acme", latestRevision: 2, revisionCount: 2)])
    }
  }

  @Test func `a revision records actor, time, command and reason`() throws {
    try withTestedStore { store throws in
      _ = try save([.empty], in: store, after: nil)
      #expect(
        try store.answer(
          "SELECT name, revision, summary, actor, command, reason, created_at"
            + " FROM platform_revisions")
          == ["acme|1|summary 0|ann|everrunsctl platform create acme|because|2026-01-02T03:04:05Z"])
    }
  }

  @Test func `the document is stored as canonical JSON`() throws {
    try withTestedStore { store throws in
      _ = try save([Home.platform], in: store, after: nil)
      #expect(
        try store.answer("SELECT document FROM platform_revisions")
          == [Home.platform.document.canonicalJSON])
    }
  }

  @Test func `a damaged saved definition is named`() throws {
    try withTestedStore { store throws in
      _ = try save([.empty], in: store, after: nil)
      try store.execute("UPDATE platform_revisions SET document = '{oops'")
      let opened = try store.open()
      #expect(
        throws: StoreError.damagedDefinition(opened.location, name: "acme", revision: 1)
      ) { try opened.revision(of: "acme", .latest) }
    }
  }

  @Test func `saving a definition does not change seeding's rows`() throws {
    try withTestedStore { store throws in
      _ = try save([.oss()], in: store, after: nil)
      #expect(try store.serial() == 0)
    }
  }

  @Test func `a name that looks like SQL is just a name`() throws {
    try withTestedStore { store throws in
      let name = "'; DROP TABLE platforms; --"
      _ = try save([.empty], as: name, in: store, after: nil)
      #expect(try store.open().revision(of: name, .latest)?.name == name)
    }
  }

  private func save(
    _ definitions: [PlatformDefinition], as name: String = "acme", in store: any TestedStore,
    after latest: Int?
  ) throws -> Int {
    try store.openForWriting().save(
      definitions.enumerated().map { ($1, "summary \($0)") }, as: name, after: latest,
      change: .test)
  }
}
