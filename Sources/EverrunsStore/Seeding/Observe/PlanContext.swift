import EverrunsSeeding
import GRDB

/// The inputs of a comparison of harnesses and settings.
struct PlanContext {
  let db: Database
  let desired: SeedDesiredState
  let options: SeedOptions
  let organizations: ComparedOrganizations
  /// The settings for which some template has the role.
  let settings: [NamedSetting]
  /// The harness of each role when seeding was last applied, by role.
  let appliedRoles: [String: String]

  init(
    _ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions,
    _ organizations: ComparedOrganizations, appliedRoles: [String: String]
  ) {
    self.db = db
    self.desired = desired
    self.options = options
    self.organizations = organizations
    self.appliedRoles = appliedRoles
    settings = NamedSetting.all(in: desired)
  }

  /// Whether previous names may lead to harnesses.
  var hasPreviousNames: Bool { desired.harnesses.contains { !$0.previousNames.isEmpty } }

  /// The number of the default organization.
  var defaultOrganization: Int { desired.organization.orgID }
}
