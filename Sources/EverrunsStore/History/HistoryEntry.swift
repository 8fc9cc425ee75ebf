package import Foundation

/// One entry of the store's history.
package struct HistoryEntry: Sendable, Hashable {
  /// The time of the change; `nil` if another program wrote something else there.
  package let createdAt: Date?
  /// The user who made the change.
  package let actor: String
  /// The command, as it was typed.
  package let command: String
  /// The reason that was given, if any.
  package let reason: String?
  /// A summary of the change, as half a sentence.
  package let summary: String
  /// The store's serial afterwards; `nil` if another program wrote something else there.
  package let serial: Int?
  /// For a rollback: the restored revision, such as `acme@3`.
  package let rolledBackTo: String?
  /// The organizations concerned; `nil` if the entry does not say, as those of earlier versions.
  package let concerns: ConcernedOrganizations?
}

extension HistoryEntry: ColumnDecodable {
  static let table = Table.history

  init(_ columns: StoredColumns) throws {
    createdAt = Date(stored: try columns.text("created_at"))
    actor = try columns.text("actor")
    command = try columns.text("command")
    reason = try columns.optionalText("reason")
    summary = try columns.text("summary")
    serial = Int(try columns.text("serial"))
    rolledBackTo = try columns.optionalText("rolled_back_to")
    concerns = try columns.optionalText("concerns").flatMap(ConcernedOrganizations.init(stored:))
  }
}
