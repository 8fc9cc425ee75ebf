import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `store check`.
enum StoreCheckCommand {
  static let command = Command<ControlAction>(
    "check", summary: "Check the store for inconsistencies",
    discussion: """
      Checks the file, the schema, references between rows, values, settings, saved definitions and \
      what was last applied. Each problem is shown with its table, its row and how to repair it; the \
      exit code is then 1. Nothing is changed. The store must exist; 'store init' creates it. An \
      older schema, and a journal mode other than WAL, as in a backup, are only noted. -q shows only \
      problems, -v what each check looks at.
      """,
    examples: [Example("Look for damage", "everrunsctl store check")],
    exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let store = try session.existingStore(checksSchema: false)
    let seeded = session.seededPlatform(of: store)
    let results = try store.check(
      against: session.basis(seeding: seeded), presets: session.program.presets.map(\.name))
    if let info = try? store.info() {
      session.noteSchemaVersion(info)
      session.noteJournalMode(info, of: store)
    }
    let style = session.style
    try session.write(
      json: .array(
        results.map { result in
          [
            "check": .string(result.name), "ok": .bool(result.findings.isEmpty),
            "findings": .array(
              result.findings.map { session.document(of: $0, seeding: seeded) }),
          ]
        }),
      text: results.filter { !session.isQuiet || !$0.findings.isEmpty }.map { result in
        result.findings.isEmpty
          ? "\(style.added("ok")) \(result.name)"
            + (session.isVerbose ? style.faint("  (\(result.subject))") : "") + "\n"
          : "\(style.error("!!")) \(result.name): \(result.summary)\n"
            + result.findings.map { session.lines(of: $0, seeding: seeded) }.joined()
      }.joined())
    let problems = results.reduce(0) { $0 + $1.findings.count }
    guard problems == 0 else { throw ControlError.checkFailed(problems: problems) }
    return .success
  }
}

extension Session {
  /// Notes a schema that is migrated before the store is written to; it is not damage.
  fileprivate func noteSchemaVersion(_ info: StoreInfo) {
    let (version, needed) = (info.schemaVersion, info.neededSchemaVersion)
    guard (1..<needed).contains(version) else { return }
    note(
      "the store has schema version \(version), and this program needs \(needed); "
        + "bring it up to date: \(next("store init", about: .store))")
  }

  /// Notes a journal mode in which readers and writers wait for each other; it is not damage.
  fileprivate func noteJournalMode(_ info: StoreInfo, of store: any Store) {
    guard !store.isReadWithoutLocks,
      let mode = info.details.first(where: { $0.key == StoreInfo.Detail.journalMode })?.value,
      mode != "wal"
    else { return }
    note(
      "the journal mode is '\(mode.escapingControls())' instead of 'wal', so readers and writers block "
        + "each other; the next command that writes sets it")
  }

  /// The inputs of seeding with the platform of a fix that seeds; `nil` if it cannot be loaded.
  fileprivate func basis(seeding seeded: ProposedSubject) -> SeedBasis? {
    let name: String? = if case .other(let name) = seeded { name } else { nil }
    return try? seedRequest(for: platform(name)).basis
  }

  /// The platform of a command that seeds: the one that was applied last, unless this run names one
  /// or uses one with the same content.
  fileprivate func seededPlatform(of store: any Store) -> ProposedSubject {
    guard !arguments.isGiven(GlobalOptions.platform), let applied = try? store.appliedPlatform()
    else { return .platform }
    // Only this store is open where the schema is damaged.
    let inUse =
      arguments[GlobalOptions.platform]
      ?? (try? store.activePlatform(orElse: LoadedPlatform.defaultName)) ?? presets.first?.name
    guard inUse != applied.ref, (try? platform())?.fingerprint != applied.fingerprint else {
      return .platform
    }
    return .other(applied.ref)
  }

  /// A finding as JSON; `seeded` is the platform of a fix that seeds.
  fileprivate func document(of finding: StoreFinding, seeding seeded: ProposedSubject) -> JSONValue
  {
    [
      "table": .optional(finding.table), "row": .optional(finding.row),
      "message": .string(finding.message),
      "remedy": .string(remedy(of: finding, seeding: seeded)),
    ]
  }

  /// A finding as text, followed by its fix; `seeded` is the platform of a fix that seeds.
  fileprivate func lines(of finding: StoreFinding, seeding seeded: ProposedSubject) -> String {
    let place = [finding.table, finding.row].compactMap(\.self).joined(separator: " ")
    let text = place.isEmpty ? finding.message : "\(place): \(finding.message)"
    let remedy = remedy(of: finding, seeding: seeded)
    return "     \(text.escapingControls())\n       \(remedy.escapingControls())\n"
  }

  /// The SQL that fixes a problem, or the command, which can be run as it is.
  private func remedy(of finding: StoreFinding, seeding seeded: ProposedSubject) -> String {
    let names = finding.remedy.split(separator: " ").prefix(2).map(String.init)
    guard program.tree.command(at: names) != nil else { return finding.remedy }
    return next(finding.remedy, about: names.first == "seed" ? seeded : .store)
  }
}
