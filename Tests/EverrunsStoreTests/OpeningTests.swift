import Everruns
import Foundation
import GRDB
import Testing

@testable import EverrunsStore

@Suite struct OpeningTests {
  // MARK: Making a store

  @Test func `a new store and its folder are private, even under an open umask`()
    throws
  {
    try withFolder { folder throws in
      let old = umask(0)
      defer { umask(old) }
      let path = folder.file("one/two/store.db")
      let store = try SQLiteStore.openForWriting(path)
      _ = try store.save([(.empty, "made")], as: "acme", after: nil, change: .test)
      #expect(try permissions(path) == 0o600)
      #expect(try permissions(folder.file("one/two")) == 0o700)
      #expect(try permissions(folder.file("one")) == 0o700)
      for name in try folder.contents().keys where name.hasPrefix("one/two/store.db-") {
        #expect(try permissions(folder.file(name)) == 0o600)
      }
    }
  }

  @Test func `an existing folder keeps its permissions`() throws {
    try withFolder { folder throws in
      let parent = folder.file("shared")
      try FileManager.default.createDirectory(
        atPath: parent, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o755])
      _ = try SQLiteStore.openForWriting(parent + "/store.db")
      #expect(try permissions(parent) == 0o755)
    }
  }

  @Test func `a new store is in WAL mode and marked as ours`() throws {
    try withStore { store throws in
      #expect(try store.query("PRAGMA journal_mode") == "wal")
      #expect(try store.query("PRAGMA application_id") == String(0x4556_5243))
      #expect(try store.query("PRAGMA user_version") == "\(Schema.version)")
      #expect(try store.query("PRAGMA integrity_check") == "ok")
      #expect(try store.query("PRAGMA foreign_key_check") == nil)
    }
  }

  @Test func `a new store has an id, a version and serial 0`() throws {
    try withStore { store throws in
      let info = try store.open().info()
      #expect(info.location == .file(path: store.path))
      #expect(info.id == UUIDGenerator.fixedID.text)
      #expect(info.schemaVersion == Schema.version)
      #expect(info.serial == 0)
      #expect(info.details == [StoreInfo.Detail(key: "journal_mode", value: "wal")])
      #expect(info.counts.values.allSatisfy { $0 == 0 })
      #expect(info.platformCount == 0)
      #expect(try store.open().activePlatform() == nil)
      #expect(try store.open().platforms() == [])
      #expect(try store.open().organizations() == [])
    }
  }

  @Test func `opening again for writing changes neither the id nor the content`() throws {
    try withStore { store throws in
      _ = try SQLiteStore.openForWriting(store.path)
      #expect(try store.open().info().id == UUIDGenerator.fixedID.text)
    }
  }

  @Test func `an empty file becomes a store`() throws {
    try withFolder { folder throws in
      let path = folder.file("store.db")
      #expect(FileManager.default.createFile(atPath: path, contents: Data()))
      #expect(try SQLiteStore.openForReading(path) == nil)
      let id = try SQLiteStore.openForWriting(path).info().id
      #expect(try SQLiteStore.openForReading(path)?.info().id == id)
    }
  }

  @Test func `a file may have a strange name`() throws {
    try withFolder { folder throws in
      for name in ["a b.db", "q?x=1#f.db", "100%.db", "é😀.db", "file:x.db"] {
        let path = folder.file(name)
        let id = try SQLiteStore.openForWriting(path).info().id
        #expect(try SQLiteStore.openForReading(path)?.info().id == id)
      }
    }
  }

  @Test func `a symbolic link leads to the store and stays a link`() throws {
    try withStore { store throws in
      let link = store.folder.file("link.db")
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: store.path)
      _ = try SQLiteStore.openForWriting(link)
        .save([(.empty, "made")], as: "acme", after: nil, change: .test)
      #expect(try store.open().platforms().map(\.name) == ["acme"])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == store.path)
    }
  }

  @Test func `whether a store can be created is known without creating it`() throws {
    try withFolder { folder throws in
      let path = folder.file("some/where/store.db")
      try SQLiteStore.checkCreation(at: path)
      try Data("text".utf8).write(to: URL(fileURLWithPath: folder.file("some")))
      let reason = "a part of its path is not a folder"
      #expect(throws: StoreError.cannotCreate(.file(path: path), reason: reason)) {
        try SQLiteStore.checkCreation(at: path)
      }
      #expect(throws: StoreError.cannotCreate(.file(path: path), reason: reason)) {
        _ = try SQLiteStore.openForWriting(path)
      }
      #expect(try folder.contents().keys.sorted() == ["some"])
    }
  }

  // MARK: What is no store

  @Test func `looking at a missing path finds and creates nothing`() throws {
    try withFolder { folder throws in
      #expect(try SQLiteStore.openForReading(folder.file("none/store.db")) == nil)
      #expect(try folder.contents().isEmpty)
    }
  }

  @Test func `a text file is refused and unchanged`() throws {
    try expectRefusal { path in
      try Data("Dear diary, this is no database at all.\n".utf8)
        .write(to: URL(fileURLWithPath: path))
      return .notAStore(.file(path: path))
    }
  }

  @Test func `a file of one byte is refused and unchanged`() throws {
    try expectRefusal { path in
      try Data([0]).write(to: URL(fileURLWithPath: path))
      return .notAStore(.file(path: path))
    }
  }

  @Test func `a file with only the header of a SQLite database is refused`() throws {
    try expectRefusal { path in
      try Data("SQLite format 3\0 and then nothing of the kind".utf8)
        .write(to: URL(fileURLWithPath: path))
      return .notAStore(.file(path: path))
    }
  }

  @Test func `another program's database is refused and unchanged`() throws {
    try expectRefusal { path in
      _ = try shell(path, "CREATE TABLE diary (day TEXT); INSERT INTO diary VALUES ('Monday');")
      return .notAStore(.file(path: path))
    }
  }

  @Test func `another program's database in WAL mode is refused and unchanged`() throws {
    try expectRefusal { path in
      _ = try shell(path, "PRAGMA journal_mode = WAL; CREATE TABLE diary (day TEXT);")
      return .notAStore(.file(path: path))
    }
  }

  @Test func `a database with another program's mark is refused, empty or not`() throws {
    try expectRefusal { path in
      _ = try shell(path, "PRAGMA application_id = 42; VACUUM;")
      return .notAStore(.file(path: path))
    }
  }

  @Test func `a database without content is refused and unchanged`() throws {
    try expectRefusal { path in
      _ = try shell(path, "VACUUM; PRAGMA journal_mode = WAL;")
      return .notAStore(.file(path: path))
    }
  }

  @Test func `a database with our table names and without our mark is refused`() throws {
    try expectRefusal { path in
      _ = try shell(path, "CREATE TABLE store_state (id INTEGER); PRAGMA user_version = 1;")
      return .notAStore(.file(path: path))
    }
  }

  @Test func `a store of a newer version is refused with both versions and unchanged`() throws {
    try expectRefusal { path in
      _ = try SQLiteStore.openForWriting(path)
      _ = try shell(path, "PRAGMA user_version = 99;")
      return .newerSchema(.file(path: path), found: 99, known: Schema.version)
    }
  }

  @Test func `a folder is refused`() throws {
    try expectRefusal { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      return .isDirectory(.file(path: path))
    }
  }

  @Test func `a store cannot be created below a file`() throws {
    try withFolder { folder throws in
      let file = folder.file("file")
      try Data("x".utf8).write(to: URL(fileURLWithPath: file))
      let path = file + "/store.db"
      #expect(try SQLiteStore.openForReading(path) == nil)
      let error = #expect(throws: StoreError.self) {
        try SQLiteStore.openForWriting(path)
      }
      guard case .cannotCreate(.file(path), _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try folder.contents() == ["file": Data("x".utf8)])
    }
  }

  @Test func `a store with damaged pages is an error, not a crash`() throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      _ = try shell(store.path, "PRAGMA wal_checkpoint(TRUNCATE)")
      var bytes = try Data(contentsOf: URL(fileURLWithPath: store.path))
      for offset in stride(from: 16384, to: bytes.count, by: 7) { bytes[offset] = 0xEE }
      try bytes.write(to: URL(fileURLWithPath: store.path))
      let error = #expect(throws: StoreError.self) { try store.rows(Home.platform) }
      guard case .unreadable(.file(store.path), _)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  // MARK: Helpers

  private func expectRefusal(
    sourceLocation: SourceLocation = #_sourceLocation, _ make: (String) throws -> StoreError
  ) throws {
    try withFolder { folder throws in
      let path = folder.file("store.db")
      let expected = try make(path)
      let before = try folder.contents()
      #expect(throws: expected, sourceLocation: sourceLocation) {
        try SQLiteStore.openForReading(path)
      }
      #expect(throws: expected, sourceLocation: sourceLocation) {
        try SQLiteStore.openForWriting(path)
      }
      #expect(try folder.contents() == before, sourceLocation: sourceLocation)
    }
  }

  private func permissions(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue & 0o777
  }
}

extension TemporaryStore {
  /// The first value of a query, as text.
  func query(_ sql: String) throws -> String? {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try DatabaseValue.fetchOne($0, sql: sql) }.flatMap { value in
      String.fromDatabaseValue(value) ?? Int.fromDatabaseValue(value).map { String($0) }
    }
  }
}

extension StoreChange {
  /// A change by nobody in particular.
  static var test: StoreChange {
    StoreChange(
      actor: "ann", command: "everrunsctl platform create acme", reason: "because",
      now: { Date(timeIntervalSince1970: 1_767_323_045) })
  }
}
