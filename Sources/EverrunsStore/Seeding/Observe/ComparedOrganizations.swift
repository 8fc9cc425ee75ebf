import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// The organizations that a comparison looks at, numbered from 1 in a temporary table: the default
/// one first, also before it exists, then the others in the order of their own numbers.
struct ComparedOrganizations {
  /// Which organizations are looked at.
  enum Selection {
    /// All of them.
    case all
    /// Those of which it is not known what they hold; of the others that is known, by template.
    case unsettled([SettledTemplate])
    /// Those with these public ids, and no others are spoken of.
    case named([String])
  }

  let selection: Selection
  /// Whether the default organization is spoken of.
  let hasHome: Bool
  /// How many others are looked at.
  let othersCompared: Int
  /// How many others are spoken of.
  let others: Int

  /// How many are looked at in one statement: few enough for progress to be seen and a run to be
  /// interrupted, and enough for the statements to cost nothing.
  static let chunkSize = 1000

  init(
    _ db: Database, _ selection: Selection, home: SeedOrganization, includesAbsentHome: Bool
  ) throws {
    self.selection = selection
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS temp.compared_organizations;
        CREATE TEMP TABLE compared_organizations (
          number INTEGER PRIMARY KEY, org_id INTEGER, public_id TEXT);
        """)
    let isThere =
      try Row.fetchOne(
        db, sql: "SELECT 1 FROM organizations WHERE org_id = ?", arguments: [home.orgID]) != nil
    let isMeant = if case .named(let ids) = selection { ids.contains(home.publicID) } else { true }
    hasHome = isMeant && (isThere || includesAbsentHome)
    if hasHome {
      try db.execute(
        sql: "INSERT INTO temp.compared_organizations VALUES (1, ?, ?)",
        arguments: [home.orgID, home.publicID])
    }
    let source: String
    var arguments: StatementArguments = ["home": home.orgID]
    switch selection {
    case .all: source = "organizations o WHERE"
    case .unsettled:
      source = "seed_unsettled u JOIN organizations o ON o.org_id = u.org_id WHERE"
    case .named(let ids):
      source = "organizations o WHERE o.public_id IN (SELECT value FROM json_each(:ids)) AND"
      arguments += ["ids": JSONValue.strings(ids).canonicalJSON]
    }
    try db.execute(
      sql: """
        INSERT INTO temp.compared_organizations (org_id, public_id)
        SELECT o.org_id, o.public_id FROM \(source) o.org_id <> :home ORDER BY o.org_id
        """, arguments: arguments)
    othersCompared = db.changesCount
    if case .named(let ids) = selection { try Self.check(db, ids.filter { $0 != home.publicID }) }
    others =
      if case .unsettled = selection {
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM organizations WHERE org_id <> ?",
          arguments: [home.orgID]) ?? 0
      } else {
        othersCompared
      }
  }

  /// Throws where an organization that was named is not there: it may have been deleted since.
  private static func check(_ db: Database, _ ids: [String]) throws {
    let missing = try db.mapFirst(
      """
      SELECT named.value FROM json_each(?) named
      WHERE named.value NOT IN (
        SELECT compared.public_id FROM temp.compared_organizations compared)
      """, [JSONValue.strings(ids).canonicalJSON]
    ) { $0.text("value") ?? "" }
    if let missing { throw StoreError.notFound(noun: "organization", name: missing) }
  }

  /// What the others that are not looked at hold, by template; none where all are looked at.
  var settled: [SettledTemplate] {
    if case .unsettled(let templates) = selection { templates } else { [] }
  }

  /// How many are not looked at, since it is known what they hold.
  var settledCount: Int { others - othersCompared }

  /// The table of those that are spoken of, which may have more columns.
  var table: String {
    if case .named = selection { "temp.compared_organizations" } else { "organizations" }
  }

  /// How many are looked at.
  private var compared: Int { othersCompared + (hasHome ? 1 : 0) }

  /// Says that something begins that is done for all that are looked at.
  func begin(_ what: SeedProgress.Activity, _ progress: ProgressReport) throws {
    try progress(SeedProgress(activity: what, done: 0, total: compared))
  }

  /// Runs a body for a few organizations at a time, with the first and the last of their numbers.
  ///
  /// - Parameter size: How many at a time.
  func forEachChunk(
    _ what: SeedProgress.Activity, of size: Int = Self.chunkSize, _ progress: ProgressReport,
    _ body: (ClosedRange<Int>) throws -> Void
  ) throws {
    let count = compared
    var first = 1
    while first <= count {
      let last = min(count, first + size - 1)
      try progress(SeedProgress(activity: what, done: first - 1, total: count))
      try body(first...last)
      first = last + 1
    }
    try progress(SeedProgress(activity: what, done: count, total: count))
  }
}
