import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// Carries out a plan of harnesses and settings within a transaction, a thousand organizations per
/// statement.
///
/// It decides nothing: every statement joins the decisions.
struct HarnessWriter {
  private let plan: HarnessPlan
  private let context: PlanContext
  private let isRowByRow: Bool
  private let newIDs: NewHarnessIDs
  private var db: Database { context.db }
  private var desired: SeedDesiredState { context.desired }

  /// Creates a writer of a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - isRowByRow: Whether each row is written by a statement of its own, so that an error can
  ///     name it.
  ///   - runID: The id that the ids of new rows begin with.
  init(_ plan: HarnessPlan, isRowByRow: Bool, runID: UUIDVersion7) {
    self.plan = plan
    self.isRowByRow = isRowByRow
    context = plan.context
    newIDs = NewHarnessIDs(runID: runID)
  }

  /// Writes the decided changes.
  ///
  /// - Returns: How many organization-owned harnesses were newly accepted.
  func write(progress: ProgressReport) throws -> Int {
    try rememberTemplates()
    if try isBulk() {
      try writeInBulk { try writeRows(progress) }
    } else if try writesAnything() {
      try writeRows(progress)
    }
    return try AcceptanceWriter(plan).write()
  }

  private func writeRows(_ progress: ProgressReport) throws {
    try useSeedIDs()
    let settings = SettingsWriter(context, newIDs)
    let size = isRowByRow ? 1 : ComparedOrganizations.chunkSize
    try context.organizations.forEachChunk(.writing, of: size, progress) { numbers in
      if isRowByRow {
        for subject in desired.harnesses.indices {
          let range = WriteRange(numbers, subjects: subject...subject)
          // A trigger that cannot be compiled refuses even a statement that writes nothing.
          let writes = try planned("\(WriteRange.contains) AND decided.write", range)
          guard writes.integer("harnesses") > 0 else { continue }
          try WriteRefusal.naming(address(of: .harness, subject, numbers)) {
            try writeHarnesses(range)
          }
        }
        for subject in desired.harnessSettings.indices {
          try WriteRefusal.naming(address(of: .organizationSettings, subject, numbers)) {
            try settings.write(WriteRange(numbers, subjects: subject...subject))
          }
        }
      } else {
        try writeHarnesses(WriteRange(numbers))
        try settings.write(WriteRange(numbers))
      }
    }
    for (ordinal, held) in changedEverywhere {
      try SettledWriter(context, ordinal: ordinal, held).write(progress)
    }
    try prune()
  }

  private func writeHarnesses(_ range: WriteRange) throws {
    try create(range)
    let changing = plan.cases.ordinals { $0.write == .update || $0.write == .lastApplied }
    for ordinal in changing where range.subjects.contains(ordinal) { try update(range, ordinal) }
    if !changing.isEmpty {
      try updateNames(range)
      try updateParents(range)
      try updateCapabilities(range)
    }
  }

  /// The name of a row of one organization, for errors.
  private func address(
    of kind: RecordKind, _ subject: Int, _ numbers: ClosedRange<Int>
  ) -> String {
    let name =
      kind == .harness
      ? desired.harnesses[subject].template.name
      : desired.harnessSettings[subject].setting.rawValue
    let publicID = try? db.mapFirst(
      "SELECT public_id FROM temp.compared_organizations WHERE number = ?", [numbers.lowerBound]
    ) { $0.text("public_id") ?? "" }
    let isDefault = context.organizations.hasDefaultOrganization && numbers.lowerBound == 1
    return SeedAddress(
      kind, [name],
      in: isDefault ? .defaultOrganization : .organization((publicID ?? nil) ?? "")
    ).description
  }

  /// The ordinals of the templates that change in all organizations that were not compared.
  private var changedEverywhere: [(ordinal: Int, held: SettledTemplate)] {
    desired.harnesses.indices.compactMap { ordinal in
      plan.settled(ordinal).flatMap { held in
        held.decision.write == .update ? (ordinal, held.template) : nil
      }
    }
  }

