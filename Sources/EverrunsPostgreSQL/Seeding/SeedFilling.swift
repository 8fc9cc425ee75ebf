#if PostgreSQL
  import Everruns
  import EverrunsSeeding
  import EverrunsStore

  /// Loads the rows that a comparison needs into a working copy.
  struct SeedFilling {
    private let store: PostgreSQLStore
    private let filler: CopyFiller
    private let desired: SeedDesiredState
    private let options: SeedOptions
    private var copy: WorkingCopy { filler.copy }
    private var connection: ServerConnection { store.connection }
    private var defaultOrganization: Int { desired.organization.orgID }

    /// How many organizations are compared per statement: few enough for progress reports and for
    /// the server's default memory per statement.
    static let chunkSize = 4000

    init(
      _ copy: WorkingCopy, of store: PostgreSQLStore, _ desired: SeedDesiredState,
      _ options: SeedOptions
    ) {
      self.store = store
      self.desired = desired
      self.options = options
      filler = CopyFiller(copy, of: store)
    }

    /// What was loaded.
    struct Loaded {
      /// Ranges of organization numbers, a few thousand organizations each; empty if only some
      /// organizations are compared.
      var ranges: [ClosedRange<Int>] = []
      /// The states of organizations that stand for others, by number.
      var representatives: [Int: OrganizationState] = [:]
    }

    /// Loads the rows.
    func fill() throws -> Loaded {
      try filler.state()
      for table in ["seed_templates", "seed_memory", "seed_accepted_harnesses"] {
        try filler.own(table)
      }
      try fillCatalog()
      let loaded = try fillOrganizations()
      if options.prune == .delete { try fillUsesElsewhere() }
      return loaded
    }

    /// Findings that load what rows for each organization need, once these are listed.
    func completing(_ findings: SeedFindings, _ loaded: Loaded) -> SeedFindings {
      findings.completing(
        names: {
          try filler.rows(of: "organizations", where: "true")
          try copy.nameRepresented()
        },
        rowContents: { try fillIDs(loaded.ranges) })
    }

    /// Loads the ids of harnesses in organizations that were not loaded.
    private func fillIDs(_ ranges: [ClosedRange<Int>]) throws {
      let names = ServerArray.texts(desired.harnesses.map(\.template.name))
      for range in ranges {
        try filler.names(
          of: "harnesses",
          where: """
            held.org_id BETWEEN $1 AND $2 AND (held.is_built_in OR held.name = ANY ($3::text[]))
            """, ["\(range.lowerBound)", "\(range.upperBound)", names])
      }
      try copy.identifyRepresented()
    }

    // MARK: Organizations

    private func fillOrganizations() throws -> Loaded {
      if let ids = options.organizations {
        try fillRows(
          try connection.map(
            "SELECT org_id FROM organizations WHERE public_id = ANY ($1::text[]) OR org_id = $2",
            [ServerArray.texts(ids), "\(defaultOrganization)"]
          ) { $0.integer(0) })
        return Loaded()
      }
      let numbers = try organizationNumbers()
      guard numbers.count > store.fewOrganizations else {
        for range in numbers.ranges { try fillAll(in: range) }
        return Loaded(ranges: numbers.ranges)
      }
      try fillRows([defaultOrganization])
      let alike = AlikeOrganizations(
        store, copy, desired, options, load: fillRows, name: fillFirst)
      for (index, range) in numbers.ranges.enumerated() {
        let before = index * Self.chunkSize
        try store.report(SeedProgress(activity: .comparing, done: before, total: numbers.count))
        try alike.load(range, count: min(Self.chunkSize, numbers.count - before))
      }
      try fillExamples(of: numbers.count)
      return Loaded(ranges: numbers.ranges, representatives: alike.representatives)
    }

    /// The numbers of all organizations.
    private struct Numbers {
      var count = 0
      /// One range per statement.
      var ranges: [ClosedRange<Int>] = []
    }

    /// Asks for the bounds of the ranges, each from the end of the one before: this takes a third of
    /// the time of numbering all rows.
    private func organizationNumbers() throws -> Numbers {
      var numbers = Numbers()
      try connection.run(
        """
        WITH RECURSIVE chunk (first, last, count) AS (
          SELECT * FROM (\(Self.chunk(of: "true"))) beginning
          UNION ALL
          SELECT next.* FROM chunk, LATERAL (\(Self.chunk(of: "org_id > chunk.last"))) next
          WHERE chunk.count = \(Self.chunkSize))
        SELECT first, last, count FROM chunk WHERE count > 0 ORDER BY first
        """
      ) { row in
        numbers.ranges.append(row.integer(0)...row.integer(1))
        numbers.count += row.integer(2)
      }
      return numbers
    }

    /// The query for the bounds and the size of the first range in which a condition holds.
    private static func chunk(of condition: String) -> String {
      """
      SELECT min(org_id), max(org_id), count(*) FROM (
        SELECT org_id FROM organizations WHERE \(condition) ORDER BY org_id LIMIT \(chunkSize)) part
      """
    }

    /// Loads the first organizations that are as they should be: a folded row names them.
    ///
    /// If there is only one, its rows are not folded, and have ids.
    private func fillExamples(of count: Int) throws {
      copy.setOrganizationCount(count)
      let observed = try copy.observedOrganizations(in: Int.min...Int.max)
      guard observed.count < count else { return }
      let examples = try first(
        where: "o.org_id NOT IN (SELECT unnest($1::bigint[]))", [ServerArray.numbers(observed)])
      if observed.count + 1 == count {
        try fillRows(examples)
      } else {
        try filler.organizations(examples)
      }
    }

    /// Loads the first of some organizations, which folded rows name.
    private func fillFirst(of organizations: AlikeOrganizations.Members) throws {
      try filler.organizations(
        try {
          switch organizations {
          case .listed(let numbers):
            try first(
              where: "o.org_id = ANY ($1::bigint[])", [ServerArray.numbers(numbers)])
          case .all(let range, let others):
            try first(
              where: "o.org_id BETWEEN $1 AND $2 AND o.org_id <> ALL ($3::bigint[])",
              ["\(range.lowerBound)", "\(range.upperBound)", ServerArray.numbers(others)])
          }
        }())
    }

    /// The numbers of the organizations that folded rows name, by public id.
    ///
    /// - Parameters:
    ///   - condition: The condition of the organization `o`.
    ///   - parameters: Its parameters.
    /// - Returns: As many as a row names.
    /// - Throws: ``ServerFailure``
    private func first(where condition: String, _ parameters: [String]) throws -> [Int] {
      let limit = SeedListing.folded.exampleLimit.map { "LIMIT \($0)" } ?? ""
      return try connection.map(
        """
        SELECT o.org_id FROM organizations o WHERE \(condition)
        ORDER BY o.public_id COLLATE "C" \(limit)
        """, parameters
      ) { $0.integer(0) }
    }

    private func fillAll(in range: ClosedRange<Int>) throws {
      try fillRows(try store.organizationNumbers(in: range))
    }

    /// Loads organizations with their harnesses and settings, which marks them for comparison.
    private func fillRows(_ organizations: [Int]) throws {
      guard !organizations.isEmpty else { return }
      let numbers = [ServerArray.numbers(organizations)]
      let isMeant = "held.org_id = ANY ($1::bigint[])"
      try copy.fill("seed_unsettled", ["org_id"]) { add in
        for number in organizations { try add(["\(number)"]) }
      }
      try filler.organizations(organizations)
      try filler.rows(of: "harnesses", where: isMeant, numbers)
      try filler.rows(
        of: "harness_capabilities",
        where:
          "held.harness_id IN (SELECT h.id FROM harnesses h WHERE h.org_id = ANY ($1::bigint[]))",
        numbers)
      try filler.rows(of: "organization_settings", where: isMeant, numbers)
    }

    /// Loads rows that use a harness of another organization: such a harness is not deleted.
    private func fillUsesElsewhere() throws {
      func usesElsewhere(_ column: String) -> String {
        """
        EXISTS (SELECT 1 FROM harnesses h WHERE h.id = held.\(column) AND h.org_id <> held.org_id)
        """
      }
      try filler.rows(of: "harnesses", where: usesElsewhere("parent_harness_id"))
      let settings = desired.harnessSettings.map { usesElsewhere($0.setting.column) }
      guard !settings.isEmpty else { return }
      try filler.rows(of: "organization_settings", where: settings.joined(separator: " OR "))
    }

    // MARK: The catalog

    /// Loads the rows of the default organization that the catalog may refer to, and rows of other
    /// organizations with the same ids or unique names.
    private func fillCatalog() throws {
      let remembered = try rememberedIDs()
      let check = ValueCheck(connection)
      for kind in [RecordKind.user, .llmProvider, .llmModel, .mcpServer, .agent] {
        let wanted = desired.records.filter { $0.kind == kind }
        let ids = ServerArray.uuids(wanted.map(\.seedID) + (remembered[kind] ?? []))
        // No row has a name that the encoding of the database does not have.
        let names = ServerArray.texts(
          try wanted.filter { try !$0.isLeftOut || check.accepts($0.name) }.map(\.name))
        switch kind {
        case .user:
          try filler.rows(
            of: "users", where: "held.id = ANY ($1::uuid[]) OR held.email = ANY ($2::text[])",
            [ids, names])
          try filler.rows(
            of: "organization_members",
            where: """
              held.org_id = $3::bigint AND held.user_id IN (SELECT u.id FROM users u
                WHERE u.id = ANY ($1::uuid[]) OR u.email = ANY ($2::text[]))
              """, [ids, names, "\(defaultOrganization)"])
        case .mcpServer:
          try filler.rows(
            of: "mcp_servers", where: "held.org_id = $2::bigint OR held.id = ANY ($1::uuid[])",
            [ids, "\(defaultOrganization)"])
          if store.tables.hasGlobalServerNames { try fillServerNames(names, ids) }
        case .agent:
          try filler.rows(
            of: "agents",
            where: """
              held.id = ANY ($1::uuid[])
                OR held.org_id = $3::bigint AND held.name = ANY ($2::text[])
              """, [ids, names, "\(defaultOrganization)"])
          try filler.rows(
            of: "agent_capabilities",
            where: """
              held.agent_id IN (SELECT a.id FROM agents a WHERE a.org_id = $3::bigint
                AND (a.id = ANY ($1::uuid[]) OR a.name = ANY ($2::text[])))
              """, [ids, names, "\(defaultOrganization)"])
        case .llmProvider, .llmModel:
          try filler.rows(
            of: kind.table,
            where: "held.org_id = $2::bigint OR held.id = ANY ($1::uuid[])",
            [ids, "\(defaultOrganization)"])
        case .organization, .organizationSettings, .harness: break
        }
      }
      try fillTakenIDs()
      try filler.rows(
        of: "organizations", where: "held.public_id = $1", [desired.organization.publicID])
    }

    /// The row ids of catalog entries from earlier runs, by kind.
    private func rememberedIDs() throws -> [RecordKind: [String]] {
      guard store.hasSchema else { return [:] }
      var ids: [RecordKind: [String]] = [:]
      try connection.run("SELECT kind, row_id FROM \(OwnSchema.name).seed_memory", []) { row in
        guard let kind = row.text(0).flatMap(RecordKind.init), let id = row.text(1) else { return }
        ids[kind, default: []].append(id)
      }
      return ids
    }

    /// Loads rows of other organizations whose ids are seed ids.
    ///
    /// Deleted rows keep their ids; in the copy they get names that no template has. A deleted row
    /// of the default organization is not loaded, since a new row with its id restores it.
    private func fillTakenIDs() throws {
      let harnesses = ServerArray.uuids(desired.harnesses.compactMap(\.template.seedID))
      try filler.rows(
        of: "harnesses", where: "held.id = ANY ($1::uuid[]) AND held.org_id <> $2::bigint",
        [harnesses, "\(defaultOrganization)"])
      for (table, ids) in [
        ("harnesses", harnesses),
        ("mcp_servers", seedIDs(of: .mcpServer)), ("agents", seedIDs(of: .agent)),
      ] where store.tables.has("status", in: table) {
        let url = table == "mcp_servers" ? [("url", "''")] : []
        let columns = [("id", "id"), ("org_id", "org_id"), ("name", "'deleted ' || id")] + url
        try filler.fill(
          table, columns.map(\.0),
          """
          SELECT \(columns.map(\.1).joined(separator: ", ")) FROM \(table)
          WHERE id = ANY ($1::uuid[]) AND org_id <> $2::bigint AND status = 'deleted'
          """, [ids, "\(defaultOrganization)"])
      }
    }

    private func seedIDs(of kind: RecordKind) -> String {
      ServerArray.uuids(desired.records.filter { $0.kind == kind }.map(\.seedID))
    }

    /// Loads the MCP servers that hold a seed name, if names are unique in the database.
    ///
    /// Deleted rows hold their names too; in the copy they have no organization.
    private func fillServerNames(_ names: String, _ ids: String) throws {
      try filler.rows(
        of: "mcp_servers",
        where: "held.org_id <> $2::bigint AND held.name = ANY ($1::text[])",
        [names, "\(defaultOrganization)"])
      try filler.fill(
        "mcp_servers", ["id", "org_id", "name", "url"],
        """
        SELECT id, \(WorkingCopy.organizationOfDeleted), name, '' FROM mcp_servers
        WHERE status = 'deleted' AND name = ANY ($1::text[])
          AND NOT (org_id = $2::bigint AND id = ANY ($3::uuid[]))
        """, [names, "\(defaultOrganization)", ids])
    }
  }
#endif
