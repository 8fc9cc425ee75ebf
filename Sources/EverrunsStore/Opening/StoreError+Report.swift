import EverrunsSeeding
import Messages

extension StoreError: ReportableError {
  package var code: ErrorCode {
    switch self {
    case .isDirectory: .noStore
    case .notAStore: .notAStore
    case .newerSchema, .olderSchema: .schemaVersion
    case .busy, .changedWhileRead: .busy
    case .unusablePath: .noStore
    case .interrupted: .interrupted
    case .permissionDenied, .needsRecovery: .permissionDenied
    case .cannotCreate: .cannotCreate
    case .inputOutput, .noTemporarySpace: .inputOutput
    case .damaged: .damagedStore
    case .superseded, .organizationExists: .conflict
    case .organizationInUse: .refused
    case .identityConflict: .identityConflict
    case .writeDuringRead: .internal
    case .unsupported, .noLocation: .usage
    }
  }

  package var message: String {
    switch self {
    case .isDirectory(let store): "\(store.description.quoted) is a folder, not a store"
    case .notAStore(let store): "\(store.description.quoted) is not a store"
    case .newerSchema(let store, let found, let known):
      "the store \(store.description.quoted) has schema version \(found), and this program knows \(known)"
    case .olderSchema(let store, let found, let known):
      "the store \(store.description.quoted) has schema version \(found), and this program needs \(known)"
    case .busy(let store): "the store \(store.description.quoted) is busy"
    case .changedWhileRead(let store):
      "the store \(store.description.quoted) was changed by another program while it was read"
    case .permissionDenied(let store, let reason), .unusablePath(let store, let reason):
      "\(store.description.quoted): \(reason)"
    case .needsRecovery(let store):
      "the store \(store.description.quoted) has changes in its log that cannot be read without writing to its folder"
    case .noTemporarySpace(let folder, let reason):
      "SQLite's temporary folder \(folder.quoted) cannot be used: \(reason)"
    case .cannotCreate(let store, let reason):
      "the store \(store.description.quoted) cannot be opened: \(reason)"
    case .inputOutput(let store, let reason):
      "the store \(store.description.quoted) cannot be read or written: \(reason)"
    case .damaged(let store, let reason):
      "the store \(store.description.quoted) is damaged: \(reason)"
    case .unsupported(.server(let address)) where address.isPostgreSQL:
      "this program was built without the trait PostgreSQL, which the store "
        + "\(address.description.quoted) needs"
    case .unsupported(let store):
      "this program cannot open stores such as \(store.description.quoted)"
    case .superseded(let name, .some, 0):
      "\(name.quoted) was deleted by somebody else in the meantime"
    case .superseded(let name, let seen, let latest):
      seen.map { "\(name.quoted) is at revision \(latest) now, and this change was made to \($0)" }
        ?? "\(name.quoted) was made by somebody else in the meantime"
    case .writeDuringRead(let store):
      "the store \(store.description.quoted) cannot be changed while it is being read"
    case .noLocation:
      "there is no place for the store, since neither HOME nor XDG_DATA_HOME is set"
    case .interrupted: "interrupted; nothing of this run is in the store"
    case .organizationExists(let publicID):
      "there is already an organization \(publicID.quoted)"
    case .organizationInUse(let publicID, let table, let rows):
      "organization \(publicID.quoted) cannot be deleted: \(rows) \(rows == 1 ? "row" : "rows") of table \(table.quoted) \(rows == 1 ? "refers" : "refer") to it"
    case .identityConflict(let conflict):
      "organization \(conflict.held.orgID) \(conflict.held.publicID.quoted) has the place of the default organization, \(conflict.wanted.orgID) \(conflict.wanted.publicID.quoted)"
    }
  }

  package var hint: String? {
    switch self {
    case .newerSchema: "use the newer version of the program that made it"
    case .busy: "try again when the other program is done, or wait longer with --wait"
    case .changedWhileRead: "try again"
    case .needsRecovery:
      "open it once as a user who may write there, or copy it together with its '-wal' file"
    case .noTemporarySpace: "free space there, or name another folder with SQLITE_TMPDIR"
    case .superseded: "look at it again and repeat the command"
    case .isDirectory: "name a file in it"
    case .noLocation: "name one with --store PATH"
    case .unsupported: "name the path of a store, such as store.db"
    case .notAStore, .olderSchema, .permissionDenied, .unusablePath, .cannotCreate, .inputOutput,
      .damaged,
      .organizationExists, .organizationInUse, .identityConflict, .interrupted,
      .writeDuringRead:
      nil
    }
  }
}
