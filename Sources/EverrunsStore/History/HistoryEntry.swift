/// One entry of a store's history.
public struct HistoryEntry: Sendable, Hashable {
  /// Who did it, with what and why.
  public let change: StoreChange
  /// What was done, in half a sentence.
  public let summary: String
  /// The store's serial afterwards.
  public let serial: Int
}

extension HistoryEntry: ColumnDecodable {
  static let table = Table.history

  init(_ columns: StoredColumns) throws {
    change = StoreChange(
      actor: try columns.text("actor"), command: try columns.text("command"),
      reason: try columns.optionalText("reason"), at: try columns.time("created_at"))
    summary = try columns.text("summary")
    serial = try columns.integer("serial")
  }
}
