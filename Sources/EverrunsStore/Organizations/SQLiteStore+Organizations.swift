import EverrunsSeeding
import GRDB

extension SQLiteStore {
  func createOrganizations(
    _ organizations: [NewOrganization], basis: SeedBasis, change: StoreChange
  ) throws(StoreError) -> [Int] {
    try location.translatingErrors {
      try namingRefusedRow { isRowByRow in
        try write { db in
          try self.createOrganizations(
            db, organizations, basis: basis, isRowByRow: isRowByRow, change: change)
        }
      }
    }
  }

  private func createOrganizations(
    _ db: Database, _ organizations: [NewOrganization], basis: SeedBasis, isRowByRow: Bool,
    change: StoreChange
  ) throws -> [Int] {
    let desired = basis.desiredState
    let count = try WrittenCheck.organizationCount(db)
    let numbers = try organizations.map { organization in
      try insert(organization, defaultOrganization: desired.organization.orgID, db)
    }
    let publicIDs = organizations.map(\.publicID)
    let options = SeedOptions(scope: .harnesses, organizations: publicIDs)
    let compared = try ComparedOrganizations(
      db, .named(publicIDs), defaultOrganization: desired.organization,
      includesAbsentDefault: false, excerpt: nil)
    let context = PlanContext(
      db, desired, options, compared, appliedRoles: try self.state(db).appliedRoles.texts)
    let plan = try HarnessPlan(context, progress: progress)
    _ = try SeedWriter(db, plan, isRowByRow: isRowByRow, runID: ids.next())
      .write([], progress: progress)
    func checkWritten() throws {
      guard let count else { return }
      try WrittenCheck.checkOrganizations(atLeast: count + organizations.count, db)
      for (organization, number) in zip(organizations, numbers) {
        try WriteRefusal.naming(
          "organization \(organization.publicID)", cause: WriteRefusal.changedAgain
        ) {
          try db.expect(
            ["public_id": organization.publicID, "name": organization.name], in: .organizations,
            where: "org_id = \(number)")
        }
      }
      try HarnessPlanRows(
        HarnessPlan(context, progress: progress), .folded, filter: SeedRowFilter()
      ).read { item in
        try WrittenCheck.check(item.row)
        guard item.row.action != .blocked else {
          throw WriteRefusal(
            table: item.row.address.kind.table, row: item.row.address.description,
            cause: "a trigger created a row of that name")
        }
      }
    }
    guard !isRowByRow else {
      try checkWritten()
      throw StoreError.interrupted
    }
    // An entry for each, so that the history of an organization begins with its own.
    try record(
      change,
      entries: organizations.map { organization in
        (
          .init(publicID: organization.publicID, name: organization.name),
          "created organization '\(organization.name)' (\(organization.publicID))"
        )
      }, db)
    try checkWritten()
    return numbers
  }

  /// Inserts the row of an organization.
  ///
  /// - Returns: Its number.
  private func insert(
    _ organization: NewOrganization, defaultOrganization: Int, _ db: Database
  ) throws -> Int {
    let publicID = organization.publicID
    try Self.checkIsNew(organization, db)
    let number =
      try organization.number
      ?? OrganizationNumbers.next(db, defaultOrganization: defaultOrganization)
    try WriteRefusal.naming("organization \(publicID)") {
      try db.insert(
        ["org_id": number, "public_id": publicID, "name": organization.name], into: .organizations)
      try OrganizationNumbers.note(number, db)
    }
    return number
  }

  /// Throws ``StoreError/organizationExists(publicID:)`` if an organization has the public id.
  static func checkIsNew(_ organization: NewOrganization, _ db: Database) throws {
    let publicID = organization.publicID
    let isThere: SQL = "SELECT 1 FROM organizations WHERE public_id = \(publicID)"
    guard try isThere.mapFirst(db, { _ in true }) == nil else {
      throw StoreError.organizationExists(publicID: publicID)
    }
  }

  func update(
    _ organization: Organization, name: String?, settings: [OrganizationSetting: String?],
    change: StoreChange
  ) throws(StoreError) {
    try write { db in
      let isThere: SQL = """
        SELECT 1 FROM organizations
        WHERE org_id = \(organization.orgID) AND public_id = \(organization.publicID)
        """
      guard try isThere.mapFirst(db, { _ in true }) == true else {
        throw StoreError.notFound(noun: "organization", name: organization.publicID)
      }
      var changes: [String] = []
      if let name {
        changes.append("name is now '\(name)'")
        try WriteRefusal.naming("organization \(organization.publicID)") {
          try db.update(
            .organizations, set: ["name": name], where: "org_id = \(organization.orgID)")
        }
      }
      for (setting, id) in settings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        let kind = setting.target
        let key = setting.targetName
        let wanted: SQL = """
          SELECT \(sql: key) FROM \(sql: kind.table)
          WHERE id = \(id) AND org_id = \(organization.orgID)
          """
        let wantedName = try wanted.mapFirst(db) { $0.text(key) ?? "" }
        if let id, wantedName == nil {
          throw StoreError.notFound(noun: kind.noun, name: id)
        }
        changes.append("\(setting.rawValue) is now \(wantedName.map { "'\($0)'" } ?? "unset")")
        try WriteRefusal.naming("\(setting.rawValue) of \(organization.publicID)") {
          try db.put(
            ["org_id": organization.orgID, setting.column: id], into: .organizationSettings)
        }
      }
      let what = changes.joined(separator: ", ")
      try record(
        change, about: .listed([.init(organization)]),
        summary: "changed organization '\(organization.name)': \(what) (\(organization.publicID))",
        db)
      try WrittenCheck.afterRecording("organization \(organization.publicID)", db) {
        let isSame: SQL = "org_id = \(organization.orgID)"
        if let name {
          try db.expect(["name": name], in: .organizations, where: isSame)
        }
        for (setting, id) in settings {
          try db.expect([setting.column: id], in: .organizationSettings, where: isSame)
        }
      }
    }
  }
}
