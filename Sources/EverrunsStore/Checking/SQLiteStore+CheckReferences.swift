import EverrunsDocuments
import EverrunsSeeding
import GRDB

extension SQLiteStore {
  // MARK: Foreign keys

  /// Finds dangling references, for every foreign key that a table declares.
  func referenceFindings(_ db: Database) throws -> [StoreFinding] {
    var missing = MissingOrganizations()
    var remade: Set<String> = []
    let findings = try Schema.tables.flatMap { table in
      try table.references.filter { !$0.hasOwnCheck(in: table) }.flatMap { reference in
        try danglingRows(of: table, reference, db) { row -> StoreFinding? in
          if reference.table == Table.organizations.name {
            return try missing.finding(row, of: table, db)
          }
          if let provider = try rememberedProvider(of: row, in: table, db) {
            // The provider is recreated once, for all of its models.
            return remade.insert(provider.remedy).inserted ? provider : nil
          }
          let key = table.key(of: row)
          return StoreFinding(
            table: table.name, row: key,
            "\(reference.column.name) names '\(row.text(reference.column.name) ?? "")', "
              + "which \(reference.table) does not have",
            remedy: reference.column.isRequired
              ? "DELETE FROM \(table.name) WHERE \(key)"
              : "UPDATE \(table.name) SET \(reference.column.name) = NULL WHERE \(key)")
        }.compactMap(\.self)
      }
    }
    return try missing.findings + findings
      + ForeignKey.all(db).filter(\.isOfOthers).flatMap { try danglingFindings($0, db) }
  }

  /// The dangling references of a key that another program added.
  private func danglingFindings(_ key: ForeignKey, _ db: Database) throws -> [StoreFinding] {
    let clearable = try db.map(
      """
      SELECT lower(name) AS name FROM pragma_table_info(?) WHERE NOT "notnull" AND pk = 0
      """, [key.table]
    ) { $0.text("name") ?? "" }
    let table = key.table.quotedIdentifier
    let columns = key.columns.map(\.quotedIdentifier)
    return try key.dangling(db).map { dangling in
      StoreFinding(
        table: key.table, row: dangling.referring,
        "\(columns.joined(separator: ", ")), a foreign key of another program, names a row that "
          + "\(key.target.name) does not have",
        remedy: key.columns.allSatisfy { clearable.contains($0.lowercased()) }
          ? "UPDATE \(table) SET \(columns.map { "\($0) = NULL" }.joined(separator: ", ")) "
            + "WHERE \(dangling.referring)"
          : "DELETE FROM \(table) WHERE \(dangling.referring)")
    }
  }

  /// The finding for a model whose provider is gone, if seeding remembers the provider.
  private func rememberedProvider(
    of row: Row, in table: Table, _ db: Database
  ) throws -> StoreFinding? {
    let providers = Table.llmProviders
    guard table.name == Table.llmModels.name, let id = row.text("provider_id") else { return nil }
    return try db.mapFirst(
      """
      SELECT row_id AS id, \(OrganizationEvidence.defaultOrganization) AS org_id, content ->> 'name' AS name,
        content ->> 'provider_type' AS provider_type, content ->> 'base_url' AS base_url
      FROM seed_memory WHERE kind = ? AND row_id = ? AND json_valid(content)
        AND content ->> 'name' IS NOT NULL AND content ->> 'provider_type' IS NOT NULL
      """, [RecordKind.llmProvider.rawValue, id]
    ) { provider in
      let columns = providers.columns.map(\.name)
      return StoreFinding(
        table: providers.name, row: providers.key(of: provider),
        "the provider does not exist, and models name it",
        remedy: "INSERT INTO \(providers.name) (\(columns.joined(separator: ", "))) "
          + "VALUES (\(columns.map(provider.literal).joined(separator: ", ")))")
    }
  }

  private func danglingRows<Value>(
    of table: Table, _ reference: Table.Reference, _ db: Database, _ body: (Row) throws -> Value
  ) throws -> [Value] {
    let column = "child.\(reference.column.name)"
    return try db.map(
      """
      SELECT \(table.selection(of: "child")) FROM \(table.name) child
      WHERE \(reference.column.isRequired ? "1" : "\(column) IS NOT NULL") AND NOT EXISTS (
        SELECT 1 FROM \(reference.table) parent WHERE parent.\(reference.parentColumn) = \(column))
      ORDER BY 1
      """, [], body)
  }

  // MARK: Rows of several organizations

