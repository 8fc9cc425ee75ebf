import Everruns
import EverrunsDocuments
import GRDB

extension Event: ColumnDecodable {
  static let table = Table.events

  init(_ columns: StoredColumns) throws {
    self.init(
      id: try columns.value("id", EventID.init), type: try columns.value("type", EventType.init),
      time: try columns.time("ts"),
      sessionID: try columns.value("session_id", SessionID.init),
      sequence: try columns.count("sequence"),
      turnID: try columns.optionalValue("turn_id", TurnID.init),
      inputMessageID: try columns.optionalValue("input_message_id", MessageID.init),
      data: try columns.value("data", JSONObject.init(storedJSON:)))
  }

  /// Writes the event.
  func insert(_ db: Database) throws {
    try db.write(
      """
      INSERT INTO events (
        id, session_id, sequence, turn_id, input_message_id, type, ts, data)
      VALUES (
        \(id.description), \(sessionID.description), \(sequence), \(turnID?.description),
        \(inputMessageID?.description), \(type.rawValue), \(RunTime.text(time)),
        \(data.storedJSON))
      """, to: .events)
  }
}

extension PositionedEvent: ColumnDecodable {
  static let table = Table.events

  init(_ columns: StoredColumns) throws {
    self.init(position: try columns.integer("position"), event: try Event(columns))
  }
}

extension OutputDelta: ColumnDecodable {
  static let table = Table.outputDeltas

  init(_ columns: StoredColumns) throws {
    self.init(
      position: try columns.integer("position"),
      sessionID: try columns.value("session_id", SessionID.init),
      turnID: try columns.value("turn_id", TurnID.init),
      inputMessageID: try columns.value("input_message_id", MessageID.init),
      messageID: try columns.value("message_id", MessageID.init),
      text: try columns.text("text"), time: try columns.time("created_at"))
  }
}
