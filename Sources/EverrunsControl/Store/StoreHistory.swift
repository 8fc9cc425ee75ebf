import CommandLineTree
import EverrunsDocuments
import EverrunsStore
import Foundation

/// `store history`.
enum StoreHistory {
  private static func columns(in zone: TimeZone) -> [Column<HistoryEntry>] {
    [
      Column("serial") { String($0.serial) },
      Column("created_at") { Timestamp.local($0.change.at, in: zone) },
      Column("actor") { $0.change.actor },
      Column("summary", isShortened: true) { $0.summary },
      Column("reason", isShortened: true) { $0.change.reason ?? "-" },
      Column("command", isShortened: true) { $0.change.command },
    ]
  }

  static let command = Command<ControlAction>(
    "history", summary: "Show who changed what in the store, and when",
    discussion:
      "The latest comes first. What a revision of a platform changed is in 'platform history'.",
    examples: [Example("See who changed what, and why", "everrunsctl store history")],
    exitCodes: [.noInput], formats: .list
  ) { session in
    try session.writeList(
      try session.storeOfRecords()?.history(atMost: nil) ?? [],
      columns: columns(in: session.context.timeZone()), ifEmpty: .note("nothing was done yet"))
    return .success
  }
}

extension HistoryEntry: Listed {
  var listName: String { String(serial) }

  var document: JSONObject {
    [
      "serial": .integer(serial), "created_at": .string(Timestamp.utc(change.at)),
      "actor": .string(change.actor), "command": .string(change.command),
      "reason": .optional(change.reason), "summary": .string(summary),
    ]
  }
}
