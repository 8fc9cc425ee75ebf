public import EverrunsDocuments
public import Foundation

/// What is remembered of one revision of a saved platform definition.
public struct PlatformHistoryEntry: Sendable, Hashable {
  /// The revision's number.
  public let revision: Int
  /// When it was saved, to the second.
  public let createdAt: Date
  /// Who saved it.
  public let actor: String
  /// Why, if somebody said so.
  public let reason: String?
  /// The command that saved it.
  public let command: String
  /// The fingerprint of its content.
  public let fingerprint: Fingerprint
  /// What it changed, in a few words.
  public let summary: String
}

extension PlatformHistoryEntry: ColumnDecodable {
  static let table = Table.platformRevisions

  init(_ columns: StoredColumns) throws {
    revision = try columns.integer("revision")
    createdAt = try columns.time("created_at")
    actor = try columns.text("actor")
    reason = try columns.optionalText("reason")
    command = try columns.text("command")
    fingerprint = Fingerprint(stored: try columns.text("fingerprint"))
    summary = try columns.text("summary")
  }
}
