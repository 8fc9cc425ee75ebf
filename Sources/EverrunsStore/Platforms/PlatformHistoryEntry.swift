package import EverrunsDocuments
package import Foundation

/// The metadata of one revision of a saved platform definition.
package struct PlatformHistoryEntry: Sendable, Hashable {
  /// The revision's number.
  package let revision: Int
  /// When it was saved, to the second; `nil` if another program wrote something else there.
  package let createdAt: Date?
  /// Who saved it.
  package let actor: String
  /// The reason that was given, if any.
  package let reason: String?
  /// The command that saved it.
  package let command: String
  /// The fingerprint of its content.
  package let fingerprint: Fingerprint
  /// A short summary of its changes.
  package let summary: String
  /// For a rollback: the restored revision, such as `acme@3`.
  package let rolledBackTo: String?
}

extension PlatformHistoryEntry: ColumnDecodable {
  static let table = Table.platformRevisions

  init(_ columns: StoredColumns) throws {
    revision = try columns.integer("revision")
    createdAt = Date(stored: try columns.text("created_at"))
    actor = try columns.text("actor")
    reason = try columns.optionalText("reason")
    command = try columns.text("command")
    fingerprint = Fingerprint(stored: try columns.text("fingerprint"))
    summary = try columns.text("summary")
    rolledBackTo = try columns.optionalText("rolled_back_to")
  }
}
