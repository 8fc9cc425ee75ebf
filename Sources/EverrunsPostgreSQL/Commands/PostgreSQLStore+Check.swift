#if PostgreSQL
  import EverrunsSeeding
  import EverrunsStore

  extension PostgreSQLStore {
    /// The checks that the database's constraints do not make redundant.
    private static let checks = ["settings", "parents", "models", "revisions", "memory"]

    /// Checks the store for inconsistencies.
    func check(
      against basis: SeedBasis?, presets: [String]
    ) throws(StoreError) -> [StoreCheck] {
      let checks = try inCopy(
        { filler throws in try filler.contradictions() },
        { try $0.check(against: nil, presets: presets) })
      return [tableCheck] + checks.filter { Self.checks.contains($0.name) }
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

  extension CopyFiller {
    /// Loads inconsistent rows and the rows they refer to.
    fileprivate func contradictions() throws {
      try state()
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
