import Everruns
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

/// Reading changes no byte and makes no file.
@Suite struct ReadingTests {
  @Test func `reading changes no byte and leaves at most SQLite's own empty log`() throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      let before = try store.folder.contents()
      #expect(before.keys.sorted() == ["store.db"])
      try readEverything(store)
      var after = try store.folder.contents()
      after["store.db-shm"] = nil
      #expect(after.removeValue(forKey: "store.db-wal")?.isEmpty ?? true)
      #expect(after == before)
    }
  }

  @Test func `reading the log does not checkpoint it`() throws {
    try withStore { store throws in
      // The shell leaves the log behind, as a program does that is killed.
      let insert = "INSERT INTO organizations (org_id, public_id, name) VALUES (1, 'o', 'Home')"
      let result = try run(
        "/usr/bin/env", ["sqlite3", store.path, ".dbconfig no_ckpt_on_close on", insert])
      #expect(result.status == 0)
      var before = try store.folder.contents()
      #expect(before["store.db-wal"]?.isEmpty == false)
      #expect(try store.open().organizations().map(\.name) == ["Home"])
      var after = try store.folder.contents()
      before["store.db-shm"] = nil
      after["store.db-shm"] = nil
      #expect(after == before)
    }
  }

  @Test func `content that is only in the log is read`() throws {
    try withStore { store throws in
      let writer = try DatabaseQueue(path: store.path)
      try writer.write {
        try $0.execute(
          sql: "INSERT INTO organizations (org_id, public_id, name) VALUES (1, 'org_1', 'Home')")
      }
      #expect(try store.open().organizations().map(\.name) == ["Home"])
      try writer.close()
    }
  }

  @Test func `a reader does not wait for a writer`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let writer = try DatabaseQueue(path: store.path)
      try writer.inDatabase { db in
        try db.beginTransaction(.immediate)
        try db.execute(sql: "DELETE FROM organizations")
        #expect(try store.open().organizations().map(\.name) == ["Home"])
        try db.rollback()
      }
    }
  }

  @Test func `a store in a folder that may not be written can be read`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: store.path)
      try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: store.folder.path)
      defer {
        try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: store.folder.path)
      }
      let before = try store.folder.contents()
      let names = try withoutPrivileges { try store.open().organizations().map(\.name) }
      #expect(names == ["Home"])
      #expect(try store.folder.contents() == before)
      #expect(
        throws: StoreError.permissionDenied(.file(path: store.path), reason: "permission denied")
      ) {
        try withoutPrivileges {
          _ = try SQLiteStore.openForWriting(store.path)
            .save([(.empty, "made")], as: "acme", after: nil, change: .test)
        }
      }
      #expect(try store.folder.contents() == before)
    }
  }

  @Test func `a reader who may not write the store leaves no side files in a folder that may be`()
    throws
  {
    try withStore { store throws in
      try store.addOrganization(1)
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: store.path)
      try manager.setAttributes([.posixPermissions: 0o777], ofItemAtPath: store.folder.path)
      let before = try store.folder.contents()
      let names = try withoutPrivileges { try store.open().organizations().map(\.name) }
      #expect(names == ["Home"])
      #expect(try store.folder.contents() == before)
      try store.openForWriting().use("oss", saved: nil, change: .test)
    }
  }

  @Test func `a store read without locks reports whether it changed meanwhile`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let manager = FileManager.default
      try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: store.folder.path)
      try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: store.path)
      try withoutPrivileges {
        let open = try store.open()
        #expect(open.isReadWithoutLocks)
        #expect(try open.organizations().map(\.name) == ["Home"])
        try open.checkUnchanged()
        // A program that another one starts has its user again.
        _ = try shell(store.path, "UPDATE organizations SET name = 'Changed'")
        #expect(throws: StoreError.changedWhileRead(.file(path: store.path))) {
          try open.checkUnchanged()
        }
      }
    }
  }

  @Test func `changes in an unreadable log are not ignored silently`() throws {
    try withStore { store throws in
      try store.addOrganization(1)
      let queue = try DatabaseQueue(path: store.path)
      try queue.write { try $0.execute(sql: "UPDATE organizations SET name = 'Changed'") }
      // The files as a program leaves them that was killed, copied without the shared memory.
      let copy = store.folder.file("copy")
      let manager = FileManager.default
      try manager.createDirectory(atPath: copy, withIntermediateDirectories: false)
      for suffix in ["", "-wal"] {
        try manager.copyItem(atPath: store.path + suffix, toPath: copy + "/s.db" + suffix)
        try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: copy + "/s.db" + suffix)
      }
      let link = store.folder.file("link.db")
      try manager.createSymbolicLink(atPath: link, withDestinationPath: "copy/s.db")
      try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: copy)
      for path in [copy + "/s.db", link] {
        #expect(throws: StoreError.needsRecovery(.file(path: path), sideFile: "-wal")) {
          try withoutPrivileges { _ = try SQLiteStore.openForReading(path) }
        }
      }
    }
  }

  @Test func `what a killed program left half done is undone, or refused without rights`() throws {
    try withStore { store throws in
      for number in 1...300 { try store.addOrganization(number) }
      let queue = try DatabaseQueue(path: store.path)
      let copy = store.folder.file("copy")
      let manager = FileManager.default
      try manager.createDirectory(atPath: copy, withIntermediateDirectories: false)
      try queue.inDatabase { db in
        // Pages are written before the transaction ends.
        try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN")
        try db.execute(sql: "UPDATE organizations SET name = 'UNFINISHED'")
        for suffix in ["", "-journal"] {
          try manager.copyItem(atPath: store.path + suffix, toPath: copy + "/s.db" + suffix)
        }
        try db.rollback()
      }
      let path = copy + "/s.db"
      for suffix in ["", "-journal"] {
        try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path + suffix)
      }
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: copy)
      #expect(throws: StoreError.needsRecovery(.file(path: path), sideFile: "-journal")) {
        try withoutPrivileges { _ = try SQLiteStore.openForReading(path) }
      }
      let names = try #require(try SQLiteStore.openForReading(path)).organizations().map(\.name)
      #expect(names.count == 300)
      #expect(!names.contains("UNFINISHED"))
    }
  }

  @Test func `an unreadable store is refused as such`() throws {
    try withStore { store throws in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o000], ofItemAtPath: store.path)
      #expect(
        throws: StoreError.permissionDenied(.file(path: store.path), reason: "permission denied")
      ) {
        try withoutPrivileges { _ = try SQLiteStore.openForReading(store.path) }
      }
    }
  }

  @Test func `a store cannot be created in a read-only folder`() throws {
    try withFolder { folder throws in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o555], ofItemAtPath: folder.path)
      for name in ["store.db", "sub/store.db"] {
        let path = folder.file(name)
        #expect(throws: StoreError.permissionDenied(.file(path: path), reason: "permission denied"))
        {
          try withoutPrivileges { _ = try SQLiteStore.openForWriting(path) }
        }
      }
      #expect(try folder.contents().isEmpty)
    }
  }

  private func readEverything(_ store: TemporaryStore) throws {
    let opened = try store.open()
    _ = try opened.info()
    _ = try opened.platforms()
    _ = try opened.revision(of: "acme", .latest)
    _ = try opened.activePlatform()
    _ = try opened.organizations()
    _ = try store.rows(Home.platform)
  }
}

/// Runs a closure as somebody whom permissions mean something to: not as root.
///
/// The user of file access is a thread's own on Linux, so that other tests are not concerned.
func withoutPrivileges<Value: Sendable>(
  _ body: @escaping @Sendable () throws -> Value
) throws -> Value {
  guard geteuid() == 0 else { return try body() }
  // One thread at a time uses it: this one waits for the other.
  nonisolated(unsafe) var result: Result<Value, any Error>?
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    setfsuid(65534)
    result = Result { try body() }
    setfsuid(0)
    done.signal()
  }
  thread.start()
  done.wait()
  return try #require(result).get()
}

/// The call of man page setfsuid(2), whose header Swift's module of the C library leaves out.
@_silgen_name("setfsuid") @discardableResult private func setfsuid(_ user: UInt32) -> Int32