  // MARK: Decisions

  /// Observed harnesses of some organizations with their decisions.
  private var decided: String {
    """
    temp.observed_harnesses observed \(ObservationTable.harnesses.decided())
    """
  }

  /// The same, each with its template.
  private var decidedWithTemplate: String {
    """
    \(decided)
    CROSS JOIN temp.desired_harnesses template ON template.ordinal = observed.subject
    """
  }

  private func isWritten(_ write: HarnessDecision.Write) -> String {
    "\(WriteRange.contains) AND decided.write = \(write.rawValue)"
  }

  /// The rows whose content changes in one of some fields.
  private func isChanged(_ fields: [HarnessField]) -> String {
    "\(isWritten(.update)) AND decided.fields & \(HarnessField.bits(of: fields))"
  }

  /// Whether anything is written.
  private func writesAnything() throws -> Bool {
    guard changedEverywhere.isEmpty else { return true }
    return try Row.fetchOne(
      db,
      sql: """
        SELECT 1 FROM \(decided) WHERE decided.write
        UNION ALL SELECT 1 FROM temp.observed_settings observed \(ObservationTable.settings.decided())
          WHERE decided.write
        UNION ALL SELECT 1 FROM temp.observed_orphans observed \(ObservationTable.orphans.decided())
          WHERE decided.write
        LIMIT 1
        """) != nil
  }

  // MARK: Many rows at once

  /// Whether enough is written that dropping and recreating the triggers costs less than firing
  /// them.
  private func isBulk() throws -> Bool {
    let least = 1000
    guard changedEverywhere.isEmpty || context.organizations.settledCount <= least else {
      return true
    }
    let written = try Int.fetchOne(
      db,
      sql: """
        SELECT sum(observed.organizations) FROM temp.observation_groups observed
        \(ObservationTable.harnesses.decided())
        WHERE observed.source = \(ObservationTable.harnesses.rawValue)
          AND decided.write >= \(HarnessDecision.Write.create.rawValue)
        """)
    return written ?? 0 > least
  }

  /// Writes many rows without firing the triggers; the changes are counted at the end instead.
  ///
  /// The triggers are dropped and recreated within the transaction, so no one ever sees a store
  /// without them. This changes the version of the schema, so no organization counts as clean any
  /// more unless the run says so at its end.
  private func writeInBulk(_ body: () throws -> Void) throws {
    try Schema.keepingCheck(db) {
      try ChangeTriggers.drop(db)
      let before = db.totalChangesCount
      try body()
      let written = db.totalChangesCount - before
      try ChangeTriggers.restore(db)
      try db.write("UPDATE store_state SET serial = serial + \(written)", to: .storeState)
    }
  }

  // MARK: New harnesses

  /// Gives new rows of the default organization the ids that the definition specifies, and deletes
  /// what is left of earlier rows with those ids.
  private func useSeedIDs() throws {
    try db.execute(
      sql: """
        UPDATE temp.observed_harnesses SET harness_id = template.seed_id
        FROM (SELECT observed.organization, observed.subject
              FROM \(decided)
              WHERE observed.organization = 1 AND decided.takes_seed_id) new
        JOIN temp.desired_harnesses template ON template.ordinal = new.subject
        WHERE observed_harnesses.organization = new.organization
          AND observed_harnesses.subject = new.subject;
        UPDATE temp.observed_harnesses SET parent_id = parent.harness_id
        FROM temp.desired_harnesses template, temp.observed_harnesses parent
        WHERE observed_harnesses.organization = 1 AND template.ordinal = observed_harnesses.subject
          AND parent.organization = 1 AND parent.subject = template.parent_ordinal
          AND observed_harnesses.parent_id IS NULL AND parent.harness_id IS NOT NULL;
        UPDATE temp.observed_settings SET harness_id = harness.harness_id
        FROM temp.observed_harnesses harness, temp.desired_harnesses template
        WHERE observed_settings.organization = 1 AND harness.organization = 1
          AND template.ordinal = harness.subject
          AND template.settings & (1 << observed_settings.subject);
        DELETE FROM harness_capabilities WHERE harness_id IN (
          SELECT observed.harness_id FROM \(decided)
          WHERE observed.organization = 1 AND decided.takes_seed_id);
        """)
  }

