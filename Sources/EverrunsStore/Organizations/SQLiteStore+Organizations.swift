import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// Makes an organization with its built-in harnesses and settings, all of it or nothing.
  ///
  /// - Parameter basis: What decides what every organization should have.
  /// - Returns: The number of its row.
  /// - Throws: ``StoreError/organizationExists(publicID:)`` if somebody else was faster.
  func createOrganization(
    name: String, publicID: String, basis: SeedBasis, change: StoreChange
  ) throws(StoreError) -> Int {
    let desired = basis.desiredState
    return try write { db in
      guard
        try SQLRequest<Int>("SELECT 1 FROM organizations WHERE public_id = \(publicID)")
          .fetchOne(db) == nil
      else { throw StoreError.organizationExists(publicID: publicID) }
      // The first number is reserved for the default organization.
      let number =
        max(
          desired.organization.orgID,
          try Int.fetchOne(db, sql: "SELECT max(org_id) FROM organizations") ?? 0) + 1
      try db.execute(
        literal: """
          INSERT INTO organizations (org_id, public_id, name)
          VALUES (\(number), \(publicID), \(name))
          """)
      let options = SeedOptions(scope: .harnesses, organizations: [publicID])
      let organizations = try ComparedOrganizations(
        db, .named([publicID]), home: desired.organization, includesAbsentHome: false)
      let plan = try HarnessPlan(
        PlanContext(
          db, desired, options, organizations,
          appliedRoles: try self.state(db).appliedRoles.texts),
        progress: progress)
      _ = try SeedWriter(db, plan, runID: ids.next()).write([], progress: progress)
      try record(change, summary: "organization \(publicID) created", db)
      return number
    }
  }

  /// Chooses settings of an organization, all of them or none.
  ///
  /// - Parameter settings: The id that each setting gets; `nil` unsets it.
  func set(
    _ settings: [OrganizationSetting: String?], of organization: Organization, change: StoreChange
  ) throws(StoreError) {
    try write { db in
      for (setting, id) in settings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        try db.execute(
          literal: """
            INSERT INTO organization_settings (org_id, \(sql: setting.column))
            VALUES (\(organization.orgID), \(id))
            ON CONFLICT (org_id) DO UPDATE
            SET \(sql: setting.column) = excluded.\(sql: setting.column)
            """)
      }
      let names = settings.keys.map(\.rawValue).sorted().joined(separator: ", ")
      try record(change, summary: "\(names) of \(organization.publicID) set", db)
    }
  }
}
