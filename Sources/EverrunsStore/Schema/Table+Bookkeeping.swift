/// The tables that only the store has.
extension Table {
  /// The revision that a rollback restored, as a reference.
  private static let rolledBackTo = Column("rolled_back_to", "TEXT", isNeededToRead: false)

  static let bookkeeping = [
    storeState, seedTemplates, seedMemory, seedAcceptedHarnesses, seedUnsettled, seedAnswers,
    history,
    platforms, platformRevisions, platformOrigins,
  ]

  /// The store's state, one row.
  static let storeState = Table(
    "store_state",
    [
      Column("id", "INTEGER PRIMARY KEY CHECK (id = 1)", .integer),
      Column("store_id", "TEXT NOT NULL"),
      Column("serial", "INTEGER NOT NULL", .integer),
      Column("active_platform", "TEXT"),
      Column("applied_platform", "TEXT"),
      Column("applied_fingerprint", "TEXT"),
      Column("applied_roles", "TEXT", .json),
      Column("settled_as", "TEXT", isCache: true),
      Column("settled_schema_version", "INTEGER", .integer, isCache: true),
      Column("settled_triggers", "TEXT", isCache: true),
      Column("settled_seal", "TEXT", isCache: true),
      Column("checked_schema_version", "INTEGER", .integer, isCache: true),
      Column("highest_org_id", "INTEGER", .integer, isCache: true),
    ])

  /// Every harness content that seeding ever wrote, by digest.
  static let seedTemplates = Table(
    "seed_templates",
    [
      Column("digest", "TEXT PRIMARY KEY NOT NULL"),
      Column("content", "TEXT NOT NULL", .json),
    ])

  /// The last-applied content of each row of the catalog.
  static let seedMemory = Table(
    "seed_memory",
    [
      Column("kind", "TEXT NOT NULL"),
      Column("seed_id", "TEXT NOT NULL"),
      Column("row_id", "TEXT NOT NULL"),
      Column("content", "TEXT NOT NULL", .json),
    ],
    constraints: ["PRIMARY KEY (kind, seed_id)"], isWithoutRowID: true)

  /// Organization-owned harnesses that were accepted as they are.
  static let seedAcceptedHarnesses = Table(
    "seed_accepted_harnesses",
    [
      organization,
      Column("name", "TEXT NOT NULL"),
    ],
    constraints: ["PRIMARY KEY (org_id, name)"], isWithoutRowID: true)

  /// Organizations that may differ from what was last applied to all.
  ///
  /// The column has the type of the referenced column; SQLite could not use the index otherwise
  /// (sqlite.org/datatype3.html, section 4.2). Since the table is WITHOUT ROWID, it can hold any
  /// value a row has.
  static let seedUnsettled = Table(
    "seed_unsettled",
    [
      Column("org_id", "INTEGER PRIMARY KEY", .integer)
    ],
    isWithoutRowID: true, isCache: true)

  /// Kept answers: the rows of plans, valid while nothing changes.
  static let seedAnswers = Table(
    "seed_answers",
    [
      Column("question", "TEXT PRIMARY KEY NOT NULL", .json),
      Column("serial", "INTEGER NOT NULL", .integer),
      Column("plan_rows", "TEXT NOT NULL", .json),
      Column("seal", "TEXT NOT NULL"),
    ],
    isWithoutRowID: true, isCache: true, formerColumns: ["digest"])

  /// The history: who changed what, when, with which command and why.
  static let history = Table(
    "history",
    [
      Column("id", "INTEGER PRIMARY KEY", .integer, .counts),
      Column("created_at", "TEXT NOT NULL", .text, .times(.seconds)),
      Column("actor", "TEXT NOT NULL"),
      Column("command", "TEXT NOT NULL"),
      Column("reason", "TEXT"),
      Column("summary", "TEXT NOT NULL"),
      Column("serial", "INTEGER NOT NULL", .integer, .counts),
      rolledBackTo,
      Column("concerns", "TEXT", .json, .concernedOrganizations, isNeededToRead: false),
    ])

  /// The names that saved definitions have or had, with their last revision number.
  static let platforms = Table(
    "platforms",
    [
      Column("name", "TEXT PRIMARY KEY NOT NULL"),
      Column("latest_revision", "INTEGER NOT NULL", .integer, .counts),
    ])

  static let platformRevisions = Table(
    "platform_revisions",
    [
      Column("name", "TEXT NOT NULL REFERENCES platforms (name) ON DELETE CASCADE"),
      Column("revision", "INTEGER NOT NULL", .integer, .counts),
      Column("document", "TEXT NOT NULL", .json),
      Column("fingerprint", "TEXT NOT NULL"),
      Column("summary", "TEXT NOT NULL"),
      Column("actor", "TEXT NOT NULL"),
      Column("command", "TEXT NOT NULL"),
      Column("reason", "TEXT"),
      Column("created_at", "TEXT NOT NULL", .text, .times(.seconds)),
      rolledBackTo,
    ],
    constraints: ["PRIMARY KEY (name, revision)"])

  /// The origins of saved definitions: each row applies from its revision on.
  static let platformOrigins = Table(
    "platform_origins",
    [
      Column("name", "TEXT NOT NULL REFERENCES platforms (name) ON DELETE CASCADE"),
      Column("revision", "INTEGER NOT NULL", .integer, .counts),
      Column("preset", "TEXT"),
      Column("grade", "TEXT"),
      Column("document", "TEXT", .json),
    ],
    constraints: ["PRIMARY KEY (name, revision)"], isNeededToRead: false)
}
