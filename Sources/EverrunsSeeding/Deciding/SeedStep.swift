package import EverrunsDocuments

/// A plan row of the default organization, with the writes that carry it out.
package struct SeedStep: Sendable {
  /// The row.
  package let row: SeedPlanRow
  /// The write; `nil` for none.
  package let write: SeedWrite?
  /// The content that counts as last applied from now on, with its seed id; `nil` for no change.
  package let memory: (seedID: String, SeedMemory)?
  /// The seed ids under which the row no longer counts as applied.
  package var forgotten: [String] = []
  /// The trace of the decision.
  package let trace: DecisionTrace
}

/// The write for one row of a plan.
package enum SeedWrite: Sendable {
  /// The default organization itself.
  case organization(SeedOrganization, isNew: Bool)
  /// A new row.
  case insert(RecordKind, id: String, content: JSONObject)
  /// Some columns of an existing row.
  case update(RecordKind, id: String, changes: JSONObject)
  /// A setting of the default organization.
  case setting(OrganizationSetting, id: String)
}
