import EverrunsDocuments

/// A conversation in which the roles alternate: what one role says in a row is one turn.
struct RoleTurns {
  private var turns: [(role: String, parts: [JSONValue])] = []

  /// Adds what a role says.
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
