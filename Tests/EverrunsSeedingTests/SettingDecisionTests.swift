import Everruns
import EverrunsSeeding
import Testing

/// The table of decisions about settings.
@Suite struct SettingDecisionTests {
  private func decision(
    _ observed: ObservedSetting, harness: String? = "base", overwrites: Bool = false
  ) -> SettingDecision {
    var trace = DecisionTrace()
    return decide(
      DesiredHarnessSetting(setting: .baseHarness, role: .base, harness: harness), observed,
      overwrites: overwrites, trace: &trace)
  }

  @Test func `a setting that names the harness of its role is up to date`() {
    #expect(decision(ObservedSetting(.wanted)).reason == .matches)
  }

  @Test func `an unset setting gets a value`() {
    let decision = decision(ObservedSetting(.unset))
    #expect(decision.reason == .missing(becomes: "base"))
    #expect(decision.writes)
  }

  @Test func `a dangling setting gets a value, with a note`() {
    let decision = decision(ObservedSetting(.dangling(id: "gone")))
    #expect(decision.reason == .missing(becomes: "base"))
    #expect(decision.notes == [.settingDangling("gone")])
  }

  @Test func `another harness is the organization's choice`() {
    let decision = decision(ObservedSetting(.other(name: "chat")))
    #expect(decision.reason == .keptOrganizationChoice(chosen: "chat"))
    #expect(!decision.writes)
  }

  @Test func `another harness is overwritten with --overwrite`() {
    let decision = decision(ObservedSetting(.other(name: "chat")), overwrites: true)
    #expect(decision.reason == .overwritesLocalEdit(fields: ["base_harness_id"]))
    #expect(decision.change == SettingDecision.Change(before: "chat", after: "base"))
  }

  @Test func `the catalog wins over another default model`() {
    var trace = DecisionTrace()
    let decision = decide(
      .defaultModel, names: .row(name: "gpt", role: nil, blocked: .defaultModelSkipped("gpt")),
      ObservedSetting(.other(name: "mine")), overwrites: true, trace: &trace)
    #expect(decision.reason.message == "'default_model_id' was edited; the catalog wins")
  }

  @Test(arguments: [false, true])
  func `a role that moved away from the chosen harness is noted`(overwrites: Bool) {
    let decision = decision(
      ObservedSetting(.other(name: "chat"), namesFormerRoleHarness: true), overwrites: overwrites)
    #expect(decision.notes == [.roleMoved(.base, to: "base")])
  }

  @Test(arguments: [false, true])
  func `an unset setting stays unset while its harness is unusable`(isSet: Bool) {
    let decision = decision(
      ObservedSetting(isSet ? .dangling(id: "gone") : .unset, canNameWanted: false))
    #expect(decision.reason == .noHarnessForRole(.base, blocked: "base"))
    #expect(decision.exists == isSet)
    #expect(!decision.writes)
  }

  @Test func `a choice stays while the harness of the role is unusable`() {
    let decision = decision(
      ObservedSetting(.other(name: "chat"), canNameWanted: false), overwrites: true)
    #expect(decision.reason == .keptOrganizationChoice(chosen: "chat"))
  }

  @Test(arguments: [false, true])
  func `a setting whose role no template has is left alone`(isSet: Bool) {
    let decision = decision(
      ObservedSetting(isSet ? .other(name: "chat") : .unset), harness: nil, overwrites: true)
    #expect(decision.reason == .noHarnessForRole(.base, blocked: nil))
    #expect(decision.exists == isSet)
  }
}
