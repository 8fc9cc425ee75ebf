import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// What code may do that a store runs in the middle of its own work.
@Suite(.everyStore) struct TransactionTests {
  @Test func `a write in the body of a comparison is refused, and nothing is written`() throws {
    try withTestedStore { store throws in
      let opened = try store.openForWriting()
      let error = #expect(throws: StoreError.self) {
        try opened.compare(.home, options: SeedOptions(), isFull: false) { _ in
          try opened.save([(.empty, "made")], as: "acme", after: nil, change: .test)
        }
      }
      #expect(error == .writeDuringRead(opened.location))
      #expect(try opened.platforms() == [])
      #expect(try opened.history(atMost: nil) == [])
    }
  }

  @Test func `a write while a plan is being decided is refused, and the plan is not carried out`()
    throws
  {
    try withTestedStore { store throws in
      let opened = try store.openForWriting()
      let error = #expect(throws: StoreError.self) {
        try store.apply(Home.platform, in: opened) { _ in
          try opened.use("oss", saved: nil, change: .test)
          return true
        }
      }
      #expect(error == .writeDuringRead(opened.location))
      #expect(try opened.activePlatform() == nil)
      #expect(try opened.organizations() == [])
    }
  }

  @Test(
    .onlyInFiles("of a server's schema, the version is looked at in each transaction"),
    arguments: [
      ("pragma user_version = 99", "newer"), ("pragma application_id = 77", "unmarked"),
    ])
  func `a store that became another one while its lock was waited for is not written`(
    sql: String, kind: String
  ) throws {
    try withStore { store throws in
      let opened = try store.openForWriting()
      try store.administer(sql)
      let error = #expect(throws: StoreError.self) {
        try opened.use("oss", saved: nil, change: .test)
      }
      #expect(
        error
          == (kind == "newer"
            ? .newerSchema(opened.location, found: 99, known: Schema.version)
            : .unmarkedStore(opened.location, applicationID: 77)))
      #expect(try store.answer("select count(*) from history") == ["0"])
    }
  }

  @Test func `only what the history tells counts as a change`() throws {
    try withTestedStore { store throws in
      try store.apply(Home.platform)
      let opened = try store.openForWriting()
      #expect(!opened.hasCommitted)
      let result = try store.apply(Home.platform, isFull: true, in: opened)
      #expect(!result.isApplied && !opened.hasCommitted)
      try opened.use("oss", saved: nil, change: .test)
      #expect(opened.hasCommitted)
    }
  }

  @Test func `a store that refused a write can be written to afterwards`() throws {
    try withTestedStore { store throws in
      let opened = try store.openForWriting()
      try opened.compare(.home, options: SeedOptions(), isFull: false) { _ in
        _ = try? opened.use("oss", saved: nil, change: .test)
      }
      try opened.use("oss", saved: nil, change: .test)
      #expect(try store.open().activePlatform() == "oss")
    }
  }

  @Test func `errors thrown in the body of a comparison are rethrown unchanged`() throws {
    struct Refusal: Error, Equatable {}
    try withTestedStore { store throws in
      let opened = try store.openForWriting()
      #expect(throws: Refusal()) {
        try opened.compare(.home, options: SeedOptions(), isFull: false) { _ in throw Refusal() }
      }
      #expect(throws: Refusal()) {
        try store.apply(Home.platform, in: opened) { _ in throw Refusal() }
      }
      #expect(try opened.organizations() == [])
    }
  }

  @Test func `a comparison reads one state of the store despite concurrent writes`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      let opened = try store.open()
      let names = try opened.compare(.home, options: SeedOptions(), isFull: true) { _ in
        try store.execute("UPDATE organizations SET name = 'Renamed'")
        return try opened.organizations().map(\.name)
      }
      #expect(names == ["Home"])
      #expect(try opened.organizations().map(\.name) == ["Renamed"])
    }
  }

  @Test func `a later comparison does not change the rows of a plan`() throws {
    try withTestedStore { store throws in
      try store.addOrganizations(2...400)
      let opened = try store.open()
      func rows(_ basis: SeedBasis) throws -> SeedPlanRows {
        try opened.compare(basis, options: SeedOptions(), isFull: true) {
          try $0.list(.expanded, SeedRowFilter())
        }
      }
      let first = try rows(.home)
      let before = try first.collected()
      let other = SeedBasis(definition: .empty, catalog: Home.catalog, grade: .prod)
      let second = try rows(other)
      #expect(before.count > 1000)
      #expect(try first.collected() == before)
      #expect(try second.collected().count != before.count)
    }
  }

  @Test func `long listings can follow one another`() throws {
    try withTestedStore { store throws in
      try store.addOrganizations(2...400)
      let opened = try store.open()
      try opened.compare(.home, options: SeedOptions(), isFull: true) { findings in
        let listings = try (1...3).map { _ in
          try findings.list(.expanded, SeedRowFilter()).collected()
        }
        #expect(listings[0].count > 1000)
        #expect(listings[1] == listings[0])
        #expect(listings[2] == listings[0])
      }
    }
  }

  @Test func `a long listing can follow one that was rolled back`() throws {
    struct Cancelled: Error {}
    try withTestedStore { store throws in
      try store.addOrganizations(2...400)
      let opened = try store.openForWriting()
      #expect(throws: Cancelled.self) {
        try store.apply(Home.platform, in: opened) { findings in
          _ = try findings.list(.expanded, SeedRowFilter()).collected()
          throw Cancelled()
        }
      }
      let rows = try opened.compare(.home, options: SeedOptions(), isFull: true) {
        try $0.list(.expanded, SeedRowFilter()).collected()
      }
      #expect(rows.count > 1000)
    }
  }

  @Test func `the rows of an applied plan stay readable`() throws {
    try withTestedStore { store throws in
      try store.addOrganizations(2...400)
      let opened = try store.openForWriting()
      var listed: SeedPlanRows?
      var decided: [SeedPlanRow] = []
      try store.apply(Home.platform, in: opened) { findings in
        let rows = try findings.list(.expanded, SeedRowFilter())
        listed = rows
        decided = try rows.collected()
        return true
      }
      _ = try opened.compare(.home, options: SeedOptions(), isFull: true) {
        try $0.list(.expanded, SeedRowFilter())
      }
      #expect(decided.count > 1000)
      #expect(try listed?.collected() == decided)
    }
  }
}

extension SeedBasis {
  static var home: SeedBasis {
    SeedBasis(definition: Home.platform, catalog: Home.catalog, grade: .prod)
  }
}
