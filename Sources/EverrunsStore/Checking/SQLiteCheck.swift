/// The checks of a store.
enum SQLiteCheck: String, CaseIterable {
  case integrity
  case schema
  case triggers
  case state
  case foreignKeys = "foreign_keys"
  case values
  case settings
  case parents
  case models
  case revisions
  case memory
  case sessions

  /// Whether it takes less time than copying the store.
  ///
  /// The checks of pages and of values look at every byte.
  var isQuick: Bool { self != .integrity && self != .values }

  /// What the check looks at.
  var subject: String {
    switch self {
    case .integrity: "the pages and indexes of the file"
    case .schema: "tables, columns, keys and indexes"
    case .triggers: "triggers that count changes, and what other programs added to the tables"
    case .state: "the serial, the default platform and organization, and the history"
    case .foreignKeys: "references between rows"
    case .values: "types and content of columns"
    case .settings: "settings and the rows they refer to"
    case .parents: "parents of harnesses"
    case .models: "providers of models"
    case .revisions: "saved definitions and their origins"
    case .memory: "what was last applied"
    case .sessions: "sessions, turns, events and tool calls"
    }
  }

  /// What it means that a check could not be finished, as half a sentence.
  static let summaryOfUnfinished = "this check could not be finished"

  /// What a finding of this check means, as half a sentence.
  var summary: String {
    switch self {
    case .integrity: "the file is damaged"
    case .schema: "tables, columns, keys or indexes are missing or altered"
    case .triggers:
      "triggers that count changes are missing or altered, or other programs restrict writes"
    case .state: "the state of the store is damaged"
    case .foreignKeys: "dangling references"
    case .values: "columns hold invalid values"
    case .settings: "settings name another organization's row, or one that does not exist"
    case .parents: "harnesses have a parent in another organization, or form a cycle"
    case .models: "models have a provider in another organization"
    case .revisions: "saved definitions cannot be read, or are not what was saved"
    case .memory: "the record of what was last applied is damaged"
    case .sessions: "sessions, turns, events and tool calls are inconsistent"
    }
  }
}
