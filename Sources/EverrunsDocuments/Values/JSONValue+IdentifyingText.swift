extension JSONValue {
  /// What identifies an element among its neighbours, if there is something: a string does so
  /// itself, an object by the text of one of these keys.
  package func identifyingText(by keys: [String]) -> String? {
    switch self {
    case .string(let text): text
    case .object(let object): keys.lazy.compactMap { object[$0]?.string }.first
    case .null, .bool, .number, .array: nil
    }
  }
}
