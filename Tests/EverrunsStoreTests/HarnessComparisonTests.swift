import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// Built-in harnesses of a store against the templates of a definition.
@Suite(.everyStore) struct HarnessComparisonTests {
  private let base = "harness/base base-in-1"
  private let chat = "harness/chat chat-in-1"

  // MARK: The default organization

  @Test func `an up-to-date store is unchanged`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      #expect(
        try store.lines(Home.platform) == [
          "unchanged matches organization/Home \(Home.publicID)",
          "unchanged matches \(base)", "unchanged matches \(chat)",
          "unchanged matches organization_settings/default-harness -",
          "unchanged matches organization_settings/base-harness -",
        ])
    }
  }

  @Test(arguments: [
    ("display_name", "'Basis'", #"; display_name: "Basis" -> "Base""#),
    ("description", "NULL", #"; description: null -> "Empty.""#),
    ("system_prompt", "''", #"; system_prompt: "" -> "Help.""#),
    ("tags", "{tags}", #"; tags: [] -> ["base","built-in"]"#),
    ("tags", "{tags built-in base}", #"; tags: ["built-in","base"] -> ["base","built-in"]"#),
  ])
  func `an edited column is overwritten, and named with both values`(
    column: String, value: String, changes: String
  ) throws {
    try expectOverwritten(column, value, changes)
  }

  @Test(
    .onlyInFiles("a server's columns have types and constraints"),
    arguments: [
      ("status", "'paused'", #"; status: "paused" -> "active""#),
      ("tags", "'[oops'", #"; tags: "[oops" -> ["base","built-in"]"#),
      ("tags", "''", #"; tags: "" -> ["base","built-in"]"#),
      ("tags", "17", #"; tags: 17 -> ["base","built-in"]"#),
      ("tags", "x'00ff0a'", #"; tags: "x'00ff0a'" -> ["base","built-in"]"#),
      ("display_name", "x'0a'", #"; display_name: "x'0a'" -> "Base""#),
    ])
  func `an edited column is overwritten, whatever it holds`(
    column: String, value: String, changes: String
  ) throws {
    try expectOverwritten(column, value, changes)
  }

  private func expectOverwritten(_ column: String, _ value: String, _ changes: String) throws {
    try expectLines(
      after: "UPDATE harnesses SET \(column) = \(value) WHERE name = 'base'",
      ["update overwrites_local_edit \(base)" + changes, "unchanged matches \(chat)"])
  }

  @Test(arguments: [
    (
      "UPDATE harness_capabilities SET config = '{\"b\":2}' WHERE capability_id = 'web'",
      #"[{"ref":"web","config":{"b":2}},{"ref":"time","config":{}}]"#
    ),
    (
      "DELETE FROM harness_capabilities WHERE capability_id = 'web'",
      #"[{"ref":"time","config":{}}]"#
    ),
    (
      "INSERT INTO harness_capabilities (harness_id, capability_id, position) "
        + "VALUES ({id base-in-1}, 'more', 2)",
      #"[{"ref":"web","config":{"a":{"x":[1,2],"y":1},"b":1}},{"ref":"time","config":{}},"#
        + #"{"ref":"more","config":{}}]"#
    ),
    (
      "UPDATE harness_capabilities SET position = 5 WHERE capability_id = 'web'",
      #"[{"ref":"time","config":{}},{"ref":"web","config":{"a":{"x":[1,2],"y":1},"b":1}}]"#
    ),
  ])
  func `edited capabilities are overwritten and shown`(
    change: String, before: String
  ) throws {
    try expectCapabilitiesOverwritten(change, before)
  }

  @Test(.onlyInFiles("a server's column is JSON"))
  func `capabilities that are not JSON are overwritten and shown`() throws {
    try expectCapabilitiesOverwritten(
      "UPDATE harness_capabilities SET config = '{oops' WHERE capability_id = 'web'",
      #"[{"ref":"web","config":"{oops"},{"ref":"time","config":{}}]"#)
  }

  @Test(.onlyInFiles("a server's column is an integer"))
  func `a position that is not an integer is overwritten and shown`() throws {
    try expectCapabilitiesOverwritten(
      "UPDATE harness_capabilities SET position = 'x' WHERE capability_id = 'web'",
      #"[{"ref":"time","config":{}},{"ref":"web","config":{"a":{"x":[1,2],"y":1},"b":1},"#
        + #""position":"x"}]"#)
  }

  private func expectCapabilitiesOverwritten(_ change: String, _ before: String) throws {
    try expectLines(
      after: change,
      [
        "update overwrites_local_edit \(base); capabilities: \(before) -> "
          + #"[{"ref":"web","config":{"a":{"x":[1,2],"y":1},"b":1}},{"ref":"time","config":{}}]"#,
        "unchanged matches \(chat)",
      ])
  }

  @Test(arguments: [
    """
    UPDATE harness_capabilities SET config = ' { "b" : 1, "a" : {"y":1, "x":[1,2]} } '
    WHERE capability_id = 'web'
    """,
    "UPDATE harness_capabilities SET position = position * 10 + 7",
  ])
  func `other notations of JSON and positions are not edits`(change: String) throws {
    try expectLines(after: change, ["unchanged matches \(base)", "unchanged matches \(chat)"])
  }

  @Test(.onlyInFiles("a server's column is no JSON"))
  func `other notations of tags are not edits`() throws {
    try expectLines(
      after: #"UPDATE harnesses SET tags = '[ "base", "built\u002din" ]' WHERE name = 'base'"#,
      ["unchanged matches \(base)", "unchanged matches \(chat)"])
  }

  @Test func `every edited field of a row is named`() throws {
    try expectLines(
      after: "UPDATE harnesses SET display_name = '', tags = {tags x} WHERE name = 'chat'",
      [
        "unchanged matches \(base)",
        "update overwrites_local_edit \(chat)"
          + #"; display_name: "" -> "Chat"; tags: ["x"] -> []"#,
      ])
  }

  @Test func `a removed parent is restored`() throws {
    try expectLines(
      after: "UPDATE harnesses SET parent_harness_id = NULL WHERE name = 'chat'",
      [
        "unchanged matches \(base)",
        "update overwrites_local_edit \(chat)" + #"; parent: null -> "base""#,
      ])
  }

  @Test func `an unexpected parent is removed`() throws {
    try expectLines(
      after: "UPDATE harnesses SET parent_harness_id = {id chat-in-1} WHERE name = 'base'",
      [
        "update overwrites_local_edit \(base)" + #"; parent: "chat" -> null"#,
        "unchanged matches \(chat)",
      ])
  }

  @Test func `a parent of another organization is named by its id and replaced`() throws {
    try withTestedStore { store throws in
      for number in 1...2 { try store.addOrganization(number) }
      try store.execute(
        "UPDATE harnesses SET parent_harness_id = {id base-in-2} WHERE id = {id chat-in-1}")
      #expect(
        try store.lines(of: .harness, Home.platform) == [
          "unchanged matches \(base)",
          "unchanged matches \(TemporaryStore.publicID(2))/harness/base base-in-2",
          "update overwrites_local_edit \(chat)" + #"; parent: "base-in-2" -> "base""#,
          "unchanged matches \(TemporaryStore.publicID(2))/harness/chat chat-in-2",
        ])
    }
  }

  @Test(.onlyInFiles("a server refuses to delete a parent"))
  func `a deleted parent is created again and its child points to it`() throws {
    try expectLines(
      after: "DELETE FROM harnesses WHERE name = 'base'",
      [
        "create missing harness/base -",
        "update overwrites_local_edit \(chat)" + #"; parent: null -> "base""#,
      ])
  }

  @Test func `a dangling parent is not a crash`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.administer("DELETE FROM harnesses WHERE name = 'base'")
      #expect(
        try store.lines(of: .harness, Home.platform) == [
          "create missing harness/base -",
          "update overwrites_local_edit \(chat)" + #"; parent: "base-in-1" -> "base""#,
        ])
    }
  }

  @Test func `an archived harness is kept`() throws {
    try expectLines(
      after: "UPDATE harnesses SET status = 'archived', tags = {tags 1} WHERE name = 'chat'",
      ["unchanged matches \(base)", "keep archived \(chat)"])
  }

  @Test func `a row that left the definition is kept as an orphan`() throws {
    var platform = Home.platform
    platform.builtInHarnesses = [Home.base]
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute(
        """
        INSERT INTO harnesses (id, org_id, name, is_built_in)
        VALUES ({id a}, 1, 'ancient', {true}), ({id o}, 1, 'own', {false})
        """)
      #expect(
        try store.lines(of: .harness, platform)
          == [
            "unchanged matches \(base)", "keep orphaned harness/ancient a",
            "keep orphaned \(chat)",
          ])
    }
  }

  @Test func `an organization's own harness blocks a template, and its use as a parent`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1, seeded: false)
      try store.addHarness(Home.base, to: 1, isBuiltIn: false)
      #expect(
        try store.lines(of: .harness, Home.platform) == [
          "blocked name_owned_by_org \(base)",
          "create missing harness/chat -; "
            + "parent_blocked: without a parent: 'base' is the organization's own harness",
        ])
    }
  }

  @Test func `a built-in harness loses a parent that is organization-owned`() throws {
    try expectLines(
      after: "UPDATE harnesses SET is_built_in = {false} WHERE name = 'base'",
      [
        "blocked name_owned_by_org \(base)",
        "update definition_changed \(chat); "
          + "parent_blocked: without a parent: 'base' is the organization's own harness; "
          + #"parent: "base-in-1" -> null"#,
      ])
  }

  @Test func `a seed id in use is not taken, with a note`() throws {
    var platform = Home.platform
    platform.builtInHarnesses[0].seedID = "01933b5a-0000-7000-8000-000000000601"
    try withTestedStore { store throws in
      #expect(
        try store.lines(of: .harness, platform)
          == [
            "create missing harness/base 01933b5a-0000-7000-8000-000000000601",
            "create missing harness/chat -",
          ])
      try store.addOrganization(2, seeded: false)
      try store.execute(
        """
        INSERT INTO harnesses (id, org_id, name)
        VALUES ('01933b5a-0000-7000-8000-000000000601', 2, 'mine')
        """)
      #expect(
        try store.lines(of: .harness, platform).first
          == "create missing harness/base -; seed_id_taken: gets a new id; "
          + "seed id '01933b5a-0000-7000-8000-000000000601' is in use")
    }
  }

  @Test func `a built-in with another id than its seed id is found by name`() throws {
    var platform = Home.platform
    platform.builtInHarnesses[0].seedID = "01933b5a-0000-7000-8000-000000000601"
    try withTestedStore { store throws in
      try store.addOrganization(1)
      #expect(
        try store.lines(of: .harness, platform)
          == ["unchanged matches \(base)", "unchanged matches \(chat)"])
    }
  }

  @Test func `unregistered capabilities are dropped from a harness row`() throws {
    var platform = Home.platform
    platform.capabilities.unregister("time")
    try withTestedStore { store throws in
      try store.addOrganization(1)
      #expect(
        try store.lines(of: .harness, platform) == [
          "update overwrites_local_edit \(base); "
            + "capabilities_dropped: without 'time': not registered; capabilities: "
            + #"[{"ref":"web","config":{"a":{"x":[1,2],"y":1},"b":1}},{"ref":"time","config":{}}]"#
            + #" -> [{"ref":"web","config":{"a":{"x":[1,2],"y":1},"b":1}}]"#,
          "update overwrites_local_edit \(chat); "
            + "capabilities_dropped: without 'time': not registered; "
            + #"capabilities: [{"ref":"time","config":{}}] -> []"#,
        ])
    }
  }

  @Test func `texts that differ only in bytes differ`() throws {
    var platform = Home.platform
    platform.builtInHarnesses = [Home.base]
    platform.builtInHarnesses[0].displayName = "Caf\u{e9}"
    try withTestedStore { store throws in
      try store.addOrganization(1, seeded: false)
      try store.addHarness(platform.builtInHarnesses[0], to: 1)
      #expect(try store.lines(of: .harness, platform) == ["unchanged matches \(base)"])
      platform.builtInHarnesses[0].displayName = "Cafe\u{301}"
      #expect(
        try store.lines(of: .harness, platform) == [
          "update overwrites_local_edit \(base)"
            + "; display_name: \"Caf\u{e9}\" -> \"Cafe\u{301}\""
        ])
    }
  }

  private func expectLines(
    after sql: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute(sql)
      let found = try store.lines(of: .harness, Home.platform)
      #expect(found == expected, sourceLocation: sourceLocation)
    }
  }
}
