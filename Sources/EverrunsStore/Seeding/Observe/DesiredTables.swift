import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// The temporary tables that a comparison starts from: the templates, everything that seeding ever
/// applied, and the options of this run.
struct DesiredTables {
  private let db: Database
  private let desired: SeedDesiredState
  private let options: SeedOptions
  private let settings: [NamedSetting]

  init(_ context: PlanContext) {
    db = context.db
    desired = context.desired
    options = context.options
    settings = context.settings
  }

  /// Creates and fills the tables.
  func fill() throws {
    try create()
    try fillTemplates()
    try fillApplied()
    try fillRequests()
  }

  private func create() throws {
    try db.createTemporaryTables([
      "desired_harnesses": """
      ordinal INTEGER PRIMARY KEY, name TEXT NOT NULL, display_name TEXT, description TEXT,
      system_prompt TEXT, parent TEXT, parent_ordinal INTEGER, tags TEXT, capabilities TEXT,
      capability_count INTEGER, settings INTEGER, digest TEXT, digest_without_parent TEXT,
      seed_id TEXT, exact_facts INTEGER
      """,
      "desired_capabilities": """
      ordinal INTEGER, capability_id TEXT, position INTEGER, config TEXT,
      PRIMARY KEY (ordinal, capability_id)) WITHOUT ROWID
      """,
      "previous_names": """
      name TEXT PRIMARY KEY, ordinal INTEGER, rank INTEGER) WITHOUT ROWID
      """,
      "applied_harnesses": """
      digest TEXT PRIMARY KEY, display_name TEXT, description TEXT, system_prompt TEXT,
      parent TEXT, tags TEXT, capabilities TEXT
      """,
      "harness_requests": "name TEXT, public_id TEXT, kind INTEGER",
    ])
  }

  private func fillTemplates() throws {
    let ordinals = desired.harnessOrdinals
    for (ordinal, harness) in desired.harnesses.enumerated() {
      let template = harness.template
      try db.execute(
        literal: """
          INSERT INTO temp.desired_harnesses (ordinal, name, display_name, description,
            system_prompt, parent, parent_ordinal, tags, capabilities, capability_count, settings,
            digest, digest_without_parent, seed_id, exact_facts)
          VALUES (\(ordinal), \(template.name), \(template.displayName), \(template.description),
            \(template.systemPrompt), \(harness.parent), \(harness.parent.flatMap { ordinals[$0] }),
            \(JSONValue.strings(template.tags).canonicalJSON),
            \(JSONValue.capabilities(harness.capabilities).canonicalJSON),
            \(harness.capabilities.count),
            \(settings.filter { $0.ordinal == ordinal }.reduce(0) { $0 | $1.bit }),
            \(harness.digest.description), \(harness.digestWithoutParent.description),
            \(template.seedID),
            \(ObservedHarness.exact(hasParent: harness.parent != nil).facts))
          """)
      for (rank, name) in harness.previousNames.enumerated() {
        try db.execute(
          literal: """
            INSERT INTO temp.previous_names (name, ordinal, rank) VALUES (\(name), \(ordinal), \(rank))
            """)
      }
      for (position, capability) in harness.capabilities.enumerated() {
        try db.execute(
          literal: """
            INSERT INTO temp.desired_capabilities (ordinal, capability_id, position, config)
            VALUES (\(ordinal), \(capability.ref), \(position),
              \(JSONValue.object(capability.config.sortingKeys).canonicalJSON))
            """)
      }
    }
  }

  /// Every harness content that seeding ever applied, by digest.
  private func fillApplied() throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT digest, content FROM seed_templates")
    while let row = try rows.next() {
      guard let digest = row.text("digest"), let content = row.templateContent(of: digest) else {
        continue
      }
      func text(_ field: HarnessField) -> String? { content.text(field.rawValue) }
      try db.execute(
        literal: """
          INSERT INTO temp.applied_harnesses (digest, display_name, description,
            system_prompt, parent, tags, capabilities)
          VALUES (\(digest), \(text(.displayName)), \(text(.description)),
            \(text(.systemPrompt)), \(text(.parent)),
            \(content[HarnessField.tags.rawValue]?.canonicalJSON),
            \(content[HarnessField.capabilities.rawValue]?.canonicalJSON))
          """)
    }
  }

  /// The options that name organization-owned harnesses with the name of a template.
  private func fillRequests() throws {
    for (addresses, request) in [
      (options.adopted, ObservedHarness.Request.adopt), (options.acceptedOwn, .acceptOwn),
    ] {
      for address in addresses where address.kind == .harness {
        let publicID: String?
        switch address.scope {
        case .folded: publicID = nil
        case .organization(let id): publicID = id
        case .defaultOrganization: publicID = desired.organization.publicID
        // A group number is not valid in this plan.
        case .group: continue
        }
        try db.execute(
          literal: """
            INSERT INTO temp.harness_requests (name, public_id, kind)
            VALUES (\(address.names.first), \(publicID), \(request.rawValue))
            """)
      }
    }
  }
}

extension Database {
  /// Creates temporary tables, replacing those of an earlier comparison.
  func createTemporaryTables(_ tables: KeyValuePairs<String, String>) throws {
    for (name, columns) in tables {
      let definition = columns.hasSuffix("WITHOUT ROWID") ? "(\(columns)" : "(\(columns))"
      try execute(
        sql: "DROP TABLE IF EXISTS temp.\(name); CREATE TEMP TABLE \(name) \(definition)")
    }
  }
}
