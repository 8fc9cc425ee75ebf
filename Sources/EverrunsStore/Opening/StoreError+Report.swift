import EverrunsDocuments
import EverrunsSeeding
import Messages

extension StoreError: ReportableError {
  package var code: ErrorCode {
    switch self {
    case .isDirectory: .noStore
    case .notAStore, .notADatabase, .notReplaced, .unmarkedStore: .notAStore
    case .newerSchema, .olderSchema: .schemaVersion
    case .busy, .changedWhileRead: .busy
    case .unusablePath: .noStore
    case .interrupted: .interrupted
    case .permissionDenied, .rightMissing, .needsRecovery: .permissionDenied
    case .cannotCreate: .cannotCreate
    case .inputOutput, .noTemporarySpace: .inputOutput
    case .damaged, .unreadable, .unusableBackup, .damagedDefinition, .incompleteSchema,
      .unusableSideFile:
      .damagedStore
    case .notFound: .notFound
    case .superseded, .organizationExists: .conflict
    case .organizationInUse, .rowInUse, .organizationIsRunning, .numbersUsedUp, .missingCollation,
      .writeRefused:
      .refused
    case .identityConflict: .identityConflict
    case .writeDuringRead: .internal
    case .unsupported, .noLocation, .malformedAddress: .usage
    case .unreachable: .inputOutput
    case .serverBusy: .busy
    case .noDatabase, .notInitialized: .noStore
    case .notAControlPlane: .notAStore
    case .unknownTables: .schemaVersion
    case .unacceptableValue, .unacceptableValues: .invalidDocument
    case .notForControlPlanes: .refused
    }
  }

