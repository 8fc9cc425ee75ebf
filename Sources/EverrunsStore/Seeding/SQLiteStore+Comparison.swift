import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB
import Messages

extension SQLiteStore {
  /// Compares the desired state with the store, in one read transaction.
  func compare<Value>(
    _ basis: SeedBasis, options: SeedOptions, isFull: Bool,
    _ body: (SeedFindings) throws -> Value
  ) throws -> Value {
    try read { db in
      let findings = try self.findings(db, basis, options, isFull: isFull)
      return Result { try body(findings) }
    }.get()
  }

  private func findings(
    _ db: Database, _ basis: SeedBasis, _ options: SeedOptions, isFull: Bool
  ) throws -> SeedFindings {
    let state = try state(db)
    // A plan that could not be carried out is none.
    try state.checkSerial()
    func comparison(isFull: Bool) throws -> Comparison {
      try Comparison(
        db, basis.desiredState, options, state, isFull: isFull, freshID: nil, progress: progress)
    }
    if !isFull, let rows = try SettledState(db, state).answer(to: basis, options) {
      return SeedFindings(
        state: state.plan, rows: rows, summary: try rows.summary(),
        list: { try comparison(isFull: false).rows($0, filter: $1, in: self).rows },
        visit: { listing, filter, body in
          try comparison(isFull: false).forEachRow(listing, filter: filter) { try body($0.row) }
        },
        explain: { try comparison(isFull: false).rows(of: $0, $1) })
    }
    return try comparison(isFull: isFull).findings(in: self)
  }

  /// Compares, and carries out the resulting plan in one transaction.
  func apply(
    _ basis: SeedBasis, options: SeedOptions, isFull: Bool, platform: SeedPlan.Source,
    change: StoreChange, decide: (SeedFindings) throws -> Bool
  ) throws -> SeedResult {
    try namingRefusedRow { isRowByRow in
      // A run only references rows that it has read or written itself, and deletes what belongs to a
      // deleted row; checking every reference again takes a fifth of the time.
      try write(checksReferences: false) { db in
        let references = try KeptReferences(db)
        let state = try self.state(db)
        let comparison = try Comparison(
          db, basis.desiredState, options, state, isFull: isFull,
          freshID: { [ids] in ids.next().text }, progress: progress)
        let findings = try comparison.findings(in: self)
        // The caller may read the store in the meantime, but not change it.
        let decision =
          isRowByRow ? .success(true) : try read { _ in Result { try decide(findings) } }
        let found = SeedFindings(
          state: findings.state, rows: findings.rows, summary: findings.summary)
        guard case .success(true) = decision else {
          return decision.map { _ in
            SeedResult(
              findings: found, isApplied: false, acceptances: 0, serial: state.plan.serial)
          }
        }
        let check = try WrittenCheck(before: findings.summary, db)
        let writer = SeedWriter(db, comparison.plan, isRowByRow: isRowByRow, runID: ids.next())
        let acceptances = try writer.write(comparison.steps, progress: progress)
        guard !isRowByRow else {
          try check.map { try checkWritten($0, db, basis, options) }
          throw StoreError.interrupted
        }
        if options.organizations == nil {
          try writer.remember(platform)
        }
        let isApplied = acceptances > 0 || findings.summary.contains(where: \.writes)
        if isApplied {
          let done = findings.summary.words(of: \.isDifference)
          let accepted = acceptances > 0 ? ["\(acceptances) accepted"] : []
          let counts = ([done] + accepted).filter { !$0.isEmpty }.joined(separator: ", ")
          let rows = try findings.rows.wordsOfWrites(isOfOne: options.organizations?.count == 1)
          let concerned = try organizations(of: options, db)
          try record(
            change, about: concerned,
            summary: "seeded \(platform.ref)\(concerned.place): \(counts)"
              + (rows.isEmpty ? "" : ": \(rows)"), db)
        }
        let serial = try self.state(db).plan.serial
        if options.isRegular, excerpt == nil {
          try SettledState(db, try self.state(db)).settle(comparison.plan)
          try remember(db, basis, options)
        }
        // Triggers of other programs on the history and the bookkeeping have run by now, too.
        try check.map { try checkWritten($0, db, basis, options) }
        try references.check(db)
        try progress(SeedProgress(activity: .committing, done: 0, total: 0))
        return .success(
          SeedResult(
            findings: found, isApplied: isApplied, acceptances: acceptances, serial: serial))
      }.get()
    }
  }

