import Files
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

@Suite struct BackUpTests {
  private let writer = FileWriter(waiting: .zero, interruption: {}, note: { _ in })

  private func target(_ path: String, overwriting: Bool = true) -> CopyTarget {
    CopyTarget(path: FilePath(path), name: FilePath(path), overwriting: overwriting)
  }

  private func names(in path: String) throws -> [String] {
    try #require(try SQLiteStore.openForReading(path)).organizations().map(\.name)
  }

  @Test func `a copy is a consistent snapshot with its own serial`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      let serial = try store.open().backUp(to: target(copy), with: writer)
      try store.addOrganization(2)
      #expect(try SQLiteStore.openForReading(copy)?.info().serial == serial)
      #expect(try names(in: copy) == ["Home"])
      #expect(try store.folder.contents().keys.filter { $0.hasPrefix("copy") } == ["copy.db"])
    }
  }

  @Test func `a file that another program creates meanwhile is overwritten only on request`() throws
  {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      for overwriting in [true, false] {
        try? FileManager.default.removeItem(atPath: copy)
        var isFirst = true
        func backUp() throws -> Int {
          try store.open().backUp(to: target(copy, overwriting: overwriting), with: writer) { _ in
            if isFirst { _ = try store.open().backUp(to: target(copy), with: writer) }
            defer { isFirst = false }
            return isFirst ? 1 : 2
          }
        }
        if overwriting {
          #expect(try backUp() == 2)
        } else {
          #expect(throws: FileError(FilePath(copy), .exists)) { try backUp() }
        }
        #expect(try names(in: copy) == ["Home"])
        #expect(try store.folder.contents().keys.filter { $0.hasPrefix(".") } == [])
      }
    }
  }

  @Test func `a file is overwritten only on request`() throws {
    try withStore { store throws in
      let copy = store.folder.file("copy.db")
      try Data("text".utf8).write(to: URL(fileURLWithPath: copy))
      #expect(throws: FileError(FilePath(copy), .exists)) {
        try store.open().backUp(to: target(copy, overwriting: false), with: writer)
      }
      #expect(try String(contentsOfFile: copy, encoding: .utf8) == "text")
    }
  }

  @Test(arguments: ["-wal", "-shm", "-journal"])
  func `side files of the target never become part of the copy`(suffix: String) throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      // A log of the same store, with an organization that the copy must not have.
      let other = store.folder.file("other.db")
      _ = try store.open().backUp(to: target(other), with: writer)
      let queue = try DatabaseQueue(path: other)
      try queue.inDatabase { db in
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "INSERT INTO organizations VALUES (9, 'org_9', 'Bad')")
      }
      try FileManager.default.copyItem(atPath: other + "-wal", toPath: copy + suffix)
      try queue.close()
      for text in [nil, "", "text"] {
        if let text { try Data(text.utf8).write(to: URL(fileURLWithPath: copy)) }
        _ = try store.open().backUp(to: target(copy), with: writer)
        #expect(try names(in: copy) == ["Home"])
        try FileManager.default.removeItem(atPath: copy)
        try Data("rubbish".utf8).write(to: URL(fileURLWithPath: copy + suffix))
      }
    }
  }

  @Test func `an existing database is written through its locks`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      let queue = try DatabaseQueue(path: copy)
      try queue.write { try $0.execute(sql: "CREATE TABLE other (a)") }
      let before = try #require(try FileStatus.of(FilePath(copy)))
      _ = try store.open().backUp(to: target(copy), with: writer)
      let after = try #require(try FileStatus.of(FilePath(copy)))
      #expect(before.isSameFile(as: after))
      // Who has it open sees the copy.
      #expect(
        try queue.read { try String.fetchAll($0, sql: "SELECT name FROM organizations") } == [
          "Home"
        ])
      try queue.inDatabase { db in
        try db.beginTransaction(.exclusive)
        defer { try? db.rollback() }
        let open = try #require(try SQLiteStore.openForReading(store.path, waiting: .zero))
        #expect(throws: FileError(FilePath(copy), .locked)) {
          try open.backUp(to: target(copy), with: writer)
        }
      }
    }
  }

  @Test func `a database that another program has open is written through its log`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      _ = try store.open().backUp(to: target(copy), with: writer)
      let queue = try DatabaseQueue(path: copy)
      try queue.inDatabase { db in
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        try db.execute(sql: "INSERT INTO organizations VALUES (9, 'org_9', 'Old')")
      }
      try store.addOrganization(2)
      let serial = try store.open().backUp(to: target(copy), with: writer)
      #expect(serial == (try store.serial()))
      #expect(
        try queue.read { try String.fetchAll($0, sql: "SELECT name FROM organizations") } == [
          "Home", "Other 2",
        ])
      try queue.close()
      #expect(try names(in: copy) == ["Home", "Other 2"])
    }
  }

  @Test func `inspecting a store releases no lock of another connection`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      _ = try shell(store.path, "PRAGMA journal_mode = DELETE")
      let queue = try DatabaseQueue(path: store.path)
      try queue.inDatabase { db in
        try db.beginTransaction(.immediate)
        defer { try? db.rollback() }
        #expect(try SQLiteStore.openForReading(store.path) != nil)
        // The other program is a process: locks of one are not seen by itself.
        #expect(try shell(store.path, "BEGIN IMMEDIATE").error.contains("locked"))
      }
    }
  }

  @Test func `a copy taken within a change has the state before it`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      let open = try SQLiteStore.openForWriting(store.path)
      try open.write { db in
        _ = try open.backUp(to: target(copy), with: writer)
        try db.execute(sql: "UPDATE organizations SET name = 'Changed'")
      }
      #expect(try names(in: copy) == ["Home"])
      #expect(try names(in: store.path) == ["Changed"])
    }
  }

  @Test func `an interrupted copy leaves nothing`() throws {
    try withStore { store throws in
      let copy = store.folder.file("copy.db")
      let error = FileError(FilePath(""), .interrupted)
      let writer = FileWriter(
        waiting: .zero, interruption: { () throws(FileError) in throw error }, note: { _ in })
      let before = try store.folder.contents().keys.filter { !$0.contains("-") }.sorted()
      #expect(throws: error) { try store.open().backUp(to: target(copy), with: writer) }
      #expect(try store.folder.contents().keys.filter { !$0.contains("-") }.sorted() == before)
    }
  }

  @Test func `an interrupted copy changes no byte of an existing store`() throws {
    try withOverwrittenStore { store, copy, copying throws in
      let before = try Data(contentsOf: URL(fileURLWithPath: copy))
      #expect(throws: FileError(FilePath(copy), .interrupted)) { try copying() }
      #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == before)
      #expect(try store.folder.contents().keys.filter { $0.hasPrefix("copy") } == ["copy.db"])
    }
  }

  @Test func `an interrupted copy leaves a database with pages of another size its log`() throws {
    try withOverwrittenStore { _, copy, copying throws in
      let resized = try shell(
        copy,
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM; PRAGMA journal_mode = WAL")
      #expect(resized.status == 0)
      #expect(throws: FileError(FilePath(copy), .interrupted)) { try copying() }
      #expect(try SQLiteStore.openForReading(copy)?.journalMode == "wal")
      #expect(try names(in: copy) == ["Home"])
    }
  }

  /// Gives a body a store, the path of another one with a log, and what copies the first over the
  /// second until it is interrupted.
  private func withOverwrittenStore(
    _ body: (TemporaryStore, _ copy: String, _ copying: () throws -> Void) throws -> Void
  ) throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let copy = store.folder.file("copy.db")
      _ = try store.open().backUp(to: target(copy), with: writer)
      try SQLiteStore.openForWriting(copy).close()
      #expect(try SQLiteStore.openForReading(copy)?.journalMode == "wal")
      try store.addOrganization(2)
      // More than is copied between two looks for an interrupt.
      let filled = try shell(
        store.path, "CREATE TABLE other (a); INSERT INTO other VALUES (zeroblob(9000000))")
      #expect(filled.status == 0)
      let interrupted = FileWriter(
        waiting: .zero,
        interruption: { () throws(FileError) in throw FileError(FilePath(copy), .interrupted) },
        note: { _ in })
      try body(store, copy) { _ = try store.open().backUp(to: target(copy), with: interrupted) }
    }
  }

  @Test func `the bytes of a copy form a store`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      var bytes: [UInt8] = []
      let folder = FilePath(store.folder.path)
      try store.open().backUp(throughFolder: folder, with: writer) { bytes += $0 }
      let copy = store.folder.file("copy.db")
      try Data(bytes).write(to: URL(fileURLWithPath: copy))
      #expect(try names(in: copy) == ["Home"])
    }
  }
}
