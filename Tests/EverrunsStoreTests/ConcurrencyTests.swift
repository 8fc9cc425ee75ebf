import Everruns
import Foundation
import GRDB
import Synchronization
import Testing

@testable import EverrunsStore

@Suite(.timeLimit(.minutes(1))) struct ConcurrencyTests {
  @Test func `of many programs creating a store at once, one does and all can use it`() throws {
    for round in 0..<10 {
      try withFolder { folder throws in
        let path = folder.file("sub/store.db")
        let ids = Mutex<[String]>([])
        let errors = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { index in
          do {
            let store = try SQLiteStore.openForWriting(path)
            let id = try store.info().id
            ids.withLock { $0.append(id) }
          } catch {
            errors.withLock { $0.append("\(error)") }
          }
        }
        #expect(errors.withLock { $0 } == [], "round \(round)")
        #expect(Set(ids.withLock { $0 }).count == 1, "round \(round)")
        #expect(try SQLiteStore.openForReading(path)?.info().details.map(\.value) == ["wal"])
      }
    }
  }

  @Test func `of many programs saving after the same revision, one succeeds`() throws {
    try withStore { store throws in
      let outcomes = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        let outcome: String
        do {
          let opened = try SQLiteStore.openForWriting(store.path)
          let number = try opened.save([(.empty, "made")], as: "acme", after: nil, change: .test)
          outcome = "saved \(number)"
        } catch StoreError.superseded(name: "acme", seen: nil, latest: 1) {
          outcome = "superseded"
        } catch {
          outcome = "\(error)"
        }
        outcomes.withLock { $0.append(outcome) }
      }
      #expect(
        outcomes.withLock { $0.sorted() }
          == ["saved 1"] + Array(repeating: "superseded", count: 7))
    }
  }

  @Test func `a writer waits for another one, and reports busy after the timeout`() throws {
    try withStore { store throws in
      let other = try DatabaseQueue(path: store.path)
      try other.inDatabase { db in
        try db.beginTransaction(.immediate)
        let start = ContinuousClock.now
        #expect(throws: StoreError.busy(.file(path: store.path))) {
          try SQLiteStore.openForWriting(store.path)
            .save([(.empty, "made")], as: "acme", after: nil, change: .test)
        }
        #expect(start.duration(to: .now) > .seconds(4))
        try db.rollback()
      }
    }
  }

  @Test func `a store is read while it is being written to`() throws {
    try withStore { store throws in
      let errors = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 4) { index in
        do {
          for round in 0..<20 {
            if index == 0 {
              try store.execute(
                "INSERT INTO organizations (org_id, public_id, name) VALUES (?, ?, 'x')",
                [round + 1, "org_\(round)"])
            } else {
              _ = try store.open().organizations()
            }
          }
        } catch {
          errors.withLock { $0.append("\(error)") }
        }
      }
      #expect(errors.withLock { $0 } == [])
    }
  }
}
