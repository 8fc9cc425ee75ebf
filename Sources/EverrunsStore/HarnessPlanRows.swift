import EverrunsDocuments
import EverrunsSeeding
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
      db,
      sql: """
        SELECT subject FROM temp.plan_groups WHERE kind = 'orphan_plan'
        UNION SELECT name FROM temp.orphan_plan WHERE org_id = ? ORDER BY 1
        """, arguments: [desired.organization.orgID])
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
        db, sql: "SELECT * FROM \(subject.notable) WHERE \(subject.isHome)",
        arguments: subject.arguments + home)
      if let outcome = try row.map({ try subject.outcome($0, isHome: true, db) })
        ?? subject.impliedOutcome(db, organization: desired.organization.orgID, isSettled: false)
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
        SELECT n.*, o.org_id AS organization, o.public_id AS own_public_id,
          c.org_id IS NULL AS is_settled
        FROM \(organizations.table) o LEFT JOIN \(subject.notable) n ON n.org_id = o.org_id
        LEFT JOIN temp.compared_organizations c ON c.org_id = o.org_id
        WHERE o.org_id <> :home ORDER BY o.public_id
        """, arguments: subject.arguments + home)
    while let row = try cursor.next() {
      let outcome =
        row.text("org_id") == nil
        ? try subject.impliedOutcome(
          db, organization: row.integer("organization"),
          isSettled: row.integer("is_settled") != 0)
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
    var implied = try impliedGroups(of: subject, arguments)
    func emitImplied(before publicID: String?) throws {
      while let group = implied.first,
        publicID.map({ group.publicID.precedesInBytes($0) }) ?? true
      {
        implied.removeFirst()
        let outcome = try subject.impliedOutcome(
          db, organization: group.organization, isSettled: group.isSettled)
        guard let outcome else { continue }
        try body(folded(subject, outcome, group.publicID, count: group.count))
      }
    }
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT * FROM \(subject.groups) WHERE NOT \(subject.isLikeSettled)
        ORDER BY first_public_id
        """, arguments: arguments)
    while let row = try cursor.next() {
      let publicID = row.text("first_public_id") ?? ""
      try emitImplied(before: publicID)
      try body(
        folded(
          subject, try subject.outcome(row, isHome: false, db), publicID,
          count: row.integer("organizations")))
    }
    try emitImplied(before: nil)
  }

  /// Organizations of which the plan has no row, and what becomes of the thing in all of them.
  private struct ImpliedGroup {
    let count: Int
    /// The first public id, and the number of its organization.
    let publicID: String
    let organization: Int
    /// Whether they were not looked at.
    let isSettled: Bool
  }

  /// The groups of organizations of which the plan has no row, in the order of their first public
  /// ids: those that were looked at and are as they should be, and those that were not.
  ///
  /// The latter are one group with the former where they are as they should be as well, and else
  /// with those that were looked at and differ in the same way.
  private func impliedGroups(
    of subject: some PlanSubject, _ arguments: StatementArguments
  ) throws -> [ImpliedGroup] {
    guard subject.isPlainEverywhereElse else { return [] }
    let notable = try count(subject, "1", arguments)
    let isOneGroup = !subject.isSettledNotable
    let plain = isOneGroup ? organizations.others : organizations.othersCompared
    var groups = [
      try group(
        count: plain - notable, isSettled: false,
        in: isOneGroup ? organizations.table : "temp.compared_organizations",
        where: notable == 0 ? "1" : "org_id NOT IN (SELECT org_id FROM \(subject.notable))",
        arguments)
    ]
    if !isOneGroup {
      let alike = try count(subject, subject.isLikeSettled, arguments)
      groups.append(
        try group(
          count: organizations.settledCount + alike, isSettled: true, in: organizations.table,
          where: """
            (org_id NOT IN (SELECT org_id FROM temp.compared_organizations)
              OR org_id IN (SELECT org_id FROM \(subject.notable) WHERE \(subject.isLikeSettled)))
            """, arguments))
    }
    return groups.compactMap(\.self).sorted { $0.publicID.precedesInBytes($1.publicID) }
  }

  /// How many organizations other than the default one are in groups of a condition.
  private func count(
    _ subject: some PlanSubject, _ condition: String, _ arguments: StatementArguments
  ) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT sum(organizations) FROM \(subject.groups) WHERE \(condition)",
      arguments: arguments) ?? 0
  }

  private func group(
    count: Int, isSettled: Bool, in table: String, where condition: String,
    _ arguments: StatementArguments
  ) throws -> ImpliedGroup? {
    guard count > 0 else { return nil }
    return try Row.fetchOne(
      db,
      sql: """
        SELECT org_id, public_id FROM \(table) WHERE org_id <> :home AND \(condition)
        ORDER BY public_id LIMIT 1
        """, arguments: arguments
    ).map { row in
      ImpliedGroup(
        count: count, publicID: row.text("public_id") ?? "", organization: row.integer("org_id"),
        isSettled: isSettled)
    }
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
  /// The first row of each group of organizations in which the same is to be said, with their
  /// number `organizations` and `first_public_id`.
  var groups: String { get }
  /// What those take.
  var arguments: StatementArguments { get }
  /// Which of the notable organizations is the default one.
  var isHome: String { get }
  /// Whether organizations of which nothing is said have it; else they have none.
  var isPlainEverywhereElse: Bool { get }
  /// Whether there is something to say about organizations that were not looked at.
  var isSettledNotable: Bool { get }
  /// Whether as much is to be said of a row as of those.
  var isLikeSettled: String { get }

  func outcome(_ row: Row, isHome: Bool, _ db: Database) throws -> PlanOutcome
  /// What becomes of it where the plan has no row; `nil` where it is not there.
  ///
  /// - Parameter isSettled: Whether the organization was not looked at.
  func impliedOutcome(
    _ db: Database, organization: Int, isSettled: Bool
  ) throws -> PlanOutcome?
}

extension PlanSubject {
  var isHome: String { "org_id = :home" }
  var isSettledNotable: Bool { false }
  var isLikeSettled: String { "0" }
}
