extension JSONValue {
  /// What identifies an element among its neighbours, if there is something: a string does so
  /// itself, an object by the text of one of these keys.
  package func identifyingText(by keys: [String]) -> String? {
    switch self {
    case .string(let text): return text
    case .object(let object):
      for key in keys {
        if case .string(let text)? = object[key] { return text }
      }
      return nil
    case .null, .bool, .number, .array: return nil
    }
  }
}
