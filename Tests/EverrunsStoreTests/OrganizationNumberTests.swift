import Everruns
import EverrunsSeeding
import Foundation
import Testing

@testable import EverrunsStore

/// Numbers are never used twice.
@Suite(.everyStore) struct OrganizationNumberTests {
  private func create(_ store: any TestedStore, _ id: Character) throws -> Int? {
    try store.openForWriting().createOrganization(
      name: "New", publicID: "org_0000000000000000000000000000000\(id)", basis: .home,
      change: .test)
  }

  @Test func `the number of a deleted organization is not reused`() throws {
    try withTestedStore { store throws in
      #expect(try create(store, "a") == 2)
      #expect(try create(store, "b") == 3)
      try store.administer("delete from organizations where org_id = 3")
      #expect(try create(store, "c") == 4)
    }
  }

  @Test(.onlyInFiles("a server has a sequence for numbers"))
  func `the number of an organization that another program deleted is not reused`() throws {
    try withStore { store throws in
      try store.administer(
        "insert into organizations (org_id, public_id, name) values (70, 'x', 'X');"
          + "delete from organizations where org_id = 70")
      #expect(try create(store, "d") == 71)
    }
  }

  @Test(
    .onlyInFiles("a server has a sequence for numbers"),
    arguments: [
      "delete from store_state", "update store_state set highest_org_id = null",
      "update store_state set highest_org_id = 'abc'", "update store_state set highest_org_id = -1",
      "update store_state set highest_org_id = 1",
    ])
  func `the number of a deleted organization is not reused after the record of it was lost`(
    sql: String
  ) throws {
    try withStore { store throws in
      try store.addOrganization(1, seeded: false)
      #expect(try create(store, "a") == 2)
      #expect(try create(store, "b") == 3)
      let writing = try store.openForWriting()
      _ = try writing.delete(
        try writing.organizations(named: "org_0000000000000000000000000000000b"), change: .test)
      try store.administer(sql)
      _ = try SQLiteStore.openForWriting(store.path, repairs: true)
      #expect(try create(store, "c") == 4)
      #expect(try store.answer("select highest_org_id from store_state") == ["4"])
      #expect(try store.open().findings() == [])
    }
  }

  @Test(.onlyInFiles("a server has a sequence for numbers"))
  func `a recorded number that an organization exceeds is found, and not relied on`() throws {
    try withStore { store throws in
      for number in 1...3 { try store.addOrganization(number, seeded: false) }
      try store.administer("update store_state set highest_org_id = 2")
      #expect(
        try store.open().findings().map { String($0.prefix { $0 != ">" }) } == [
          "state: store_state id = 1 highest_org_id is 2, which is less than the number of an "
            + "organization: a new organization may get the number of a deleted one -"
        ])
      #expect(try create(store, "a") == 4)
      #expect(try store.open().findings() == [])
    }
  }

  @Test(.onlyInFiles("a server has a sequence for numbers"))
  func `a row of another program that leaves no number is found`() throws {
    try withStore { store throws in
      try store.administer(
        "create table runs (org_id int); insert into runs values (\(OrganizationNumbers.limit))")
      #expect(throws: StoreError.self) { try create(store, "a") }
      #expect(
        try store.open().findings() == [
          "state: runs org_id holds 9007199254740992, which leaves no number for a new organization"
            + " -> change or delete that row with the program that it belongs to"
        ])
    }
  }

  @Test(.onlyInFiles("a server has a sequence for numbers"))
  func `a number that any row names is not reused`() throws {
    try withStore { store throws in
      try store.administer(
        """
        insert into agents (id, org_id, name) values ('a', 20, 'a');
        create table others (owner references organizations (org_id));
        insert into others values ('30'), ('x'), (x'00'), (2.5);
        create table more (org_id text); insert into more values ('25');
        """)
      #expect(try create(store, "a") == 31)
    }
  }

  @Test func `the largest number does not block new ones`() throws {
    try withTestedStore { store throws in
      try store.administer(
        "insert into organizations (org_id, public_id, name) "
          + "values (9223372036854775807, '\(TemporaryStore.publicID(8))', 'Max'), "
          + "(-5, '\(TemporaryStore.publicID(9))', 'Min')")
      #expect(try create(store, "a") == 2)
      try store.apply(Home.platform)
      #expect(try store.differences(Home.platform) == [])
    }
  }

  @Test(.onlyInFiles("a server has a sequence for numbers"))
  func `the last number is the largest integer that JSON represents exactly`() throws {
    try withStore { store throws in
      try store.administer(
        "insert into organizations (org_id, public_id, name) values (9007199254740992, 'max', 'Max')"
      )
      #expect(
        throws: StoreError.numbersUsedUp(
          .file(path: store.path), column: "organizations.org_id", number: 9_007_199_254_740_992)
      ) { try create(store, "a") }
    }
  }

  @Test(arguments: [false, true])
  func `a store whose serial cannot be raised has no plan`(isSettled: Bool) throws {
    try withTestedStore { store throws in
      if isSettled { try store.apply(Home.platform) }
      try store.execute("update store_state set serial = 1000000000000000000")
      let error = StoreError.numbersUsedUp(
        try store.open().location, column: "store_state.serial", number: 1_000_000_000_000_000_000)
      #expect(throws: error) { try store.rows(Home.platform) }
      #expect(throws: error) { try store.apply(Home.platform) }
      try #expect(store.serial() == 1_000_000_000_000_000_000)
    }
  }

  @Test(arguments: ["9223372036854775807", "-3", "0"])
  func `a revision count written by another program is read or refused`(number: String) throws {
    try expectRevisionNumbers(whenLatestIs: number)
  }

  @Test(.onlyInFiles("a server's columns have types"), arguments: ["9e999", "'x'"])
  func `a revision count that is not a whole number does not count`(number: String) throws {
    try expectRevisionNumbers(whenLatestIs: number)
  }

  private func expectRevisionNumbers(whenLatestIs number: String) throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      _ = try writing.save(
        [(.empty, "made"), (.oss(), "more")], as: "acme", after: nil, change: .test)
      try store.administer("update platforms set latest_revision = \(number)")
      #expect(try writing.platforms().map(\.latestRevision) == [2])
      guard number != "9223372036854775807" else {
        #expect(throws: StoreError.self) {
          try writing.save([(.empty, "again")], as: "acme", after: 2, change: .test)
        }
        return
      }
      #expect(try writing.save([(.empty, "again")], as: "acme", after: 2, change: .test) == 3)
    }
  }

  @Test func `revision numbers continue after a definition was deleted`() throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      _ = try writing.save(
        [(.empty, "made"), (.oss(), "more")], as: "acme", after: nil, change: .test)
      try store.administer("delete from platforms")
      #expect(try writing.save([(.empty, "again")], as: "acme", after: 2, change: .test) == 3)
    }
  }

  @Test(
    .onlyInFiles("a server's store is not repaired"),
    arguments: ["9223372036854775807", "'x'", "9e999", "-1"])
  func `a serial that cannot be raised is refused, and repaired by initializing the store`(
    serial: String
  ) throws {
    try withStore { store throws in
      try store.apply(Home.platform)
      try store.administer("update store_state set serial = \(serial)")
      #expect(try store.open().findings() != [])
      if serial != "-1" {
        #expect(throws: StoreError.self) { try store.apply(Home.platform) }
      }
      let repaired = try SQLiteStore.openForWriting(store.path, repairs: true)
      let last = try #require(try repaired.history(atMost: 1).first)
      #expect(try repaired.info().serial - 1 == last.serial)
      #expect(try store.open().findings() == [])
    }
  }
}
