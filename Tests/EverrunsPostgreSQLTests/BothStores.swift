#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import Foundation
  import GRDB
  import StoreTesting
  import Testing

  @testable import EverrunsPostgreSQL
  @testable import EverrunsStore

  /// A store in a file and one in a control plane's database, into which other programs write the
  /// same rows.
  struct BothStores {
    let database: TestDatabase
    let path: String

    /// The two, opened to be changed, under the names of their kinds.
    func opened() throws -> [(name: String, store: any Store)] {
      [
        ("SQLite", try SQLiteStore.openForWriting(path)),
        ("PostgreSQL", try database.openForWriting()),
      ]
    }

    /// Executes a statement in both stores.
    ///
    /// - Parameter sql: As ``SQLDialect`` takes it, with `{own}` for a new id.
    /// - Throws: An error of either database.
    func execute(_ sql: String) throws {
      let ids = sql.replacing(/\{own\}/) { _ in UUID().uuidString.lowercased() }
      try database.execute(SQLDialect.postgreSQL.statement(ids))
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { try $0.execute(sql: SQLDialect.sqlite.statement(ids)) }
      try queue.close()
    }

    /// Gives both an organization, as a control plane makes one.
    func addOrganization(_ number: Int) throws {
      let publicID = "org_" + String(format: "%032x", number)
      if number != 1 {
        try execute(
          """
          INSERT INTO organizations (org_id, public_id, name)
          VALUES (\(number), '\(publicID)', 'Org \(number)')
          """)
      }
      try execute("INSERT INTO organization_settings (org_id) VALUES (\(number))")
    }

    /// What rows are called whose ids differ, by id.
    private func labels(_ store: any Store) throws -> [String: String] {
      try [RecordKind.harness, .agent, .llmModel, .llmProvider, .mcpServer, .user].reduce(
        into: [:]
      ) { labels, kind in
        for record in try store.records(kind, organization: nil) {
          labels[record.text("id") ?? ""] =
            "<\(kind) \(record["org_id"]?.canonicalJSON ?? "") \(record.text("name") ?? "")>"
        }
      }
    }

    /// The rows of a plan and their counts as JSON, without ids that are random.
    func plan(
      _ store: any Store, _ basis: SeedBasis, _ options: SeedOptions
    ) throws -> [String] {
      let labels = try labels(store)
      return try store.compare(basis, options: options, isFull: true) { findings in
        let listed = try [SeedListing.expanded, .foldedNamingAll].flatMap {
          try findings.list($0, SeedRowFilter()).collected()
        }
        let documents =
          [findings.summary.document, findings.summary.documentByReason]
          + (try findings.rows.collected() + listed).map(\.document)
        return documents.map { labeled($0.canonicalJSON, labels) }
      }
    }

    /// What organizations hold, in a form that has no ids.
    func content(_ store: any Store) throws -> [String] {
      let labels = try labels(store)
      return try [
        RecordKind.organization, .user, .llmProvider, .llmModel, .organizationSettings, .mcpServer,
        .harness, .agent,
      ].flatMap { kind in
        try store.records(kind, organization: nil).map { record in
          labeled("\(kind) \(JSONValue.object(record).canonicalJSON)", labels)
        }
      }.sorted()
    }

    private func labeled(_ text: String, _ labels: [String: String]) -> String {
      text.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/) { labels[String($0.output)] ?? String($0.output) }
    }
  }

  /// Runs a test with a new store of each kind; both have the default organization.
  func withBothStores<Value>(_ body: (BothStores) throws -> Value) throws -> Value {
    let path = FileManager.default.temporaryDirectory.path + "/everruns-\(UUID().uuidString).db"
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    return try withDatabase { database throws in
      _ = try SQLiteStore.openForWriting(path)
      let queue = try DatabaseQueue(path: path)
      try queue.write { db in
        try db.execute(
          sql: "INSERT INTO organizations VALUES (1, 'org_' || printf('%032x', 1), 'Home')")
      }
      try queue.close()
      try database.execute("UPDATE organizations SET name = 'Home'")
      return try body(BothStores(database: database, path: path))
    }
  }
#endif
