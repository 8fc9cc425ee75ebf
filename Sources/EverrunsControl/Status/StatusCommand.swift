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
    examples: [Example("See where things stand", "everrunsctl status")],
    exitCodes: [.failure, .badInput]
  ) { session in
    let platform = try session.platform()
    let store = try session.storeForReading()
    let plan = try session.withPlan(try session.seedRequest(for: platform)) { $0 }
    let info = try store?.info()
    let path = try session.storeLocation().description
    let next = nextStep(plan, hasFindings: !platform.warnings.isEmpty, session)
    try session.write(
      json: [
        "store": info.map { .object($0.document) } ?? .null,
        "store_path": .string(path),
        "platform": [
          "ref": .string(platform.reference),
          "revision": platform.revision.map(JSONValue.integer) ?? .null,
          "fingerprint": .string(platform.fingerprint.description),
        ],
        "grade": .string(plan.header.grade.rawValue),
        "diagnostics": .array(
          platform.warnings.map { $0.document(source: platform.source) }),
        "drift": plan.summary.document,
        "next": .string(next),
      ],
      text: text(session, platform, path, info, plan, next))
    return .success
  }

  /// The command that helps most now.
  private static func nextStep(
    _ plan: SeedPlan, hasFindings: Bool, _ session: Session
  ) -> String {
    if hasFindings { return session.next("platform validate") }
    return session.next(plan.hasDifferences ? "seed preview" : "platform show")
  }

  private static func text(
    _ session: Session, _ platform: LoadedPlatform, _ path: String, _ info: StoreInfo?,
    _ plan: SeedPlan, _ next: String
  ) -> String {
    let style = session.style
    let path = path.escapingControls()
    let store =
      info.map { info in
        "\(path), serial \(info.serial), \(count(info.counts[.organization] ?? 0, "organization"))"
      } ?? "\(path), not made yet"
    let drift =
      plan.hasDifferences
      ? plan.summary.words
      : "none, \(count(plan.summary.total, "row")) as they should be"
    let rows: [(String, String)] = [
      ("store", store),
      (
        "platform",
        "\(platform.referenceWithRevision.escapingControls()), \(platform.definition.countsInWords)"
      ),
      ("grade", plan.header.grade.rawValue),
      (
        "findings",
        platform.warnings.isEmpty ? "none" : count(platform.warnings.count, "warning")
      ),
      ("drift", drift),
      ("next", style.literal(next)),
    ]
    return rows.map { style.heading($0.0.padded(to: 9)) + "  " + $0.1 + "\n" }.joined()
  }
}
