#if PostgreSQL
  import Everruns
  import EverrunsStore

  extension PostgreSQLStore {
    /// The saved platform definitions, by name.
    func platforms() throws(StoreError) -> [SavedPlatform] {
      try inCopy({ try $0.revisionNumbers() }, { try $0.platforms() })
    }

    /// One revision of a saved definition, if there is one.
    func revision(
      of name: String, _ selector: RevisionSelector
    ) throws(StoreError) -> PlatformRevision? {
      try checkSchemaRights()
      return try inCopy({ try $0.definition(name) }, { try $0.revision(of: name, selector) })
    }

    /// All revisions of a saved definition, oldest first.
    func history(of name: String) throws(StoreError) -> [PlatformHistoryEntry] {
      try checkSchemaRights()
      return try inCopy({ try $0.definition(name) }, { try $0.history(of: name) })
    }

    /// The origin of a revision of a saved definition, if it is known.
    func origin(of name: String, revision: Int) throws(StoreError) -> PlatformOrigin? {
      try inCopy({ try $0.definition(name) }, { try $0.origin(of: name, revision: revision) })
    }

    /// The default definition.
    func activePlatform(orElse name: String?) throws(StoreError) -> String? {
      try inCopy(
        {
          try $0.state()
          try $0.revisionNumbers()
        }, { try $0.activePlatform(orElse: name) })
    }

    /// Sets the default definition.
    func use(
      _ reference: String, saved: (name: String, revision: RevisionSelector)?, change: StoreChange
    ) throws(StoreError) {
      try location.translatingFailures {
        try changing(
          { if let saved { try $0.definition(saved.name) } },
          { try $0.use(reference, saved: saved, change: change) })
      }
    }

    /// Removes a saved definition with all its revisions.
    func delete(_ name: String, change: StoreChange) throws(StoreError) -> Bool {
      try location.translatingFailures {
        try changing({ try $0.definition(name) }, { try $0.delete(name, change: change) })
      }
    }

    /// Saves new revisions of a definition, all or none.
    func save(
      _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
      after latest: Int?, origin: OriginUpdate, change: StoreChange
    ) throws(StoreError) -> Int {
      try location.translatingFailures {
        try changing(
          { filler throws in
            for (definition, _) in definitions { try checkValues(of: definition) }
            try filler.definition(name)
          },
          {
            try $0.save(definitions, as: name, after: latest, origin: origin, change: change)
          })
      }
    }

    /// Changes the newest revision of a definition.
    func revise(
      _ name: String, origin: OriginUpdate, change: StoreChange,
      _ edit: (PlatformRevision) throws -> (definition: PlatformDefinition, summary: String)?
    ) throws -> Int? {
      try changing(
        { try $0.definition(name) },
        {
          try $0.revise(name, origin: origin, change: change) { newest in
            let edited = try edit(newest)
            if let edited { try checkValues(of: edited.definition) }
            return edited
          }
        })
    }

    /// The history of the store, latest first.
    func history(atMost limit: Int?) throws(StoreError) -> [HistoryEntry] {
      try inCopy(
        {
          try $0.own(
            "history", "ORDER BY held.id DESC LIMIT $1", [limit.map(String.init)])
        }, { try $0.history(atMost: limit) })
    }
  }

  extension CopyFiller {
    /// Loads a saved definition with all revisions and origins.
    func definition(_ name: String) throws {
      for table in ["platforms", "platform_revisions", "platform_origins"] {
        try own(table, "WHERE held.name = $1", [name])
      }
    }

    /// Loads names and revision numbers without content.
    fileprivate func revisionNumbers() throws {
      let others = ["document", "fingerprint", "summary", "actor", "command", "created_at"]
      try ownColumns(
        "platform_revisions", ["name", "revision"], empty: others)
    }
  }
#endif
