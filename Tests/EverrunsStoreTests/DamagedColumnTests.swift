import Everruns
import Testing

@testable import EverrunsStore

/// What only the store itself writes is an error where it is damaged, and never an empty text or a
/// 0.
@Suite struct DamagedColumnTests {
  @Test func `entries with a damaged serial or time are listed without it`() throws {
    try withStore { store throws in
      let writing = try SQLiteStore.openForWriting(store.path)
      _ = try writing.save(
        [(.empty, "made"), (Home.platform, "changed")], as: "acme", after: nil, change: .test)
      try writing.use("acme", saved: nil, change: .test)
      try store.execute(
        """
        UPDATE history SET serial = 'x', created_at = 'then' WHERE id = 1;
        UPDATE platform_revisions SET created_at = 'then' WHERE revision = 1;
        """)
      let entries = try store.open().history(atMost: nil)
      #expect(entries.map(\.serial) == [0, nil])
      #expect(entries.map { $0.createdAt != nil } == [true, false])
      let revisions = try store.open().history(of: "acme")
      #expect(revisions.map { $0.createdAt != nil } == [false, true])
    }
  }

  @Test func `an invalid revision number is named`() throws {
    try expectDamage(
      "UPDATE platform_revisions SET revision = 'x'",
      "platform_revisions.revision holds 'x', which is not a whole number"
    ) { _ = try $0.revision(of: "acme", .latest) }
  }

  private func expectDamage(
    _ sql: String, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ read: (SQLiteStore) throws -> Void
  ) throws {
    try withStore { store throws in
      _ = try SQLiteStore.openForWriting(store.path)
        .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      try store.execute(sql)
      let opened = try store.open()
      #expect(
        throws: StoreError.damaged(.file(path: store.path), reason: reason),
        sourceLocation: sourceLocation
      ) { try read(opened) }
    }
  }
}
