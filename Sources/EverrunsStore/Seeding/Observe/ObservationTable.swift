import EverrunsSeeding
import GRDB

/// A temporary table of observations: one row for each organization in which something is not up to
/// date.
///
/// Each has the columns `organization` (its ordinal in `temp.compared_organizations`), `subject`
/// (what was observed), `org_id`, `public_id`, `facts`, and `value`, which distinguishes
/// observations with the same facts.
enum ObservationTable: Int, CaseIterable {
  /// Harness templates, by ordinal.
  case harnesses
  /// Settings that hold the harness of a template, by ordinal.
  case settings
  /// Built-in harnesses whose template left the definition, by name.
  case orphans

  /// The table's name.
  var name: String { "temp.observed_\(self)" }

  static let definitions: KeyValuePairs<String, String> = [
    "observed_harnesses": """
    organization INTEGER, subject INTEGER, org_id INTEGER, public_id TEXT, facts INTEGER,
    value TEXT NOT NULL, harness_row INTEGER, harness_id TEXT, parent_id TEXT, settings INTEGER,
    PRIMARY KEY (organization, subject)) WITHOUT ROWID
    """,
    "observed_settings": """
    organization INTEGER, subject INTEGER, org_id INTEGER, public_id TEXT, facts INTEGER,
    value TEXT NOT NULL, harness_id TEXT, has_row INTEGER,
    PRIMARY KEY (organization, subject)) WITHOUT ROWID
    """,
    "observed_orphans": """
    organization INTEGER, subject TEXT, org_id INTEGER, public_id TEXT, facts INTEGER,
    value TEXT NOT NULL, harness_id TEXT, PRIMARY KEY (organization, subject)) WITHOUT ROWID
    """,
    // The built-in harnesses that a template has by one of its previous names, and which one.
    "renamed_harnesses": """
    organization INTEGER, subject INTEGER, name TEXT, rank INTEGER,
    PRIMARY KEY (organization, subject)) WITHOUT ROWID
    """,
    // A case is an observation of a subject, independent of the organization. The columns after
    // `facts` hold its decision.
    "decided_cases": """
    id INTEGER PRIMARY KEY, source INTEGER, subject INTEGER, facts INTEGER, outcome INTEGER,
    shows_value INTEGER, write INTEGER, fields INTEGER, takes_parent INTEGER,
    takes_seed_id INTEGER, acceptance INTEGER, is_usable INTEGER, leaves_exact INTEGER,
    renames INTEGER, keeps_previous_row INTEGER
    """,
    // How many organizations other than the default one share an observation.
    "observation_groups": """
    number INTEGER PRIMARY KEY, source INTEGER, subject, facts INTEGER, value TEXT,
    organizations INTEGER, first_public_id TEXT, first_organization INTEGER,
    UNIQUE (source, subject, facts, value)
    """,
  ]

  /// Joins the decision of each observation.
  ///
  /// `CROSS JOIN` fixes the order: every observation has exactly one decision.
  ///
  /// - Parameter observed: The alias of the table of observations.
  /// - Returns: A join clause, which names the decisions `decided`.
  func decided(_ observed: String = "observed") -> String {
    """
    CROSS JOIN temp.decided_cases decided
      ON decided.id = \(caseID(subject: "\(observed).subject", facts: "\(observed).facts"))
    """
  }

  /// The id of a case: one integer, because every row that is written looks up its decision.
  ///
  /// - Parameters:
  ///   - subject: The subject, in SQL; cases of orphans do not depend on it.
  ///   - facts: The packed facts, in SQL.
  /// - Returns: An SQL expression.
  func caseID(subject: String, facts: String) -> String {
    // Facts need 23 bits, and more only where a row has one of millions of previous names. A number
    // of more than 64 bits would be refused by SQLite, never taken for another case.
    let subjects =
      "(SELECT count(*) + \(OrganizationSetting.allCases.count) FROM temp.desired_harnesses)"
    let subject = self == .orphans ? "0" : subject
    return "(\(facts) * \(subjects) + \(subject)) * \(Self.allCases.count) + \(rawValue)"
  }

  /// The columns besides those that every table of observations has.
  private var moreColumns: String {
    switch self {
    case .harnesses: "harness_row, harness_id, parent_id, settings"
    case .settings: "harness_id, has_row"
    case .orphans: "harness_id"
    }
  }

  /// Gives a batch of organizations the observations of the one that stands for them.
  func repeatObservations(_ db: Database, _ numbers: ClosedRange<Int>) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO \(name) (organization, subject, org_id, public_id, facts, value, \(moreColumns))
        SELECT organization.number, observed.subject, organization.org_id, organization.public_id,
          observed.facts, observed.value, \(moreColumns)
        FROM temp.compared_organizations organization
        CROSS JOIN \(name) observed ON observed.organization = organization.representative
        WHERE organization.number BETWEEN :first AND :last
        """
    ).execute(arguments: numbers.arguments)
  }

  /// Counts the observations of a batch of organizations by case.
  ///
  /// Next to `min(public_id)`, the bare column `organization` comes from the row with the minimum:
  /// sqlite.org/lang_select.html, "Bare columns in an aggregate query". In a batch whose
  /// organizations were not loaded there is no minimum.
  func addGroups(
    _ db: Database, _ numbers: ClosedRange<Int>, defaultOrganization: Int
  ) throws {
    let comesFirst = "coalesce(excluded.first_public_id < first_public_id, first_public_id IS NULL)"
    try db.cachedStatement(
      sql: """
        INSERT INTO temp.observation_groups (source, subject, facts, value, organizations,
          first_public_id, first_organization)
        SELECT \(rawValue), subject, facts, value, count(*), min(public_id), organization
        FROM \(name) WHERE organization BETWEEN :first AND :last AND org_id <> :defaultOrganization
        GROUP BY subject, facts, value
        ON CONFLICT (source, subject, facts, value) DO UPDATE SET
          organizations = organizations + excluded.organizations,
          first_organization =
            CASE WHEN \(comesFirst) THEN excluded.first_organization ELSE first_organization END,
          first_public_id =
            CASE WHEN \(comesFirst) THEN excluded.first_public_id ELSE first_public_id END
        """
    ).execute(arguments: numbers.arguments + ["defaultOrganization": defaultOrganization])
  }
}

extension ClosedRange<Int> {
  /// The bounds as the arguments `:first` and `:last`.
  var arguments: StatementArguments { ["first": lowerBound, "last": upperBound] }
}
