import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// The settings that name harnesses.
@Suite(.everyStore) struct SettingsComparisonTests {
  private let defaultHarness = "organization_settings/default-harness -"
  private let baseHarness = "organization_settings/base-harness -"

  @Test func `an organization without settings gets them`() throws {
    try expectLines(
      after: "DELETE FROM organization_settings",
      ["create missing \(defaultHarness)", "create missing \(baseHarness)"])
  }

  @Test func `a null setting is filled, the other one kept`() throws {
    try expectLines(
      after: "UPDATE organization_settings SET base_harness_id = NULL",
      ["unchanged matches \(defaultHarness)", "create missing \(baseHarness)"])
  }

  @Test func `another harness is the organization's choice`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute("UPDATE organization_settings SET default_harness_id = {id chat-in-1}")
      let rows = try store.rows(Home.platform).filter { $0.address.kind == .organizationSettings }
      #expect(
        rows.map(\.line)
          == ["keep kept_org_choice \(defaultHarness)", "unchanged matches \(baseHarness)"])
      #expect(rows.map(\.reason) == [.keptOrganizationChoice(chosen: "chat"), .matches])
    }
  }

  @Test func `a missing harness is replaced, with a note`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.administer(
        "UPDATE organization_settings SET default_harness_id = {id gone}")
      #expect(
        try store.lines(of: .organizationSettings, Home.platform) == [
          "create missing \(defaultHarness); "
            + "setting_dangling: the setting referred to 'gone', which its organization does not have",
          "unchanged matches \(baseHarness)",
        ])
    }
  }

  @Test func `a harness of another organization counts as missing`() throws {
    try withTestedStore { store throws in
      for number in 1...2 { try store.addOrganization(number) }
      try store.execute(
        "UPDATE organization_settings SET base_harness_id = {id base-in-2} WHERE org_id = 1")
      #expect(
        try store.lines(of: .organizationSettings, Home.platform).filter { !$0.contains("org_0") }
          == [
            "unchanged matches \(defaultHarness)",
            "create missing \(baseHarness); "
              + "setting_dangling: the setting referred to 'base-in-2', which its organization does not have",
          ])
    }
  }

  @Test(arguments: ["is_built_in = {false}", "status = 'archived'"])
  func `an unset setting stays unset while the harness of its role is unusable`(
    change: String
  ) throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute("UPDATE harnesses SET \(change) WHERE name = 'base'")
      try store.execute("DELETE FROM organization_settings")
      let rows = try store.rows(Home.platform).filter { $0.address.kind == .organizationSettings }
      #expect(
        rows.map(\.line) == [
          "skip no_harness_for_role \(defaultHarness) absent",
          "skip no_harness_for_role \(baseHarness) absent",
        ])
      #expect(
        rows.map(\.reason) == [
          .noHarnessForRole(.default, blocked: "base"), .noHarnessForRole(.base, blocked: "base"),
        ])
    }
  }

  @Test func `an organization's own harness with the built-in's name is a choice`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute("UPDATE harnesses SET is_built_in = {false} WHERE name = 'base'")
      #expect(
        try store.rows(Home.platform).filter { $0.address.kind == .organizationSettings }
          .map(\.reason)
          == [.keptOrganizationChoice(chosen: "base"), .keptOrganizationChoice(chosen: "base")])
    }
  }

  @Test func `without a harness for the role a setting is left alone`() throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute("UPDATE organization_settings SET base_harness_id = NULL")
      #expect(
        try store.lines(of: .organizationSettings, .worker()) == [
          "skip no_harness_for_role \(defaultHarness) exists",
          "skip no_harness_for_role \(baseHarness) absent",
        ])
    }
  }

  private func expectLines(
    after sql: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withTestedStore { store throws in
      try store.addOrganization(1)
      try store.execute(sql)
      let found = try store.lines(of: .organizationSettings, Home.platform)
      #expect(found == expected, sourceLocation: sourceLocation)
    }
  }
}
