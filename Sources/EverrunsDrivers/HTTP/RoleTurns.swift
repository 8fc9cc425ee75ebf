import EverrunsDocuments

/// A conversation with alternating roles: consecutive messages of a role are one turn.
struct RoleTurns {
  private var turns: [(role: String, parts: [JSONValue])] = []

  /// Adds a message of a role.
  mutating func add(_ parts: [JSONValue], by role: String) {
    if turns.last?.role == role {
      turns[turns.count - 1].parts += parts
    } else {
      turns.append((role, parts))
    }
  }

  /// The turns as an array of objects, with the role under `role` and the parts under `key`.
  func document(partsUnder key: String) -> JSONValue {
    .array(
      turns.map { turn in
        .object(JSONObject([("role", .string(turn.role)), (key, .array(turn.parts))]))
      })
  }
}
