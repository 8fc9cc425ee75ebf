#if PostgreSQL
  import Everruns
  import EverrunsDocuments
  import EverrunsSeeding
  import EverrunsStore

  /// Up-to-date harnesses in organizations that were not loaded.
  struct ExactHarnesses {
    private let store: PostgreSQLStore
    private let copy: WorkingCopy
    private let desired: SeedDesiredState

    init(_ store: PostgreSQLStore, _ copy: WorkingCopy, _ desired: SeedDesiredState) {
      self.store = store
      self.copy = copy
      self.desired = desired
    }

    /// Records the current template's digest as last applied, so that later runs can tell local
    /// edits from changes of the definition.
    func remember(in ranges: [ClosedRange<Int>]) throws {
      let names = ServerArray.texts(desired.harnesses.map(\.template.name))
      let digests = ServerArray.texts(desired.harnesses.map(\.digest.description))
      for range in ranges {
        let observed = try copy.observedOrganizations(in: range)
        guard observed.count < SeedFilling.chunkSize else { continue }
        try store.connection.run(
          """
          INSERT INTO \(OwnSchema.digests) (harness_id, digest)
          SELECT h.id, template.digest
          FROM unnest($1::text[], $2::text[]) template (name, digest)
          JOIN harnesses h ON h.name = template.name
          LEFT JOIN \(OwnSchema.digests) held ON held.harness_id = h.id
          WHERE h.org_id BETWEEN $3 AND $4
            AND h.org_id NOT IN (SELECT unnest($5::bigint[]))
            AND h.is_built_in AND h.status = 'active'
            AND held.digest IS DISTINCT FROM template.digest
          ON CONFLICT (harness_id) DO UPDATE SET digest = excluded.digest
          """,
          [
            names, digests, "\(range.lowerBound)", "\(range.upperBound)",
            ServerArray.numbers(observed),
          ])
      }
    }
  }
#endif
