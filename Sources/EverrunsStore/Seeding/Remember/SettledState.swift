import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// What a store records about earlier runs, so that a run costs what changed, not what exists.
///
/// After a full apply, every organization matches the definition except those listed in
/// `seed_unsettled`: they have a row that is kept, skipped or blocked, or changed since, which
/// triggers record, no matter which program made the change. The next run only compares these. The
/// state of the others is known, and so is what another definition would change in them. The
/// findings of a run are kept too, and answer the next run while the serial stays the same.
///
/// All this relies on the triggers. If one is missing or altered, or the schema changed at all (a
/// trigger may have been absent for a while), everything is compared. The same applies if another
/// program wrote to this record, which triggers and digests detect.
struct SettledState {
  private let db: Database
  private let state: StoreState

  init(_ db: Database, _ state: StoreState) {
    self.db = db
    self.state = state
  }

  /// How many rows of a plan are kept as an answer; reading more would cost more than comparing.
  static let answerLimit = 500

  /// Whether the record can be relied on.
  private func isTrusted() throws -> Bool {
    guard let version = state.settledSchemaVersion, let text = state.settledAs else { return false }
    return try version == schemaVersion() && state.settledSeal == Self.seal(text, version)
      && Bool.fetchOne(
        db, sql: "SELECT settled_triggers = \(ChangeTriggers.allTexts) FROM store_state") ?? false
  }

  /// The seal of the record, which another program would not have updated.
  private static func seal(_ settledAs: String, _ schemaVersion: Int) -> String {
    Fingerprint(of: [.string(settledAs), .integer(schemaVersion)]).description
  }