  /// The organizations of a run, as they are called.
  private func organizations(
    of options: SeedOptions, _ db: Database
  ) throws -> ConcernedOrganizations {
    guard let ids = options.organizations else { return .all }
    let query: SQL = """
      SELECT given.value AS public_id, organizations.name
      FROM json_each(\(JSONValue.strings(ids).canonicalJSON)) given
      LEFT JOIN organizations ON organizations.public_id = given.value
      ORDER BY given.key
      """
    return .listed(
      try query.map(db) { row in
        let publicID = row.text("public_id") ?? ""
        return .init(publicID: publicID, name: row.text("name") ?? publicID)
      })
  }

  /// Throws if a trigger of another program altered what was written.
  private func checkWritten(
    _ check: WrittenCheck, _ db: Database, _ basis: SeedBasis, _ options: SeedOptions
  ) throws {
    let comparison = try Comparison(
      db, basis.desiredState, options, try state(db), isFull: true, freshID: nil,
      progress: progress)
    try check.check(db) { body in try comparison.forEachRow { try body($0.row) } }
  }

  /// The findings of a run, if the store already knows that there is nothing to do.
  func settledFindings(
    _ basis: SeedBasis, options: SeedOptions, platform: SeedPlan.Source
  ) throws(StoreError) -> SeedFindings? {
    try read { db in
      let state = try state(db)
      try state.checkSerial()
      guard state.appliedPlatform == platform,
        let rows = try SettledState(db, state).answer(to: basis, options)
      else { return nil }
      let summary = try rows.summary()
      guard !summary.contains(where: \.writes) else { return nil }
      return SeedFindings(state: state.plan, rows: rows, summary: summary)
    }
  }

  /// The definition that was last applied to all organizations; `nil` if none was.
  func appliedPlatform() throws(StoreError) -> SeedPlan.Source? {
    try read { try state($0).appliedPlatform }
  }

  /// Keeps the findings of the next comparison, so that it can be skipped while nothing changes.
  private func remember(
    _ db: Database, _ basis: SeedBasis, _ options: SeedOptions
  ) throws {
    let state = try self.state(db)
    let comparison = try Comparison(
      db, basis.desiredState, options, state, isFull: false, freshID: nil, progress: { _ in })
    try SettledState(db, state).remember(
      try comparison.rows(atMost: SettledState.answerLimit), for: basis, options)
  }
}

extension ConcernedOrganizations {
  /// Where a run that is limited to some organizations took place, by name: three of many.
  fileprivate var place: String {
    guard case .listed(let members) = self else { return "" }
    return " in organization\(members.count == 1 ? "" : "s") "
      + members.prefix(SeedPlanRows.shownInHistory).map { "'\($0.name)'" }
      .joined(asFirstOf: members.count)
  }
}

extension SeedPlanRows {
  /// How many rows or organizations an entry of the history names.
  fileprivate static let shownInHistory = 3

  /// The addresses of the rows that are written: three of many; without the organization if all are
  /// rows of one, which is named apart.
  fileprivate func wordsOfWrites(isOfOne: Bool) throws -> String {
    var addresses: [String] = []
    var others = 0
    try read { row in
      guard row.action.writes else { return }
      var address = row.address
      if isOfOne { address = SeedAddress(address.kind, address.names) }
      // The number of a group is valid in its plan only.
      address = address.withoutGroup
      let shown = address.description(naming: row.organizationName)
      guard addresses.last != shown else { return }
      if addresses.count < Self.shownInHistory {
        addresses.append(shown)
      } else {
        others += row.organizations ?? 1
      }
    }
    return addresses.joined(asFirstOf: addresses.count + others)
  }
}

/// A comparison of everything within the scope of a run.
///
/// The ids it creates are those of the rows that a run would create.
private struct Comparison {
  let steps: [SeedStep]
  let plan: HarnessPlan
  private let db: Database
  private let state: StoreState

