import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// What a store knows about itself.
struct StoreState {
  /// The store's id and serial, as a plan names them.
  let plan: SeedPlan.StoreState
  /// The definition that was last applied to all organizations, if any was.
  let appliedPlatform: SeedPlan.Source?
  /// The harness that had each role then, by role.
  let appliedRoles: JSONObject
  /// What all organizations are known to hold that are not noted as unsettled.
  let settledAs: String?
  /// The version of the schema when that became known.
  let settledSchemaVersion: Int?
  /// What seals that.
  let settledSeal: String?
}

extension JSONObject {
  /// The members that are texts.
  var texts: [String: String] {
    members.reduce(into: [:]) { texts, member in
      if case .string(let text) = member.value { texts[member.key] = text }
    }
  }
}

extension SQLiteStore {
  /// Throws where the serial has no room for what a transaction changes.
  func checkSerial(_ db: Database) throws {
    let serial = try state(db).plan.serial
    guard serial <= StateRow.highestSerial else {
      throw NumbersUsedUp(column: "store_state.serial", number: serial)
    }
  }

  /// What the store knows about itself.
  func state(_ db: Database) throws -> StoreState {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM store_state") else {
      throw SchemaDamage(problems: [.stateMissing])
    }
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
    // Older readable stores do not have all columns of settling.
    let isSettling = row.hasColumn("settled_triggers") && row.hasColumn("settled_seal")
    return StoreState(
      // A store in memory stands for one that does not exist yet.
      plan: SeedPlan.StoreState(
        id: id.isEmpty ? nil : id, serial: try StoredColumns(row, of: .storeState).integer("serial")
      ),
      appliedPlatform: platform, appliedRoles: roles,
      settledAs: isSettling ? row.text("settled_as") : nil,
      settledSchemaVersion: isSettling ? row.integer("settled_schema_version") : nil,
      settledSeal: row.text("settled_seal"))
  }
}
