import GRDB

/// Organizations of which one stands for others.
///
/// Only the representative's rows are loaded, and the first few organizations of each set, which
/// rows name. The others have the same observations, which ``HarnessPlan`` repeats, and what a run
/// does to the representative is done to them as well.
extension WorkingCopy {
  static func createRepresented(_ db: Database) throws {
    try db.createTemporaryTables([
      "represented_organizations": "org_id INTEGER PRIMARY KEY, representative INTEGER NOT NULL"
    ])
  }

  /// Adds organizations that another stands for.
  package func represent(_ organizations: [Int], by representative: Int) throws {
    try fill(Excerpt.represented, ["org_id", "representative"]) { add in
      for number in organizations { try add(["\(number)", "\(representative)"]) }
    }
  }

  /// The organizations in a range that others stand for, by representative.
  package func represented(in range: ClosedRange<Int>) throws -> [Int: [Int]] {
    let pairs = try withDatabase { db in
      try db.map(
        """
        SELECT org_id, representative FROM \(Excerpt.represented)
        WHERE org_id BETWEEN :first AND :last ORDER BY org_id
        """, range.arguments
      ) { (number: $0.integer("org_id"), representative: $0.integer("representative")) }
    }
    return Dictionary(grouping: pairs, by: \.representative).mapValues { $0.map(\.number) }
  }

  /// Gives the observations of represented organizations their public ids, once all organizations
  /// have been loaded.
  package func nameRepresented() throws {
    try withDatabase { db in
      for table in ObservationTable.allCases {
        try db.execute(
          sql: """
            UPDATE \(table.name) AS observed SET public_id = (
              SELECT o.public_id FROM organizations o WHERE o.org_id = observed.org_id)
            WHERE observed.public_id IS NULL
            """)
      }
    }
  }

  /// Gives the observations of represented organizations the ids of their own rows.
  ///
  /// Rows of one organization show them. Ids and names must have been loaded.
  package func identifyRepresented() throws {
    try withDatabase { db in
      for (table, row) in [
        ("harnesses", "held._rowid_ = observed_harnesses.harness_row"),
        ("orphans", "held.id = observed_orphans.harness_id"),
      ] {
        try db.execute(
          sql: """
            UPDATE temp.observed_\(table) SET harness_id = (
              SELECT own.id FROM harnesses held
              JOIN harnesses own ON own.org_id = observed_\(table).org_id AND own.name = held.name
              WHERE \(row))
            WHERE harness_id IS NOT NULL AND org_id IN (SELECT org_id FROM \(Excerpt.represented))
            """)
      }
    }
  }
}
