import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Foundation
import Messages

/// `store history`.
enum StoreHistory {
  private static let organization = Option.optional(
    "org", .dynamic("organization"), summary: "Only entries about this organization")
  private static let since = Option.optional(
    "since", .time, valueName: "TIME",
    summary: "Only entries since a day or time, as \(TypedTime.examples)")
  private static let limit = Option.optional(
    "limit", .integer(in: 1...Int.max), valueName: "N", summary: "Only the latest N entries")

  static let command = Command<ControlAction>(
    "history", summary: "Show who changed what in the store, and when",
    discussion: """
      The latest entry comes first. -v shows reasons and commands in full; if one command has several \
      entries, the later ones are cut to \(StoreChange.limit) characters of each. Times are local, in \
      JSON UTC. A day begins at local midnight. --org also takes a former name or a deleted \
      organization. It leaves out entries about all organizations, and --since those whose time \
      cannot be read; a note counts them.
      """,
    options: [organization, since, limit],
    examples: [
      Example("Show the latest entries", "everrunsctl store history --limit 10"),
      Example("See what was done with one organization", "everrunsctl store history --org Acme"),
    ], exitCodes: [.noInput], formats: .list,
    columns: .of(columns(in: .gmt, isVerbose: false))
  ) { session in
    let zone = session.context.timeZone()
    let history = try session.storeOfRecords()?.history(atMost: nil) ?? []
    let organizations = try session.arguments[organization].map {
      try HistoryOrganizations($0, in: history, session)
    }
    var entries = history
    var undated: [HistoryEntry] = []
    if let start = session.arguments[since].map({
      $0.start(in: zone, now: session.context.now())
    }) {
      undated = entries.filter { $0.createdAt == nil }
      entries = entries.filter { $0.createdAt.map { $0 >= start } ?? false }
    }
    var leftOut = 0
    if let organizations {
      leftOut = entries.count(where: organizations.areAmongAll)
      entries = entries.filter(organizations.areNamed)
      undated = undated.filter(organizations.areNamed)
    }
    try session.writeList(
      Array(entries.prefix(session.arguments[limit] ?? entries.count)),
      columns: columns(in: zone, isVerbose: session.isVerbose),
      ifEmpty: .note("no entries"))
    session.noteLeftOut(leftOut, "about all organizations", verb: "see", "store history")
    session.noteLeftOut(undated.count, "without a valid time", verb: "find", "store check")
    return .success
  }

  /// The reason and the command only partly fit into 80 columns.
  private static func columns(in zone: TimeZone, isVerbose: Bool) -> [Column<HistoryEntry>] {
    [
      Column("serial", isNumber: true),
      Column("created_at", title: "time") {
        Timestamp.local($0.createdAt, in: zone, isBrief: !isVerbose)
      },
      Column("actor", isShortened: true),
      Column("summary", isShortened: true),
      Column("reason", visibility: .filled, isShortened: true),
      Column("command", visibility: .verbose, isShortened: true),
      Column("rolled_back_to", visibility: .named),
    ]
  }
}

extension Session {
  /// Notes entries that a list leaves out without deciding about them, with the command that shows
  /// them.
  func noteLeftOut(
    _ number: Int, _ kind: String, verb: String, _ command: String
  ) {
    guard number > 0 else { return }
    note(
      "\(count(number, "entry", plural: "entries")) \(kind) \(number == 1 ? "is" : "are") not listed; "
        + "\(verb) \(number == 1 ? "it" : "them"): \(next(command, about: .store))")
  }
}

extension HistoryEntry: Listed {
  var listName: String { serial.map { String($0) } ?? "?" }

  var document: JSONObject {
    [
      "serial": serial.map(JSONValue.integer) ?? .null,
      "created_at": Timestamp.document(createdAt),
      "actor": .string(actor), "command": .string(command),
      "reason": .optional(reason), "summary": .string(summary),
      "rolled_back_to": .optional(rolledBackTo),
    ]
  }
}
