import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// Reads a plan of harnesses and settings row by row.
///
/// Equal rows of two or more organizations other than the default one are folded into one, unless
/// they are to be expanded.
struct HarnessPlanRows {
  private let plan: HarnessPlan
  private let listing: SeedListing
  private let filter: SeedRowFilter
  private var db: Database { plan.context.db }
  private var desired: SeedDesiredState { plan.context.desired }
  private var organizations: ComparedOrganizations { plan.context.organizations }

  /// Creates a reader, which may skip rows that do not match the filter.
  init(_ plan: HarnessPlan, _ listing: SeedListing, filter: SeedRowFilter) {
    self.plan = plan
    self.listing = listing
    self.filter = filter
  }

  /// Calls `body` with every row of each template, orphan and setting, in order.
  func read(_ body: (ExplainedRow) throws -> Void) throws {
    for ordinal in desired.harnesses.indices {
      try forEachRow(of: HarnessSubject(plan, ordinal: ordinal), body)
    }
    let orphans = try String.fetchAll(
      db,
      sql: """
        SELECT subject FROM temp.observation_groups WHERE source = \(ObservationTable.orphans.rawValue)
        UNION SELECT subject FROM temp.observed_orphans WHERE org_id = ? ORDER BY 1
        """, arguments: [plan.context.defaultOrganization])
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
    guard filter.includes(subject.kind) else { return }
    let source = Source(subject, defaultOrganization: plan.context.defaultOrganization)
    if organizations.hasDefaultOrganization {
      // The default organization is the first of the compared ones.
      let row = try db.mapFirst(
        """
        SELECT * FROM \(source.table.name)
        WHERE organization = 1 AND subject = :subject AND org_id = :defaultOrganization
        """, source.arguments
      ) { try subject.row(Observation($0), db) }
      if let row = try row
        ?? subject.unobservedRow(
          db, organization: plan.context.defaultOrganization, isSettled: false)
      {
        try body(subject.planRow(row, .defaultOrganization, try defaultOrganization))
      }
    }
    switch listing {
    case .expanded: try listOthers(of: subject, source, body)
    case .folded, .foldedNamingAll: try foldOthers(of: subject, source, body)
    }
  }

  /// The default organization, with the name that it has or will have.
  private var defaultOrganization: NamedOrganization {
    get throws {
      let statement = try db.cachedStatement(sql: "SELECT name FROM organizations WHERE org_id = ?")
      let rows = try Row.fetchCursor(statement, arguments: [plan.context.defaultOrganization])
      return NamedOrganization(
        publicID: desired.organization.publicID,
        name: try rows.next()?.text("name") ?? desired.organization.name)
    }
  }

