/// Properties of a store that contains only some rows of a control plane's database.
///
/// Organizations that are not in `seed_unsettled` match the desired state; their rows may be
/// missing.
struct Excerpt {
  /// Whether the database records what was last applied.
  var hasMemory = true
  /// How many organizations the database has; `nil` if all that matter were loaded.
  var organizationCount: Int?

  /// The number of no organization, for rows that are marked as deleted and only keep a unique name
  /// from being used.
  static let organizationOfDeleted = 0

  /// The table of organizations that another one, whose rows are there, stands for.
  static let represented = "temp.represented_organizations"
}
