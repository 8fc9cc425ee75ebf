import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// Reads a plan of harnesses and settings, row by row: what is equal in two or more organizations
/// other than the default one as a single row.
struct HarnessPlanRows {
  private let plan: HarnessPlan
  private var db: Database { plan.context.db }
  private var desired: SeedDesiredState { plan.context.desired }
  private var organizations: ComparedOrganizations { plan.context.organizations }

  init(_ plan: HarnessPlan) {
    self.plan = plan
  }

  /// Reads every row of each template, orphan and setting, in order.
  func read(_ body: (ExplainedRow) throws -> Void) throws {
    for ordinal in desired.harnesses.indices {
      try forEachRow(of: HarnessSubject(plan, ordinal: ordinal), body)
    }
    let orphans = try String.fetchAll(
      db,
      sql: """
        SELECT subject FROM temp.observation_groups WHERE source = \(ObservationTable.orphans.rawValue)
        UNION SELECT subject FROM temp.observed_orphans WHERE org_id = ? ORDER BY 1
        """, arguments: [plan.context.home])
    for name in orphans {
      try forEachRow(of: OrphanSubject(plan, name: name), body)
    }
    for index in desired.harnessSettings.indices {
      try forEachRow(of: SettingSubject(plan, index: index), body)
    }
  }

  // MARK: One thing in every organization

  private func forEachRow(
    of subject: some PlanSubject, _ body: (ExplainedRow) throws -> Void
  ) throws {
    let source = Source(subject, home: plan.context.home)
    if organizations.hasHome {
      // The default organization is the first of those that are compared.
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT * FROM \(source.table.name)
          WHERE organization = 1 AND subject = :subject AND org_id = :home
          """, arguments: source.arguments)
      if let row = try row.map({ try subject.row(Observation($0), db) })
        ?? subject.impliedRow(db, organization: plan.context.home, isSettled: false)
      {
        try body(
          subject.planRow(
            row, .defaultOrganization, organization: desired.organization.publicID))
      }
    }
    if plan.context.options.expands {
      try listOthers(of: subject, source, body)
    } else {
      try foldOthers(of: subject, source, body)
    }
  }

  /// Each organization with a row of its own, in the order of public ids.
  private func listOthers(
    of subject: some PlanSubject, _ source: Source, _ body: (ExplainedRow) throws -> Void
  ) throws {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT observed.facts, observed.value, observed.harness_id,
          observed.org_id IS NOT NULL AS is_observed, organization.org_id AS organization,
          organization.public_id AS own_public_id, compared.org_id IS NULL AS is_settled
        FROM \(organizations.table) organization
        LEFT JOIN (SELECT * FROM \(source.table.name) WHERE subject = :subject) observed
          ON observed.org_id = organization.org_id
        LEFT JOIN temp.compared_organizations compared ON compared.org_id = organization.org_id
        WHERE organization.org_id <> :home ORDER BY organization.public_id
        """, arguments: source.arguments)
    while let row = try cursor.next() {
      let planRow =
        row.integer("is_observed") != 0
        ? try subject.row(Observation(row), db)
        : try subject.impliedRow(
          db, organization: row.integer("organization"),
          isSettled: row.integer("is_settled") != 0)
      let publicID = row.text("own_public_id") ?? ""
      if let planRow {
        try body(subject.planRow(planRow, .organization(publicID), organization: publicID))
      }
    }
  }