  init(
    _ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions, _ state: StoreState,
    isFull: Bool, freshID: (() -> String)?, progress: ProgressReport
  ) throws {
    self.db = db
    self.state = state
    let selection: ComparedOrganizations.Selection =
      if let ids = options.organizations {
        .named(ids)
      } else if state.excerpt != nil {
        .unsettled(
          desired.harnesses.map { SettledTemplate(content: $0.content, desired: $0) })
      } else if !isFull, options.isRegular,
        let templates = try SettledState(db, state).templates(for: desired)
      { .unsettled(templates) } else { .all }
    // Pages are read and written once, in order. A seventh of SQLite's default cache holds all
    // pages that are needed again.
    try db.execute(sql: "PRAGMA cache_size = -300; PRAGMA temp.cache_size = -150")
    let organizations = try ComparedOrganizations(
      db, selection, defaultOrganization: desired.organization,
      includesAbsentDefault: options.scope == .all,
      excerpt: state.excerpt)
    try organizations.begin(.comparing, progress)
    let isDefaultMeant =
      options.scope == .all
      && options.organizations?.contains(desired.organization.publicID) ?? true
    do {
      let all = try SeedComparison(
        desired: desired,
        snapshot: try SQLiteStore.snapshot(db, for: desired, of: state.excerpt),
        options: options, freshID: freshID
      ).steps()
      steps = isDefaultMeant ? all : []
    } catch let error as SeedIdentityConflict {
      throw StoreError.identityConflict(error)
    }
    plan = try HarnessPlan(
      PlanContext(
        db, desired, options, organizations, appliedRoles: state.appliedRoles.texts),
      progress: progress)
  }

  /// Calls `body` with every row that matches a filter and the trace of its decision, in order.
  func forEachRow(
    _ listing: SeedListing = .folded, filter: SeedRowFilter = SeedRowFilter(),
    _ body: (ExplainedRow) throws -> Void
  ) throws {
    func emit(_ row: ExplainedRow) throws {
      if filter.includes(row.row) { try body(row) }
    }
    let rows = steps.map { ExplainedRow(row: $0.row, trace: $0.trace) }
    // Agents come last in seeding order; all other catalog rows come before harnesses.
    for row in rows where row.row.address.kind != .agent { try emit(row) }
    try HarnessPlanRows(plan, listing, filter: filter).read(emit)
    for row in rows where row.row.address.kind == .agent { try emit(row) }
  }

  /// All rows in memory; `nil` if there are too many.
  func rows(atMost limit: Int) throws -> [SeedPlanRow]? {
    struct TooMany: Error {}
    var rows: [SeedPlanRow] = []
    do {
      try forEachRow { explained in
        guard rows.count < limit else { throw TooMany() }
        rows.append(explained.row)
      }
    } catch is TooMany {
      return nil
    }
    return rows
  }

  /// The findings, stored so that they do not change with the store.
  func findings(in store: SQLiteStore) throws -> SeedFindings {
    let (rows, summary) = try self.rows(.folded, filter: SeedRowFilter(), in: store)
    return SeedFindings(
      state: state.plan, rows: rows, summary: summary,
      list: { try self.rows($0, filter: $1, in: store).rows },
      visit: { listing, filter, body in
        try forEachRow(listing, filter: filter) { try body($0.row) }
      }, explain: self.rows(of:_:))
  }

  /// The rows of a listing and their summary, stored so that they do not change with the store.
  func rows(
    _ listing: SeedListing, filter: SeedRowFilter, in store: SQLiteStore
  ) throws -> (rows: SeedPlanRows, summary: SeedSummary) {
    let rows = SpooledRows(db, in: store)
    var summary = SeedSummary()
    try forEachRow(listing, filter: filter) { explained in
      summary.count(explained.row)
      try rows.append(explained.row)
    }
    return (rows.planRows, summary)
  }

  /// The rows of an address with their traces; a folded one stands for all organizations but the
  /// default one, which the rows name as the listing does.
  func rows(of address: SeedAddress, _ listing: SeedListing) throws -> [ExplainedRow] {
    let listing: SeedListing =
      switch address.scope {
      case .defaultOrganization, .folded, .group: listing
      case .organization: .expanded
      }
    var rows: [ExplainedRow] = []
    try forEachRow(listing, filter: SeedRowFilter(kinds: [address.kind])) { explained in
      if address.covers(explained.row.address) { rows.append(explained) }
    }
    return rows
  }
}
