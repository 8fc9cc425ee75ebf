import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// The organizations that entries of the history concern.
@Suite(.everyStore) struct HistoryTests {
  private static let home = member(1, "Home")
  private static let other = member(2, "Other 2")

  private static func member(_ number: Int, _ name: String) -> ConcernedOrganizations.Member {
    .init(publicID: TemporaryStore.publicID(number), name: name)
  }

  private func latest(
    _ store: any TestedStore, _ limit: Int = 1
  ) throws -> [ConcernedOrganizations?] {
    try store.open().history(atMost: limit).map(\.concerns)
  }

  @Test func `a run concerns all organizations, or those that it is limited to`() throws {
    try withTestedStore { store throws in
      for number in 1...3 { try store.addOrganization(number, seeded: number == 3) }
      try store.apply(
        Home.platform,
        options: SeedOptions(
          scope: .harnesses, organizations: [Self.other, Self.home].map(\.publicID)))
      #expect(try latest(store) == [.listed([Self.other, Self.home])])
      try store.execute("UPDATE harnesses SET description = 'x' WHERE org_id > 1")
      try store.apply(
        Home.platform, options: SeedOptions(organizations: [Self.other.publicID], overwrites: true))
      #expect(try latest(store) == [.listed([Self.other])])
      try store.apply(Home.platform, options: SeedOptions(overwrites: true))
      #expect(
        try latest(store, 4) == [.all, .listed([Self.other]), .listed([Self.other, Self.home])])
    }
  }

  @Test func `each entry about created organizations concerns one of them`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      let created = [Self.member(2, "Acme"), Self.member(3, "Beta")]
      _ = try store.openForWriting().createOrganizations(
        created.map { NewOrganization(publicID: $0.publicID, name: $0.name, number: nil) },
        basis: SeedBasis(definition: Home.platform, catalog: Home.catalog, grade: .prod),
        change: .test)
      #expect(try latest(store, 3) == created.reversed().map { .listed([$0]) })
    }
  }

  @Test func `an entry about a new name has the former one`() throws {
    try withTestedStore { store throws in
      for number in 1...2 { try store.addOrganization(number) }
      let writing = try store.openForWriting()
      for name in ["Acme", "Beta"] {
        let organization = try #require(
          try writing.organizations(named: Self.other.publicID).first)
        try writing.update(organization, name: name, settings: [:], change: .test)
      }
      #expect(
        try latest(store, 3) == [.listed([Self.member(2, "Acme")]), .listed([Self.other])])
    }
  }

  @Test(.onlyInFiles("the control plane deletes its organizations"))
  func `each entry about deleted organizations concerns one of them`() throws {
    try withTestedStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      let writing = try store.openForWriting()
      _ = try writing.delete(
        writing.organizations().filter { $0.orgID > 1 }, change: .test)
      #expect(
        try latest(store, 3) == [.listed([Self.member(3, "Other 3")]), .listed([Self.other])])
    }
  }

  @Test func `entries about definitions concern no organization`() throws {
    try withTestedStore { store throws in
      let writing = try store.openForWriting()
      _ = try writing.save([(.empty, "made")], as: "acme", after: nil, change: .test)
      try writing.use("acme", saved: nil, change: .test)
      _ = try writing.delete("acme", change: .test)
      #expect(try latest(store, 4) == [.listed([]), .listed([]), .listed([])])
    }
  }

  @Test(
    arguments: [
      "{}", "all", "{\"all\":false}", "{\"organizations\":[]}",
      "{\"organizations\":{\"org_1\":1}}", "[]",
    ])
  func `what other programs wrote there says nothing`(text: String) throws {
    try withTestedStore { store throws in
      try store.openForWriting().use("acme", saved: nil, change: .test)
      try store.execute("UPDATE history SET concerns = '\(text)'")
      #expect(try latest(store) == [nil])
    }
  }
}