  /// One row for each outcome, in the order of the first public ids.
  private func foldOthers(
    of subject: some PlanSubject, _ source: Source, _ body: (ExplainedRow) throws -> Void
  ) throws {
    var implied = try impliedGroups(of: subject, source)
    func emitImplied(before publicID: String?) throws {
      while let group = implied.first,
        publicID.map({ group.publicID.precedesInBytes($0) }) ?? true
      {
        implied.removeFirst()
        let row = try subject.impliedRow(
          db, organization: group.organization, isSettled: group.isSettled)
        guard let row else { continue }
        try body(subject.folded(row, group.publicID, count: group.count))
      }
    }
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT observed.*, folded.organizations, folded.first_public_id
        FROM (\(source.folded) WHERE NOT \(subject.isImplied)
          GROUP BY decided.outcome, \(Source.shownValue)) folded
        JOIN \(source.table.name) observed
          ON observed.organization = folded.first_organization AND observed.subject = :subject
        ORDER BY folded.first_public_id
        """, arguments: source.arguments)
    while let row = try cursor.next() {
      let publicID = row.text("first_public_id") ?? ""
      try emitImplied(before: publicID)
      try body(
        subject.folded(
          try subject.row(Observation(row), db), publicID, count: row.integer("organizations")))
    }
    try emitImplied(before: nil)
  }

  /// Where the observations of a subject are, and how they fold.
  private struct Source {
    let table: ObservationTable
    let arguments: StatementArguments

    init(_ subject: some PlanSubject, home: Int) {
      let (table, value) = subject.observations
      self.table = table
      arguments = ["subject": value, "home": home]
    }

    /// The value of an observation, where it makes a difference.
    static let shownValue = "CASE WHEN decided.shows_value THEN observed.value ELSE '' END"

    /// The organizations in which the subject was observed, with what was decided.
    var organizations: String {
      """
      SELECT observed.org_id FROM \(table.name) observed \(table.decided())
      WHERE observed.subject = :subject
      """
    }

    /// The groups of organizations that share an observation, with what was decided.
    var folded: String {
      """
      SELECT sum(observed.organizations) AS organizations,
        min(observed.first_public_id) AS first_public_id, observed.first_organization
      FROM (SELECT * FROM temp.observation_groups
            WHERE source = \(table.rawValue) AND subject = :subject) observed
      \(table.decided())
      """
    }
  }

  /// Organizations of which nothing was noted, and what becomes of the thing in all of them.
  private struct ImpliedGroup {
    let count: Int
    /// The first public id, and the number of its organization.
    let publicID: String
    let organization: Int
    /// Whether they were not looked at.
    let isSettled: Bool
  }

  /// The groups of organizations of which nothing was noted, in the order of their first public
  /// ids: those that were looked at and are up to date, and those that were not looked at.
  ///
  /// The latter are one group with the former where they are up to date as well, and else with
  /// those that were looked at and differ in the same way.
  private func impliedGroups(
    of subject: some PlanSubject, _ source: Source
  ) throws -> [ImpliedGroup] {
    guard subject.impliedOutcome != nil else { return [] }
    let isOneGroup = subject.settled == nil
    let other = try count(source, where: "decided.outcome <> \(subject.impliedOutcome ?? -1)")
    var groups = [
      try group(
        count: (isOneGroup ? organizations.others : organizations.othersCompared) - other,
        isSettled: false, in: isOneGroup ? organizations.table : "temp.compared_organizations",
        where: other == 0
          ? "1"
          : "org_id NOT IN (\(source.organizations) AND decided.outcome <> \(subject.impliedOutcome ?? -1))",
        source)
    ]
    if !isOneGroup {
      let alike = try count(source, where: subject.isLikeSettled)
      groups.append(
        try group(
          count: organizations.settledCount + alike, isSettled: true, in: organizations.table,
          where: """
            (org_id NOT IN (SELECT org_id FROM temp.compared_organizations)
              OR org_id IN (\(source.organizations) AND \(subject.isLikeSettled)))
            """, source))
    }
    return groups.compactMap(\.self).sorted { $0.publicID.precedesInBytes($1.publicID) }
  }

  /// How many organizations other than the default one share observations of a condition.
  private func count(_ source: Source, where condition: String) throws -> Int {
    try Int.fetchOne(db, sql: "\(source.folded) WHERE \(condition)", arguments: source.arguments)
      ?? 0
  }

  private func group(
    count: Int, isSettled: Bool, in table: String, where condition: String, _ source: Source
  ) throws -> ImpliedGroup? {
    guard count > 0 else { return nil }
    return try Row.fetchOne(
      db,
      sql: """
        SELECT org_id, public_id FROM \(table) WHERE org_id <> :home AND \(condition)
        ORDER BY public_id LIMIT 1
        """, arguments: source.arguments
    ).map { row in
      ImpliedGroup(
        count: count, publicID: row.text("public_id") ?? "", organization: row.integer("org_id"),
        isSettled: isSettled)
    }
  }
}
