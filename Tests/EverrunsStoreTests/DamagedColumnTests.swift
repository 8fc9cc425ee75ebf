import Everruns
import Testing

@testable import EverrunsStore

/// What only the store itself writes is an error where it is damaged, and never an empty text or a
/// 0.
@Suite struct DamagedColumnTests {
  @Test func `a history serial that is not a number is named`() throws {
    try expectDamage(
      "UPDATE history SET serial = 'x'", "history.serial holds 'x', which is not a whole number"
    ) { _ = try $0.history(atMost: nil) }
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
