package import Everruns
package import EverrunsDocuments

/// What should be in a store, according to a definition, a catalog and a grade: every row that
/// should exist, and every row that is left out with its reason.
///
/// Nothing in it depends on what a store holds.
package struct SeedDesiredState: Sendable {
  /// The default organization.
  package let organization: SeedOrganization
  /// The rows of the default organization but for its harnesses, in the order of seeding.
  package let records: [DesiredRecord]
  /// The built-in harnesses of every organization, in the order of the definition.
  package let harnesses: [DesiredHarness]
  /// The settings of every organization that take the harness of a role.
  package let harnessSettings: [DesiredHarnessSetting]

  package init(
    organization: SeedOrganization, records: [DesiredRecord], harnesses: [DesiredHarness],
    harnessSettings: [DesiredHarnessSetting]
  ) {
    self.organization = organization
    self.records = records
    self.harnesses = harnesses
    self.harnessSettings = harnessSettings
  }
}

/// A row that the default organization should have.
package struct DesiredRecord: Sendable {
  /// The row's kind.
  package let kind: RecordKind
  /// The names that lead to the row in an address; the last one is its own.
  package let names: [String]
  /// The id it should have.
  package let seedID: String
  /// What identifies it beside its id: column and value.
  package let naturalKey: [String: String]
  /// What it should hold, by column, in order.
  ///
  /// References to other rows hold their seed ids.
  package let content: JSONObject
  /// What is asked before the row is created, in the order of precedence.
  package let rules: [SeedRule]

  package init(
    kind: RecordKind, names: [String], seedID: String, naturalKey: [String: String],
    content: JSONObject, rules: [SeedRule]
  ) {
    self.kind = kind
    self.names = names
    self.seedID = seedID
    self.naturalKey = naturalKey
    self.content = content
    self.rules = rules
  }

  /// The row's own name.
  package var name: String { names.last ?? "" }

  /// The part of the natural key that is the row's own, and not a reference to another row.
  package var ownKey: (column: String, value: String)? {
    naturalKey.filter { !$0.key.hasSuffix("_id") || $0.value == name }.min { $0.key < $1.key }
      .map { (column: $0.key, value: $0.value) }
  }
}

/// A setting that takes the harness of a role.
package struct DesiredHarnessSetting: Sendable {
  /// The setting.
  package let setting: OrganizationSetting
  /// The role.
  package let role: HarnessRole
  /// The harness that has the role, if any has.
  package let harness: String?

  package init(setting: OrganizationSetting, role: HarnessRole, harness: String?) {
    self.setting = setting
    self.role = role
    self.harness = harness
  }
}
