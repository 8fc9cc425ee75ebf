import Everruns
import EverrunsDocuments
import GRDB

extension SQLiteRunStore {
  func context(under lease: Lease) async throws(RunStoreError) -> TurnContext {
    try await read { db in
      let turn = try Self.held(lease, db)
      guard let session = try Self.session(turn.sessionID, db) else {
        throw RunStoreError.leaseLost
      }
      let history = try Self.history(of: turn, db)
      let controls = history.first { event in
        event.type == .inputMessage && event.inputMessageID == turn.inputMessageID
      }.flatMap { $0.data.object("message") }.flatMap(Message.init)?.controls
      return TurnContext(
        state: TurnState(turn: turn, calls: try ToolCallRecord.fetch(of: turn, db)),
        session: session, harnesses: try Self.harnesses(from: session.harnessID, db),
        agent: try session.agentID.flatMap { try Self.agent($0, db) },
        model: try Self.model(message: controls?.modelID, session: session, db),
        reasoningEffort: controls?.reasoningEffort, history: history,
        limits: try self.machine(for: session.id, db).limits)
    }
  }

  /// The events of a session that belong to the conversation, up to those of a turn.
  private static func history(of turn: Turn, _ db: Database) throws -> [Event] {
    try Event.fetchAll(
      db,
      """
      SELECT \(sql: Table.events.selection(of: "e")) FROM events e JOIN turns t ON t.id = e.turn_id
      WHERE e.session_id = \(turn.sessionID.description) AND t.number <= \(turn.number)
        AND e.type IN \(EventType.ofConversation.map(\.rawValue))
      ORDER BY t.number, e.sequence
      """)
  }

  /// A harness with its ancestors, topmost first; empty if it was deleted.
  ///
  /// A parent that is its own ancestor ends the lineage.
  private static func harnesses(from id: String, _ db: Database) throws -> [StoredHarness] {
    var lineage: [StoredHarness] = []
    var next: String? = id
    while let id = next, !lineage.contains(where: { $0.id == id }) {
      let query: SQL = """
        SELECT id, name, system_prompt, parent_harness_id FROM harnesses
        WHERE id = \(id) AND status = 'active'
        """
      next = nil
      let capabilities = try capabilities(of: id, in: Table.harnessCapabilities, "harness_id", db)
      let found = try query.mapFirst(db) { row in
        next = row.text("parent_harness_id")
        return StoredHarness(
          id: id, name: row.text("name") ?? "", systemPrompt: row.text("system_prompt") ?? "",
          capabilities: capabilities)
      }
      guard let found else { break }
      lineage.append(found)
    }
    return lineage.reversed()
  }

  private static func agent(_ id: String, _ db: Database) throws -> StoredAgent? {
    let capabilities = try capabilities(of: id, in: Table.agentCapabilities, "agent_id", db)
    let query: SQL = "SELECT system_prompt FROM agents WHERE id = \(id)"
    return try query.mapFirst(db) { row in
      StoredAgent(
        id: id, systemPrompt: row.text("system_prompt") ?? "", capabilities: capabilities)
    }
  }

  private static func capabilities(
    of owner: String, in table: Table, _ column: String, _ db: Database
  ) throws -> [CapabilityUse] {
    let query: SQL = """
      SELECT capability_id, config FROM \(sql: table.name) WHERE \(sql: column) = \(owner)
      ORDER BY position, capability_id
      """
    return try query.map(db) { row in
      let id = row.text("capability_id") ?? ""
      let config = row.text("config").flatMap(JSONObject.init(storedJSON:))
      return CapabilityUse(id, config: config ?? [:])
    }
  }

  private static func model(
    message: String?, session: SessionRecord, _ db: Database
  ) throws -> ChosenModel {
    let setting: SQL = """
      SELECT s.default_model_id FROM organization_settings s
      JOIN organizations o ON o.org_id = s.org_id WHERE o.public_id = \(session.organization)
      """
    let ofOrganization = try setting.mapFirst(db) { $0.text("default_model_id") } ?? nil
    guard let id = message ?? session.modelID ?? ofOrganization else { return .none }
    let query: SQL = """
      SELECT m.model_id, p.provider_type, p.base_url
      FROM llm_models m JOIN llm_providers p ON p.id = m.provider_id
      JOIN organizations o ON o.org_id = m.org_id
      WHERE m.id = \(id) AND o.public_id = \(session.organization)
      """
    return try query.mapFirst(db) { row in
      .found(
        id: id, name: row.text("model_id") ?? "", providerType: row.text("provider_type") ?? "",
        baseURL: row.text("base_url"))
    } ?? .gone(id: id)
  }
}
