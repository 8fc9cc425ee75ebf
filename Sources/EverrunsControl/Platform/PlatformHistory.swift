import CommandLineTree
import EverrunsDocuments
import EverrunsStore

/// `platform history`.
enum PlatformHistory {
  private static let name = Argument.optional(
    "NAME", .platformReference, summary: "The saved definition")

  static let command = Command<ControlAction>(
    "history", summary: "Show the revisions of a saved platform definition, oldest first",
    discussion: "With -v the commands are shown too. Times are local ones, in JSON UTC.",
    arguments: [name],
    examples: [
      Example("See who changed what, and why", "everrunsctl platform history acme -v")
    ], exitCodes: [.failure], formats: [.text, .json, .yaml, .name]
  ) { session in
    let platform = try session.platform(try session.reference(name))
    let entries: [PlatformHistoryEntry]
    switch platform.target {
    case .saved(let name, _):
      entries = try session.storeForReading()?.history(of: name) ?? []
    case .preset where !platform.isChosen:
      session.note("no platform is saved yet")
      entries = []
    case .preset, .file, .standardInput:
      throw ControlError.noHistory(
        reference: platform.reference, program: session.program.name)
    }
    try session.write(
      json: .array(entries.map { .object($0.document) }),
      names: entries.map { "\(platform.target.savedName ?? "")@\($0.revision)" },
      text: entries.isEmpty
        ? ""
        : Table(columns: columns(session)).text(
          entries, width: session.context.output.width, style: session.style))
    return .success
  }

  private static func columns(_ session: Session) -> [Column<PlatformHistoryEntry>] {
    let zone = session.context.timeZone()
    let columns: [Column<PlatformHistoryEntry>] = [
      Column("revision") { String($0.revision) },
      Column("created_at") { Timestamp.local($0.createdAt, in: zone) },
      Column("actor", isShortened: true) { $0.actor },
      Column("summary", isShortened: true) { $0.summary },
      Column("reason", isShortened: true) { $0.reason ?? "-" },
    ]
    let command = Column<PlatformHistoryEntry>("command", isShortened: true) { $0.command }
    return columns + (session.arguments[GlobalOptions.verbose] ? [command] : [])
  }
}

extension PlatformHistoryEntry {
  /// The entry as an object.
  fileprivate var document: JSONObject {
    [
      "revision": .integer(revision), "created_at": .string(createdAt), "actor": .string(actor),
      "reason": .optional(reason), "command": .string(command),
      "fingerprint": .string(fingerprint.description), "summary": .string(summary),
    ]
  }
}