  /// The id of an observed row: its current one, or a new one.
  private func id(_ observed: String = "observed") -> String {
    "coalesce(\(observed).harness_id, \(newIDs.id("\(observed).organization", "\(observed).subject")))"
  }

  /// The id of a row's parent: the organization's built-in harness, which may be new as well.
  private var parentID: String {
    """
    CASE WHEN decided.takes_parent
      THEN coalesce(observed.parent_id, \(newIDs.id("observed.organization", "template.parent_ordinal"))) END
    """
  }

  private func rememberTemplates() throws {
    for content in desired.harnesses.flatMap({ [$0.content, $0.contentWithoutParent] }) {
      try db.put(
        [
          "digest": Fingerprint(of: .object(content)).description,
          "content": JSONValue.object(content).canonicalJSON,
        ], into: .seedTemplates)
    }
  }

  private func create(_ range: WriteRange) throws {
    let planned = try planned(isWritten(.create), range)
    guard planned.integer("harnesses") > 0 else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
          parent_harness_id, tags, is_built_in, status, seed_digest)
        SELECT \(id()), observed.org_id, template.name, template.display_name, template.description,
          template.system_prompt, \(parentID), template.tags, 1, 'active',
          CASE WHEN decided.takes_parent THEN template.digest ELSE template.digest_without_parent END
        FROM \(decidedWithTemplate) WHERE \(isWritten(.create))
        """
    ).execute(arguments: range.arguments)
    try db.expectChanges(planned.integer("harnesses"), in: .harnesses)
    try insertCapabilities(
      "SELECT \(id()) AS id, observed.subject FROM \(decided) WHERE \(isWritten(.create))", range,
      planned: planned.integer("capabilities"))
  }

  /// How many harnesses satisfy a condition, and how many capabilities their templates have.
  private func planned(_ condition: String, _ range: WriteRange) throws -> Row {
    try db.plannedChanges(
      [("harnesses", "count(*)"), ("capabilities", "sum(template.capability_count)")],
      "FROM \(decidedWithTemplate) WHERE \(condition)", range.arguments)
  }

  /// Gives harnesses the capabilities of their templates.
  ///
  /// - Parameters:
  ///   - harnesses: A query for their ids, with the ordinals of the templates as `subject`.
  ///   - range: The organizations and templates that the query is limited to.
  ///   - planned: How many capabilities the templates of these harnesses have.
  /// - Throws: ``WriteRefusal`` if fewer rows were written.
  private func insertCapabilities(
    _ harnesses: String, _ range: WriteRange, planned: Int
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        SELECT new.id, capability.capability_id, capability.position, capability.config
        FROM (\(harnesses) LIMIT -1) new
        CROSS JOIN temp.desired_capabilities capability ON capability.ordinal = new.subject
        """
    ).execute(arguments: range.arguments)
    try db.expectChanges(planned, in: .harnessCapabilities)
  }

  // MARK: Harnesses that exist

  private func update(_ range: WriteRange, _ ordinal: Int) throws {
    let arguments = range.arguments + ["ordinal": ordinal]
    for (takesParent, digest) in [(1, "digest"), (0, "digest_without_parent")] {
      let isOfTemplate =
        "observed.subject = :ordinal AND decided.takes_parent = \(takesParent)"
      for (write, assignments) in [
        (HarnessDecision.Write.update, HarnessField.assignments(digest: digest)),
        (
          .lastApplied,
          "seed_digest = (SELECT \(digest) FROM temp.desired_harnesses WHERE ordinal = :ordinal)"
        ),
      ] {
        let changed = "FROM \(decided) WHERE \(isWritten(write)) AND \(isOfTemplate)"
        try db.cachedStatement(
          sql: """
            UPDATE harnesses SET \(assignments)
            WHERE _rowid_ IN (SELECT observed.harness_row \(changed))
            """
        ).execute(arguments: arguments)
        try db.expectChanges(in: .harnesses, "count(*) \(changed)", arguments)
      }
    }
  }

  /// Names are indexed, so they are only written if they change.
  private func updateNames(_ range: WriteRange) throws {
    let renamed = "FROM \(decidedWithTemplate) WHERE \(isWritten(.update)) AND decided.renames"
    try db.cachedStatement(
      sql: """
        UPDATE harnesses SET name = renamed.name
        FROM (SELECT observed.harness_row, template.name \(renamed)) renamed
        WHERE harnesses._rowid_ = renamed.harness_row
        """
    ).execute(arguments: range.arguments)
    try db.expectChanges(in: .harnesses, "count(*) \(renamed)", range.arguments)
  }

  /// Parents are indexed, so they are only written if they change.
  private func updateParents(_ range: WriteRange) throws {
    let changed = "FROM \(decidedWithTemplate) WHERE \(isChanged([.parent]))"
    try db.cachedStatement(
      sql: """
        UPDATE harnesses SET parent_harness_id = changed.parent_id
        FROM (SELECT observed.harness_row, \(parentID) AS parent_id \(changed)) changed
        WHERE harnesses._rowid_ = changed.harness_row
        """
    ).execute(arguments: range.arguments)
    try db.expectChanges(in: .harnesses, "count(*) \(changed)", range.arguments)
  }

  private func updateCapabilities(_ range: WriteRange) throws {
    let changed = "FROM \(decided) WHERE \(isChanged([.capabilities]))"
    let planned = try planned(isChanged([.capabilities]), range)
    guard planned.integer("harnesses") > 0 else { return }
    try db.cachedStatement(
      sql: """
        DELETE FROM harness_capabilities
        WHERE harness_id IN (SELECT observed.harness_id \(changed))
        """
    ).execute(arguments: range.arguments)
    try insertCapabilities(
      "SELECT observed.harness_id AS id, observed.subject \(changed)", range,
      planned: planned.integer("capabilities"))
  }

  private func prune() throws {
    let pruned = """
      SELECT observed.harness_id FROM temp.observed_orphans observed
      \(ObservationTable.orphans.decided())
      WHERE decided.write AND observed.organization <= \(context.organizations.compared)
      """
    switch context.options.prune {
    case nil: break
    case .release?:
      try db.execute(
        sql: "UPDATE harnesses SET is_built_in = 0, seed_digest = NULL WHERE id IN (\(pruned))")
      try db.expectChanges(in: .harnesses, "count(*) FROM (\(pruned))", [:])
    case .delete?:
      try db.delete(from: .harnesses, where: "id IN (\(sql: pruned))")
    }
  }
}

extension HarnessField {
  /// The assignments that give a row the content of the template `:ordinal`.
  ///
  /// They leave out the parent and the capabilities, which have indexes and tables of their own.
  ///
  /// - Parameter digest: The column with the digest of the resulting content.
  /// - Returns: The part of an SQL `UPDATE` statement after `SET`.
  static func assignments(digest: String) -> String {
    let columns = [displayName, .description, .systemPrompt, .tags].map {
      ($0.rawValue, $0.rawValue)
    }
    return (columns + [("seed_digest", digest)]).map { column, source in
      "\(column) = (SELECT \(source) FROM temp.desired_harnesses WHERE ordinal = :ordinal)"
    }.joined(separator: ", ") + ", is_built_in = 1, status = 'active'"
  }
}
