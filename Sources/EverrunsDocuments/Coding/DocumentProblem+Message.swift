import Messages

extension DocumentProblem {
  package func message(about subject: String) -> String {
    switch self {
    case .syntax(let error):
      error.message
    case .wrongType(let expected, let found):
      "\(subject) must be \(expected), not \(found)"
    case .missingKey(let key, let noun):
      "the \(noun) has no '\(key)'"
    case .unknownKey(let key, let noun, _):
      "unknown key \(key.quoted) in the \(noun)"
    case .invalidChoice(let text, let choices):
      "\(subject) must be \(choices.joinedAsAlternatives), not \(text.quoted)"
    case .missingFormat(let version):
      "the document has no key 'format', which should be '\(version)'"
    case .unsupportedFormat(let value, let supported):
      "the format \(value.quotedForMessage) is not supported; this version reads '\(supported)'"
    case .invalidID(let text, let grammar):
      "\(text.quoted) is not a valid \(grammar.noun)"
    case .duplicateID(let identifier, let noun):
      "the \(noun) \(identifier.quoted) appears twice"
    case .invalidPointer(let text):
      "\(text.quoted) is not a JSON pointer"
    case .credential:
      "credentials are never stored, so \(subject) must be null"
    case .newerFormat(let version, let known):
      "the document has the newer format '\(version)'; this version reads '\(known)'"
    case .unknownKeyOfNewerFormat(let key, let version):
      "the key \(key.quoted) is ignored: format '\(version)' is newer than this version"
    }
  }

  package var hint: String? {
    switch self {
    case .syntax(let error):
      error.hint
    case .unknownKey(let key, _, let known):
      Spelling.hint(for: key, among: known) ?? "the keys are \(known.joined(separator: ", "))"
    case .invalidChoice(let text, let choices):
      Spelling.hint(for: text, among: choices)
    case .missingFormat(let version):
      "add \"format\": \"\(version)\""
    case .unsupportedFormat(let value, let supported):
      if case .string(let text) = value, supported.isOlder(than: text) {
        "a newer version of the program may read it"
      } else if case .string(let text) = value, supported.isOfAnotherKind(than: text) {
        "this is a document of another kind"
      } else {
        "write \"format\": \"\(supported)\""
      }
    case .invalidID(_, let grammar):
      grammar.hint
    case .invalidPointer:
      "a pointer begins with '/', and '~' in a key is written '~0', '/' is written '~1'"
    case .wrongType, .missingKey, .duplicateID, .credential, .newerFormat,
      .unknownKeyOfNewerFormat:
      nil
    }
  }
}

extension Diagnostic {
  /// The words for the value at the path: its key, and the indexes below it as in a JSON Pointer.
  var subject: String {
    guard !path.steps.isEmpty else { return "the document" }
    var indexes = ""
    for step in path.steps.reversed() {
      switch step {
      case .key(let key): return (key + indexes).quoted
      case .index(let index): indexes = "/\(index)" + indexes
      }
    }
    return indexes.quoted
  }
}

extension JSONValue {
  /// A value as the user wrote it, in quotes if it is a string.
  fileprivate var quotedForMessage: String {
    if case .string(let text) = self { return text.quoted }
    return canonicalJSON
  }
}

extension [String] {
  /// `'a', 'b' or 'c'`.
  fileprivate var joinedAsAlternatives: String { map(\.quoted).joined(asListWith: "or") }
}
