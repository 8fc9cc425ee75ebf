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

  private func resolve(
    _ purpose: HarnessPurpose = .session, requested: String? = nil, setting id: String? = nil,
    among harnesses: [Harness]? = nil
  ) -> HarnessResolution {
    HarnessResolution(
      for: purpose, requested: requested,
      setting: id.map { HarnessResolution.Setting(name: "base-harness", harnessID: $0) },
      among: harnesses ?? [first, second, own, archived], templates: templates)
  }
}
