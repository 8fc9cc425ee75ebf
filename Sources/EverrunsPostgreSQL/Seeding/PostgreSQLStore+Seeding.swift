#if PostgreSQL
  import EverrunsSeeding
  import EverrunsStore

  extension PostgreSQLStore {
    /// Compares the desired state with the database, in one read-only transaction.
    func compare<Value>(
      _ basis: SeedBasis, options: SeedOptions, isFull: Bool,
      _ body: (SeedFindings) throws -> Value
    ) throws -> Value {
      try begin(.comparing)
      return try read {
        let copy = try makeCopy()
        let basis = basis.mapping(ServerForm.of)
        try checkValues(of: basis.desiredState, options)
        let filling = SeedFilling(copy, of: self, basis.desiredState, options)
        let loaded = try filling.fill()
        return try copy.store.compare(basis, options: options, isFull: isFull) { findings in
          try body(filling.completing(findings, loaded))
        }
      }
    }

    /// Compares the desired state with the database and carries out the plan, all of it or nothing.
    func apply(
      _ basis: SeedBasis, options: SeedOptions, isFull: Bool, platform: SeedPlan.Source,
      change: StoreChange, decide: (SeedFindings) throws -> Bool
    ) throws -> SeedResult {
      try begin(.comparing)
      return try write {
        let copy = try makeCopy()
        let basis = basis.mapping(ServerForm.of)
        let desired = basis.desiredState
        try checkValues(of: desired, options)
        let filling = SeedFilling(copy, of: self, desired, options)
        let loaded = try filling.fill()
        var isDecided = false
        let result = try copy.store.apply(
          basis, options: options, isFull: isFull, platform: platform, change: change
        ) { findings in
          isDecided = try decide(filling.completing(findings, loaded))
          // Whoever decides may list rows that load more, which is not a change.
          if isDecided { try copy.noteChanges(of: WriteBack.tables) }
          return isDecided
        }
        if isDecided {
          try WriteBack(copy, to: self).run()
          try RepeatedChanges(
            self, copy, representatives: loaded.representatives, in: loaded.ranges
          ).carryOut()
          try ExactHarnesses(self, copy, desired).remember(in: loaded.ranges)
        }
        return result
      }
    }

    /// The numbers of the organizations in a range.
    func organizationNumbers(in range: ClosedRange<Int>) throws -> [Int] {
      try connection.map(
        "SELECT org_id FROM organizations WHERE org_id BETWEEN $1 AND $2",
        ["\(range.lowerBound)", "\(range.upperBound)"]
      ) { $0.integer(0) }
    }

    /// Always `nil`: without change notes every run compares.
    func settledFindings(
      _ basis: SeedBasis, options: SeedOptions, platform: SeedPlan.Source
    ) -> SeedFindings? { nil }

    /// The definition last applied to all organizations, if any.
    func appliedPlatform() throws(StoreError) -> SeedPlan.Source? {
      try inCopy({ try $0.state() }, { try $0.appliedPlatform() })
    }
  }
#endif
