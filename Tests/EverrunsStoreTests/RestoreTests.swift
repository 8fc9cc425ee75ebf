import Everruns
import Files
import Foundation
import GRDB
import Synchronization
import Testing

@testable import EverrunsStore

@Suite struct RestoreTests {
  private let writer = FileWriter(waiting: .zero, interruption: {}, note: { _ in })

  private func names(in path: String) throws -> [String] {
    try #require(try SQLiteStore.openForReading(path)).organizations().map(\.name)
  }

  private func backUp(_ store: TemporaryStore) throws -> String {
    let copy = store.folder.file("copy.db")
    _ = try store.open().backUp(
      to: CopyTarget(path: FilePath(copy), name: FilePath(copy), overwriting: true), with: writer)
    return copy
  }

  @discardableResult
  private func restore(
    _ copy: String, to store: TemporaryStore, waiting wait: LockWait = .zero
  ) throws -> StoreRestore.Result {
    try StoreRestore(
      of: FilePath(copy), named: FilePath(copy), into: .file(path: store.path),
      temporaryFolder: FilePath(store.folder.path), waiting: wait, writer: writer
    ).run(keeping: FilePath(store.folder.file("kept.db")), change: .test)
  }

  private func removeStore(_ store: TemporaryStore) throws {
    for name in try store.folder.contents().keys where name.hasPrefix("store.db") {
      try FileManager.default.removeItem(atPath: store.folder.file(name))
    }
  }

