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
    try session.writeList(
      try revisions(of: platform, session), columns: columns(session), ifEmpty: .nothing)
    return .success
  }

  private static func revisions(of platform: LoadedPlatform, _ session: Session) throws -> [Entry] {
    switch platform.target {
    case .saved(let name, _):
      return try session.storeForReading()?.history(of: name).map {
        Entry(platform: name, revision: $0)
      } ?? []
    case .preset where !platform.isChosen:
      session.note("no platform is saved yet")
      return []
    case .preset, .file, .standardInput:
      throw ControlError.noHistory(
        reference: platform.reference, program: session.program.name)
    }
  }

  /// A line of the list.
  private struct Entry: Listed {
    let platform: String
    let revision: PlatformHistoryEntry

    var listName: String { "\(platform)@\(revision.revision)" }

    var document: JSONObject {
      [
        "revision": .integer(revision.revision), "created_at": .string(revision.createdAt),
        "actor": .string(revision.actor), "reason": .optional(revision.reason),
        "command": .string(revision.command),
        "fingerprint": .string(revision.fingerprint.description),
        "summary": .string(revision.summary),
      ]
    }
  }

  private static func columns(_ session: Session) -> [Column<Entry>] {
    let zone = session.context.timeZone()
    let columns: [Column<Entry>] = [
      Column("revision") { String($0.revision.revision) },
      Column("created_at") { Timestamp.local($0.revision.createdAt, in: zone) },
      Column("actor", isShortened: true) { $0.revision.actor },
      Column("summary", isShortened: true) { $0.revision.summary },
      Column("reason", isShortened: true) { $0.revision.reason ?? "-" },
    ]
    let command = Column<Entry>("command", isShortened: true) { $0.revision.command }
    return columns + (session.arguments[GlobalOptions.verbose] ? [command] : [])
  }
}
