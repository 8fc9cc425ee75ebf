package import Everruns
package import EverrunsDocuments

/// The desired state of a store, determined by a definition, a catalog and a grade: every row that
/// should exist, and every row that is left out, with the reason.
///
/// It does not depend on the contents of a store.
package struct SeedDesiredState: Sendable {
  /// The default organization.
  package let organization: SeedOrganization
  /// The rows of the default organization other than harnesses, in seeding order.
  package let records: [DesiredRecord]
  /// The built-in harnesses of every organization, in the order of the definition.
  package let harnesses: [DesiredHarness]
  /// The settings of every organization that hold the harness of a role.
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

  /// The positions of the built-in harnesses in the definition, by name.
  package var harnessOrdinals: [String: Int] {
    Dictionary(
      harnesses.enumerated().map { ($0.element.template.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// A desired row of the default organization.
package struct DesiredRecord: Sendable {
  /// The row's kind.
  package let kind: RecordKind
  /// The path of names in the row's address; the last one is its own.
  package let names: [String]
  /// The desired id.
  package let seedID: String
  /// The natural key: columns and values.
  package let naturalKey: [String: String]
  /// The desired content, by column, in order.
  ///
  /// References to other rows are seed ids.
  package let content: JSONObject
  /// The rules to check before the row is created, in order of precedence.
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

  /// The part of the natural key that does not reference another row.
  package var ownKey: (column: String, value: String)? {
    naturalKey.filter { !$0.key.hasSuffix("_id") || $0.value == name }.min { $0.key < $1.key }
      .map { (column: $0.key, value: $0.value) }
  }
}

/// A setting that holds the harness of a role.
package struct DesiredHarnessSetting: Sendable {
  /// The setting.
  package let setting: OrganizationSetting
  /// The role.
  package let role: HarnessRole
  /// The harness with the role, if there is one.
  package let harness: String?

  package init(setting: OrganizationSetting, role: HarnessRole, harness: String?) {
    self.setting = setting
    self.role = role
    self.harness = harness
  }
}
