import Everruns
import EverrunsDocuments
import Foundation
import GRDB

extension SQLiteRunStore {
  func createSession(
    _ draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord {
    try await write { db in
      try self.create(draft, owner: nil, for: .session, templates: templates, db)
    }
  }

  func chatSession(
    of owner: String, orElse draft: SessionDraft, templates: [BuiltInHarness]
  ) async throws(RunStoreError) -> SessionRecord {
    try await write { db in
      let query: SQL = """
        \(SessionRecord.selection)
        WHERE o.public_id = \(draft.organization) AND s.chat_owner = \(owner)
        """
      if let session = try SessionRecord.fetchAll(db, query).first { return session }
      return try self.create(draft, owner: owner, for: .chat, templates: templates, db)
    }
  }

  private func create(
    _ draft: SessionDraft, owner: String?, for purpose: HarnessPurpose,
    templates: [BuiltInHarness], _ db: Database
  ) throws -> SessionRecord {
    let lookup = try OrganizationRows(draft.organization, db)
    let harness = try lookup.harness(draft.harness, for: purpose, templates: templates, db)
    let agent = try draft.agent.map { try lookup.agent($0, db) }
    let model = try draft.model.map { try lookup.model($0, db) }
    let now = now()
    let id = SessionID(at: now)
    try db.write(
      """
      INSERT INTO sessions (
        id, org_id, harness_id, agent_id, model_id, title, locale, tags, capabilities,
        system_prompt, max_iterations, chat_owner, created_at, updated_at)
      VALUES (
        \(id.description), \(lookup.number), \(harness), \(agent), \(model), \(draft.title),
        \(draft.locale), \(draft.tags.storedJSON), \(draft.capabilities.storedJSON),
        \(draft.systemPrompt), \(draft.maximumIterations), \(owner), \(RunTime.text(now)),
        \(RunTime.text(now)))
      """, to: .sessions)
    let started = EventDraft.sessionStarted(harnessID: harness, agentID: agent, modelID: model)
    try append([started], to: id, turn: nil, at: now, db)
    return try Self.session(id, of: draft.organization, db)
  }

  func sessions(
    of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<SessionRecord> {
    try await read { db in
      let number = try OrganizationRows(organization, db).number
      let sessions = try SessionRecord.fetchReadable(
        db,
        """
        \(SessionRecord.selection) WHERE s.org_id = \(number)
        ORDER BY s.updated_at DESC, s.id DESC LIMIT \(limit) OFFSET \(offset)
        """)
      let total = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sessions WHERE org_id = ?", arguments: [number])
      return Page(sessions, total: total ?? 0)
    }
  }

  func session(
    _ id: SessionID, of organization: String
  ) async throws(RunStoreError) -> SessionRecord {
    try await read { try Self.session(id, of: organization, $0) }
  }

  func update(
    _ id: SessionID, of organization: String, with patch: SessionPatch
  ) async throws(RunStoreError) -> SessionRecord {
    let session = try await write { db in
      var session = try Self.session(id, of: organization, db)
      if let title = patch.title { session.title = title }
      if let locale = patch.locale { session.locale = locale }
      if let model = patch.model {
        session.modelID = try model.map { try OrganizationRows(organization, db).model($0, db) }
      }
      if let prompt = patch.systemPrompt { session.systemPrompt = prompt }
      if let iterations = patch.maximumIterations { session.maximumIterations = iterations }
      if let tags = patch.tags { session.tags = tags }
      try db.update(
        .sessions,
        set: [
          "title": session.title, "locale": session.locale, "model_id": session.modelID,
          "system_prompt": session.systemPrompt, "max_iterations": session.maximumIterations,
          "tags": session.tags.storedJSON, "updated_at": RunTime.text(self.now()),
        ], where: "id = \(id.description)")
      return try Self.session(id, of: organization, db)
    }
    signals.signal(id)
    return session
  }

  func delete(_ id: SessionID, of organization: String) async throws(RunStoreError) {
    try await write { db in
      _ = try Self.session(id, of: organization, db)
      try db.delete(from: .sessions, where: "id = \(id.description)")
    }
    signals.end(id)
  }

  // MARK: Reading

  /// A session of any organization; `nil` if it does not exist.
  static func session(_ id: SessionID, _ db: Database) throws -> SessionRecord? {
    try SessionRecord.fetchAll(
      db, "\(SessionRecord.selection) WHERE s.id = \(id.description)"
    ).first
  }

  /// A session of an organization.
  static func session(
    _ id: SessionID, of organization: String, _ db: Database
  ) throws -> SessionRecord {
    guard let session = try session(id, db), session.organization.hasSameBytes(as: organization)
    else { throw RunStoreError.notFound(noun: "session", name: id.description) }
    return session
  }
}
