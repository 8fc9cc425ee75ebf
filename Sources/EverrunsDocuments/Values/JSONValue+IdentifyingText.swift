extension JSONValue {
  /// The text that identifies an element among its neighbors, if there is one: a string itself, or
  /// the text of one of these keys of an object.
  package func identifyingText(by keys: [String]) -> String? {
    switch self {
    case .string(let text): text
    case .object(let object): keys.lazy.compactMap { object[$0]?.string }.first
    case .null, .bool, .number, .array: nil
    }
  }
}
