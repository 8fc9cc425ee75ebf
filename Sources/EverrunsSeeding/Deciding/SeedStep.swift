package import EverrunsDocuments

/// A row of a plan for the default organization, with what carrying it out takes.
package struct SeedStep: Sendable {
  /// The row.
  package let row: SeedPlanRow
  /// What is written; `nil` for nothing.
  package let write: SeedWrite?
  /// What counts as last applied from now on, and under which seed id; `nil` where that stays as it
  /// is.
  package let memory: (seedID: String, SeedMemory)?
  /// The rules that led to the row.
  package let trace: DecisionTrace
}

/// What carrying out one row of a plan writes.
package enum SeedWrite: Sendable {
  /// The default organization itself.
  case organization(SeedOrganization, isNew: Bool)
  /// A new row.
  case insert(RecordKind, id: String, content: JSONObject)
  /// Some columns of a row that exists.
  case update(RecordKind, id: String, changes: JSONObject)
  /// A setting of the default organization.
  case setting(OrganizationSetting, id: String)
}
