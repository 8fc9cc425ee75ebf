#if PostgreSQL
  import EverrunsSeeding
  import EverrunsStore

  extension PostgreSQLStore {
    /// The checks that the database's constraints do not make redundant.
    private static let checks = ["values", "settings", "parents", "models", "revisions", "memory"]
    /// The check of columns, of which those of the control plane are wrong only if the database
    /// allows text that is not valid.
    private static let checkOfValues = "values"

    /// Checks the store for inconsistencies.
    func check(
      against basis: SeedBasis?, presets: [String]
    ) throws(StoreError) -> [StoreCheck] {
      let checks = try inCopy(
        { filler throws in
          if connection.holdsAnyBytes { try filler.unusualTexts(in: tables) }
          try filler.contradictions()
        },
        { try $0.check(against: basis, presets: presets) })
      return [tableCheck, schemaCheck]
        + checks.filter { Self.checks.contains($0.name) }.map { check in
          StoreCheck(
            name: check.name, subject: check.subject, summary: check.summary,
            findings: check.findings.compactMap { finding in
              if OwnSchema.has(finding.table) { return OwnSchema.qualifying(finding) }
              guard check.name == Self.checkOfValues else { return finding }
              return connection.holdsAnyBytes ? forServer(finding) : nil
            }.map(\.inServerSQL))
        }
    }

    /// A finding about a value, with a remedy for the types of the server.
    private func forServer(_ finding: StoreFinding) -> StoreFinding {
      guard let table = finding.table, let row = finding.row,
        let column = finding.message.split(separator: " ").first.map(String.init),
        finding.remedy.hasPrefix("UPDATE ")
      else { return finding }
      let isText = ["text", "character varying"].contains(tables.type(of: column, in: table))
      return StoreFinding(
        table: table, row: row, finding.message,
        remedy: "UPDATE \(table) SET \(column) = \(isText ? "'NEW TEXT'" : "'{}'") WHERE \(row)")
    }

    /// Whether the schema `everrunsctl` is complete, if it is there.
    private var schemaCheck: StoreCheck {
      let problems = if case .damaged(let problems) = schema { problems } else { [String]() }
      return StoreCheck(
        name: "schema", subject: "tables of the schema \(OwnSchema.name)",
        summary: "tables of the schema \(OwnSchema.name) are missing or were altered",
        findings: problems.map { problem in
          StoreFinding(
            problem,
            remedy:
              "restore the schema from a dump; or DROP SCHEMA \(OwnSchema.name) CASCADE, which "
              + "loses history and definitions, and 'store init'")
        })
    }

    /// Whether rows can be inserted into the control plane's tables.
    private var tableCheck: StoreCheck {
      StoreCheck(
        name: "tables", subject: "columns of the control plane's tables",
        summary: "tables of the control plane have unknown required columns",
        findings: tables.columnsInTheWay.map { column in
          StoreFinding(
            "\(column) requires a value, so nothing can be written",
            remedy: "use a version of this program that supports the column")
        })
    }
  }

  extension StoreFinding {
    /// The finding with texts that cannot be copied from a terminal as PostgreSQL writes them.
    fileprivate var inServerSQL: StoreFinding {
      func translated(_ sql: String) -> String {
        sql.replacing(/CAST\(x'(?<bytes>[0-9a-f]*)' AS TEXT\)/) { match in
          // The database's own encoding: bytes that are not valid in it are refused there.
          "convert_from('\\x\(match.bytes)', 'SQL_ASCII')"
        }
      }
      return StoreFinding(
        table: table, row: row.map(translated), translated(message), remedy: translated(remedy))
    }
  }

  extension CopyFiller {
    /// Loads rows that may have text that is not valid, and the rows that they refer to.
    fileprivate func unusualTexts(in tables: ServerTables) throws {
      for table in CopiedTable.controlPlane {
        let texts = table.columns.filter { [.text, .json].contains($0.form) }
          .map { "held.\(tables.name(of: $0.name, in: table.name) ?? $0.name)::text" }
        guard !texts.isEmpty else { continue }
        // In such a database each byte is a character.
        let isUnusual = "concat(\(texts.joined(separator: ", "))) ~ '[^\\x01-\\x7f]'"
        try rows(of: table.name, where: isUnusual)
        guard let owner = table.owner else { continue }
        try rows(
          of: owner.table,
          where: """
            held.id IN (SELECT part.\(owner.column) FROM \(table.name) part
              WHERE \(isUnusual.replacing("held.", with: "part.")))
            """)
      }
      for kind in [RecordKind.user, .llmProvider] { try rows(of: kind.table, where: "true") }
    }

    /// Loads inconsistent rows and the rows they refer to.
    fileprivate func contradictions() throws {
      try state()
      // The last entry belongs to the state.
      try own("history", "WHERE held.id < (SELECT max(id) FROM \(OwnSchema.name).history)")
      for table in [
        "seed_templates", "seed_memory", "seed_accepted_harnesses", "platforms",
        "platform_revisions", "platform_origins",
      ] {
        try own(table)
      }
      try rows(of: "organizations", where: "true")
      for setting in OrganizationSetting.allCases {
        let table = setting.target.table
        let isElsewhere = """
          held.\(setting.column) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(table) named
            WHERE named.id = held.\(setting.column) AND named.org_id = held.org_id
              AND named.status <> 'deleted')
          """
        try rows(of: "organization_settings", where: isElsewhere)
        try names(
          of: table, setting.targetName,
          where: """
            held.id IN (SELECT s.\(setting.column) FROM organization_settings s
              WHERE s.org_id <> held.org_id)
            """)
      }
      for row in ["child", "parent"] {
        try rows(
          of: "harnesses",
          where: """
            held.id IN (SELECT \(row).id FROM harnesses child
              JOIN harnesses parent ON parent.id = child.parent_harness_id
              WHERE parent.org_id <> child.org_id AND child.status <> 'deleted')
            """)
      }
      for (row, table) in [("m", "llm_models"), ("p", "llm_providers")] {
        try rows(
          of: table,
          where: """
            held.id IN (SELECT \(row).id FROM llm_models m
              JOIN llm_providers p ON p.id = m.provider_id WHERE p.org_id <> m.org_id)
            """)
      }
    }
  }
#endif
