import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `status`.
enum StatusCommand {
  static let command = Command<ControlAction>(
    "status", summary: "Show the store, the platform in use, and what to do next",
    discussion: "-v and -o json say where each value comes from, and what it overrides.",
    examples: [
      Example("See which store and platform are in use, and why", "everrunsctl status -v")
    ], exitCodes: [.failure, .badInput]
  ) { session in
    let platform = try session.platform()
    let store = try session.storeForReading()
    let plan = try session.withPlan(try session.seedRequest(for: platform)) { $0 }
    let info = try store?.info()
    let damaged = try (store?.platforms() ?? []).map(\.name).filter { name in
      // The platform in use has been read.
      try platform.target != .saved(name, .latest) && store?.readableDefinition(name) == nil
    }
    let path = try session.storeLocation().description
    let next = nextStep(plan, hasFindings: !platform.warnings.isEmpty, session)
    let sources: [(name: String, source: ValueSource)] = [
      ("store", session.storeSource()), ("platform", try session.platformSource()),
      ("grade", session.gradeSource()),
    ]
    try session.write(
      json: [
        "store": info.map { .object($0.document) } ?? .null,
        "store_path": .string(path),
        "origins": .object(
          JSONObject(sources.map { .init(key: $0.name, value: $0.source.document) })),
        "platform": [
          "ref": .string(platform.reference),
          "revision": platform.revision.map(JSONValue.integer) ?? .null,
          "fingerprint": .string(platform.fingerprint.description),
        ],
        "grade": .string(plan.header.grade.rawValue),
        "diagnostics": .array(
          platform.warnings.map { $0.document(source: platform.source) }),
        "damaged_platforms": .strings(damaged),
        "sessions": [
          "total": .integer(info?.sessionCount ?? 0),
          "queued_turns": .integer(info?.queuedTurnCount ?? 0),
        ],
        "drift": plan.summary.document,
        "next": .string(next),
      ],
      text: text(session, platform, path, info, damaged, plan, next, sources.map(\.source)))
    return .success
  }

  /// The most useful next command.
  private static func nextStep(
    _ plan: SeedPlan, hasFindings: Bool, _ session: Session
  ) -> String {
    if hasFindings { return session.next("platform validate") }
    return session.next(plan.hasDifferences ? "seed preview" : "platform show")
  }

  private static func text(
    _ session: Session, _ platform: LoadedPlatform, _ path: String, _ info: StoreInfo?,
    _ damaged: [String], _ plan: SeedPlan, _ next: String, _ sources: [ValueSource]
  ) -> String {
    let origins = sources.map { source in
      session.isVerbose ? session.style.faint("  (\(source.words))") : ""
    }
    let style = session.style
    let path = path.escapingControls()
    let store =
      info.map { info in
        "\(path), serial \(info.serial), \(count(info.counts[.organization] ?? 0, "organization"))"
      } ?? "\(path), not created yet"
    let drift =
      plan.hasDifferences
      ? plan.summary.words
      : "none, \(count(plan.summary.total, "row")) up to date"
    var rows: [(String, String)] = [
      ("store", store + origins[0]),
      (
        "platform",
        "\(platform.referenceWithRevision.escapingControls()), \(platform.definition.countsInWords)"
          + origins[1]
      ),
      ("grade", plan.header.grade.rawValue + origins[2]),
      (
        "diagnostics",
        platform.warnings.isEmpty ? "none" : count(platform.warnings.count, "warning")
      ),
    ]
    if let info, info.sessionCount > 0 {
      rows.append(
        (
          "sessions",
          "\(info.sessionCount), \(count(info.queuedTurnCount, "turn")) queued"
        ))
    }
    if !damaged.isEmpty {
      let names = damaged.map { $0.escapingControls() }.joinedInQuotes
      rows.append(("damaged", "\(names); see \(style.literal(session.next("store check")))"))
    }
    rows += [
      (info == nil ? "pending" : "drift", drift),
      ("next", style.literal(next)),
    ]
    return rows.map { style.heading($0.0.padded(to: 11)) + "  " + $0.1 + "\n" }.joined()
  }
}
