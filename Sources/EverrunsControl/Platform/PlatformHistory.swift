import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Foundation
import Messages

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
    let entries = try revisions(session)
    try session.writeList(
      entries, columns: columns(in: session.context.timeZone(), isVerbose: session.isVerbose),
      ifEmpty: .nothing)
    if let name = entries.first?.platform {
      let saved = try session.storeForReading()?.platforms().first { $0.name == name }
      session.noteLeftOut(
        (saved?.revisionCount ?? 0) - entries.count, "that cannot be read", verb: "find",
        "store check")
    }
    return .success
  }

  private static func revisions(_ session: Session) throws -> [Entry] {
    let reference = try session.reference(name)
    let platform: LoadedPlatform
    do throws(ControlError) {
      platform = try session.platform(reference)
    } catch .store(.damagedDefinition(_, let name, _)) {
      // The list shows which revisions there are, whether or not they can be read.
      return try revisions(of: name, session)
    }
    switch platform.target {
    case .saved(let name, _): return try revisions(of: name, session)
    case .preset where !platform.isChosen:
      guard let saved = try session.storeForReading()?.platforms(), !saved.isEmpty else {
        session.note("no saved definitions yet")
        return []
      }
      let name = saved.count == 1 ? saved[0].name.shellQuoted : "NAME"
      let next = session.next("platform history \(name)", about: .named)
      throw ControlError.noneChosen(
        next: saved.count == 1 ? next : "\(next); \(session.listing("platform", about: .store))")
    case .preset, .file, .standardInput:
      throw ControlError.noHistory(reference: platform.reference)
    }
  }

  private static func revisions(of name: String, _ session: Session) throws -> [Entry] {
    try session.storeForReading()?.history(of: name).reversed().map {
      Entry(platform: name, revision: $0)
    } ?? []
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
