#if PostgreSQL
  import EverrunsDocuments
  import EverrunsSeeding
  import EverrunsStore

  extension PostgreSQLStore {
    /// The organizations, by number.
    func organizations(named word: String?) throws(StoreError) -> [Organization] {
      try inCopy(
        { filler throws in
          if try canStore(word) { try filler.organizations(named: word) }
        }, { try $0.organizations(named: word) })
    }

    /// The names of the organizations, by number.
    func organizationNames() throws(StoreError) -> [(publicID: String, name: String)] {
      try inCopy(
        { try $0.rows(of: "organizations", where: "true") }, { try $0.organizationNames() })
    }

    /// The organizations whose public ids begin with a text, or else whose names do.
    func organizationNames(
      beginningWith prefix: String, atMost limit: Int
    ) throws(StoreError) -> OrganizationNames {
      try inCopy(
        { filler throws in
          guard try canStore(prefix) else { return }
          try filler.rows(
            of: "organizations",
            where: "starts_with(held.public_id, $1) OR starts_with(held.name, $1)", [prefix])
        }, { try $0.organizationNames(beginningWith: prefix, atMost: limit) })
    }

    /// Whether an organization may have a name at all, which depends on the database's encoding.
    private func canStore(_ name: String?) throws -> Bool {
      try name.map { try ValueCheck(connection).accepts($0) } ?? true
    }

    /// How many rows of each kind an organization has.
    func counts(of organization: Organization) throws(StoreError) -> [RecordKind: Int] {
      try location.translatingFailures {
        try read { try counts(organization: organization.orgID) }
      }
    }

    /// How many rows of each kind there are, in one organization or in all.
    func counts(organization: Int?) throws -> [RecordKind: Int] {
      try RecordKind.allCases.reduce(into: [:]) { counts, kind in
        let table: String
        switch (kind, organization) {
        case (.organization, .some): return
        case (.user, .some): table = "organization_members"
        default: table = kind.table
        }
        let condition = organization.map { "held.org_id = \($0)" } ?? "true"
        counts[kind] = try connection.first(
          """
          SELECT count(*) FROM \(table) held
          WHERE \(tables.isThere(table, as: "held")) AND \(condition)
          """, []
        ) { $0.integer(0) }
      }
    }

    /// The stored rows of a kind.
    func records(_ kind: RecordKind, organization: Int?) throws(StoreError) -> [JSONObject] {
      try inCopy(
        { try $0.records(kind, organization: organization) },
        { try $0.records(kind, organization: organization) })
    }

    /// The harnesses that belong to organizations and not to the platform.
    func ownHarnesses() throws(StoreError) -> [OwnHarness] {
      try inCopy({ try $0.ownHarnesses() }, { try $0.ownHarnesses() })
    }

    /// Creates organizations with their built-in harnesses and settings, in one transaction.
    func createOrganizations(
      _ organizations: [NewOrganization], basis: SeedBasis, change: StoreChange
    ) throws(StoreError) -> [Int] {
      try location.translatingFailures {
        try write {
          try withCopy { copy in
            try checkValues(of: organizations)
            let basis = basis.mapping(ServerForm.of)
            try checkValues(of: basis.desiredState, SeedOptions(scope: .harnesses))
            let filler = CopyFiller(copy, of: self)
            try filler.state()
            let numbered = try organizations.map { organization in
              try filler.organizations(named: organization.publicID)
              return NewOrganization(
                publicID: organization.publicID, name: organization.name,
                number: try nextNumber())
            }
            try copy.noteChanges(of: WriteBack.tables)
            let numbers = try copy.store.createOrganizations(
              numbered, basis: basis, change: change)
            try WriteBack(copy, to: self).run()
            return numbers
          }
        }
      }
    }

    private func checkValues(of organizations: [NewOrganization]) throws {
      try checkValues(
        organizations.map { organization in
          PlacedValue(path: DocumentPath().key("name"), value: .string(organization.name))
        })
    }

    /// The next number of the database's sequence that no organization has; `nil` without a
    /// sequence.
    ///
    /// Rows inserted with a number may be ahead of the sequence. A drawn number is not given back, so
    /// no more are drawn than needed.
    private func nextNumber() throws -> Int? {
      while true {
        let drawn = try connection.first(
          "SELECT nextval(pg_get_serial_sequence('organizations', 'org_id'))"
        ) { $0.text(0) }
        guard let number = drawn ?? nil else { return nil }
        let isTaken = try connection.first(
          "SELECT 1 FROM organizations WHERE org_id = $1", [number]
        ) { _ in true }
        guard isTaken == true else { return Int(number) }
      }
    }

    /// Renames an organization and changes its settings, in one transaction.
    func update(
      _ organization: Organization, name: String?, settings: [OrganizationSetting: String?],
      change: StoreChange
    ) throws(StoreError) {
      try location.translatingFailures {
        try changing(
          {
            try checkValues([
              PlacedValue(path: DocumentPath().key("name"), value: .optional(name))
            ])
            try $0.organizations(named: organization.publicID)
            let ids = [
              ServerArray.uuids(settings.values.compactMap(\.self)), "\(organization.orgID)",
            ]
            for (table, column) in [("harnesses", "name"), ("llm_models", "model_id")] {
              try $0.names(
                of: table, column,
                where: "held.id = ANY ($1::uuid[]) AND held.org_id = $2::bigint", ids)
            }
          },
          { try $0.update(organization, name: name, settings: settings, change: change) })
      }
    }

    /// Always refused: only the control plane knows what belongs to an organization.
    func delete(
      _ organizations: [Organization], change: StoreChange
    ) throws(StoreError) -> [Organization] {
      throw deletionRefusal
    }

    private var deletionRefusal: StoreError {
      .notForControlPlanes(location, what: "organizations are not deleted")
    }

    /// Checks that a change would be accepted.
    func checkAcceptance(of write: PlannedWrite) throws(StoreError) {
      if case .deletion = write { throw deletionRefusal }
      try checkWriting()
      try inCopy(
        {
          try $0.state()
          switch write {
          case .change, .deletion: break
          case .revisions(let definitions, let name, _):
            for definition in definitions { try checkValues(of: definition) }
            try $0.definition(name)
          case .creation(let organizations, _):
            try checkValues(of: organizations)
            for organization in organizations {
              try $0.organizations(named: organization.publicID)
            }
          }
        }, { try $0.checkAcceptance(of: write) })
    }
  }

  extension CopyFiller {
    /// Loads organizations, their settings, and the names of the rows that settings refer to.
    fileprivate func organizations(named word: String?) throws {
      // No index finds a name, so organizations are read once.
      let parameters = try word.map { word in
        let numbers = try connection.map(
          "SELECT org_id FROM organizations WHERE $1 IN (public_id, name)", [word]
        ) { $0.integer(0) }
        return [ServerArray.numbers(numbers)]
      }
      let isMeant = parameters == nil ? "true" : "org_id = ANY ($1::bigint[])"
      for table in ["organizations", "organization_settings"] {
        try rows(of: table, where: isMeant, parameters ?? [])
      }
      for setting in OrganizationSetting.allCases {
        try names(
          of: setting.target.table, setting.targetName,
          where: """
            held.id IN (SELECT s.\(setting.column) FROM organization_settings s WHERE \(isMeant))
            """, parameters ?? [])
      }
    }

    /// Loads the harnesses that belong to organizations, and those that they inherit from.
    fileprivate func ownHarnesses() throws {
      let own = "NOT own.is_built_in"
      try rows(
        of: "harnesses",
        where: """
          NOT held.is_built_in
          OR held.id IN (SELECT own.parent_harness_id FROM harnesses own WHERE \(own))
          """, [])
      try rows(
        of: "harness_capabilities",
        where: "held.harness_id IN (SELECT own.id FROM harnesses own WHERE \(own))", [])
    }

    /// Loads the rows of a kind with their capabilities.
    fileprivate func records(_ kind: RecordKind, organization: Int?) throws {
      let parameters = organization.map { ["\($0)"] } ?? []
      let condition =
        switch (kind, organization) {
        case (_, nil): "true"
        case (.user, _?):
          "held.id IN (SELECT m.user_id FROM organization_members m WHERE m.org_id = $1::bigint)"
        case (_, _?): "held.org_id = $1::bigint"
        }
      if kind == .user, organization != nil {
        try rows(of: "organization_members", where: "held.org_id = $1::bigint", parameters)
      }
      try rows(of: kind.table, where: condition, parameters)
      let owner: (table: String, column: String)? =
        switch kind {
        case .harness: ("harness_capabilities", "harness_id")
        case .agent: ("agent_capabilities", "agent_id")
        default: nil
        }
      guard let owner else { return }
      let isMeant = organization == nil ? "true" : "owner.org_id = $1::bigint"
      try rows(
        of: owner.table,
        where: """
          held.\(owner.column) IN (SELECT owner.id FROM \(kind.table) owner WHERE \(isMeant))
          """, parameters)
    }
  }
#endif
