import EverrunsDocuments

/// Finds likely credentials in the configuration of a capability.
struct CredentialSearch {
  /// The paths of the texts, in the order of the keys.
  private(set) var paths: [DocumentPath] = []

  /// The suffixes of keys of credentials, without word separators.
  private static let endings = ["apikey", "token", "password", "secret"]

  /// Searches an object that is at `path` in the document.
  init(in object: JSONObject, at path: DocumentPath) {
    search(.object(object), at: path)
  }

  private mutating func search(_ value: JSONValue, at path: DocumentPath) {
    switch value {
    case .object(let object):
      for member in object.members {
        let memberPath = path.key(member.key)
        if case .string(let text) = member.value, Self.isCredential(member.key, text) {
          paths.append(memberPath)
        }
        search(member.value, at: memberPath)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() { search(element, at: path.index(index)) }
    case .null, .bool, .number, .string: break
    }
  }

  /// A text that begins with `$` or `{{` is a reference to be substituted later.
  private static func isCredential(_ key: String, _ text: String) -> Bool {
    let letters = key.lowercased().filter { $0.isLetter || $0.isNumber }
    return endings.contains { letters.hasSuffix($0) } && !text.isEmpty && !text.hasPrefix("$")
      && !text.hasPrefix("{{")
  }
}
