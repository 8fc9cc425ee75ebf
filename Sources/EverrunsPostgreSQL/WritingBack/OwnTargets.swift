#if PostgreSQL
  import EverrunsStore

  /// A table of the schema `everrunsctl` as a target.
  struct OwnTarget: WriteTarget {
    private let table: CopiedTable
    let columns: [String]
    var name: String { "\(OwnSchema.name).\(table.name)" }

    init(_ table: CopiedTable) {
      self.table = table
      columns = table.columns.map(\.name)
    }

    func merge(of staged: String) -> String {
      let assignments = columns.filter { !table.key.contains($0) }.map { "\($0) = excluded.\($0)" }
      return """
        WITH merged AS (
          INSERT INTO \(name) (\(columns.joined(separator: ", ")))
          SELECT \(columns.joined(separator: ", ")) FROM \(staged)
          ON CONFLICT (\(table.key.joined(separator: ", ")))
          DO UPDATE SET \((assignments.isEmpty ? table.key.map { "\($0) = excluded.\($0)" } : assignments)
            .joined(separator: ", ")) RETURNING 1)
        SELECT count(*) FROM merged
        """
    }

    /// Entries are only added to the history and to revisions; other rows may not have been loaded.
    func isSame(as staged: String, heldAs held: String) -> String? {
      guard ["history", "platform_revisions"].contains(table.name) else { return nil }
      return table.key.map { "\(held).\($0) = \(staged).\($0)" }.joined(separator: " AND ")
    }

    func removal(of staged: String) -> String {
      let isMeant = table.key.map { "held.\($0) = removed.\($0)" }.joined(separator: " AND ")
      return "DELETE FROM \(name) held USING \(staged) removed WHERE \(isMeant)"
    }
  }

  /// The table of harness digests as a target.
  struct DigestTarget: WriteTarget {
    let name = OwnSchema.digests
    let columns = ["harness_id", "digest"]

    /// An organization's own harness has no digest.
    func isRemoved(_ row: [String?]) -> Bool { row.last == .some(nil) }

    func merge(of staged: String) -> String {
      """
      WITH merged AS (
        INSERT INTO \(name) (harness_id, digest) SELECT harness_id, digest FROM \(staged)
        ON CONFLICT (harness_id) DO UPDATE SET digest = excluded.digest RETURNING 1)
      SELECT count(*) FROM merged
      """
    }

    func removal(of staged: String) -> String {
      "DELETE FROM \(name) held USING \(staged) removed WHERE held.harness_id = removed.harness_id"
    }
  }
#endif
