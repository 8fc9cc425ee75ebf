import Everruns
import EverrunsDocuments
import Foundation
import GRDB

extension SQLiteRunStore {
  func post(
    _ input: TurnInput, to session: SessionID, of organization: String
  ) async throws(RunStoreError) -> PostedTurn {
    let posted = try await write { db in
      let record = try Self.session(session, of: organization, db)
      let now = self.now()
      var message = Message(
        id: MessageID(at: now), role: .user, content: input.content, controls: input.controls,
        metadata: input.metadata, tags: input.tags, createdAt: now)
      message.controls.modelID = try input.controls.modelID.map {
        try OrganizationRows(organization, db).model($0, db)
      }
      if let key = input.idempotencyKey,
        let posted = try Self.posted(as: key, message, in: session, db)
      {
        return posted
      }
      let query: SQL = """
        SELECT next_turn FROM sessions WHERE id = \(session.description)
        """
      let number =
        try query.mapFirst(db) { try StoredColumns($0, of: .sessions).count("next_turn") } ?? 1
      try db.update(
        .sessions, set: ["next_turn": number + 1], where: "id = \(session.description)")
      let change = self.machine.post(
        message, as: TurnID(at: now), in: record.id, number: number, at: now)
      try self.apply(change, to: nil, idempotencyKey: input.idempotencyKey, at: now, db)
      return PostedTurn(message: message, turnID: change.turn.id, isRepetition: false)
    }
    if !posted.isRepetition {
      signals.signal(session)
      signals.signalWork()
    }
    return posted
  }

  /// The message posted with a key; `nil` if there is none.
  private static func posted(
    as key: String, _ message: Message, in session: SessionID, _ db: Database
  ) throws -> PostedTurn? {
    let turns = try Turn.fetchAll(
      db,
      """
      SELECT \(sql: Table.turns.selection()) FROM turns
      WHERE session_id = \(session.description) AND idempotency_key = \(key)
      """)
    guard let turn = turns.first else { return nil }
    let events = try Event.fetchAll(
      db,
      """
      SELECT \(sql: Table.events.selection()) FROM events WHERE session_id = \(session.description)
        AND turn_id = \(turn.id.description) AND type = \(EventType.inputMessage.rawValue)
      """)
    guard let before = events.first?.data.object("message").flatMap(Message.init),
      before.hasContent(of: message)
    else { throw RunStoreError.idempotencyKeyReused(key) }
    return PostedTurn(message: before, turnID: turn.id, isRepetition: true)
  }

  func messages(
    of session: SessionID, of organization: String, offset: Int, limit: Int
  ) async throws(RunStoreError) -> Page<Message> {
    try await read { db in
      _ = try Self.session(session, of: organization, db)
      let isMessage: SQL = """
        session_id = \(session.description)
          AND type IN \(EventType.ofMessages.map(\.rawValue))
        """
      let events = try Event.fetchReadable(
        db,
        """
        SELECT \(sql: Table.events.selection())
        FROM events WHERE \(isMessage) ORDER BY sequence LIMIT \(limit) OFFSET \(offset)
        """)
      let count: SQL = "SELECT count(*) AS total FROM events WHERE \(isMessage)"
      return Page(
        events.compactMap { $0.data.object("message").flatMap(Message.init) },
        total: try count.mapFirst(db) { $0.integer("total") } ?? 0)
    }
  }

  func events(
    of session: SessionID, of organization: String, _ query: EventQuery
  ) async throws(RunStoreError) -> EventPage {
    try await read { db in
      let record = try Self.session(session, of: organization, db)
      let types = (query.types ?? Set(EventType.allCases)).subtracting(query.excludedTypes)
      let isLatest = query.beforeSequence != nil
      // One row more shows whether there are more.
      let rows: SQL = """
        SELECT \(sql: Table.events.selection()) FROM events
        WHERE session_id = \(session.description) AND sequence > \(query.afterSequence)
          AND sequence < \(query.beforeSequence ?? .max)
          AND type IN \(types.map(\.rawValue).sorted())
        ORDER BY sequence \(sql: isLatest ? "DESC" : "ASC") LIMIT \(query.limit + 1)
        """
      let found = try rows.map(db) { row in
        (sequence: row.integer("sequence"), event: try Event.readable(row))
      }
      let hasMore = found.count > query.limit
      let page = found.prefix(query.limit)
      let events = page.compactMap(\.event)
      var deltas: [OutputDelta] = []
      if let position = query.afterDelta, !hasMore, types.contains(.outputMessageDelta) {
        deltas = try OutputDelta.fetchReadable(
          db,
          """
          SELECT \(sql: Table.outputDeltas.selection()) FROM output_deltas
          WHERE session_id = \(session.description) AND position > \(position) ORDER BY position
          """)
      }
      return EventPage(
        events: isLatest ? events.reversed() : events, deltas: deltas,
        nextSequence: hasMore ? page.last?.sequence ?? 0 : record.lastSequence,
        hasMore: hasMore, status: record.status)
    }
  }

  func sequence(
    of event: EventID, in session: SessionID, of organization: String
  ) async throws(RunStoreError) -> Int {
    try await read { db in
      _ = try Self.session(session, of: organization, db)
      let query: SQL = """
        SELECT sequence FROM events
        WHERE id = \(event.description) AND session_id = \(session.description)
        """
      guard let sequence = try query.mapFirst(db, { $0.integer("sequence") }) else {
        throw RunStoreError.notFound(noun: "event", name: event.description)
      }
      return sequence
    }
  }

  func changes(in session: SessionID) -> AsyncStream<Void> { signals.changes(in: session) }

  func workSignals() -> AsyncStream<Void> { signals.work() }
}

extension Message {
  /// Whether another message has the same content, apart from id and time.
  fileprivate func hasContent(of other: Message) -> Bool {
    var other = other
    other.id = id
    other.createdAt = createdAt
    return self == other
  }
}

extension EventType {
  /// The types that hold a message.
  fileprivate static let ofMessages = [inputMessage, outputMessageCompleted]

  /// The types from which ``Conversation`` derives what a model is given.
  static let ofConversation = ofMessages + [toolCompleted]
}
