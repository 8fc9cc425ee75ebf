import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Foundation

/// `platform history`.
enum PlatformHistory {
  private static let name = Argument.optional(
    "NAME", .dynamic("saved-platform"), summary: "The saved definition")

  static let command = Command<ControlAction>(
    "history", summary: "Show the revisions of a saved platform definition, latest first",
    discussion: "-v also shows the commands. Times are local, in JSON UTC.",
    arguments: [name],
    examples: [
      Example("See who changed what, and why", "everrunsctl platform history acme -v")
    ], formats: .list, columns: .of(columns(in: .gmt, isVerbose: false))
  ) { session in
    let platform = try session.platform(try session.reference(name))
    try session.writeList(
      try revisions(of: platform, session),
      columns: columns(in: session.context.timeZone(), isVerbose: session.isVerbose),
      ifEmpty: .nothing)
    return .success
  }

  private static func revisions(of platform: LoadedPlatform, _ session: Session) throws -> [Entry] {
    switch platform.target {
    case .saved(let name, _):
      return try session.storeForReading()?.history(of: name).reversed().map {
        Entry(platform: name, revision: $0)
      } ?? []
    case .preset where !platform.isChosen:
      session.note("no saved definitions yet")
      return []
    case .preset, .file, .standardInput:
      throw ControlError.noHistory(reference: platform.reference)
    }
  }

  /// A line of the list.
  private struct Entry: Listed {
    let platform: String
    let revision: PlatformHistoryEntry

    var listName: String { "\(platform)@\(revision.revision)" }

    var document: JSONObject {
      [
        "revision": .integer(revision.revision),
        "created_at": Timestamp.document(revision.createdAt),
        "actor": .string(revision.actor), "reason": .optional(revision.reason),
        "command": .string(revision.command),
        "fingerprint": .string(revision.fingerprint.description),
        "summary": .string(revision.summary),
        "rolled_back_to": .optional(revision.rolledBackTo),
      ]
    }
  }

  private static func columns(in zone: TimeZone, isVerbose: Bool) -> [Column<Entry>] {
    [
      Column("revision", title: "rev"),
      Column("created_at", title: "time") {
        Timestamp.local($0.revision.createdAt, in: zone, isBrief: !isVerbose)
      },
      Column("actor", isShortened: true), Column("summary", isShortened: true),
      Column("reason", visibility: .filled, isShortened: true),
      Column("command", visibility: .verbose, isShortened: true),
      Column("fingerprint", visibility: .named), Column("rolled_back_to", visibility: .named),
    ]
  }
}
