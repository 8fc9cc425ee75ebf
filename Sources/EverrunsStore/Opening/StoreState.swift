import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// The state of a store, from its one row of `store_state`.
struct StoreState {
  /// The store's id and serial, as plans record them.
  let plan: SeedPlan.StoreState
  /// The definition that was last applied to all organizations; `nil` if none was.
  let appliedPlatform: SeedPlan.Source?
  /// The harness of each role in that definition.
  let appliedRoles: JSONObject
  /// The state of every organization that is not noted as unsettled.
  let settledAs: String?
  /// The version of the schema when that was recorded.
  let settledSchemaVersion: Int?
  /// The seal of that record.
  let settledSeal: String?
  /// What the store is an excerpt of, if it is one.
  let excerpt: Excerpt?
}

extension StoreState {
  /// Throws if the serial leaves no room for the changes of a transaction.
  func checkSerial() throws {
    guard plan.serial <= StateRow.highestSerial else {
      throw NumbersUsedUp(column: "store_state.serial", number: plan.serial)
    }
  }
}

extension JSONObject {
  /// The text columns.
  var texts: [String: String] {
    members.reduce(into: [:]) { texts, member in
      if case .string(let text) = member.value { texts[member.key] = text }
    }
  }
}

extension SQLiteStore {
  /// Raises the serial for a change if a trigger of another program may have ignored that ours
  /// raise it.
  func raiseSerialIfNeeded(_ db: Database) throws {
    guard try !ChangeTriggers.ofOthers(on: [.storeState], db).isEmpty else { return }
    let serial = try StoredNumber.next(
      after: try state(db).plan.serial, of: "store_state.serial")
    try db.update(.storeState, set: ["serial": serial])
  }

  /// The state of the store.
  func state(_ db: Database) throws -> StoreState {
    let found = try db.mapFirst("SELECT * FROM store_state") { row in
      try StoreState(row, excerpt: excerpt)
    }
    guard let found else { throw SchemaDamage(problems: [.stateMissing]) }
    return found
  }
}

extension StoreState {
  fileprivate init(_ row: Row, excerpt: Excerpt?) throws {
    let id = row.text("store_id") ?? ""
    let platform = row.text("applied_platform").flatMap { ref in
      row.text("applied_fingerprint").map {
        SeedPlan.Source(ref: ref, fingerprint: Fingerprint(stored: $0))
      }
    }
    let roles: JSONObject =
      if case .object(let roles)? = row.text("applied_roles").map(JSONValue.stored) { roles } else {
        [:]
      }
    // Older readable stores do not have all of these columns.
    let isSettling = row.hasColumn("settled_triggers") && row.hasColumn("settled_seal")
    self.init(
      // A store in memory stands for one that does not exist yet.
      plan: SeedPlan.StoreState(
        id: id.isEmpty ? nil : id, serial: try StoredColumns(row, of: .storeState).integer("serial")
      ),
      appliedPlatform: platform, appliedRoles: roles,
      settledAs: isSettling ? row.text("settled_as") : nil,
      settledSchemaVersion: isSettling ? row.integer("settled_schema_version") : nil,
      settledSeal: row.text("settled_seal"), excerpt: excerpt)
  }
}
