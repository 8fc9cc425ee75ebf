import Everruns
import GRDB

/// Reads a plan of harnesses and settings, row by row: what is equal in two or more organizations
/// other than the default one as a single row.
struct HarnessPlanRows {
  private let plan: HarnessPlan
  /// The harness that had each role when seeding was last applied, by role.
  private let appliedRoles: JSONObject
  private var db: Database { plan.db }
  private var desired: SeedDesiredState { plan.desired }
  private var organizations: ComparedOrganizations { plan.organizations }

  init(_ plan: HarnessPlan, appliedRoles: JSONObject) {
    self.plan = plan
    self.appliedRoles = appliedRoles
  }

  /// Reads every row of each template, orphan and setting, in order.
  func read(_ body: (SeedPlanRow) throws -> Void) throws {
    for ordinal in desired.harnesses.indices {
      try forEachRow(of: HarnessSubject(plan, ordinal: ordinal), body)
    }
    let orphans = try String.fetchAll(
      db, sql: "SELECT DISTINCT name FROM temp.orphan_plan ORDER BY name")
    for name in orphans {
      try forEachRow(of: OrphanSubject(plan, name: name), body)
    }
    let named = plan.namedSettings
    for (index, setting) in desired.harnessSettings.enumerated() {
      if let setting = named.first(where: { $0.index == index }) {
        try forEachRow(of: SettingSubject(setting, appliedRoles: appliedRoles), body)
      } else {
        try forEachRow(of: UnnamedSettingSubject(plan, setting), body)
      }
    }
  }

  // MARK: One thing in every organization

