import Testing

@testable import Everruns

@Suite struct HarnessResolutionTests {
  private typealias Harness = HarnessResolution.Harness

  private let templates = [
    BuiltInHarness(name: "first", displayName: "", systemPrompt: "", roles: [.base]),
    BuiltInHarness(name: "second", displayName: "", systemPrompt: "", roles: [.base, .default]),
  ]
  private let first = Harness(id: "1", name: "first", isBuiltIn: true, isActive: true)
  private let second = Harness(id: "2", name: "second", isBuiltIn: true, isActive: true)
  private let own = Harness(id: "3", name: "own", isBuiltIn: false, isActive: true)
  private let archived = Harness(id: "4", name: "archived", isBuiltIn: false, isActive: false)

  @Test func `the requested harness takes precedence over setting and role`() {
    let resolution = resolve(requested: "own", setting: "2")
    #expect(resolution.harness == own)
    #expect(resolution.source == .explicit)
    #expect(resolution.reasons == [.requested])
  }

  @Test(arguments: [
    ("gone", HarnessResolution.Reason.requestedIsMissing(name: "gone")),
    ("archived", .notActive(name: "archived")),
  ])
  func `an unusable requested harness is not replaced`(
    name: String, reason: HarnessResolution.Reason
  ) {
    let resolution = resolve(requested: name, setting: "2")
    #expect(resolution.harness == nil)
    #expect(resolution.source == nil)
    #expect(resolution.reasons == [reason])
  }

  @Test func `the setting takes precedence over the role`() {
    let resolution = resolve(setting: "3")
    #expect(resolution.harness == own)
    #expect(resolution.source == .organizationSettings)
    #expect(resolution.reasons == [.setting(name: "base-harness")])
  }

  @Test(arguments: [
    ("9", HarnessResolution.Reason.settingDangles(id: "9")),
    ("4", .notActive(name: "archived")),
  ])
  func `the role decides if the setting names no usable harness`(
    id: String, reason: HarnessResolution.Reason
  ) {
    let resolution = resolve(setting: id)
    #expect(resolution.harness == first)
    #expect(resolution.source == .role)
    #expect(resolution.reasons == [.role(.base), reason])
  }

  @Test func `the first template with the role decides, not the first row`() {
    #expect(resolve(among: [second, first]).harness == first)
    #expect(resolve(.default, among: [first, second]).harness == second)
  }

  @Test func `an organization's own harness does not have the role of a template`() {
    let namesake = Harness(id: "5", name: "first", isBuiltIn: false, isActive: true)
    let resolution = resolve(among: [namesake, second])
    #expect(resolution.harness == nil)
    #expect(resolution.reasons == [.notProvisioned(template: "first")])
  }

  @Test func `without a template for the role there is no harness`() {
    let resolution = resolve(.chat)
    #expect(resolution.harness == nil)
    #expect(resolution.reasons == [.noTemplate(.chat)])
  }

  // MARK: Previous names

  @Test func `until it is renamed, a built-in harness is used under a previous name`() {
    let harnesses = [harness("older"), harness("old"), second]
    let resolution = resolve(among: harnesses, templates: renamed)
    #expect(resolution.harness == harnesses[1])
    #expect(resolution.reasons == [.role(.base, newName: "new")])
    #expect(
      resolution.reasons.map(\.message) == ["its template, now named 'new', has the role 'base'"])
  }

  @Test func `an inactive harness with a previous name is passed over, saying so`() {
    let resolution = resolve(
      among: [harness("old", isActive: false), harness("older")], templates: renamed)
    #expect(resolution.harness == nil)
    #expect(resolution.reasons == [.notActive(name: "old", newName: "new")])
    #expect(
      resolution.reasons.map(\.message)
        == ["'old', whose template is now named 'new', is not active"])
  }

  @Test(arguments: [true, false])
  func `where a harness has the new name, previous names do not count`(isBuiltIn: Bool) {
    let new = harness("new", isBuiltIn: isBuiltIn)
    let resolution = resolve(among: [harness("old"), new], templates: renamed)
    #expect(resolution.harness == (isBuiltIn ? new : nil))
    #expect(resolution.reasons == [isBuiltIn ? .role(.base) : .notProvisioned(template: "new")])
  }

  @Test func `a previous name leads to the first template that claims it, if none has it`() {
    let templates = [
      template("other", formerly: ["old", "kept"]),
      template("new", .base, formerly: ["old", "kept"]),
      template("kept", formerly: ["kept"]),
    ]
    #expect(templates.claimedPreviousNames == [["old"], [], []])
    #expect(
      resolve(among: [harness("old"), harness("kept")], templates: templates).reasons
        == [.notProvisioned(template: "new")])
  }

  @Test func `the organization's own harness of a previous name is not the template's`() {
    #expect(
      resolve(among: [harness("old", isBuiltIn: false)], templates: renamed).reasons
        == [.notProvisioned(template: "new")])
  }

  private var renamed: [BuiltInHarness] { [template("new", .base, formerly: ["old", "older"])] }

  private func template(
    _ name: String, _ roles: HarnessRole..., formerly names: [String]
  ) -> BuiltInHarness {
    BuiltInHarness(
      name: name, displayName: "", systemPrompt: "", roles: roles, previousNames: names)
  }

  private func harness(
    _ name: String, isBuiltIn: Bool = true, isActive: Bool = true
  ) -> Harness {
    Harness(id: name, name: name, isBuiltIn: isBuiltIn, isActive: isActive)
  }

  private func resolve(
    _ purpose: HarnessPurpose = .session, requested: String? = nil, setting id: String? = nil,
    among harnesses: [Harness]? = nil, templates: [BuiltInHarness]? = nil
  ) -> HarnessResolution {
    HarnessResolution(
      for: purpose, requested: requested,
      setting: id.map { HarnessResolution.Setting(name: "base-harness", harnessID: $0) },
      among: harnesses ?? [first, second, own, archived],
      templates: templates ?? self.templates)
  }
}
