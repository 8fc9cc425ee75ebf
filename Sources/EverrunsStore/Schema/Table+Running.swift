/// The tables of sessions and turns, which server and worker write.
///
/// None of them has a trigger that raises the serial: whether seeding has something to do does not
/// depend on them. A session refers to harness, agent and model without a foreign key, since
/// seeding deletes and rewrites those: a session whose harness is gone says so, and stays.
extension Table {
  static let running = [
    sessions, turns, events, outputDeltas, toolCalls, workers, definitions,
  ]

  /// What a column says of turns that have not ended.
  static let isUnfinished = "status IN ('queued', 'running')"

  static let sessions = Table(
    "sessions",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      organization,
      Column("harness_id", "TEXT NOT NULL"),
      Column("agent_id", "TEXT"),
      Column("model_id", "TEXT"),
      Column("title", "TEXT"),
      Column("locale", "TEXT"),
      Column("tags", "TEXT NOT NULL DEFAULT '[]'", .json),
      Column("capabilities", "TEXT NOT NULL DEFAULT '[]'", .json),
      Column("system_prompt", "TEXT"),
      Column("max_iterations", "INTEGER", .integer, .counts),
      Column("chat_owner", "TEXT"),
      // Whether the last session.activated has no session.idled after it. The status follows from
      // the turns alone.
      Column("is_activated", "INTEGER NOT NULL DEFAULT 0", .boolean),
      Column("last_sequence", "INTEGER NOT NULL DEFAULT 0", .integer, .counts),
      Column("next_turn", "INTEGER NOT NULL DEFAULT 1", .integer, .counts),
      Column("input_tokens", "INTEGER NOT NULL DEFAULT 0", .integer, .amounts),
      Column("output_tokens", "INTEGER NOT NULL DEFAULT 0", .integer, .amounts),
      time("created_at"),
      time("updated_at"),
    ],
    indexes: [
      Index("sessions_by_use", "(org_id, updated_at)"),
      Index(
        "sessions_by_chat_owner", "(org_id, chat_owner)\n  WHERE chat_owner IS NOT NULL",
        isUnique: true),
    ], isNeededToRead: false)

  static let turns = Table(
    "turns",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      session,
      Column("number", "INTEGER NOT NULL", .integer, .counts),
      Column("input_message_id", "TEXT NOT NULL"),
      Column("status", "TEXT NOT NULL"),
      Column("step", "TEXT NOT NULL"),
      Column("iteration", "INTEGER NOT NULL", .integer, .counts),
      Column("begun", "INTEGER NOT NULL", .integer, .counts),
      Column("failures", "INTEGER NOT NULL", .integer, .counts),
      Column("reclaims", "INTEGER NOT NULL", .integer, .counts),
      time("not_before"),
      Column("worker_id", "TEXT"),
      Column("lease", "INTEGER NOT NULL", .integer, .counts),
      time("lease_expires_at", isNullable: true),
      time("cancel_requested_at", isNullable: true),
      Column("error_code", "TEXT"),
      Column("error", "TEXT"),
      Column("input_tokens", "INTEGER NOT NULL", .integer, .amounts),
      Column("output_tokens", "INTEGER NOT NULL", .integer, .amounts),
      Column("idempotency_key", "TEXT"),
      time("created_at"),
      time("started_at", isNullable: true),
      time("ended_at", isNullable: true),
    ],
    constraints: ["UNIQUE (session_id, number)", "UNIQUE (session_id, idempotency_key)"],
    indexes: [
      // At most one turn of a session runs, whatever a program does.
      Index(
        "turns_running", "(session_id)\n  WHERE status = 'running'", isUnique: true),
      Index("turns_unfinished", "(session_id, number)\n  WHERE \(isUnfinished)"),
      Index("turns_by_status", "(status, created_at)"),
    ], isNeededToRead: false)

  /// What happened in sessions.
  ///
  /// Positions only grow, although sessions are deleted, so that a reader of all sessions can go on
  /// from one. Writers follow each other, so their order is that of the commits.
  static let events = Table(
    "events",
    [
      Column("position", "INTEGER PRIMARY KEY AUTOINCREMENT", .integer),
      Column("id", "TEXT NOT NULL"),
      session,
      Column("sequence", "INTEGER NOT NULL", .integer, .counts),
      Column("turn_id", "TEXT"),
      Column("input_message_id", "TEXT"),
      Column("type", "TEXT NOT NULL"),
      time("ts"),
      Column("data", "TEXT NOT NULL", .json),
    ],
    constraints: ["UNIQUE (id)", "UNIQUE (session_id, sequence)"], isNeededToRead: false)

  /// The text of messages that are being written.
  ///
  /// Positions only grow, although rows are deleted, so that readers can go on from one.
  static let outputDeltas = Table(
    "output_deltas",
    [
      Column("position", "INTEGER PRIMARY KEY AUTOINCREMENT", .integer),
      session,
      Column("turn_id", "TEXT NOT NULL"),
      Column("input_message_id", "TEXT NOT NULL"),
      Column("message_id", "TEXT NOT NULL"),
      Column("text", "TEXT NOT NULL"),
      time("created_at"),
    ],
    indexes: [
      Index("output_deltas_by_session", "(session_id)"),
      Index("output_deltas_by_turn", "(turn_id)"),
    ], isNeededToRead: false)

  /// The ids of calls are the models' and unique in one answer only.
  static let toolCalls = Table(
    "tool_calls",
    [
      Column("turn_id", "TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE"),
      Column("iteration", "INTEGER NOT NULL", .integer, .counts),
      Column("number", "INTEGER NOT NULL", .integer, .counts),
      Column("call_id", "TEXT NOT NULL"),
      Column("name", "TEXT NOT NULL"),
      // JSON of any kind: models write what they like.
      Column("arguments", "TEXT NOT NULL"),
      Column("signature", "TEXT"),
      Column("effect", "TEXT NOT NULL"),
      Column("status", "TEXT NOT NULL"),
      Column("result", "TEXT", .json),
      time("started_at", isNullable: true),
      time("ended_at", isNullable: true),
    ],
    constraints: ["PRIMARY KEY (turn_id, iteration, number)"], isNeededToRead: false)

  static let workers = Table(
    "workers",
    [
      Column("id", "TEXT PRIMARY KEY NOT NULL"),
      Column("host", "TEXT NOT NULL"),
      Column("pid", "INTEGER NOT NULL", .integer, .counts),
      Column("version", "TEXT NOT NULL"),
      Column("runtime_fingerprint", "TEXT NOT NULL"),
      Column("capabilities", "TEXT NOT NULL", .json),
      Column("drivers", "TEXT NOT NULL", .json),
      Column("capacity", "INTEGER NOT NULL", .integer, .counts),
      Column("running", "INTEGER NOT NULL", .integer, .counts),
      Column("status", "TEXT NOT NULL"),
      Column("reason", "TEXT"),
      time("started_at"),
      time("heartbeat_at"),
      // Heartbeats leave it as it is.
      time("drain_requested_at", isNullable: true),
    ], isNeededToRead: false)

  /// The definitions that servers have served; the one that was served last counts.
  static let definitions = Table(
    "definitions",
    [
      Column("fingerprint", "TEXT PRIMARY KEY NOT NULL"),
      Column("runtime_fingerprint", "TEXT NOT NULL"),
      Column("document", "TEXT NOT NULL", .json),
      time("first_served_at"),
      time("last_served_at"),
    ], isNeededToRead: false)

  /// A column for times of server and worker.
  private static func time(_ name: String, isNullable: Bool = false) -> Column {
    Column(name, isNullable ? "TEXT" : "TEXT NOT NULL", .text, .times(.milliseconds))
  }

  private static let session = Column(
    "session_id", "TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE")
}
