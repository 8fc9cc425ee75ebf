import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Testing

@testable import EverrunsStore

/// What a store keeps of earlier runs.
@Suite struct KeptAnswerTests {
  /// One sentence of each reason and note.
  private static let sentences: [String] =
    [
      SeedReason.missing(), .missing(becomes: "a"), .definitionChanged(fields: ["a", "b"]),
      .renamed(from: "a", fields: []), .renamed(from: "a", fields: ["b"]),
      .overwritesLocalEdit(fields: ["a"], renamedFrom: "b"), .orphanedUntilNameIsFree,
      .overwritesLocalEdit(fields: ["a"]), .overwritesLocalEdit(fields: ["a", "b"]), .matches,
      .overwritesLocalEdit(fields: ["a"], winner: .catalog),
      .keptLocalEdit(fields: ["a"]), .keptLocalEdit(fields: ["a", "b"]),
      .keptOrganizationChoice(chosen: "a"), .orphaned, .ownHarnessAccepted, .inUse(by: "a"),
      .archived, .authMode, .devOnly(.prod), .driverNotRegistered(providerType: "a"),
      .providerSkipped("a"), .mcpServerMissing(["a"]), .mcpServerMissing(["a", "b"]),
      .capabilityNotRegistered(["a"]), .capabilityNotRegistered(["a", "b"]),
      .defaultModelSkipped("a"), .noHarnessForRole(.base, blocked: nil),
      .noHarnessForRole(.base, blocked: "a"), .removedLocally, .pruned(.release), .pruned(.delete),
      .nameOwnedByOrganization("a"), .unusableRow("a", "b", usedBy: RecordHolder(id: "c")),
      .unusableRow(id: "a"),
    ].map(\.message)
    + [
      SeedNote.looksRenamed("a", from: "b"), .parentUnknown("a"), .parentBlocked("a"),
      .capabilitiesDropped(["a"]),
      .seedIDTaken("a"), .roleMoved(.base, to: "a"), .settingDangling("a"),
      .existsWithoutPrerequisite, .noMemory,
    ].map(\.message)

  @Test func `kept answers are not read after their sentences changed`() {
    // A kept answer holds sentences. Whoever changes one raises the version here and in
    // `SettledDescription`, so that stores answer anew.
    #expect(SettledDescription.version == 10)
    #expect(Fingerprint(of: .strings(Self.sentences)).short == "9bcf223b16d2")
  }

  @Test func `every reason and note has a sentence above`() {
    #expect(Set(Self.sentences).count == Self.sentences.count)
    #expect(
      Self.sentences.count >= SeedReason.Code.allCases.count + SeedNote.Code.allCases.count)
  }
}
