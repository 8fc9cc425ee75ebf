import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Foundation
import Messages

/// `store history`.
enum StoreHistory {
  private static let organization = Option.optional(
    "org", .dynamic("organization"), summary: "Only entries that name this organization")
  private static let since = Option.optional(
    "since", .time, valueName: "TIME",
    summary: "Only entries since a day or time, as \(TypedTime.examples)")
  private static let limit = Option.optional(
    "limit", .integer(in: 1...Int.max), valueName: "N", summary: "Only the latest N entries")

  static let command = Command<ControlAction>(
    "history", summary: "Show who changed what in the store, and when",
    discussion: """
      The latest entry comes first. -v shows reasons and commands in full. Times are local, in JSON \
      UTC. A day begins at local midnight. --org leaves out runs over all organizations, and a note \
      counts them.
      """,
    options: [organization, since, limit],
    examples: [
      Example("Show the latest entries", "everrunsctl store history --limit 10"),
      Example("See what was done with one organization", "everrunsctl store history --org Acme"),
    ], exitCodes: [.noInput], formats: .list,
    columns: .of(columns(in: .gmt, isVerbose: false))
  ) { session in
    let zone = session.context.timeZone()
    let store = try session.storeOfRecords()
    var entries = try store?.history(atMost: nil) ?? []
    if let start = session.arguments[since].map({
      $0.start(in: zone, now: session.context.now())
    }) {
      entries = entries.filter { $0.createdAt ?? .distantFuture >= start }
    }
    var leftOut = 0
    if let word = session.arguments[organization] {
      let listed = try StoreHistory.entries(entries, about: word, session)
      leftOut = entries.count { $0.concernsAllOrganizations && !listed.contains($0) }
      entries = listed
    }
    try session.writeList(
      Array(entries.prefix(session.arguments[limit] ?? entries.count)),
      columns: columns(in: zone, isVerbose: session.isVerbose),
      ifEmpty: .note("no entries"))
    if leftOut > 0 {
      session.note(
        "\(count(leftOut, "run")) over all organizations "
          + "\(leftOut == 1 ? "is" : "are") not listed; see them: "
          + session.next("store history", about: .store))
    }
    return .success
  }

  /// The entries about an organization, which may be deleted.
  ///
  /// - Throws: ``ControlError/reference(_:)`` if neither the store nor its history has it.
  private static func entries(
    _ entries: [HistoryEntry], about word: String, _ session: Session
  ) throws -> [HistoryEntry] {
    let found = try session.storeOfRecords()?.organizations(named: word) ?? []
    // Entries name an organization by its public id and by its name.
    let words = [word] + found.flatMap { [$0.publicID, $0.name] }
    let matching = entries.filter { $0.names(oneOf: words) }
    if matching.isEmpty, found.isEmpty { _ = try session.organization(word) }
    return matching
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

  /// Whether the entry is about a run over all organizations.
  fileprivate var concernsAllOrganizations: Bool {
    seedingRun.map { !$0.contains(" in organization") && !command.contains("--org") } ?? false
  }

  /// For a seeding run: the platform and the organizations, without the rows that were written.
  private var seedingRun: Substring? {
    guard summary.hasPrefix("seeded ") else { return nil }
    return summary[..<(summary.firstRange(of: ": ")?.lowerBound ?? summary.endIndex)]
  }

  /// Whether the entry is about an organization with one of these words as id or name.
  ///
  /// A command may name many organizations, with an entry for each: if the summary names one, the
  /// entry is about that one only.
  fileprivate func names(oneOf words: [String]) -> Bool {
    let text =
      if let seedingRun { "\(seedingRun)\n\(command)" } else {
        summary.contains(/organization '.*\(org_/) ? summary : "\(summary)\n\(command)"
      }
    return words.contains { word in
      text.ranges(of: word).contains { range in
        // A name that is part of a longer word does not count.
        let before = text[..<range.lowerBound].last
        let after = text[range.upperBound...].first
        return ![before, after].contains { $0?.isPartOfName ?? false }
      }
    }
  }
}

extension Character {
  fileprivate var isPartOfName: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
