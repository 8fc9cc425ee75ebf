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

  /// Renames an organization and chooses settings of it, all of it or nothing.
  ///
  /// - Parameters:
  ///   - name: The new name; `nil` leaves it.
  ///   - settings: The id that each setting gets; `nil` unsets it.
  func update(
    _ organization: Organization, name: String?, settings: [OrganizationSetting: String?],
    change: StoreChange
  ) throws(StoreError) {
    try write { db in
      if let name {
        try db.execute(
          literal: "UPDATE organizations SET name = \(name) WHERE org_id = \(organization.orgID)")
      }
      for (setting, id) in settings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        try db.execute(
          literal: """
            INSERT INTO organization_settings (org_id, \(sql: setting.column))
            VALUES (\(organization.orgID), \(id))
            ON CONFLICT (org_id) DO UPDATE
            SET \(sql: setting.column) = excluded.\(sql: setting.column)
            """)
      }
      let fields = (name == nil ? [] : ["name"]) + settings.keys.map(\.rawValue).sorted()
      try record(
        change, summary: "\(fields.joined(separator: ", ")) of \(organization.publicID) set", db)
    }
  }
}