  @Test func `a restored store has the copy's content, and its previous content is kept`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try store.addOrganization(2)
      let before = try store.serial()
      let result = try restore(copy, to: store)
      #expect(try names(in: store.path) == ["Home"])
      #expect(try names(in: store.folder.file("kept.db")) == ["Home", "Other 2"])
      #expect(result.serial > before)
      #expect(try store.serial() == result.serial)
      let entry = try store.open().history(atMost: 1).first
      #expect(entry?.serial == result.serial)
      #expect(entry?.concerns == .all)
      #expect(try store.folder.contents().keys.filter { $0.hasPrefix(".") } == [])
    }
  }

  @Test(arguments: [
    "before insert on history begin select raise(ignore)",
    "before update on store_state begin select raise(ignore)",
    "after insert on history begin select raise(abort, 'no')",
    "after insert on history begin select raise(rollback, 'no')",
    "after insert on history begin update store_state set serial = 1, highest_org_id = 1",
    "after insert on history begin delete from store_state",
    "after update on platforms begin delete from platforms",
  ])
  func `triggers of others in a backup stay, and do not take part in its restore`(
    trigger: String
  ) throws {
    try withStore { store throws in
      try store.addOrganization(1)
      try store.addOrganization(2)
      _ = try store.openForWriting().save(
        [(.empty, "made")], as: "acme", after: nil, origin: .keep, change: .test)
      let sql = "CREATE TRIGGER \"the trigger\" \(trigger); end"
      try store.administer(sql)
      let copy = try backUp(store)
      try store.administer("drop trigger \"the trigger\"")
      try store.addOrganization(3)
      let before = try store.serial()
      #expect(try restore(copy, to: store).serial > before)
      #expect(try store.serial() > before)
      #expect(try names(in: store.path) == ["Home", "Other 2"])
      #expect(
        try store.answer(
          """
          select sql from sqlite_schema where name = 'the trigger';
          select highest_org_id from store_state; select name, latest_revision from platforms;
          """) == [sql, "3", "acme|1"])
    }
  }

  @Test func `each restore keeps its own copy of the previous content`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try store.addOrganization(2)
      try restore(copy, to: store)
      let second = try restore(copy, to: store)
      #expect(second.kept == FilePath(store.folder.file("kept.db-2")))
      #expect(try names(in: store.folder.file("kept.db")) == ["Home", "Other 2"])
      #expect(try names(in: store.folder.file("kept.db-2")) == ["Home"])
    }
  }

  @Test func `a restore among writers has one entry in the history`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      let isDone = Mutex(false)
      try withThread {
        while !isDone.withLock(\.self) {
          try? store.administer("update organizations set name = name || '.' where org_id = 1")
        }
      } during: {
        defer { isDone.withLock { $0 = true } }
        try restore(copy, to: store, waiting: .seconds(60))
      }
      let restored = try store.open().history(atMost: nil).filter {
        $0.summary.hasPrefix("restored")
      }
      #expect(restored.count == 1)
    }
  }

  private func withThread(
    _ body: @escaping @Sendable () -> Void, during other: () throws -> Void
  ) throws {
    let end = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      body()
      end.signal()
    }
    defer { end.wait() }
    try other()
  }

  @Test func `leftovers of a killed restore are removed by the next one`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      let owner = FilePath(store.path + ".before-restore")
      var left = try TemporaryFile(for: owner, shownAs: owner).path
      left = FilePath(bytes: left.bytes.dropLast() + Array("left".utf8))
      for path in [left, left.adding(suffix: "-journal")] {
        _ = try OpenFile(path, shownAs: path, O_CREAT | O_WRONLY, mode: 0o600)
      }
      try restore(copy, to: store)
      #expect(try store.folder.contents().keys.filter { $0.hasPrefix(".") } == [])
    }
  }

  @Test func `open connections see the restored content`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      let other = try DatabaseQueue(path: store.path)
      try other.write { try $0.execute(sql: "UPDATE organizations SET name = 'Mistake'") }
      try restore(copy, to: store)
      #expect(
        try other.read { try String.fetchAll($0, sql: "SELECT name FROM organizations") } == [
          "Home"
        ])
      #expect(try store.open().info().details.map(\.value) == ["wal"])
    }
  }

  @Test func `numbers of revisions that were used stay used`() throws {
    try withStore { store throws in
      let copy = try backUp(store)
      let open = try SQLiteStore.openForWriting(store.path)
      #expect(try open.save([(.empty, "1")], as: "acme", after: nil, change: .test) == 1)
      #expect(try open.save([(.empty, "2")], as: "acme", after: 1, change: .test) == 2)
      open.close()
      try restore(copy, to: store)
      let restored = try SQLiteStore.openForWriting(store.path)
      #expect(try restored.platforms().map(\.name) == [])
      #expect(try restored.save([(.empty, "3")], as: "acme", after: nil, change: .test) == 3)
    }
  }

  @Test func `numbers of organizations that were used stay used`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try store.addOrganization(7)
      try restore(copy, to: store)
      let number = try SQLiteStore.openForWriting(store.path).createOrganization(
        name: "New", publicID: TemporaryStore.publicID(2), basis: .home, change: .test)
      #expect(number == 8)
    }
  }

  @Test func `a copy without the mark of a store is refused under its own name`() throws {
    try withStore { store throws in
      let copy = try backUp(store)
      let queue = try DatabaseQueue(path: copy)
      try queue.inDatabase { try $0.execute(sql: "PRAGMA application_id = 0") }
      try queue.close()
      #expect(throws: StoreError.unmarkedStore(.file(path: copy), applicationID: 0)) {
        try restore(copy, to: store)
      }
    }
  }

  @Test func `a missing store is created`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try removeStore(store)
      #expect(try restore(copy, to: store).kept == nil)
      #expect(try names(in: store.path) == ["Home"])
    }
  }

  @Test func `a store that SQLite cannot open is moved aside with its log`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      let rubbish = Data(repeating: 0xEE, count: 16384)
      try rubbish.write(to: URL(fileURLWithPath: store.path))
      try rubbish.write(to: URL(fileURLWithPath: store.path + "-wal"))
      try restore(copy, to: store)
      #expect(try names(in: store.path) == ["Home"])
      let kept = store.folder.file("kept.db")
      #expect(FileManager.default.contents(atPath: kept) == rubbish)
      #expect(FileManager.default.contents(atPath: kept + "-wal") == rubbish)
    }
  }

  @Test(arguments: [
    "ALTER TABLE harnesses RENAME TO others; CREATE VIEW harnesses AS SELECT * FROM others",
    "DROP TABLE platforms; CREATE TABLE platforms (name BLOB); INSERT INTO platforms VALUES (1)",
    "DELETE FROM store_state; DROP TABLE history", "UPDATE store_state SET serial = 'many'",
    "PRAGMA application_id = 0", "PRAGMA user_version = 1", "PRAGMA journal_mode = DELETE",
  ])
  func `a store with an unrepairable schema is replaced, and kept`(
    damage: String
  ) throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try store.addOrganization(2)
      _ = try shell(store.path, damage)
      let query = "SELECT count(*) FROM sqlite_schema; SELECT name FROM organizations"
      let before = try shell(store.path, query).output
      try restore(copy, to: store)
      #expect(try names(in: store.path) == ["Home"])
      #expect(try store.open().check(against: nil, presets: []).allSatisfy(\.findings.isEmpty))
      #expect(try shell(store.folder.file("kept.db"), query).output == before)
    }
  }

  @Test func `a store whose texts are stored in another encoding is replaced`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try removeStore(store)
      let queue = try DatabaseQueue(path: store.path)
      try queue.inDatabase { db in
        try db.execute(sql: "PRAGMA encoding = 'UTF-16'")
        for table in Schema.tables { try db.execute(sql: table.creation) }
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
      try queue.close()
      try restore(copy, to: store)
      #expect(try names(in: store.path) == ["Home"])
    }
  }

  @Test func `the database of another program is not replaced`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try removeStore(store)
      _ = try shell(store.path, "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (7)")
      #expect(throws: StoreError.notReplaced(.file(path: store.path))) {
        try restore(copy, to: store)
      }
      #expect(try shell(store.path, "SELECT a FROM theirs").output == "7\n")
    }
  }

  @Test func `a store with pages of another size is restored`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      let queue = try DatabaseQueue(path: copy)
      try queue.inDatabase { try $0.execute(sql: "PRAGMA page_size = 4096; VACUUM") }
      try queue.close()
      try restore(copy, to: store)
      #expect(try names(in: store.path) == ["Home"])
    }
  }

  @Test func `a copy that only can be read is restored, though it says that it has a log`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      #expect(try store.query("PRAGMA journal_mode") == "wal")
      let manager = FileManager.default
      for name in ["sealed", "open"] {
        try manager.createDirectory(
          atPath: store.folder.file(name), withIntermediateDirectories: false)
      }
      let copy = store.folder.file("sealed/copy.db")
      try manager.copyItem(atPath: store.path, toPath: copy)
      for (name, mode) in [("sealed/copy.db", 0o444), ("sealed", 0o555), ("open", 0o777)] {
        try manager.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: store.folder.file(name))
      }
      let new = store.folder.file("open/new.db")
      try withoutPrivileges {
        _ = try StoreRestore(
          of: FilePath(copy), named: FilePath(copy), into: .file(path: new),
          temporaryFolder: FilePath(store.folder.file("open")), waiting: .zero,
          writer: FileWriter(waiting: .zero, interruption: {}, note: { _ in })
        ).run(keeping: FilePath(new + ".kept"), change: .test)
      }
      #expect(try names(in: new) == ["Home"])
    }
  }

  @Test(arguments: TemporaryFile.sideSuffixes)
  func `a store with rubbish beside it is replaced`(suffix: String) throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = try backUp(store)
      try store.addOrganization(2)
      try Data("rubbish".utf8).write(to: URL(fileURLWithPath: store.path + suffix))
      try restore(copy, to: store)
      #expect(try names(in: store.path) == ["Home"])
      #expect(try names(in: store.folder.file("kept.db")) == ["Home", "Other 2"])
    }
  }

  @Test func `a damaged copy is refused and changes nothing`() throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      let copy = try backUp(store)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
      for offset in stride(from: 16384, to: bytes.count, by: 7) { bytes[offset] = 0xEE }
      try bytes.write(to: URL(fileURLWithPath: copy))
      let text = store.folder.file("text.db")
      try Data("text".utf8).write(to: URL(fileURLWithPath: text))
      let before = try names(in: store.path)
      for file in [copy, text] {
        #expect(throws: StoreError.self) { try restore(file, to: store) }
      }
      let none = store.folder.file("none.db")
      #expect(throws: FileError(FilePath(none), .missing)) { try restore(none, to: store) }
      #expect(try names(in: store.path) == before)
    }
  }
}
