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
    let status = try Status(session)
    try session.write(json: status.document, text: status.text)
    return .success
  }
}

/// What the command shows.
private struct Status {
  private let session: Session
  private let platform: LoadedPlatform
  private let diagnostics: [Diagnostic]
  private let storePath: String
  /// The facts about the store; `nil` if there is none yet.
  private let info: StoreInfo?
  /// The names of the saved definitions that cannot be read.
  private let damaged: [String]
  private let plan: SeedPlan
  private let sources: (store: ValueSource, platform: ValueSource, grade: ValueSource)

  init(_ session: Session) throws {
    self.session = session
    let platform = try session.platform()
    self.platform = platform
    let store = try session.storeForReading()
    plan = try session.withPlan(try session.seedRequest(for: platform)) { $0 }
    info = try store?.info()
    damaged = try (store?.platforms() ?? []).map(\.name).filter { name in
      // The platform in use has been read.
      try platform.target != .saved(name, .latest) && store?.readableDefinition(name) == nil
    }
    storePath = try session.storeLocation().description
    diagnostics = platform.warnings
    sources = (session.storeSource(), try session.platformSource(), session.gradeSource())
  }

  /// The most useful next command.
  private var next: String {
    let isInvalid = diagnostics.contains { $0.severity == .error }
    if plan.hasDifferences, !isInvalid { return session.next("seed preview") }
    return session.next(diagnostics.isEmpty ? "platform show" : "platform validate")
  }

  /// How many errors and warnings there are.
  private var diagnosticCounts: String {
    let errors = diagnostics.count { $0.severity == .error }
    let counts = [(errors, "error"), (diagnostics.count - errors, "warning")].filter { $0.0 > 0 }
    return counts.isEmpty
      ? "none" : counts.map { count($0.0, $0.1) }.joined(separator: ", ")
  }

  var document: JSONValue {
    [
      "store": info.map { .object($0.document) } ?? .null,
      "store_path": .string(storePath),
      "origins": [
        "store": sources.store.document, "platform": sources.platform.document,
        "grade": sources.grade.document,
      ],
      "platform": [
        "ref": .string(platform.reference),
        "revision": platform.revision.map(JSONValue.integer) ?? .null,
        "fingerprint": .string(platform.fingerprint.description),
      ],
      "grade": .string(plan.header.grade.rawValue),
      "diagnostics": .array(diagnostics.map { .object($0.document(source: platform.source)) }),
      "damaged_platforms": .strings(damaged),
      "sessions": [
        "total": .integer(info?.sessionCount ?? 0),
        "queued_turns": .integer(info?.queuedTurnCount ?? 0),
      ],
      "drift": plan.summary.document, "overwrites": .integer(plan.summary.overwrites),
      "next": .string(next),
    ]
  }

  var text: String {
    let style = session.style
    return rows(style).map { title, value in
      style.heading(title.padded(to: 11)) + "  " + value + "\n"
    }.joined()
  }

  private func rows(_ style: Style) -> [(String, String)] {
    func origin(_ source: ValueSource) -> String {
      session.isVerbose ? style.faint("  (\(source.words))") : ""
    }
    let path = storePath.escapingControls()
    let store =
      info.map { info in
        "\(path), serial \(info.serial), \(count(info.counts[.organization] ?? 0, "organization"))"
      } ?? "\(path), not created yet"
    let reference = platform.referenceWithRevision.escapingControls()
    var rows: [(String, String)] = [
      ("store", store + origin(sources.store)),
      (
        "platform",
        "\(reference), \(platform.definition.countsInWords)" + origin(sources.platform)
      ),
      ("grade", plan.header.grade.rawValue + origin(sources.grade)),
      ("diagnostics", diagnosticCounts),
    ]
    if let info, info.sessionCount > 0 {
      rows.append(
        ("sessions", "\(info.sessionCount), \(count(info.queuedTurnCount, "turn")) queued"))
    }
    if !damaged.isEmpty {
      let names = damaged.map { $0.escapingControls() }.joinedInQuotes
      rows.append(
        ("damaged", "\(names); see \(style.literal(session.next("store check", about: .store)))"))
    }
    let counts = [plan.hasDifferences ? "" : "none", plan.summary.words].filter { !$0.isEmpty }
    return rows + [
      (info == nil ? "pending" : "drift", counts.joined(separator: "; ")),
      ("next", style.literal(next)),
    ]
  }
}