  package var message: String {
    switch self {
    case .isDirectory(let store): "\(store.description.quoted) is a folder, not a store"
    case .notAStore(let store), .notADatabase(let store):
      "\(store.description.quoted) is not a store"
    case .notReplaced(let store):
      "\(store.description.quoted) is not a store, and is not overwritten"
    case .newerSchema(let store, let found, let known):
      "the store \(store.description.quoted) has schema version \(found), and this program supports up to \(known)"
    case .olderSchema(let store, let found, let known):
      "the store \(store.description.quoted) has schema version \(found), and this program needs \(known)"
    case .busy(let store): "the store \(store.description.quoted) is busy"
    case .changedWhileRead(let store):
      "the store \(store.description.quoted) was changed by another program while it was read"
    case .permissionDenied(let store, let reason), .unusablePath(let store, let reason):
      "\(store.description.quoted): \(reason)"
    case .rightMissing(let store, let missing):
      "the store \(store.description.quoted) cannot be used: role "
        + "\(missing.role.escapedForMessage) lacks the right \(missing.right.escapedForMessage)"
    case .needsRecovery(let store, let side):
      "the store \(store.description.quoted) has changes in its '\(side)' file that cannot be read without write access to its folder"
    case .noTemporarySpace(let folder, let reason):
      "SQLite's temporary folder \(folder.quoted) cannot be used: \(reason)"
    case .cannotCreate(let store, let reason):
      "the store \(store.description.quoted) cannot be opened: \(reason)"
    case .inputOutput(let store, let reason):
      "the store \(store.description.quoted) cannot be read or written: \(reason)"
    case .damaged(let store, let reason), .unreadable(let store, let reason):
      "the store \(store.description.quoted) is damaged: \(reason)"
    case .unusableBackup(let backup, let reason):
      "the backup \(backup.description.quoted) is damaged: \(reason)"
    case .unusableSideFile(let store, let file):
      "the store \(store.description.quoted) cannot be used: \(file.reason)"
    case .unmarkedStore(let store, let applicationID) where applicationID != 0:
      "\(store.description.quoted) looks like a store, but has application id \(applicationID) of another program"
    case .unmarkedStore(let store, _):
      "\(store.description.quoted) looks like a store restored from a dump: it has no application id"
    case .incompleteSchema(let store, let problems, _):
      "the store \(store.description.quoted) is damaged: \(problems.prefix(3).joined(separator: ", "))"
        + (problems.count > 3 ? " and \(problems.count - 3) more" : "")
    case .damagedDefinition(let store, let name, let revision):
      "the store \(store.description.quoted) is damaged: definition \("\(name)@\(revision)".quoted) cannot be read"
    case .numbersUsedUp(let store, let column, let number):
      "the store \(store.description.quoted) has no number after \(number) for \(column.escapedForMessage)"
    case .missingCollation(let store, let reason):
      "the store \(store.description.quoted) has an index or a column of another program that this "
        + "program cannot use: \(reason.escapedForMessage)"
    case .notFound(let noun, let name): "no \(noun) named \(name.quoted)"
    case .writeRefused(let table, let row, let cause, let triggers):
      "\(row?.escapedForMessage ?? (table.isEmpty ? "a row" : "a row of \(table)")) could not be written, and nothing was changed: "
        + (cause.map(\.escapedForMessage) ?? "the database ignored it")
        + (triggers.isEmpty
          ? ""
          : " (\(triggers.count == 1 ? "trigger" : "triggers") \(triggers.map(\.escapedForMessage).joinedInQuotes))")
    case .unsupported(.server(let address)) where address.isPostgreSQL:
      "this program was built without the trait PostgreSQL, which the store "
        + "\(address.description.quoted) needs"
    case .unsupported(let store):
      "this program cannot open stores such as \(store.description.quoted)"
    // It may contain a password at an unknown place.
    case .malformedAddress(.server(let address)):
      address.scheme.isEmpty
        ? "the address \(address.description.quoted) is invalid"
        : "the address '\(address.scheme):***' is invalid"
    case .malformedAddress(let store):
      "the address \(store.description.quoted) is invalid"
    case .unreachable(let store, let reason):
      "the store \(store.description.quoted) cannot be reached: \(reason.escapingControls())"
    case .serverBusy(let store, let reason):
      "the store \(store.description.quoted) is busy: \(reason.escapingControls())"
    case .noDatabase(let store, let reason):
      "no store \(store.description.quoted): \(reason.escapingControls())"
    case .notInitialized(let store):
      "\(store.description.quoted) cannot be written to yet: it has no schema 'everrunsctl'"
    case .notAControlPlane(let store, let missing):
      "\(store.description.quoted) is not the database of a control plane: "
        + "no table \(missing.map(\.quoted).joined(asListWith: "or"))"
    case .unknownTables(let store, let problems):
      "\(store.description.quoted) has tables that this program does not know: "
        + problems.map(\.escapedForMessage).joined(separator: ", ")
    case .unacceptableValue(let store, let reason):
      "\(store.description.quoted) cannot store or read a value: \(reason.escapingControls())"
    case .unacceptableValues(let store, let problems):
      "\(store.description.quoted) cannot store "
        + (problems.count == 1
          ? "a value: \(problems[0].messageWithPath.escapingControls())"
          : "\(problems.count) values")
    case .notForControlPlanes(let store, let what):
      "\(what) in the database of a control plane, \(store.description.quoted)"
    case .superseded(let name, .some, 0):
      "\(name.quoted) was deleted by someone else meanwhile"
    case .superseded(let name, let seen, let latest):
      seen.map { "\(name.quoted) is now at revision \(latest); this change was based on \($0)" }
        ?? "\(name.quoted) was created by someone else meanwhile"
    case .writeDuringRead(let store):
      "the store \(store.description.quoted) cannot be changed while it is being read"
    case .noLocation:
      "no default location for the store: neither HOME nor XDG_DATA_HOME is set"
    case .interrupted: "interrupted; nothing was written"
    case .organizationExists(let publicID):
      "the organization \(publicID.quoted) already exists"
    case .organizationInUse(let organization, let table, let rows):
      "organization \(organization.quoted) cannot be deleted: \(count(rows, "row")) of table \(table.quoted) \(rows == 1 ? "refers" : "refer") to it"
    case .rowInUse(let table, let row, let other):
      "nothing was changed: a row of table \(other.quoted) refers to a row of \(table) that would be deleted or renamed: \(row.escapedForMessage)"
    case .organizationIsRunning(let organization, let turns):
      "organization \(organization.quoted) cannot be deleted: \(count(turns, "turn")) of its sessions \(turns == 1 ? "is" : "are") running"
    case .identityConflict(let conflict):
      "organization \(conflict.held.orgID) \(conflict.held.publicID.quoted) has the id of the default organization, \(conflict.wanted.orgID) \(conflict.wanted.publicID.quoted)"
    }
  }