  private func forEachRow(
    of subject: some PlanSubject, _ body: (SeedPlanRow) throws -> Void
  ) throws {
    let home = ["home": desired.organization.orgID] as StatementArguments
    if organizations.hasHome {
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM \(subject.notable) WHERE org_id = :home",
        arguments: subject.arguments + home)
      if let outcome = try row.map({ try subject.outcome($0, isHome: true, db) })
        ?? subject.plainOutcome(db, organization: desired.organization.orgID)
      {
        try body(
          planRow(
            subject, outcome, .defaultOrganization,
            organization: desired.organization.publicID))
      }
    }
    if plan.options.expands {
      try listOthers(of: subject, home, body)
    } else {
      try foldOthers(of: subject, home, body)
    }
  }

  /// Each organization with a row of its own, in the order of public ids.
  private func listOthers(
    of subject: some PlanSubject, _ home: StatementArguments,
    _ body: (SeedPlanRow) throws -> Void
  ) throws {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT n.*, o.org_id AS organization, o.public_id AS own_public_id
        FROM \(organizations.table) o LEFT JOIN \(subject.notable) n ON n.org_id = o.org_id
        WHERE o.org_id <> :home ORDER BY o.public_id
        """, arguments: subject.arguments + home)
    while let row = try cursor.next() {
      let outcome =
        row.text("org_id") == nil
        ? try subject.plainOutcome(db, organization: row.integer("organization"))
        : try subject.outcome(row, isHome: false, db)
      let publicID = row.text("own_public_id") ?? ""
      if let outcome {
        try body(planRow(subject, outcome, .organization(publicID), organization: publicID))
      }
    }
  }

  /// One row for each outcome, in the order of the first public ids.
  private func foldOthers(
    of subject: some PlanSubject, _ home: StatementArguments,
    _ body: (SeedPlanRow) throws -> Void
  ) throws {
    let arguments = subject.arguments + home
    let notable = "\(subject.notable) WHERE org_id <> :home"
    let plainCount =
      subject.isPlainEverywhereElse
      ? organizations.others
        - (try Int.fetchOne(db, sql: "SELECT count(*) FROM \(notable)", arguments: arguments) ?? 0)
      : 0
    var plain =
      plainCount == 0
      ? nil : try plainGroup(of: subject, arguments, isAlone: plainCount == organizations.others)
    func emitPlain() throws {
      guard let (publicID, number) = plain else { return }
      plain = nil
      guard let outcome = try subject.plainOutcome(db, organization: number) else { return }
      try body(folded(subject, outcome, publicID, count: plainCount))
    }
    // Beside `min(public_id)`, columns that are neither grouped nor aggregated come from the row
    // that has the least: sqlite.org/lang_select.html, "Bare columns in an aggregate query".
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT *, min(public_id) AS first_public_id, count(*) AS organizations FROM \(notable)
        GROUP BY \(subject.outcomeColumns.joined(separator: ", ")) ORDER BY first_public_id
        """, arguments: arguments)
    while let row = try cursor.next() {
      let publicID = row.text("first_public_id") ?? ""
      if let first = plain?.publicID, first.precedesInBytes(publicID) { try emitPlain() }
      try body(
        folded(
          subject, try subject.outcome(row, isHome: false, db), publicID,
          count: row.integer("organizations")))
    }
    try emitPlain()
  }

  /// The first of the organizations of which there is nothing to say.
  ///
  /// - Parameter isAlone: Whether there is nothing to say about any, so that the first is the first
  ///   of all.
  private func plainGroup(
    of subject: some PlanSubject, _ arguments: StatementArguments, isAlone: Bool
  ) throws -> (publicID: String, number: Int)? {
    let condition = isAlone ? "" : "AND org_id NOT IN (SELECT org_id FROM \(subject.notable))"
    return try Row.fetchOne(
      db,
      sql: """
        SELECT org_id, public_id FROM \(organizations.table)
        WHERE org_id <> :home \(condition) ORDER BY public_id LIMIT 1
        """,
      arguments: isAlone ? ["home": desired.organization.orgID] : arguments
    ).map { ($0.text("public_id") ?? "", $0.integer("org_id")) }
  }

  private func folded(
    _ subject: some PlanSubject, _ outcome: PlanOutcome, _ publicID: String, count: Int
  ) -> SeedPlanRow {
    count > 1
      ? planRow(subject, outcome.withoutID, .folded, organization: nil, organizations: count)
      : planRow(subject, outcome, .organization(publicID), organization: publicID)
  }

  private func planRow(
    _ subject: some PlanSubject, _ outcome: PlanOutcome, _ scope: SeedAddress.Scope,
    organization: String?, organizations: Int? = nil
  ) -> SeedPlanRow {
    SeedPlanRow(
      address: SeedAddress(subject.kind, [subject.name], in: scope), name: subject.name,
      id: outcome.id, organization: organization, organizations: organizations,
      reason: outcome.reason, notes: outcome.notes, exists: outcome.exists,
      changes: outcome.changes)
  }
}

/// What becomes of one thing in one organization.
struct PlanOutcome {
  var id: String?
  let reason: SeedReason
  var notes: [SeedNote] = []
  var exists: Bool?
  var changes: [FieldChange] = []

  /// The same in any of several organizations.
  var withoutID: PlanOutcome {
    var copy = self
    copy.id = nil
    return copy
  }
}

/// Something that every organization has, or may have: a template, an orphan, a setting.
protocol PlanSubject {
  var kind: RecordKind { get }
  var name: String { get }

  /// The organizations in which there is something to say about it, as a table with `org_id` and
  /// `public_id`.
  var notable: String { get }
  /// What that takes.
  var arguments: StatementArguments { get }
  /// The columns by which what is said differs.
  var outcomeColumns: [String] { get }
  /// Whether organizations of which nothing is said have it as it should be; else they have none.
  var isPlainEverywhereElse: Bool { get }

  func outcome(_ row: Row, isHome: Bool, _ db: Database) throws -> PlanOutcome
  /// What becomes of it where there is nothing to say; `nil` where it is not there.
  func plainOutcome(_ db: Database, organization: Int) throws -> PlanOutcome?
}
