import Everruns
import EverrunsSeeding
import GRDB

/// Organizations other than the default one in which the same becomes of a thing, counted while
/// they are compared: sorting all of them at the end would take time and memory that grow.
enum PlanGroups {
  /// The kinds of rows of a plan.
  case harness
  case setting
  case orphan

  /// The table that has the rows.
  var table: String {
    switch self {
    case .harness: "seed_plan"
    case .setting: "setting_plan"
    case .orphan: "orphan_plan"
    }
  }

  /// The column that tells what the row is about.
  var subject: String {
    switch self {
    case .harness: "ordinal"
    case .setting: "setting"
    case .orphan: "name"
    }
  }

  /// By what it differs what is said about a row; few values, since all rows are sorted by them.
  private var columns: [String] {
    switch self {
    case .harness:
      ["fields << 5 | finding << 2 | parent_is_owned << 1 | is_edited", "variant"]
    case .setting:
      [
        "is_set << 3 | coalesce(chosen_is_built_in <> 0, 0) << 2 | is_unusable << 1 | is_written",
        "dangling", "chosen",
      ]
    case .orphan: ["finding", "used_by"]
    }
  }

  /// Whether a row says anything.
  private var isNotable: String {
    self == .harness ? "NOT \(HarnessPlan.isPlain)" : "1"
  }

  static let columnsOfTable = """
    kind TEXT, subject, key TEXT, organizations INTEGER, first_public_id TEXT, first_row INTEGER,
    PRIMARY KEY (kind, subject, key)
    """

  /// The first row of each group of a thing, `:subject`, with the number of its organizations and
  /// their first public id.
  var ofSubject: String {
    """
    (SELECT p.*, g.organizations, g.first_public_id FROM temp.plan_groups g
     JOIN temp.\(table) p ON p.rowid = g.first_row
     WHERE g.kind = '\(table)' AND g.subject = :subject)
    """
  }

  /// Counts rows of the plan.
  ///
  /// Beside `min(public_id)`, columns that are neither grouped nor aggregated come from the row
  /// that has the least: sqlite.org/lang_select.html, "Bare columns in an aggregate query".
  fileprivate func addition(where condition: String) -> String {
    let key = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
    return """
      INSERT INTO temp.plan_groups
      SELECT '\(table)', \(subject), \(key), count(*), min(public_id), rowid FROM temp.\(table)
      WHERE \(condition) AND org_id <> :home AND \(isNotable)
      GROUP BY \(([subject] + columns).joined(separator: ", "))
      ON CONFLICT (kind, subject, key) DO UPDATE SET
        organizations = organizations + excluded.organizations,
        first_row =
          CASE WHEN excluded.first_public_id < first_public_id THEN excluded.first_row
            ELSE first_row END,
        first_public_id = min(first_public_id, excluded.first_public_id)
      """
  }
}

extension HarnessPlan {
  /// Counts the rows of some organizations in a plan that has so many rows for each.
  func addGroups(
    _ groups: PlanGroups, numbered numbers: ClosedRange<Int>, _ count: Int
  ) throws {
    try db.cachedStatement(
      sql: groups.addition(where: "number BETWEEN :first AND :last")
    ).execute(arguments: rows(numbers, count) + ["home": desired.organization.orgID])
  }

  /// Counts the rows that were added after one.
  func addGroups(_ groups: PlanGroups, after row: Int) throws {
    try db.cachedStatement(sql: groups.addition(where: "rowid > :row"))
      .execute(arguments: ["row": row, "home": desired.organization.orgID])
  }
}