  private func schemaVersion() throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0
  }

  /// The number of the schema, which SQLite counts, after it was set to one that no other store has.
  ///
  /// A store restored from a dump counts from 1 again, so its record is not trusted: the rows were
  /// inserted before the triggers existed.
  private func markedSchemaVersion() throws -> Int {
    let version = try schemaVersion()
    guard version < Self.leastMark else { return version }
    let mark = Int.random(in: Self.leastMark..<1 << 30)
    try db.execute(sql: "PRAGMA schema_version = \(mark)")
    return mark
  }

  /// More than the number of statements that ever changed the schema of a store.
  private static let leastMark = 1 << 24

  /// The content of each template in every organization that is not listed; `nil` if it is unknown,
  /// or not enough for a decision.
  func templates(for desired: SeedDesiredState) throws -> [SettledTemplate]? {
    guard let text = state.settledAs, try isTrusted() else { return nil }
    let wanted = SettledDescription(of: desired)
    if text == wanted.text {
      return desired.harnesses.map { SettledTemplate(content: $0.content, desired: $0) }
    }
    guard let held = SettledDescription(text), held.isComparable(with: wanted) else { return nil }
    let templates = try desired.harnesses.compactMap { harness in
      try held.digests[harness.template.name].flatMap(content).map {
        SettledTemplate(content: $0, desired: harness)
      }
    }
    return templates.count == desired.harnesses.count ? templates : nil
  }

  private func content(of digest: String) throws -> JSONObject? {
    try db.mapFirst("SELECT content FROM seed_templates WHERE digest = ?", [digest]) {
      $0.templateContent(of: digest)
    } ?? nil
  }

  // MARK: After a run

  /// Records that a run over all organizations was carried out.
  ///
  /// Writes nothing if nothing changed. If another program has triggers on the record, it cannot be
  /// relied on, and there is none.
  func settle(_ plan: HarnessPlan) throws {
    guard try ChangeTriggers.ofOthers(on: Table.bookkeeping, db).isEmpty else {
      try db.execute(
        sql: "UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL")
      return
    }
    let unsettled = """
      SELECT observed.org_id FROM temp.observed_harnesses observed
      \(ObservationTable.harnesses.decided()) WHERE NOT decided.leaves_exact
      UNION SELECT observed.org_id FROM temp.observed_orphans observed
      UNION SELECT observed.org_id FROM temp.observed_settings observed
      \(ObservationTable.settings.decided()) WHERE NOT decided.write
      """
    try db.execute(sql: "DELETE FROM seed_unsettled WHERE org_id NOT IN (\(unsettled))")
    // Any deletion breaks the seal, even our own.
    let isBroken = db.changesCount > 0
    try db.execute(sql: "INSERT OR IGNORE INTO seed_unsettled (org_id) \(unsettled)")
    let text = SettledDescription(of: plan.context.desired).text
    let version = try markedSchemaVersion()
    guard
      try isBroken || state.settledAs != text || state.settledSchemaVersion != version
        || !isTrusted()
    else { return }
    try db.execute(
      literal: """
        UPDATE store_state SET settled_as = \(text), settled_schema_version = \(version),
          checked_schema_version = \(version),
          settled_triggers = \(SQL(sql: ChangeTriggers.allTexts)),
          settled_seal = \(Self.seal(text, version))
        """)
  }

  /// Keeps the rows of the next plan, if they are few.
  ///
  /// The rows of harnesses are a subset of all rows, and are also kept as an answer of their own.
  func remember(_ rows: [SeedPlanRow]?, for basis: SeedBasis, _ options: SeedOptions) throws {
    guard let rows else {
      try db.execute(sql: "DELETE FROM seed_answers")
      return
    }
    var answers = [question(basis, options): Self.text(rows)]
    if options.scope == .all {
      var harnesses = options
      harnesses.scope = .harnesses
      answers[question(basis, harnesses)] = Self.text(rows.filter(\.address.isOfHarnesses))
    }
    let serial = state.plan.serial
    guard try answers.contains(where: { try keptText(of: $0.key) != $0.value }) else { return }
    try db.execute(sql: "DELETE FROM seed_answers")
    for (question, rows) in answers {
      try db.execute(
        literal: """
          INSERT INTO seed_answers (question, serial, plan_rows, seal)
          VALUES (\(question), \(serial), \(rows), \(Self.seal(question, serial, rows)))
          """)
    }
  }

  private static func seal(_ question: String, _ serial: Int, _ rows: String) -> String {
    // The question and the rows are canonical JSON as they stand, without line breaks.
    var hash = FingerprintHash()
    hash.add(Array("\(question)\n\(serial)\n\(rows)".utf8))
    return hash.fingerprint.description
  }

  /// The kept rows for a question, as text; valid while the serial stays the same.
  private func keptText(of question: String) throws -> String? {
    let serial = state.plan.serial
    return try db.mapFirst(
      "SELECT plan_rows, seal FROM seed_answers WHERE question = ? AND serial = ?",
      [question, serial]
    ) { row in
      row.text("plan_rows").flatMap {
        row.text("seal") == Self.seal(question, serial, $0) ? $0 : nil
      }
    } ?? nil
  }

  private static func text(_ rows: [SeedPlanRow]) -> String {
    JSONValue.array(rows.map(\.document)).canonicalJSON
  }

  // MARK: Before a run

  /// Earlier findings that are still valid, if there are any.
  func answer(to basis: SeedBasis, _ options: SeedOptions) throws -> SeedPlanRows? {
    guard options.isRegular, state.settledAs != nil else { return nil }
    guard let text = try keptText(of: question(basis, options)), try isTrusted() else { return nil }
    return (try? SeedPlanRow.rows(reading: text)).map(SeedPlanRows.init)
  }

  /// A hash of everything that determines a plan, except the rows of the store.
  private func question(_ basis: SeedBasis, _ options: SeedOptions) -> String {
    JSONValue.array([
      .integer(SeedPlan.rulesVersion), .integer(SettledDescription.version),
      .string(basis.platform.description), .string(basis.catalog.description),
      .string(basis.grade.rawValue), .string(options.scope.rawValue), .object(state.appliedRoles),
    ]).canonicalJSON
  }
}

extension SeedOptions {
  /// Whether a run with these options brings the whole store up to date, without decisions for this
  /// run only.
  var isRegular: Bool {
    self == SeedOptions(scope: scope)
  }
}
