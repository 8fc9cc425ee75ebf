package import Foundation

/// One entry of a store's history.
package struct HistoryEntry: Sendable, Hashable {
  /// When it was done.
  package let createdAt: Date
  /// Who did it.
  package let actor: String
  /// The command that did it, as it was typed.
  package let command: String
  /// Why, if somebody said so.
  package let reason: String?
  /// What was done, in half a sentence.
  package let summary: String
  /// The store's serial afterwards.
  package let serial: Int
}

extension HistoryEntry: ColumnDecodable {
  static let table = Table.history

  init(_ columns: StoredColumns) throws {
    createdAt = try columns.time("created_at")
    actor = try columns.text("actor")
    command = try columns.text("command")
    reason = try columns.optionalText("reason")
    summary = try columns.text("summary")
    serial = try columns.integer("serial")
  }
}
