import Everruns
import GRDB

extension SessionRecord: ColumnDecodable {
  static let table = Table.sessions

  /// The rows of sessions as they are read, each with its organization and how many of its turns
  /// have not ended.
  static let selection: SQL = """
    SELECT \(sql: Table.sessions.selection(of: "s")), o.public_id AS organization,
      (SELECT count(*) FROM turns t
       WHERE t.session_id = s.id AND t.\(sql: Table.isUnfinished)) AS unfinished
    FROM sessions s JOIN organizations o ON o.org_id = s.org_id
    """

  init(_ columns: StoredColumns) throws {
    self.init(
      id: try columns.value("id", SessionID.init),
      organization: try columns.text("organization"),
      harnessID: try columns.text("harness_id"), agentID: try columns.optionalText("agent_id"),
      modelID: try columns.optionalText("model_id"), title: try columns.optionalText("title"),
      locale: try columns.optionalText("locale"),
      tags: try columns.value("tags", [String].init(storedJSON:)),
      capabilities: try columns.value("capabilities", [CapabilityUse].init(storedJSON:)),
      systemPrompt: try columns.optionalText("system_prompt"),
      maximumIterations: try columns.optionalInteger("max_iterations"),
      chatOwner: try columns.optionalText("chat_owner"),
      status: SessionStatus(
        turns: try columns.count("next_turn") - 1,
        unfinished: try columns.integer("unfinished")),
      lastSequence: try columns.count("last_sequence"),
      usage: try TokenUsage(columns),
      createdAt: try columns.time("created_at"),
      updatedAt: try columns.time("updated_at"))
  }
}

extension TokenUsage {
  /// Reads the usage of a session or a turn.
  init(_ columns: StoredColumns) throws {
    self.init(
      inputTokens: try columns.integer("input_tokens"),
      outputTokens: try columns.integer("output_tokens"))
  }
}

extension StoredColumns {
  /// The whole number in a column; `nil` for NULL.
  func optionalInteger(_ column: String) throws(DamagedColumn) -> Int? {
    try optionalText(column) == nil ? nil : try integer(column)
  }
}
