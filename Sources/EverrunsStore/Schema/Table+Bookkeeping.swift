/// The tables that are the store's own.
extension Table {
  static let bookkeeping = [
    storeState, seedTemplates, seedMemory, seedAcceptedHarnesses, seedUnsettled, seedAnswers,
    history,
    platforms, platformRevisions, platformOrigins,
  ]

  /// One row: what the store knows about itself.
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

  /// Everything that seeding ever made of harnesses, by its digest.
  static let seedTemplates = Table(
    "seed_templates",
    [
      Column("digest", "TEXT PRIMARY KEY NOT NULL"),
      Column("content", "TEXT NOT NULL", .json),
    ])

  /// What was last applied to each row of the catalog.
  static let seedMemory = Table(
    "seed_memory",
    [
      Column("kind", "TEXT NOT NULL"),
      Column("seed_id", "TEXT NOT NULL"),
      Column("row_id", "TEXT NOT NULL"),
      Column("content", "TEXT NOT NULL", .json),
    ],
    constraints: ["PRIMARY KEY (kind, seed_id)"], isWithoutRowID: true)

  /// Organizations' own harnesses of which somebody decided that they stay.
  static let seedAcceptedHarnesses = Table(
    "seed_accepted_harnesses",
    [
      organization,
      Column("name", "TEXT NOT NULL"),
    ],
    constraints: ["PRIMARY KEY (org_id, name)"], isWithoutRowID: true)

  /// Organizations that may differ from what was last applied to all.
  ///
  /// The number is of the type that it has in its rows, without which SQLite could not look it up
  /// (sqlite.org/datatype3.html, section 4.2). In a table without row numbers it may hold whatever a
  /// row holds instead.
  static let seedUnsettled = Table(
    "seed_unsettled",
    [
      Column("org_id", "INTEGER PRIMARY KEY", .integer)
    ],
    isWithoutRowID: true, isCache: true)

  /// The rows of plans that were found while nothing changed.
  static let seedAnswers = Table(
    "seed_answers",
    [
      Column("question", "TEXT PRIMARY KEY NOT NULL", .json),
      Column("serial", "INTEGER NOT NULL", .integer),
      Column("plan_rows", "TEXT NOT NULL", .json),
      Column("seal", "TEXT NOT NULL"),
    ],
    isWithoutRowID: true, isCache: true)

  /// Who changed what, when, with which command and why.
  static let history = Table(
    "history",
    [
      Column("id", "INTEGER PRIMARY KEY", .integer),
      Column("created_at", "TEXT NOT NULL"),
      Column("actor", "TEXT NOT NULL"),
      Column("command", "TEXT NOT NULL"),
      Column("reason", "TEXT"),
      Column("summary", "TEXT NOT NULL"),
      Column("serial", "INTEGER NOT NULL", .integer),
    ])

  /// The names that saved definitions have or had, with the last number of a revision.
  static let platforms = Table(
    "platforms",
    [
      Column("name", "TEXT PRIMARY KEY NOT NULL"),
      Column("latest_revision", "INTEGER NOT NULL", .integer),
    ])

  static let platformRevisions = Table(
    "platform_revisions",
    [
      Column("name", "TEXT NOT NULL REFERENCES platforms (name) ON DELETE CASCADE"),
      Column("revision", "INTEGER NOT NULL", .integer),
      Column("document", "TEXT NOT NULL", .json),
      Column("fingerprint", "TEXT NOT NULL"),
      Column("summary", "TEXT NOT NULL"),
      Column("actor", "TEXT NOT NULL"),
      Column("command", "TEXT NOT NULL"),
      Column("reason", "TEXT"),
      Column("created_at", "TEXT NOT NULL"),
    ],
    constraints: ["PRIMARY KEY (name, revision)"])

  /// What saved definitions were created from, or upgraded to: each row from its revision on.
  static let platformOrigins = Table(
    "platform_origins",
    [
      Column("name", "TEXT NOT NULL REFERENCES platforms (name) ON DELETE CASCADE"),
      Column("revision", "INTEGER NOT NULL", .integer),
      Column("preset", "TEXT"),
      Column("grade", "TEXT"),
      Column("document", "TEXT", .json),
    ],
    constraints: ["PRIMARY KEY (name, revision)"], isNeededToRead: false)
}
