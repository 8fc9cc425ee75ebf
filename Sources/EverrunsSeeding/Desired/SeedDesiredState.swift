public import Everruns
public import EverrunsDocuments

/// What should be in a store, as a definition, a catalog and a grade have it: every row that
/// should exist, and every row that is left out with its reason.
///
/// Nothing in it depends on what a store holds.
public struct SeedDesiredState: Sendable {
  /// The default organization.
  public let organization: SeedOrganization
  /// The rows of the default organization but for its harnesses, in the order of seeding.
  public let records: [DesiredRecord]
  /// The built-in harnesses of every organization, in the order of the definition.
  public let harnesses: [DesiredHarness]
  /// The settings of every organization that take the harness of a role.
  public let harnessSettings: [DesiredHarnessSetting]
}

/// A row that the default organization should have.
public struct DesiredRecord: Sendable {
  /// The row's kind.
  public let kind: RecordKind
  /// The names that lead to the row in an address; the last one is its own.
  public let names: [String]
  /// The id it should have.
  public let seedID: String
  /// What identifies it beside its id: column and value.
  public let naturalKey: [String: String]
  /// What it should hold, by column, in order.
  ///
  /// References to other rows hold their seed ids.
  public let content: JSONObject
  /// What must hold for the row to be made, in the order of precedence.
  public let rules: [SeedRule]

  /// The row's own name.
  public var name: String { names.last ?? "" }
}

/// Something that must hold for a row to be made.
public enum SeedRule: Sendable {
  /// It does not hold, whatever the store holds.
  case excluded(SeedReason)
  /// Another row must be there, by the seed id in its catalog.
  case requires(RecordKind, id: String, otherwise: SeedReason)
}

/// A built-in harness that every organization should have.
public struct DesiredHarness: Sendable {
  /// The template.
  public let template: BuiltInHarness
  /// The template's capabilities without those that are not registered.
  public let capabilities: [HarnessCapability]
  /// The name of the parent, if it is in the definition.
  public let parent: String?
  /// What is worth knowing in every organization.
  public let notes: [SeedNote]
}

/// A setting that takes the harness of a role.
public struct DesiredHarnessSetting: Sendable {
  /// The setting.
  public let setting: OrganizationSetting
  /// The role.
  public let role: HarnessRole
  /// The harness that has the role, if any has.
  public let harness: String?
}