  func settingFindings(
    _ contradictions: Contradictions, repaired: RepairedBySeeding, _ db: Database
  ) throws -> [StoreFinding] {
    try OrganizationSetting.allCases.flatMap { setting in
      let column = setting.column
      let target = setting.target.definition
      return try db.map(
        """
        SELECT s.org_id, s.\(column) AS value, r.org_id AS found_in FROM organization_settings s
        LEFT JOIN \(target.name) r ON r.id = s.\(column)
        WHERE s.\(column) IS NOT NULL AND r.org_id IS NOT s.org_id
          AND s.org_id IN (SELECT org_id FROM organizations)
          AND (r.id IS NULL OR r.org_id IN (SELECT org_id FROM organizations))
        ORDER BY s.org_id
        """
      ) { row -> StoreFinding? in
        let value = row.text("value") ?? ""
        guard contradictions.misplaced[RowName(target, value)] == nil else { return nil }
        let organization = row.literal("org_id")
        let key = "org_id = \(organization)"
        return StoreFinding(
          table: "organization_settings", row: key,
          "\(column) names '\(value)', which its organization does not have",
          remedy: try repaired.includes(setting, of: organization, db)
            ? "seed apply" : "UPDATE organization_settings SET \(column) = NULL WHERE \(key)")
      }.compactMap(\.self)
    }
  }

  func parentFindings(
    _ contradictions: Contradictions, repaired: RepairedBySeeding, _ db: Database
  ) throws -> [StoreFinding] {
    let foreign = try contradictions.unexplained(contradictions.ofParents).compactMap { pair in
      try parentFinding(pair.child, "has a parent in another organization", repaired, db)
    }
    let cyclic = try harnessesInCycles(db).sorted().compactMap { id in
      try parentFinding(RowName(.harnesses, id), "is its own ancestor", repaired, db)
    }
    return try misplacedFindings(.harnesses, contradictions, db) + foreign + cyclic
  }

  private func parentFinding(
    _ harness: RowName, _ message: String, _ repaired: RepairedBySeeding, _ db: Database
  ) throws -> StoreFinding? {
    try row(harness, db) { row in
      let key = Table.harnesses.key(of: row)
      return StoreFinding(
        table: harness.table, row: key, "harness '\(row.text("name") ?? "")' \(message)",
        remedy: try repaired.includes(harness: key, db)
          ? "seed apply" : "UPDATE harnesses SET parent_harness_id = NULL WHERE \(key)")
    }
  }

  /// The ids of harnesses that are their own ancestors.
  private func harnessesInCycles(_ db: Database) throws -> Set<String> {
    let parents = try db.map(
      "SELECT id, parent_harness_id FROM harnesses WHERE parent_harness_id IS NOT NULL"
    ) { row in (row.text("id") ?? "", row.text("parent_harness_id") ?? "") }
    let parent = Dictionary(firstByKey: parents)
    var (seen, cyclic): (Set<String>, Set<String>) = ([], [])
    for start in parent.keys where !seen.contains(start) {
      var path: [String] = []
      var current: String? = start
      while let id = current, seen.insert(id).inserted {
        path.append(id)
        current = parent[id]
      }
      // The walk ended at a harness without a parent, on an earlier walk, or on its own path.
      if let end = current, let index = path.firstIndex(of: end) {
        cyclic.formUnion(path[index...])
      }
    }
    return cyclic
  }

  func modelFindings(
    _ contradictions: Contradictions, _ db: Database
  ) throws -> [StoreFinding] {
    try misplacedFindings(.llmProviders, contradictions, db)
      + misplacedFindings(.llmModels, contradictions, db)
      + contradictions.unexplained(contradictions.ofProviders).compactMap { pair in
        try row(pair.child, db) { row in
          StoreFinding(
            table: "llm_models", row: Table.llmModels.key(of: row),
            "model '\(row.text("model_id") ?? "")' has a provider of another organization",
            remedy: try Table.llmModels.moving(row, to: pair.parentOrganization, db))
        }
      }
  }

  private func misplacedFindings(
    _ table: Table, _ contradictions: Contradictions, _ db: Database
  ) throws -> [StoreFinding] {
    try contradictions.misplaced.filter { $0.key.table == table.name }.sorted {
      $0.key.id < $1.key.id
    }
    .compactMap { name, right in
      try row(name, db) { row in
        StoreFinding(
          table: table.name, row: table.key(of: row),
          "org_id is \(row.text("org_id") ?? ""), and what belongs to the row is in organization "
            + "\(right)", remedy: try table.moving(row, to: right, db))
      }
    }
  }

  private func row<Value>(
    _ name: RowName, _ db: Database, _ body: (Row) throws -> Value
  ) throws -> Value? {
    try Schema.table(named: name.table).flatMap { table in
      try db.mapFirst(
        "SELECT \(table.selection()) FROM \(table.name) WHERE id = ?", [name.id], body)
    }
  }
}

extension Table.Reference {
  /// Whether another check finds what is wrong with the reference.
  fileprivate func hasOwnCheck(in table: Table) -> Bool {
    switch table.name {
    // Settings; and names, which the numbers of revisions need.
    case Table.organizationSettings.name: column.name != "org_id"
    case Table.platformRevisions.name: true
    default: false
    }
  }
}
