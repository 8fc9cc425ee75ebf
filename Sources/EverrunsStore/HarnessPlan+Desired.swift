import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// What the plan is made from: temporary tables of what should be, what was, and what was decided.
extension HarnessPlan {
  func createTables() throws {
    let tables = [
      "desired_harnesses": """
      ordinal INTEGER PRIMARY KEY, name TEXT, display_name TEXT, description TEXT,
      system_prompt TEXT, parent TEXT, parent_ordinal INTEGER, tags TEXT, capabilities TEXT,
      capability_count INTEGER, setting_bits INTEGER, digest TEXT, digest_without_parent TEXT, seed_id TEXT
      """,
      "desired_capabilities": """
      ordinal INTEGER, capability_id TEXT, position INTEGER, config TEXT,
      PRIMARY KEY (ordinal, capability_id, position, config)
      """,
      "known_harnesses": """
      digest TEXT PRIMARY KEY, display_name TEXT, description TEXT, system_prompt TEXT,
      parent TEXT, tags TEXT, capabilities TEXT
      """,
      "harness_decisions": "name TEXT, public_id TEXT, is_adoption INTEGER",
      "seed_plan": """
      number INTEGER PRIMARY KEY, ordinal INTEGER, org_id INTEGER, public_id TEXT,
      harness_row INTEGER, harness_id TEXT, parent_id TEXT, parent_is_owned INTEGER,
      finding INTEGER, fields INTEGER, settings INTEGER, digest_differs INTEGER,
      is_edited INTEGER, variant TEXT
      """,
      "setting_plan": """
      number INTEGER PRIMARY KEY, setting INTEGER, org_id INTEGER, public_id TEXT,
      harness_id TEXT, harness_number INTEGER, has_row INTEGER, is_set INTEGER,
      dangling TEXT, chosen TEXT, chosen_is_built_in INTEGER,
      is_unusable INTEGER, is_written INTEGER
      """,
      "plan_groups": PlanGroups.columnsOfTable,
      "orphan_plan": """
      harness_id TEXT PRIMARY KEY, name TEXT, org_id INTEGER, public_id TEXT,
      is_seeded INTEGER, finding INTEGER, used_by TEXT
      """,
    ]
    for (name, columns) in tables {
      try db.execute(
        sql: "DROP TABLE IF EXISTS temp.\(name); CREATE TEMP TABLE \(name) (\(columns))")
    }
  }

  func fillDesired() throws {
    let numbers = Dictionary(
      desired.harnesses.enumerated().map { ($0.element.template.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for (ordinal, harness) in desired.harnesses.enumerated() {
      let template = harness.template
      try db.execute(
        sql: """
          INSERT INTO temp.desired_harnesses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          ordinal, template.name, template.displayName, template.description,
          template.systemPrompt, harness.parent, harness.parent.flatMap { numbers[$0] },
          JSONValue.strings(template.tags).canonicalJSON,
          JSONValue.capabilities(harness.capabilities).canonicalJSON,
          harness.capabilities.count,
          namedSettings.filter { $0.ordinal == ordinal }.reduce(0) { $0 | 1 << $1.index },
          harness.digest.description, harness.digestWithoutParent.description, template.seedID,
        ])
      for (position, capability) in harness.capabilities.enumerated() {
        try db.execute(
          sql: "INSERT INTO temp.desired_capabilities VALUES (?, ?, ?, ?)",
          arguments: [
            ordinal, capability.ref, position,
            JSONValue.object(capability.config.sortingKeys).canonicalJSON,
          ])
      }
    }
  }

  /// Everything that seeding ever made of harnesses, by its digest.
  func fillKnown() throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT digest, content FROM seed_templates")
    while let row = try rows.next() {
      guard let text = row.text("content"), case .object(let content)? = try? JSONValue(json: text)
      else { continue }
      let fields: [HarnessField] = [.displayName, .description, .systemPrompt, .parent]
      try db.execute(
        sql: "INSERT INTO temp.known_harnesses VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: StatementArguments(
          [row.text("digest")]
            + fields.map { field in
              if case .string(let text)? = content[field.rawValue] { text } else { nil }
            }
            + [.tags, .capabilities].map { (field: HarnessField) in
              content[field.rawValue]?.canonicalJSON
            }))
    }
  }

  /// What was decided about organizations' own harnesses that have the name of a template.
  func fillDecisions() throws {
    for (addresses, isAdoption) in [(options.adopted, true), (options.acceptedOwn, false)] {
      for address in addresses.compactMap(SeedAddress.init) where address.kind == .harness {
        let publicID: String? =
          switch address.scope {
          case .folded: nil
          case .organization(let id): id
          case .defaultOrganization: desired.organization.publicID
          }
        try db.execute(
          sql: "INSERT INTO temp.harness_decisions VALUES (?, ?, ?)",
          arguments: [address.names.first, publicID, isAdoption])
      }
    }
  }
}
