import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// Rows that are equal in two or more organizations but the default one are one row.
@Suite(.everyStore) struct FoldingTests {
  @Test func `new organizations share one row per template and setting`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      for number in 2...4 { try store.addOrganization(number, seeded: false) }
      #expect(
        try store.lines(Home.platform) == [
          "unchanged matches organization/Home \(Home.publicID)",
          "unchanged matches harness/base base-in-1",
          "create missing */harness/base - x3",
          "unchanged matches harness/chat chat-in-1",
          "create missing */harness/chat - x3",
          "unchanged matches organization_settings/default-harness -",
          "create missing */organization_settings/default-harness - x3",
          "unchanged matches organization_settings/base-harness -",
          "create missing */organization_settings/base-harness - x3",
        ])
    }
  }

  @Test func `a folded row has no organization, a single row has one`() throws {
    try withTestedStore { store throws in
      for number in 1...3 { try store.addOrganization(number) }
      try store.execute("UPDATE harnesses SET tags = {tags 1} WHERE id = {id base-in-2}")
      let rows = try store.rows(Home.platform).filter { $0.address.kind == .harness }
      #expect(
        rows.map(\.organization)
          == [
            Home.publicID, TemporaryStore.publicID(2), TemporaryStore.publicID(3),
            Home.publicID, nil,
          ])
      #expect(rows.map(\.organizations) == [nil, nil, nil, nil, 2])
      #expect(
        rows.map { $0.id.map(store.naming) } == [
          "base-in-1", "base-in-2", "base-in-3", "chat-in-1", nil,
        ])
    }
  }

  @Test func `a folded row names its first organizations, and all of them if asked`() throws {
    try withTestedStore { store throws in
      for number in [9, 3, 1, 7, 5, 4, 8, 6, 2] { try store.addOrganization(number) }
      try store.execute(
        "UPDATE harnesses SET tags = {tags 1} WHERE name = 'chat' AND org_id IN (8, 3)")
      func examples(_ listing: SeedListing) throws -> [String] {
        try store.rows(Home.platform, listing: listing).filter { $0.address.kind == .harness }
          .compactMap { row in
            row.organizations.map { "\(row.address) x\($0): \(row.examples.map(\.name))" }
          }
      }
      #expect(
        try examples(.folded) == [
          #"*/harness/base x8: ["Other 2", "Other 3", "Other 4"]"#,
          #"*/harness/chat~1 x6: ["Other 2", "Other 4", "Other 5"]"#,
          #"*/harness/chat~2 x2: ["Other 3", "Other 8"]"#,
        ])
      #expect(
        try examples(.foldedNamingAll)[1...] == [
          #"*/harness/chat~1 x6: ["Other 2", "Other 4", "Other 5", "Other 6", "Other 7", "Other 9"]"#,
          #"*/harness/chat~2 x2: ["Other 3", "Other 8"]"#,
        ])
      #expect(
        try store.rows(Home.platform, listing: .expanded).map(\.organizationName).filter {
          $0 == "Other 8"
        }.count == 4)
    }
  }

  @Test func `many groups name their organizations like few groups`() throws {
    try withTestedStore { store throws in
      try store.addOrganizations(2...100)
      try store.apply(Home.platform)
      // Four organizations share each of the edits.
      try store.administer(
        "UPDATE harnesses SET description = org_id % 24 WHERE name = 'chat' AND org_id > 4")
      let rows = try store.rows(Home.platform).filter { $0.action == .update }
      #expect(rows.count == 24)
      #expect(
        rows.first.map { "\($0.address) \($0.examples.map(\.name))" }
          == #"*/harness/chat~2 ["Other 5", "Other 29", "Other 53"]"#)
    }
  }

  @Test func `the default organization is never folded`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(2)
      try store.addOrganization(3)
      #expect(
        try store.lines(of: .harness, Home.platform) == [
          "create missing harness/base -", "unchanged matches */harness/base - x2",
          "create missing harness/chat -", "unchanged matches */harness/chat - x2",
        ])
    }
  }

  @Test func `rows are grouped by outcome, in the order of public ids`() throws {
    try withTestedStore { store throws in
      for number in [9, 3, 1, 7, 5, 4, 8, 6, 2] { try store.addOrganization(number) }
      // The same edit in 3 and 8, another in 4, an own harness in 5, an archived one in 6.
      try store.execute(
        """
        UPDATE harnesses SET tags = {tags 1} WHERE id IN ({id chat-in-8}, {id chat-in-3});
        UPDATE harnesses SET tags = {tags 2} WHERE id = {id chat-in-4};
        UPDATE harnesses SET is_built_in = {false} WHERE id = {id chat-in-5};
        UPDATE harnesses SET status = 'archived' WHERE id = {id chat-in-6};
        """)
      #expect(
        try store.lines(of: .harness, Home.platform).filter { $0.contains("chat") } == [
          "unchanged matches harness/chat chat-in-1",
          "unchanged matches */harness/chat~1 - x3",
          "update overwrites_local_edit */harness/chat~2 - x2; tags: [\"1\"] -> []",
          "update overwrites_local_edit \(TemporaryStore.publicID(4))/harness/chat chat-in-4; "
            + "tags: [\"2\"] -> []",
          "blocked name_owned_by_org \(TemporaryStore.publicID(5))/harness/chat chat-in-5",
          "keep archived \(TemporaryStore.publicID(6))/harness/chat chat-in-6",
        ])
    }
  }

  @Test func `orphans are folded by name`() throws {
    try withTestedStore { store throws in
      for number in 1...4 { try store.addOrganization(number, seeded: false) }
      for (id, number, name) in [
        ("a", 3, "zz"), ("b", 2, "zz"), ("c", 1, "zz"), ("d", 4, "old"), ("e", 4, "zz"),
      ] {
        try store.execute(
          """
          INSERT INTO harnesses (id, org_id, name, is_built_in)
          VALUES ({id \(id)}, \(number), '\(name)', {true})
          """)
      }
      #expect(
        try store.lines(of: .harness, .worker()) == [
          "keep orphaned \(TemporaryStore.publicID(4))/harness/old d",
          "keep orphaned harness/zz c", "keep orphaned */harness/zz - x3",
        ])
    }
  }

  @Test func `the counts of rows are those of organizations`() throws {
    try withTestedStore { store throws in
      for number in 1...5 { try store.addOrganization(number, seeded: number % 2 == 0) }
      let counts = try store.rows(Home.platform).reduce(into: [SeedAction: Int]()) {
        $0[$1.action, default: 0] += $1.organizations ?? 1
      }
      // The organization itself, and two harnesses and two settings of each of the five.
      #expect(counts == [.unchanged: 1 + 2 * 4, .create: 3 * 4])
    }
  }

  @Test func `equal stores yield equal rows, whatever their history`() throws {
    let rows = try [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [3, 1, 5, 2, 4]].map { order in
      try withTestedStore { store in
        for number in order { try store.addOrganization(number, seeded: number != 4) }
        return try store.rows(Home.platform)
      }
    }
    #expect(rows[0] == rows[1])
    #expect(rows[0] == rows[2])
  }
}
