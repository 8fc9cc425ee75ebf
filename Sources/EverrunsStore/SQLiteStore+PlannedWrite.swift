import Files
import GRDB

extension SQLiteStore {
  func checkAcceptance(of write: PlannedWrite) throws(StoreError) {
    try location.translatingErrors {
      if let path = location.path { try StoreFile.checkWriting(FilePath(path)) }
    }
    try read { db in
      try self.state(db).checkSerial()
      switch write {
      case .change: break
      case .revisions(let definitions, let name, let latest):
        try checkRevisions(definitions.count, of: name, after: latest, db)
      case .creation(let organizations, let defaultOrganization):
        for organization in organizations { try Self.checkIsNew(organization, db) }
        try OrganizationNumbers.check(
          organizations.count, defaultOrganization: defaultOrganization, db)
      case .deletion(let organizations): _ = try Self.deletable(organizations, db)
      }
    }
  }
}