  package var hint: String? {
    hint { command, store in
      "everrunsctl \(command)" + (store.map { " -s \($0.description.shellQuoted)" } ?? "")
    }
  }

  /// What to do next, if that is known.
  ///
  /// - Parameter command: Completes the words of a command with the name of the program and the
  ///   store that the command is for; `nil` stands for the store at hand.
  /// - Returns: The next step, as part of a sentence.
  package func hint(command: (String, StoreLocation?) -> String) -> String? {
    switch self {
    case .newerSchema: "use a newer version of the program"
    case .busy: "try again when the other program is done"
    case .changedWhileRead: "try again"
    case .needsRecovery(_, let side):
      "open it once with write access, or copy it together with its '\(side)' file"
    case .noTemporarySpace: "free space there, or name another folder with SQLITE_TMPDIR"
    case .superseded: "review it and repeat the command"
    case .rightMissing(_, let missing):
      "its owner can grant it: GRANT \(missing.right) TO \(missing.role)"
    case .isDirectory: "name a file in the folder"
    case .noLocation: "name one with --store PATH"
    case .unsupported: "name the path of a store, such as store.db"
    case .unmarkedStore(let store, _): "adopt it: \(command("store init", store))"
    case .olderSchema(let store, _, _): "bring it up to date: \(command("store init", store))"
    case .incompleteSchema(let store, _, isRepairable: true):
      "restore what is missing: \(command("store init", store))"
    case .incompleteSchema(let store, _, isRepairable: false):
      "restore a backup, or undo the change of the schema; what to do about each problem: "
        + command("store check", store)
    case .damagedDefinition(let store, let name, _):
      "save it again: \(command("platform import FILE --as \(name.shellQuoted)", store)); "
        + "older revisions: \(command("platform history \(name.shellQuoted)", store))"
    case .notFound: "someone else deleted it meanwhile"
    case .malformedAddress:
      "write it as 'postgres://user@host/database', and encode special characters with %"
    case .serverBusy: "try again"
    case .notInitialized(let store):
      "create it beside the tables of the control plane: \(command("store init", store))"
    case .notForControlPlanes: "use the control plane, or the tools of its database"
    case .numbersUsedUp(let store, _, _), .missingCollation(let store, _):
      "see what other programs left in the store: \(command("store check", store))"
    case .writeRefused:
      "see what other programs left in the store: \(command("store check", nil))"
    case .organizationIsRunning: "wait until the turns have ended, or cancel them"
    case .unreadable(let store, _):
      "restore a backup: \(command("store restore FILE", store)); or recover what can be read: "
        + "sqlite3 \(store.description.shellQuoted) .recover | sqlite3 NEW"
    case .notADatabase(let store):
      "if it was one, restore a backup: \(command("store restore FILE", store))"
    case .notReplaced: "move it away first, or name another store"
    // From standard input nothing more can be read.
    case .unusableBackup(let backup, _) where backup.path == "-": "restore another backup"
    case .unusableBackup(let backup, _):
      "restore another backup, or recover what can be read: "
        + "sqlite3 \(backup.description.shellQuoted) .recover | sqlite3 NEW"
    case .unusableSideFile(_, let file): file.hint
    case .identityConflict:
      "name the catalog that the store was seeded with, or see how to repair the store: "
        + command("store check", nil)
    case .damaged(let store, _): "see how to repair it: \(command("store check", store))"
    case .notAStore, .unreachable, .noDatabase, .notAControlPlane, .unknownTables,
      .unacceptableValue, .unacceptableValues, .permissionDenied, .unusablePath, .cannotCreate,
      .inputOutput,
      .organizationExists, .organizationInUse, .rowInUse, .interrupted,
      .writeDuringRead:
      nil
    }
  }
}
