extension JSONObject {
  /// The string under a key; `nil` if it is missing or another type.
  package func text(_ key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }

  /// The integer under a key; `nil` if it is missing or another type.
  package func integer(_ key: String) -> Int? {
    if case .number(let number)? = self[key] { number.integer } else { nil }
  }

  /// The object under a key; `nil` if it is missing or another type.
  package func object(_ key: String) -> JSONObject? {
    if case .object(let object)? = self[key] { object } else { nil }
  }

  /// The objects in the array under a key; other elements are left out.
  package func objects(_ key: String) -> [JSONObject] {
    guard case .array(let elements)? = self[key] else { return [] }
    return elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
  }

  /// The object with an additional member, if there is a value for it.
  package func adding(_ key: String, _ value: JSONValue?) -> JSONObject {
    var object = self
    object[key] = value
    return object
  }
}
