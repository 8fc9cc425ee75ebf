import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// The organizations in a comparison, numbered from 1 in a temporary table: the default
/// organization first, even before it exists, then the others by number.
struct ComparedOrganizations {
  /// Which organizations are compared.
  enum Selection {
    /// All of them.
    case all
    /// Only organizations that may have changed since the last run; the others still hold these
    /// templates.
    case unsettled([SettledTemplate])
    /// Only organizations with these public ids; the plan leaves out all others.
    case named([String])
  }

  let selection: Selection
  /// Whether the default organization is in the plan.
  let hasDefaultOrganization: Bool
  /// How many other organizations are compared.
  let othersCompared: Int
  /// How many other organizations have the observations of the one that stands for them.
  private let represented: Int
  /// How many other organizations are in the plan.
  let others: Int

  /// How many organizations one statement covers: few enough to show progress and to interrupt a
  /// run, many enough that the statements cost nothing.
  static let chunkSize = 1000

  /// - Parameters:
  ///   - db: The connection.
  ///   - selection: Which organizations are compared.
  ///   - defaultOrganization: The default organization.
  ///   - includesAbsentDefault: Whether the default organization is in the plan before it exists.
  ///   - excerpt: What the store is an excerpt of, if it is one.
  /// - Throws: `DatabaseError`, or ``StoreError/notFound(noun:name:)`` for a named organization.
  init(
    _ db: Database, _ selection: Selection, defaultOrganization: SeedOrganization,
    includesAbsentDefault: Bool,
    excerpt: Excerpt?
  ) throws {
    self.selection = selection
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS temp.compared_organizations;
        CREATE TEMP TABLE compared_organizations (
          number INTEGER PRIMARY KEY, org_id INTEGER, public_id TEXT, representative INTEGER);
        """)
    let isThere =
      try Row.fetchOne(
        db, sql: "SELECT 1 FROM organizations WHERE org_id = ?",
        arguments: [defaultOrganization.orgID]) != nil
    let isMeant =
      if case .named(let ids) = selection {
        ids.contains(defaultOrganization.publicID)
      } else {
        true
      }
    hasDefaultOrganization = isMeant && (isThere || includesAbsentDefault)
    if hasDefaultOrganization {
      try db.execute(
        sql: "INSERT INTO temp.compared_organizations VALUES (1, ?, ?, NULL)",
        arguments: [defaultOrganization.orgID, defaultOrganization.publicID])
    }
    let source: String
    var arguments: StatementArguments = ["defaultOrganization": defaultOrganization.orgID]
    switch selection {
    case .all: source = "organizations o WHERE"
    case .unsettled:
      // `CROSS JOIN`, because SQLite would look up every organization, to have them in order.
      source = "seed_unsettled CROSS JOIN organizations o USING (org_id) WHERE"
    case .named(let ids):
      source = "organizations o WHERE o.public_id IN (SELECT value FROM json_each(:ids)) AND"
      arguments += ["ids": JSONValue.strings(ids).canonicalJSON]
    }
    try db.execute(
      sql: """
        INSERT INTO temp.compared_organizations (org_id, public_id)
        SELECT org_id, o.public_id FROM \(source) org_id <> :defaultOrganization ORDER BY org_id
        """, arguments: arguments)
    othersCompared = db.changesCount
    represented = excerpt == nil ? 0 : try Self.addRepresented(db)
    if case .named(let ids) = selection {
      try Self.check(db, ids.filter { $0 != defaultOrganization.publicID })
    }
    if case .unsettled = selection {
      // Without a condition, SQLite counts the rows of a page at once.
      let count =
        try excerpt?.organizationCount
        ?? Int.fetchOne(db, sql: "SELECT count(*) FROM organizations") ?? 0
      others = count - (isThere ? 1 : 0)
    } else {
      others = othersCompared
    }
  }

  /// Numbers the organizations that compared ones stand for, after those.
  ///
  /// Only some of them are loaded: the first ones, which rows name. The others have no public id.
  ///
  /// - Returns: How many there are.
  private static func addRepresented(_ db: Database) throws -> Int {
    try db.execute(
      sql: """
        INSERT INTO temp.compared_organizations (org_id, public_id, representative)
        SELECT r.org_id, o.public_id, standing.number FROM \(Excerpt.represented) r
        LEFT JOIN organizations o ON o.org_id = r.org_id
        JOIN temp.compared_organizations standing ON standing.org_id = r.representative
        ORDER BY r.org_id
        """)
    return db.changesCount
  }

  /// Throws if a named organization does not exist: it may have been deleted since.
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

  /// The known state of the organizations that are not compared, by template; empty if all are
  /// compared.
  var settled: [SettledTemplate] {
    if case .unsettled(let templates) = selection { templates } else { [] }
  }

  /// How many organizations are not compared, because their state is known.
  var settledCount: Int { others - othersCompared - represented }

  /// The table of the organizations in the plan, which may have more columns.
  var table: String {
    if case .named = selection { "temp.compared_organizations" } else { "organizations" }
  }

  /// How many organizations are compared: the highest ordinal of one.
  var compared: Int { othersCompared + (hasDefaultOrganization ? 1 : 0) }

  /// Reports the start of a phase that covers all compared organizations.
  func begin(_ what: SeedProgress.Activity, _ progress: ProgressReport) throws {
    try progress(SeedProgress(activity: what, done: 0, total: compared))
  }

  /// Runs `body` for batches of organizations, and reports the progress of each.
  ///
  /// - Parameters:
  ///   - what: The activity, for the progress.
  ///   - size: The number of organizations per batch.
  ///   - progress: Called before each batch and at the end; throws to cancel.
  ///   - body: Receives the first and the last ordinal of each batch.
  /// - Throws: The error that `progress` or `body` throws.
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

  /// Runs `body` for batches of organizations that have the observations of another.
  func forEachRepresentedChunk(_ body: (ClosedRange<Int>) throws -> Void) throws {
    let last = compared + represented
    for first in stride(from: compared + 1, through: last, by: Self.chunkSize) {
      try body(first...min(last, first + Self.chunkSize - 1))
    }
  }
}