  /// One row per organization, ordered by public id.
  private func listOthers(
    of subject: some PlanSubject, _ source: Source, _ body: (ExplainedRow) throws -> Void
  ) throws {
    let isUnobservedWanted = try [false, true].contains { isSettled in
      let row = try subject.unobservedRow(
        db, organization: plan.context.defaultOrganization, isSettled: isSettled)
      return row.map { filter.includes($0.reason) } ?? false
    }
    try db.execute(
      sql: """
        CREATE INDEX IF NOT EXISTS temp.compared_by_organization ON compared_organizations (org_id)
        """)
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT observed.*,
          observed.org_id IS NOT NULL AS is_observed, listed.org_id AS listed_org_id,
          listed.public_id AS listed_public_id, organization.name,
          compared.org_id IS NULL AS is_settled
        FROM \(organizations.table) listed
        LEFT JOIN temp.compared_organizations compared ON compared.org_id = listed.org_id
        \(isUnobservedWanted ? "LEFT JOIN" : "JOIN") \(source.table.name) observed
          ON observed.organization = compared.number AND observed.subject = :subject
        LEFT JOIN organizations organization ON organization.org_id = listed.org_id
        WHERE listed.org_id <> :defaultOrganization ORDER BY listed.public_id
        """, arguments: source.arguments)
    while let row = try cursor.next() {
      let planRow =
        row.integer("is_observed") != 0
        ? try subject.row(Observation(row), db)
        : try subject.unobservedRow(
          db, organization: row.integer("listed_org_id"),
          isSettled: row.integer("is_settled") != 0)
      if let planRow {
        let organization = NamedOrganization(row, publicID: "listed_public_id")
        try body(subject.planRow(planRow, .organization(organization.publicID), organization))
      }
    }
  }

  /// One row per outcome, ordered by the first public id.
  private func foldOthers(
    of subject: some PlanSubject, _ source: Source, _ body: (ExplainedRow) throws -> Void
  ) throws {
    var unobserved = try unobservedGroups(of: subject, source)
    let foldedCount = try prepareGroups(of: subject, source)
    let isNumbered = foldedCount + unobserved.count { $0.count > 1 } > 1
    var number = 0
    func emit(
      _ row: PlanRow, count: Int, _ first: NamedOrganization,
      examples: @autoclosure () throws -> [NamedOrganization]
    ) throws {
      guard count > 1 else {
        return try body(subject.planRow(row, .organization(first.publicID), first))
      }
      number += 1
      try body(
        subject.foldedRow(
          row, group: isNumbered ? number : nil, count: count, examples: try examples()))
    }
    func emitUnobserved(before publicID: String?) throws {
      while let group = unobserved.first, let first = group.examples.first,
        publicID.map({ first.publicID.precedesInBytes($0) }) ?? true
      {
        unobserved.removeFirst()
        let row = try subject.unobservedRow(
          db, organization: group.organization, isSettled: group.isSettled)
        if let row { try emit(row, count: group.count, first, examples: group.examples) }
      }
    }
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT observed.*, organization.name, folded.organizations, folded.first_public_id,
          folded.outcome, folded.shows_value
        FROM (\(source.folded) WHERE NOT \(subject.isLikeUnobserved)
          GROUP BY decided.outcome, \(Source.shownValue)) folded
        JOIN \(source.table.name) observed
          ON observed.organization = folded.first_organization AND observed.subject = :subject
        LEFT JOIN organizations organization ON organization.org_id = observed.org_id
        ORDER BY folded.first_public_id
        """, arguments: source.arguments)
    while let row = try cursor.next() {
      let first = NamedOrganization(row, publicID: "first_public_id")
      try emitUnobserved(before: first.publicID)
      let observation = Observation(row)
      try emit(
        try subject.row(observation, db), count: row.integer("organizations"), first,
        examples: try examples(
          source, outcome: row.integer("outcome"),
          value: row.integer("shows_value") != 0 ? observation.value : nil))
    }
    try emitUnobserved(before: nil)
  }

  /// How many groups of two or more organizations were observed.
  ///
  /// The examples of a few groups are found by a scan of the observations; for many, an index is
  /// created.
  private func prepareGroups(of subject: some PlanSubject, _ source: Source) throws -> Int {
    let count =
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM (\(source.folded) WHERE NOT \(subject.isLikeUnobserved)
            GROUP BY decided.outcome, \(Source.shownValue) HAVING sum(observed.organizations) > 1)
          """, arguments: source.arguments) ?? 0
    let few = 16
    if count > few {
      try db.execute(
        sql: """
          CREATE INDEX IF NOT EXISTS temp.\(source.table)_by_case
          ON observed_\(source.table) (subject, facts, value, public_id)
          """)
    }
    return count
  }

  /// The first organizations of an observed group, by public id; `value` is that of their
  /// observations, if it matters.
  private func examples(
    _ source: Source, outcome: Int, value: String?
  ) throws -> [NamedOrganization] {
    try db.map(
      """
      SELECT example.public_id, organization.name
      FROM (
        SELECT observed.public_id, observed.org_id FROM temp.decided_cases decided
        CROSS JOIN \(source.table.name) observed
          ON observed.subject = :subject AND observed.facts = decided.facts
        WHERE decided.source = \(source.table.rawValue)
          AND decided.subject = \(source.table == .orphans ? "0" : ":subject")
          AND decided.outcome = :outcome AND observed.org_id <> :defaultOrganization
          AND observed.public_id IS NOT NULL
          \(value == nil ? "" : "AND observed.value = :value")
        ORDER BY observed.public_id LIMIT :limit) example
      LEFT JOIN organizations organization ON organization.org_id = example.org_id
      ORDER BY example.public_id
      """,
      source.arguments + ["outcome": outcome, "limit": limit]
        + (value.map { ["value": $0] } ?? [:])
    ) { NamedOrganization($0) }
  }

  /// How many organizations of a group are named, in SQL.
  private var limit: Int { listing.exampleLimit ?? -1 }

  /// The source of a subject's observations, and how they fold.
  private struct Source {
    let table: ObservationTable
    let arguments: StatementArguments

    init(_ subject: some PlanSubject, defaultOrganization: Int) {
      let (table, value) = subject.observations
      self.table = table
      arguments = ["subject": value, "defaultOrganization": defaultOrganization]
    }

    /// The value of an observation, if it matters.
    static let shownValue = "CASE WHEN decided.shows_value THEN observed.value ELSE '' END"

    /// The organizations in which the subject was observed, with the decisions.
    var organizations: String {
      """
      SELECT observed.org_id FROM \(table.name) observed \(table.decided())
      WHERE observed.subject = :subject
      """
    }

    /// The groups of organizations that share an observation, with the decisions.
    var folded: String {
      """
      SELECT sum(observed.organizations) AS organizations,
        min(observed.first_public_id) AS first_public_id, observed.first_organization,
        decided.outcome, decided.shows_value
      FROM (SELECT * FROM temp.observation_groups
            WHERE source = \(table.rawValue) AND subject = :subject) observed
      \(table.decided())
      """
    }
  }

  /// Organizations without an observation, and the outcome in all of them.
  private struct UnobservedGroup {
    let count: Int
    /// The number of the first one.
    let organization: Int
    /// The first ones, as many as are named.
    let examples: [NamedOrganization]
    /// Whether they were not compared.
    let isSettled: Bool
  }

  /// The groups of organizations without an observation, ordered by their first public ids: those
  /// that were compared and are up to date, and those that were not compared.
  ///
  /// The latter join the former if they are up to date too; otherwise they join the compared ones
  /// that differ in the same way.
  private func unobservedGroups(
    of subject: some PlanSubject, _ source: Source
  ) throws -> [UnobservedGroup] {
    guard subject.unobservedOutcome != nil else { return [] }
    let isOneGroup = subject.settled == nil
    let other = try count(source, where: "decided.outcome <> \(subject.unobservedOutcome ?? -1)")
    var groups = [
      try group(
        count: (isOneGroup ? organizations.others : organizations.othersCompared) - other,
        isSettled: false, in: isOneGroup ? organizations.table : "temp.compared_organizations",
        where: other == 0
          ? "1"
          : "listed.org_id NOT IN (\(source.organizations) AND decided.outcome <> \(subject.unobservedOutcome ?? -1))",
        source)
    ]
    if !isOneGroup {
      let alike = try count(source, where: subject.isLikeSettled)
      groups.append(
        try group(
          count: organizations.settledCount + alike, isSettled: true, in: organizations.table,
          where: """
            (listed.org_id NOT IN (SELECT org_id FROM temp.compared_organizations)
              OR listed.org_id IN (\(source.organizations) AND \(subject.isLikeSettled)))
            """, source))
    }
    return groups.compactMap(\.self).sorted { one, other in
      guard let first = one.examples.first, let second = other.examples.first else { return false }
      return first.publicID.precedesInBytes(second.publicID)
    }
  }

  /// How many organizations other than the default one have observations that match a condition.
  private func count(_ source: Source, where condition: String) throws -> Int {
    try Int.fetchOne(db, sql: "\(source.folded) WHERE \(condition)", arguments: source.arguments)
      ?? 0
  }

  private func group(
    count: Int, isSettled: Bool, in table: String, where condition: String, _ source: Source
  ) throws -> UnobservedGroup? {
    guard count > 0 else { return nil }
    let found = try db.map(
      """
      SELECT listed.org_id, listed.public_id, organization.name FROM \(table) listed
      LEFT JOIN organizations organization ON organization.org_id = listed.org_id
      WHERE listed.org_id <> :defaultOrganization AND \(condition)
      ORDER BY listed.public_id LIMIT :limit
      """, source.arguments + ["limit": limit]
    ) { (number: $0.integer("org_id"), organization: NamedOrganization($0)) }
    return found.first.map { first in
      UnobservedGroup(
        count: count, organization: first.number, examples: found.map(\.organization),
        isSettled: isSettled)
    }
  }
}

extension NamedOrganization {
  /// The organization of a row, with its name; its public id is in the column `publicID`.
  fileprivate init(_ row: Row, publicID: String = "public_id") {
    self.init(publicID: row.text(publicID) ?? "", name: row.text("name") ?? "")
  }
}
