public import EverrunsDocuments

/// A row of a plan for the default organization, with what carrying it out takes.
public struct SeedStep: Sendable {
  /// The row.
  public let row: SeedPlanRow
  /// What is written; `nil` where nothing is.
  public let write: SeedWrite?
  /// What the row holds from now on as far as seeding is concerned, and under which id; `nil`
  /// where there is nothing to remember.
  public let memory: (seedID: String, SeedMemory)?
}

/// What carrying out one row of a plan writes.
public enum SeedWrite: Sendable {
  /// The default organization itself.
  case organization(SeedOrganization, isNew: Bool)
  /// A new row.
  case insert(RecordKind, id: String, content: JSONObject)
  /// Some columns of a row that is there.
  case update(RecordKind, id: String, changes: JSONObject)
  /// A setting of the default organization.
  case setting(OrganizationSetting, id: String)
}
